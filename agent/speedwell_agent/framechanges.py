"""Changes of pandas frames and series that keep their columns: (label, domain, function), as in changes.py."""

import sys

from .strings import DIGITS, LETTERS, LINES, SPACES

_SPECIAL = (float("nan"), float("inf"), -0.0)
_TELLING = (" a ", SPACES, LINES, LETTERS, DIGITS, "a  b\n", "1.5", "[a.")


def frame_changes(value):
    """Rows left out, turned round and repeated; one column changed while the others stay; missing values."""
    pandas = sys.modules["pandas"]
    same = "same types"
    changes = [
        ("no rows", same, lambda v: v.iloc[:0]), ("one row", same, lambda v: v.iloc[:1]),
        ("rows reversed", same, lambda v: v.iloc[::-1]), ("rows repeated", same, lambda v: pandas.concat([v, v])),
        ("new index", same, lambda v: v.reset_index(drop=True)),
        ("missing values", "special floats", lambda v: _with_missing(v, 0)),
        ("missing values in between", "special floats", lambda v: _with_missing(v, 1)),
        ("a row more, with the first label", same, lambda v: pandas.concat([v, v.iloc[-1:].set_axis(v.index[:1])])),
    ]  # fmt: skip
    if value.ndim == 1:
        return changes + _column_changes(value, lambda v: v, lambda v, column: column)
    for position in range(min(value.shape[1], 6)):
        changes += _column_changes(
            value.iloc[:, position],
            lambda v, p=position: v.iloc[:, p],
            lambda v, column, p=position: _replaced(v, p, column),
        )
    return changes


def _column_changes(column, take, put):
    """Changes of one column: what stands in the others no longer belongs to it as it did."""
    name, same = column.name, "same types"
    made = [
        ("all the first", same, lambda c: [c.iloc[0]] * len(c)),
        ("reversed", same, lambda c: list(c.array[::-1])),
        ("the first again at the end", same, lambda c: list(c.array[:-1]) + [c.iloc[0]]),
    ]
    kind = getattr(column.dtype, "kind", "O")
    if kind in "fi":
        made += [("all zero", same, lambda c: [0] * len(c)), ("negated", same, lambda c: list(-c.array)),
                 ("small with ties", same, lambda c: [i * 7 % 5 - 1 for i in range(len(c))])]  # fmt: skip
        for number in _SPECIAL if kind == "f" else ():
            made += [("%r %s" % (number, word), "special floats", _with(number, at)) for word, at in (("first", 0), ("last", -1))]
    elif kind in "Mm":
        made += [("a missing time first", "special floats", lambda c: [None] + list(c.array[1:])), ("sorted", same, sorted),
                 ("hours later, one by one, then earlier", same, _by_hours), ("at the ends of months", same, _at_ends)]  # fmt: skip
    elif len(column) and all(isinstance(item, str) for item in column):
        made += [("%r first" % text, same, lambda c, t=text: [t] + list(c.array[1:])) for text in ("", " ") + _TELLING]
        made += [("a missing text %s" % word, "special floats", _with(None, at)) for word, at in (("first", 0), ("last", -1))]
    return [("%s: %s" % (name, label), domain, _on_column(take, put, change)) for label, domain, change in made]


def _with(item, at):
    def change(column):
        items = list(column.array)
        items[at] = item
        return items

    return change


def _by_hours(column):
    hour = sys.modules["pandas"].Timedelta(hours=1)
    return [time + hour * (23, -1, 7, -30, 0)[i % 5] for i, time in enumerate(column.array)]


def _at_ends(column):
    """Days from which a month or a year on is no day of the calendar; of spans of time, some that are negative."""
    pandas = sys.modules["pandas"]
    if column.dtype.kind == "m":
        return [-time for time in column.array]
    days = ("2024-02-29", "2023-01-31", "2023-12-31", "1969-12-31", "2023-02-28")
    zone = getattr(column.dtype, "tz", None)
    return [pandas.Timestamp(days[i % 5] + " 23:30", tz=zone) for i in range(len(column))]


def _on_column(take, put, change):
    def changed(value):
        column = take(value)
        return put(value, column.__class__(change(column), index=column.index, name=column.name, dtype=column.dtype))

    return changed


def _replaced(frame, position, column):
    frame = frame.copy()
    frame.isetitem(position, column)
    return frame


def _with_missing(frame, first):
    """NaN in every second row of the columns of floats, from the row `first` on."""
    frame = frame.copy()
    if frame.ndim == 1:
        if frame.dtype.kind == "f":
            frame.iloc[first::2] = float("nan")
        return frame
    for position in range(frame.shape[1]):
        if frame.dtypes.iloc[position].kind == "f":
            frame.iloc[first::2, position] = float("nan")
    return frame
