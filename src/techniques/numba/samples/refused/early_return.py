import sys


def find_root(x):
    print("searching", file=sys.stderr)
    for _ in range(100):
        x = x - (x * x - 2.0) / (2.0 * x)
        if abs(x * x - 2.0) < 1e-12:
            return x
    return None


print(find_root(1.0))
