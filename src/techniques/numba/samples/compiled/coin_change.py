def ways(coins, amount):
    count = [0] * (amount + 1)
    count[0] = 1
    for coin in coins:
        for total in range(coin, amount + 1):
            count[total] += count[total - coin]
    return count[amount]


print(ways([1, 2, 5, 10, 20, 50, 100, 200], 400), ways(list(range(1, 30)), 200), ways([3], 4))
