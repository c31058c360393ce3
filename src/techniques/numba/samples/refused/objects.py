class Account:
    def __init__(self, balance):
        self.balance = balance

    def grow(self, rate, years):
        for _ in range(years):
            self.balance *= 1.0 + rate
        return self.balance


print(Account(100.0).grow(0.03, 10))
