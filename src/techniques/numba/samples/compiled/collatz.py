def longest_chain(limit):
    best = 0
    start = 1
    for number in range(1, limit):
        n = number
        length = 1
        while n != 1:
            if n % 2 == 0:
                n //= 2
            else:
                n = 3 * n + 1
            length += 1
        if length > best:
            best = length
            start = number
    return start, best


print(longest_chain(3000), longest_chain(2))
