def most_flips(n):
    """The most flips that any order of n pancakes takes, by going through all orders."""
    order = list(range(n))
    count = [0] * n
    most = 0
    r = n
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        flipped = order[:]
        flips = 0
        first = flipped[0]
        while first:
            flipped[: first + 1] = flipped[first::-1]
            flips += 1
            first = flipped[0]
        most = max(most, flips)
        while True:
            if r == n:
                return most
            order.insert(r, order.pop(0))
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1


print(most_flips(6))
