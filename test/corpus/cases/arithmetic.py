"""Whole numbers in plain loops."""


# %% original: sum of squares of whole numbers
def f(values):
    total = 0
    for value in values:
        total = total + value * value
    return total


# %% calls
f([3, 4, 5])
f([-2, 7])


# %% right: a generator expression
def f(values):
    return sum(value * value for value in values)


# %% right: math.sumprod's elder, map
import operator


def f(values):
    return sum(map(operator.mul, values, values))


# %% wrong: NumPy integers overflow
import numpy as np


def f(values):
    a = np.array(values, dtype=np.int64)
    return int((a * a).sum())


# %% wrong: through floats
def f(values):
    return int(sum(float(value) ** 2 for value in values))


# %% wrong: of the absolute sum
def f(values):
    return sum(value * abs(value) for value in values)


# %% original: integer square root by search
def f(values):
    out = []
    for n in values:
        if n < 0:
            raise ValueError("negative")
        low, high = 0, n + 1
        while high - low > 1:
            middle = (low + high) // 2
            if middle * middle <= n:
                low = middle
            else:
                high = middle
        out.append(low)
    return out


# %% calls
f([10, 16, 0])
f([99, 1])


# %% right: math.isqrt
import math


def f(values):
    if any(n < 0 for n in values):
        raise ValueError("negative")
    return [math.isqrt(n) for n in values]


# %% wrong: rounded to the nearest
def f(values):
    if any(n < 0 for n in values):
        raise ValueError("negative")
    return [round(n**0.5) for n in values]


# %% wrong: another message
import math


def f(values):
    return [math.isqrt(n) for n in values]


# %% wrong: the float root of large numbers
import math


def f(values):
    if any(n < 0 for n in values):
        raise ValueError("negative")
    return [int(math.sqrt(n)) for n in values]


# %% original: digits of numbers
def f(numbers):
    total = 0
    for number in numbers:
        number = abs(number)
        while number:
            total += number % 10
            number //= 10
    return total


# %% calls
f([123, 45])
f([-7, 1000])


# %% right: through text
def f(numbers):
    return sum(int(digit) for number in numbers for digit in str(abs(number)))


# %% right: divmod
def f(numbers):
    total = 0
    for number in numbers:
        number = abs(number)
        while number:
            number, digit = divmod(number, 10)
            total += digit
    return total


# %% wrong: the sign is read as a digit of nothing
def f(numbers):
    total = 0
    for number in numbers:
        while number > 0:
            number, digit = divmod(number, 10)
            total += digit
    return total


# %% wrong: through floats, which lose digits
import math


def f(numbers):
    total = 0
    for number in numbers:
        number = math.fabs(number)
        while number >= 1:
            total += int(number % 10)
            number = number // 10
    return total


# %% original: greatest common divisor of all
def f(values):
    result = 0
    for value in values:
        a, b = result, abs(value)
        while b:
            a, b = b, a % b
        result = a
    return result


# %% calls
f([12, 18, 30])
f([-4, 6])
f([7])


# %% right: math.gcd
import math
from functools import reduce


def f(values):
    return reduce(math.gcd, values, 0)


# %% wrong: the sign of the first stays
import math


def f(values):
    if len(values) == 1:
        return values[0]
    result = 0
    for value in values:
        result = math.gcd(result, value)
    return result


# %% original: counted bits
def f(values):
    total = 0
    for value in values:
        value &= 0xFFFFFFFF
        while value:
            total += value & 1
            value >>= 1
    return total


# %% calls
f([7, 8, 255])
f([-1, 0])


# %% right: text of the number
def f(values):
    return sum(bin(value & 0xFFFFFFFF).count("1") for value in values)


# %% wrong: negative numbers lose their two's complement
def f(values):
    return sum(bin(value).count("1") for value in values)


# %% wrong: 31 bits
def f(values):
    return sum(bin(value & 0x7FFFFFFF).count("1") for value in values)


# %% original: modular power
def f(pairs, modulus):
    out = []
    for base, exponent in pairs:
        result = 1
        for _ in range(exponent % 50):
            result = result * base % modulus
        out.append(result)
    return out


# %% calls
f([(3, 5), (2, 10)], 7)
f([(10, 3)], 13)


# %% right: three-argument pow, with 0 apart
def f(pairs, modulus):
    return [pow(base, exponent % 50, modulus) if exponent % 50 else 1 for base, exponent in pairs]


# %% wrong: pow of 0 under modulus 1 is 0
def f(pairs, modulus):
    return [pow(base, exponent % 50, modulus) for base, exponent in pairs]


# %% wrong: float power
def f(pairs, modulus):
    return [int(float(base) ** (exponent % 50) % modulus) for base, exponent in pairs]


# %% original: are all distinct
def f(values):
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            if values[i] == values[j]:
                return False
    return True


# %% calls
f([1, 2, 3])
f([4, 5, 4])


# %% right: size of a set
def f(values):
    return len(set(values)) == len(values)


# %% wrong: sorted neighbours, but one is forgotten
def f(values):
    ordered = sorted(values)
    return all(ordered[i] != ordered[i + 1] for i in range(len(ordered) - 2))


# %% wrong: `is` for ==
def f(values):
    return all(a is not b for i, a in enumerate(values) for b in values[i + 1 :])


# %% original: parity of integers
def f(values):
    out = []
    for value in values:
        if value % 2 == 1:
            out.append("odd")
        else:
            out.append("even")
    return out


# %% calls
f([1, 2, 3])
f([10, 7])


# %% right: the last bit
def f(values):
    return ["odd" if value & 1 else "even" for value in values]


# %% wrong: fmod keeps the sign
import math


def f(values):
    return ["odd" if math.fmod(value, 2) == 1 else "even" for value in values]


# %% wrong: the text's last digit of negative numbers is fine, but zero is odd
def f(values):
    return ["odd" if not value or value % 2 else "even" for value in values]


# %% original: floor division of pairs
def f(pairs):
    out = []
    for a, b in pairs:
        out.append(a // b if b != 0 else None)
    return out


# %% calls
f([(7, 2), (9, 3)])
f([(1, 0), (8, 5)])


# %% wrong: truncation towards zero
def f(pairs):
    return [int(a / b) if b else None for a, b in pairs]


# %% wrong: True division where it is whole
def f(pairs):
    return [(a / b if a % b == 0 else a // b) if b else None for a, b in pairs]


# %% right: divmod
def f(pairs):
    return [divmod(a, b)[0] if b != 0 else None for a, b in pairs]
