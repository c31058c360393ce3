"""Small random changes of pandas frames and series that keep columns and data types."""

import sys


def is_table(value):
    pandas = sys.modules.get("pandas")
    return pandas is not None and type(value) in (getattr(pandas, "DataFrame", None), getattr(pandas, "Series", None))


def vary_table(value, donors, source):
    """(the changed table, what was done in words)."""
    pandas = sys.modules["pandas"]
    rows = len(value)
    one, two = source.randrange(rows), source.randrange(rows)
    roll = source.random()
    if roll < 0.15:
        order = list(range(rows))
        source.shuffle(order)
        return value.iloc[order], " with rows in another order"
    if roll < 0.3:
        return pandas.concat([value, value.iloc[[one]]]), " with a row repeated"
    if roll < 0.4 and rows > 1:
        return value.drop(value.index[one]), " without a row"
    if roll < 0.5:
        labels = list(value.index)
        labels[one] = labels[two]
        made = value.copy()
        made.index = pandas.Index(labels, name=value.index.name)
        return made, " with a label repeated"
    made = value.copy()
    if made.ndim == 1:
        made.iloc[one] = _cell(made, two, donors, source)
        return made, " with one value changed"
    if not made.shape[1]:
        return made, ""
    column = source.randrange(made.shape[1])
    made.iloc[one, column] = _cell(made.iloc[:, column], two, donors, source)
    return made, " with one value of column %r changed" % (made.columns[column],)


def _cell(series, other, donors, source):
    value = series.iloc[other]
    kind = {"i": int, "f": float}.get(getattr(series.dtype, "kind", "O")) or (str if type(value) is str else None)
    literals = donors.palette.for_type(kind) if kind else []
    if literals and source.random() < 0.4:
        return source.choice(literals)
    if kind in (int, float) and source.random() < 0.4:
        return source.choice((kind(0), kind(1), -value, value + 1))
    return value
