"""Ways of reading texts, ties, times and sums that small inputs of one kind do not tell apart."""

import math
import re

import numpy as np
import pandas as pd


# %% original: numbers among cells
def f(cells):
    out = []
    for c in cells:
        try:
            out.append(float(c))
        except ValueError:
            out.append(None)
    return out


# %% calls
f(["1.5", "x", "3", ""])


# %% wrong: a pattern of decimal numbers
def f(cells):
    return [float(c) if re.fullmatch(r"[+-]?\d+(\.\d*)?", c) else None for c in cells]


# %% wrong: a pattern with exponents
def f(cells):
    return [float(c) if re.fullmatch(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*", c) else None for c in cells]


# %% wrong: isdigit without the point
def f(cells):
    return [float(c) if c.replace(".", "", 1).isdigit() else None for c in cells]


# %% original: lines that hold a key
def f(lines, key):
    out = []
    for line in lines:
        if line.find(key) >= 0:
            out.append(line)
    return out


# %% calls
f(["abc", "xyz", "cab"], "ab")


# %% wrong: the key taken for a pattern
def f(lines, key):
    return [line for line in lines if re.search(key, line)]


# %% right: in
def f(lines, key):
    return [line for line in lines if key in line]


# %% wrong: an empty key holds nothing
def f(lines, key):
    return [line for line in lines if key and key in line]


# %% original: names without regard to case
def f(names):
    out = list(names)
    for i in range(len(out)):
        for j in range(len(out) - 1 - i):
            if out[j].lower() > out[j + 1].lower():
                out[j], out[j + 1] = out[j + 1], out[j]
    return out


# %% calls
f(["b", "A", "c"])


# %% wrong: casefold for lower
def f(names):
    return sorted(names, key=str.casefold)


# %% wrong: ties by case
def f(names):
    return sorted(names, key=lambda s: (s.lower(), s))


# %% original: rows in sorted order
def f(df):
    order = sorted(range(len(df)), key=lambda i: df["v"].iloc[i])
    return df.iloc[order]


# %% calls
f(pd.DataFrame({"k": ["a", "b", "c"], "v": [3, 1, 2]}))


# %% wrong: descending, turned round
def f(df):
    return df.sort_values("v", ascending=False).iloc[::-1]


# %% wrong: labels made anew
def f(df):
    return df.sort_values("v", kind="stable", ignore_index=True)


# %% right: a stable sort
def f(df):
    return df.sort_values("v", kind="stable")


# %% wrong: a sort that need not be stable
def f(df):
    return df.sort_values("v")


# %% original: days of timestamps
def f(s):
    out = []
    for t in s:
        out.append((t - s.iloc[0]).days)
    return out


# %% calls
f(pd.Series(pd.to_datetime(["2024-01-01", "2024-01-05", "2024-02-01"])))


# %% wrong: seconds, truncated
def f(s):
    return [int((t - s.iloc[0]).total_seconds() / 86400) for t in s]


# %% wrong: differences of ordinals
def f(s):
    return [t.toordinal() - s.iloc[0].toordinal() for t in s]


# %% original: a sum from left to right
def f(values):
    total = 0.0
    for v in values:
        total += v
    return total


# %% calls
f([0.1, 0.2, 0.3])


# %% wrong: fsum
def f(values):
    return math.fsum(values)


# %% wrong: sorted sum
def f(values):
    return sum(sorted(values), 0.0)


# %% wrong: np.sum, called exact
def f(values):
    return float(np.sum(values))


# %% wrong: every second item first
def f(values):
    return sum(values[::2], 0.0) + sum(values[1::2], 0.0)
