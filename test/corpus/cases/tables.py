"""pandas once more: alignment, missing keys, dtypes after a merge, stability, categories, changes in place."""

import numpy as np
import pandas as pd


# %% original: sums by place
def f(left, right):
    out = []
    for i in range(len(left)):
        out.append(left["v"].iloc[i] + right["v"].iloc[i])
    return pd.Series(out, index=left.index, dtype=float)


# %% calls
f(pd.DataFrame({"v": [1.5, 2.5, 3.0]}), pd.DataFrame({"v": [0.5, 1.0, 4.0]}))
f(pd.DataFrame({"v": [1.0]}), pd.DataFrame({"v": [2.0]}))


# %% wrong: columns are aligned by label
def f(left, right):
    return (left["v"] + right["v"]).rename(None)


# %% wrong: one row goes with all
def f(left, right):
    return pd.Series(left["v"].to_numpy() + right["v"].to_numpy(), index=left.index, dtype=float)


# %% right: the columns as arrays
def f(left, right):
    a, b = left["v"].to_numpy(), right["v"].to_numpy()
    return pd.Series([x + b[i] for i, x in enumerate(a)], index=left.index, dtype=float)


# %% original: totals with a name for what has no key
def f(frame):
    totals = {}
    for key, value in zip(frame["k"].tolist(), frame["v"].tolist()):
        if key is None or key != key:
            key = "none"
        totals[key] = totals.get(key, 0.0) + value
    return totals


# %% calls
f(pd.DataFrame({"k": ["a", "b", "a"], "v": [1.0, 2.0, 4.5]}))


# %% wrong within 1e-9: groups without a key are dropped
def f(frame):
    return frame.groupby("k", sort=False)["v"].sum().to_dict()


# %% wrong within 1e-9: NaN among the values counts as nothing
def f(frame):
    return frame.assign(k=frame["k"].fillna("none")).groupby("k", sort=False)["v"].sum().to_dict()


# %% right: keys made whole first
def f(frame):
    totals = {}
    for key, value in zip(frame["k"].where(frame["k"].notna(), "none").tolist(), frame["v"].tolist()):
        totals[key] = totals.get(key, 0.0) + value
    return totals


# %% original: prices looked up, zero where there is none
def f(orders, prices):
    table = {}
    for _, row in prices.iterrows():
        table[row["id"]] = int(row["price"])
    out = []
    for _, row in orders.iterrows():
        out.append(table.get(row["id"], 0))
    return out


# %% calls
f(pd.DataFrame({"id": ["x", "y", "x"]}), pd.DataFrame({"id": ["x", "y"], "price": [3, 4]}))


# %% wrong: a merge makes floats of integers where one is missing
def f(orders, prices):
    return orders["id"].map(prices.drop_duplicates("id", keep="last").set_index("id")["price"]).fillna(0).tolist()


# %% wrong: a merge repeats rows
def f(orders, prices):
    return orders.merge(prices, on="id", how="left")["price"].fillna(0).astype(int).tolist()


# %% right: columns zipped
def f(orders, prices):
    # In the manner of https://github.com/ddmms/ml-peg/pull/542
    table = {key: int(price) for key, price in zip(prices["id"], prices["price"])}
    return [table.get(key, 0) for key in orders["id"]]


# %% original: sorted twice
def f(frame):
    return frame.sort_values("b", kind="stable").sort_values("a", kind="stable")


# %% calls
f(pd.DataFrame({"a": [2, 1, 2, 1], "b": [1, 2, 0, 1]}))


# %% wrong: by two columns at once, which leaves rows that are in order the index that they have
def f(frame):
    return frame.sort_values(["a", "b"])


# %% wrong: the columns the other way round
def f(frame):
    return frame.sort_values(["b", "a"]).sort_values("a", kind="quicksort")


# %% wrong: the second column downwards where the first is alike
def f(frame):
    return frame.iloc[::-1].sort_values("a", kind="stable")


# %% original: counts in the order of the categories
def f(sizes):
    out = {}
    for size in sizes.cat.categories:
        out[size] = int((sizes == size).sum())
    return out


# %% calls
f(pd.Series(pd.Categorical(["S", "S", "M", "S"], categories=["S", "M"], ordered=True)))


# %% wrong: in the order of counts
def f(sizes):
    return sizes.value_counts().to_dict()


# %% wrong: sizes that nobody has are lost
def f(sizes):
    counts = sizes.astype(str).value_counts()
    return {size: int(counts[size]) for size in sizes.cat.categories if size in counts}


# %% right: counts of the codes
def f(sizes):
    codes = sizes.cat.codes.to_numpy()
    categories = sizes.cat.categories
    counts = np.bincount(codes[codes >= 0], minlength=len(categories))
    return dict(zip(categories, counts.tolist()))


# %% original: what is positive, doubled
def f(frame):
    part = frame[frame["v"] > 0].copy()
    part["v"] = part["v"] * 2
    return part


# %% calls
f(pd.DataFrame({"v": [1.0, -2.0, 3.0], "w": ["a", "b", "c"]}))
f(pd.DataFrame({"v": [4.0, 5.0], "w": ["p", "q"]}))


# %% wrong: doubled in the caller's frame
def f(frame):
    frame.loc[frame["v"] > 0, "v"] *= 2
    return frame[frame["v"] > 0]


# %% wrong: rows get new labels
def f(frame):
    part = frame[frame["v"] > 0].reset_index(drop=True)
    return part.assign(v=part["v"] * 2)


# %% wrong: not above zero is not below it
def f(frame):
    part = frame[~(frame["v"] <= 0)]
    return part.assign(v=part["v"] * 2)


# %% right: assign
def f(frame):
    part = frame[frame["v"] > 0]
    return part.assign(v=part["v"] * 2)


# %% original: differences within groups
def f(frame):
    last, out = {}, []
    for key, value in zip(frame["k"].tolist(), frame["v"].tolist()):
        out.append(value - last[key] if key in last else float("nan"))
        last[key] = value
    return out


# %% calls
f(pd.DataFrame({"k": ["a", "a", "b"], "v": [1.0, 4.0, 9.0]}))


# %% wrong: over the ends of groups
def f(frame):
    return frame["v"].diff().where(frame["k"] == frame["k"].shift()).tolist()


# %% wrong: in the order of keys
def f(frame):
    return frame.sort_values("k", kind="stable").groupby("k")["v"].diff().tolist()


# %% original: position of the largest
def f(values):
    best = 0
    for i in range(1, len(values)):
        if values.iloc[i] > values.iloc[best]:
            best = i
    return best


# %% calls
f(pd.Series([1.0, 7.0, 3.0]))
f(pd.Series([2.0, 1.0]))


# %% wrong: the label for the position
def f(values):
    return int(values.idxmax()) if len(values) else 0


# %% wrong: NaN in front of all
def f(values):
    return int(values.to_numpy().argmax()) if len(values) else 0


# %% wrong: the last of ties
def f(values):
    return len(values) - 1 - int(values.to_numpy()[::-1].argmax()) if len(values) else 0


# %% right: the values as a list
def f(values):
    values = values.tolist()
    best = 0
    for i, value in enumerate(values):
        if value > values[best]:
            best = i
    return best


# %% original: moving mean, shorter at the start
def f(values, n):
    held, out = values.tolist(), []
    for i in range(len(held)):
        part = held[max(0, i - n + 1) : i + 1]
        out.append(sum(part) / len(part))
    return out


# %% calls
f(pd.Series([1.0, 2.0, 4.0, 8.0]), 3)
f(pd.Series([3.0, 5.0]), 1)


# %% wrong within 1e-9: NaN is skipped
def f(values, n):
    return values.rolling(n, min_periods=1).mean().tolist()


# %% wrong within 1e-9: nothing until the window is full
def f(values, n):
    return values.rolling(n).mean().tolist()


# %% original: rows added one by one
def f(rows):
    frame = pd.DataFrame({"a": [0.0], "b": ["start"]})
    for row in rows:
        frame = pd.concat([frame, pd.DataFrame([row], columns=["a", "b"])], ignore_index=True)
    return frame


# %% calls
f([(1.5, "x"), (2.5, "y")])


# %% wrong: each row keeps its label
def f(rows):
    return pd.concat([pd.DataFrame({"a": [0.0], "b": ["start"]}), pd.DataFrame(rows, columns=["a", "b"])])


# %% wrong: the start is lost
def f(rows):
    return pd.DataFrame(rows, columns=["a", "b"])


# %% original: product where it counts, by rows
def f(frame):
    return frame.apply(lambda row: row["a"] * row["b"] if row["c"] else 0.0, axis=1).tolist()


# %% calls
f(pd.DataFrame({"a": [1.5, 2.0], "b": [2.0, 3.0], "c": [True, False]}))


# %% right: whole columns
def f(frame):
    return np.where(frame["c"], frame["a"] * frame["b"], 0.0).tolist()


# %% wrong: zero times infinity
def f(frame):
    return (frame["a"] * frame["b"] * frame["c"]).tolist()
