"""NumPy arrays and pandas frames as Python source. `write` turns the values inside them into expressions."""

import sys

MOST_ITEMS = 200


def library_source(value, write):
    """The expression that makes an array, a scalar of NumPy, a frame, a column or an index; None for what is none of these."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    kind = type(value)
    if numpy is not None and kind.__module__ == "numpy":
        if kind is numpy.ndarray:
            return _array(value, write, numpy)
        if isinstance(value, numpy.generic) and value.dtype.kind in "biufcMm":
            write.needs("import numpy")
            if value.dtype.kind in "Mm":
                return "numpy.array(%d, dtype=%r)[()]" % (value.astype("int64"), value.dtype.str)
            return "numpy.%s(%s)" % (kind.__name__, write.expression(value.item()))
    if pandas is not None and kind.__module__.split(".")[0] == "pandas":
        return _of_pandas(value, kind, write, pandas)
    return None


def _array(value, write, numpy):
    if value.size > MOST_ITEMS:
        raise write.none("an array of %d items" % value.size)
    write.needs("import numpy")
    dtype = value.dtype.str
    if value.dtype.names:
        dtype, items = value.dtype.descr, value.tolist()
    elif value.dtype.kind in "Mm":
        items = value.astype("int64").tolist()
    elif value.dtype.kind in "biufcUSO":
        items = value.tolist()
    else:
        raise write.none("an array of %s" % value.dtype)
    if value.dtype.kind == "O":
        if value.ndim != 1 or any(isinstance(item, (list, tuple, numpy.ndarray)) for item in items):
            raise write.none("an array of objects that are sequences")
    text = "numpy.array(%s, dtype=%r)" % (write.expression(items), dtype)
    if not value.size:
        text += ".reshape(%r)" % (value.shape,)
    if value.ndim > 1 and value.flags.f_contiguous and not value.flags.c_contiguous:
        text = "numpy.asfortranarray(%s)" % text
    if not value.flags.writeable:
        name = write.named(value, text)
        write.statements.append("%s.flags.writeable = False" % name)
        return name
    return text


def _of_pandas(value, kind, write, pandas):
    write.needs("import pandas")
    if value is pandas.NA or value is pandas.NaT:
        return "pandas.%s" % ("NA" if value is pandas.NA else "NaT")
    if kind in (pandas.Timestamp, pandas.Timedelta):
        return "pandas.%s" % repr(value)
    if isinstance(value, pandas.Index):
        return _index(value, kind, write, pandas)
    if kind is pandas.Series:
        _limit(value, write)
        values = _values(value.array, write, pandas)
        name = "" if value.name is None else ", name=%s" % write.expression(value.name)
        return "pandas.Series(%s, index=%s%s)" % (values, _index(value.index, type(value.index), write, pandas), name)
    if kind is pandas.DataFrame:
        _limit(value, write)
        if not value.columns.is_unique or value.columns.nlevels > 1 or value.columns.name is not None:
            raise write.none("a DataFrame whose columns are no plain names")
        columns = ["%s: %s" % (write.expression(n), _values(value[n].array, write, pandas)) for n in value.columns]
        return "pandas.DataFrame({%s}, index=%s)" % (", ".join(columns), _index(value.index, type(value.index), write, pandas))
    raise write.none("a %s" % kind.__name__)


def _limit(value, write):
    if value.size > MOST_ITEMS:
        raise write.none("a %s of %d values" % (type(value).__name__, value.size))


def _index(index, kind, write, pandas):
    name = "" if index.name is None else ", name=%s" % write.expression(index.name)
    if kind is pandas.RangeIndex:
        return "pandas.RangeIndex(%d, %d, %d%s)" % (index.start, index.stop, index.step, name)
    if kind is pandas.MultiIndex:
        return "pandas.MultiIndex.from_tuples(%s, names=%s)" % (write.expression(index.tolist()), write.expression(list(index.names)))
    return "pandas.Index(%s%s)" % (_values(index.array, write, pandas), name)


def _values(array, write, pandas):
    """The values of a column in their own dtype."""
    dtype = array.dtype
    if isinstance(dtype, pandas.CategoricalDtype):
        codes, categories = write.expression(array.codes.tolist()), write.expression(array.categories)
        return "pandas.Categorical.from_codes(%s, %s, ordered=%r)" % (codes, categories, dtype.ordered)
    plain = getattr(dtype, "numpy_dtype", dtype)
    if getattr(dtype, "tz", None) is None and not hasattr(array, "_mask") and getattr(plain, "kind", "O") in "biufcMm":
        return _array(array.to_numpy().copy(), write, sys.modules["numpy"])
    if getattr(dtype, "tz", None) is not None:
        return "pandas.array(%s, dtype=%r)" % ([str(one) for one in array], str(dtype))
    items = [one.item() if hasattr(one, "item") else one for one in array]
    return "pandas.array(%s, dtype=%r)" % (write.expression(items), str(dtype))
