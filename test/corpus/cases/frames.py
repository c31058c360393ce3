"""pandas: row loops to columns; index, dtype, order, missing values."""

import numpy as np
import pandas as pd


# %% original: totals by group in order of sight
def f(frame):
    totals = {}
    for _, row in frame.iterrows():
        key = row["city"]
        totals[key] = totals.get(key, 0) + row["n"]
    return totals


# %% calls
f(pd.DataFrame({"city": ["b", "a", "b"], "n": [1, 2, 3]}))
f(pd.DataFrame({"city": ["x", "y"], "n": [5, 7]}))


# %% right: zip of columns
def f(frame):
    totals = {}
    for key, n in zip(frame["city"], frame["n"]):
        totals[key] = totals.get(key, 0) + n
    return totals


# %% wrong: groupby sorts the keys
def f(frame):
    return frame.groupby("city")["n"].sum().to_dict()


# %% wrong: a Series
def f(frame):
    return frame.groupby("city", sort=False)["n"].sum()


# %% wrong: groups of missing keys are dropped
def f(frame):
    # In the manner of https://github.com/PEtab-dev/PEtab/pull/298
    return frame.dropna(subset=["city"]).groupby("city", sort=False)["n"].count().to_dict()


# %% original: label by a condition
def f(frame):
    labels = []
    for value in frame["score"]:
        if value >= 5:
            labels.append("high")
        else:
            labels.append("low")
    return labels


# %% calls
f(pd.DataFrame({"score": [3.0, 7.5, 5.0]}))
f(pd.DataFrame({"score": [9.0]}, index=["k"]))


# %% right: np.where
def f(frame):
    return np.where(frame["score"] >= 5, "high", "low").tolist()


# %% wrong: the bound belongs to the low
def f(frame):
    return np.where(frame["score"] > 5, "high", "low").tolist()


# %% wrong: NaN is neither low nor high but high
def f(frame):
    return np.where(frame["score"] < 5, "low", "high").tolist()


# %% wrong: an array
def f(frame):
    return np.where(frame["score"] >= 5, "high", "low")


# %% original: look up a price for each order
def f(orders, prices):
    out = []
    for item in orders["item"]:
        found = None
        for i in range(len(prices)):
            if prices["item"].iloc[i] == item:
                found = prices["price"].iloc[i]
                break
        out.append(found)
    return out


# %% calls
f(pd.DataFrame({"item": ["a", "b", "a"]}), pd.DataFrame({"item": ["b", "a"], "price": [1.5, 2.5]}))
f(pd.DataFrame({"item": ["q"]}), pd.DataFrame({"item": ["r", "q"], "price": [1.0, 3.0]}))


# %% right: a dict of the first of each
def f(orders, prices):
    first = {}
    for item, price in zip(prices["item"], prices["price"].array):
        first.setdefault(item, price)
    return [first.get(item) for item in orders["item"]]


# %% wrong: merge repeats rows for duplicates
def f(orders, prices):
    return orders.merge(prices, on="item", how="left")["price"].tolist()


# %% wrong: an inner merge drops what has no price
def f(orders, prices):
    return orders.merge(prices.drop_duplicates("item"), on="item")["price"].tolist()


# %% wrong: the last of duplicates
def f(orders, prices):
    table = dict(zip(prices["item"], prices["price"].array))
    return [table.get(item) for item in orders["item"]]


# %% original: text columns joined
def f(frame):
    out = []
    for _, row in frame.iterrows():
        out.append(row["first"] + " " + row["last"])
    return out


# %% calls
f(pd.DataFrame({"first": ["Ann", "Bob"], "last": ["Lee", "Ray"]}))
f(pd.DataFrame({"first": ["Cy"], "last": ["Fox"]}))


# %% right: zip
def f(frame):
    return [first + " " + last for first, last in zip(frame["first"], frame["last"])]


# %% wrong: sorted by index
def f(frame):
    frame = frame.sort_index()
    return [first + " " + last for first, last in zip(frame["first"], frame["last"])]


# %% wrong: str.cat, trimmed
def f(frame):
    return frame["first"].str.cat(frame["last"], sep=" ").str.strip().tolist()


# %% original: count of missing
def f(frame):
    missing = {}
    for column in frame.columns:
        n = 0
        for value in frame[column]:
            if value is None or value != value:
                n += 1
        missing[column] = n
    return missing


# %% calls
f(pd.DataFrame({"a": [1.0, np.nan], "b": [3.0, 4.5]}))
f(pd.DataFrame({"a": [0.0], "b": [np.nan]}))


# %% right: isna, as Python numbers
def f(frame):
    return {column: int(frame[column].isna().sum()) for column in frame.columns}


# %% wrong: NumPy numbers
def f(frame):
    return frame.isna().sum().to_dict() if False else {c: frame[c].isna().sum() for c in frame.columns}


# %% wrong: zeros are missing too
def f(frame):
    return {c: int((frame[c].isna() | (frame[c] == 0)).sum()) for c in frame.columns}


# %% original: the largest per group, first of ties
def f(frame):
    best = {}
    for i in range(len(frame)):
        key, value = frame["k"].iloc[i], frame["v"].iloc[i]
        if key not in best or value > best[key][1]:
            best[key] = (i, value)
    return {key: i for key, (i, _) in best.items()}


# %% calls
f(pd.DataFrame({"k": ["b", "a", "b", "a"], "v": [1.0, 2.0, 3.0, 2.0]}))
f(pd.DataFrame({"k": ["x"], "v": [0.5]}))


# %% right: columns as lists
def f(frame):
    best = {}
    for i, (key, value) in enumerate(zip(frame["k"], frame["v"])):
        if key not in best or value > best[key][1]:
            best[key] = (i, value)
    return {key: i for key, (i, _) in best.items()}


# %% wrong: the last of ties
def f(frame):
    best = {}
    for i, (key, value) in enumerate(zip(frame["k"], frame["v"])):
        if key not in best or value >= best[key][1]:
            best[key] = (i, value)
    return {key: i for key, (i, _) in best.items()}


# %% wrong: labels of the index for positions, in sorted order
def f(frame):
    return frame.groupby("k")["v"].idxmax().to_dict()
