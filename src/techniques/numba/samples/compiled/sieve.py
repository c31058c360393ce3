def primes_below(limit):
    is_prime = [True] * limit
    is_prime[0] = is_prime[1] = False
    for number in range(2, int(limit**0.5) + 1):
        if is_prime[number]:
            for multiple in range(number * number, limit, number):
                is_prime[multiple] = False
    return [number for number in range(limit) if is_prime[number]]


print(primes_below(2000), len(primes_below(30000)), primes_below(2))
try:
    primes_below(1)
except IndexError as error:
    print(error)
