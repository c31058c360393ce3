"""Pancake flips over all permutations. In the manner of pyperformance's fannkuch."""


def fannkuch(n):
    perm1 = list(range(n))
    count = [0] * n
    most_flips = 0
    checksum = 0
    r = n
    permutation = 0
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        perm = perm1[:]
        flips = 0
        first = perm[0]
        while first:
            perm[: first + 1] = perm[first::-1]
            flips += 1
            first = perm[0]
        if flips > most_flips:
            most_flips = flips
        checksum += flips if permutation % 2 == 0 else -flips
        while True:
            if r == n:
                return checksum, most_flips
            first = perm1[0]
            for i in range(r):
                perm1[i] = perm1[i + 1]
            perm1[r] = first
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1
        permutation += 1


if __name__ == "__main__":
    checksum, flips = fannkuch(9)
    print(checksum)
    print(f"Pfannkuchen(9) = {flips}")
