"""pandas, and polars where it is installed: (name, one, other, whether they are the same)."""

import datetime

import numpy as np
import pandas as pd

SAME, OTHER, UNKNOWN = True, False, None

def fr(**k): return pd.DataFrame(dict(a=[1,2],b=["x",None],**k))

def shared_frame(copy):
    f = fr(); return [f, f.copy() if copy else f]

PAIRS = [
    ("series", lambda: pd.Series([1]), lambda: pd.Series([1]), SAME),
    ("int64/arrow", lambda: pd.Series([1], dtype='int64[pyarrow]'), lambda: pd.Series([1]), OTHER),
    ("arrow", lambda: pd.Series([1, None], dtype='int64[pyarrow]'), lambda: pd.Series([1, None], dtype='int64[pyarrow]'), SAME),
    ("str", lambda: pd.Series(['a', None]), lambda: pd.Series(['a', None], dtype='string'), OTHER),
    ("str same", lambda: pd.Series(['a', None]), lambda: pd.Series(['a', None]), SAME),
    ("str obj", lambda: pd.Series(['a', None], dtype=object), lambda: pd.Series(['a', None]), OTHER),
    ("str storage", lambda: pd.Series(['a'], dtype=pd.StringDtype('python')), lambda: pd.Series(['a'], dtype=pd.StringDtype('pyarrow')), OTHER),
    ("str na", lambda: pd.Series(['a', None], dtype=pd.StringDtype('python', na_value=np.nan)), lambda: pd.Series(['a', None], dtype=pd.StringDtype('python', na_value=pd.NA)), OTHER),
    ("Int64", lambda: pd.Series([1, None], dtype='Int64'), lambda: pd.Series([1, None], dtype='Int64'), SAME),
    ("Int64 NA", lambda: pd.Series([1, None], dtype='Int64'), lambda: pd.Series([1, 2], dtype='Int64'), OTHER),
    ("Float64 nan/NA", lambda: pd.Series(pd.arrays.FloatingArray(np.array([np.nan, 1.0]), np.array([False, False]))), lambda: pd.Series(pd.arrays.FloatingArray(np.array([np.nan, 1.0]), np.array([True, False]))), OTHER),
    ("boolean", lambda: pd.Series([True, None], dtype='boolean'), lambda: pd.Series([True, False], dtype='boolean'), OTHER),
    ("NaT/NaN", lambda: pd.Series([pd.NaT], dtype=object), lambda: pd.Series([np.nan], dtype=object), OTHER),
    ("NA/None", lambda: [pd.NA], lambda: [None], OTHER),
    ("NA", lambda: [pd.NA], lambda: [pd.NA], SAME),
    ("NaT", lambda: pd.NaT, lambda: pd.NaT, SAME),
    ("NaT/NA", lambda: pd.NaT, lambda: pd.NA, OTHER),
    ("Timestamp", lambda: pd.Timestamp('2020'), lambda: pd.Timestamp('2020'), SAME),
    ("Timestamp tz", lambda: pd.Timestamp('2020', tz='UTC'), lambda: pd.Timestamp('2020'), OTHER),
    ("Timestamp unit", lambda: pd.Timestamp('2020').as_unit('s'), lambda: pd.Timestamp('2020').as_unit('ns'), OTHER),
    ("Timestamp ns", lambda: pd.Timestamp(1), lambda: pd.Timestamp(2), OTHER),
    ("Timedelta unit", lambda: pd.Timedelta(1, 's').as_unit('s'), lambda: pd.Timedelta(1, 's').as_unit('ns'), OTHER),
    ("Period", lambda: pd.Period('2020', 'M'), lambda: pd.Period('2020-01', 'M'), SAME),
    ("Period freq", lambda: pd.Period('2020', 'M'), lambda: pd.Period('2020', 'Y'), OTHER),
    ("Interval", lambda: pd.Interval(0, 1), lambda: pd.Interval(0, 1, closed='left'), OTHER),
    ("IntervalIndex", lambda: pd.interval_range(0, 3), lambda: pd.interval_range(0, 3), SAME),
    ("IntervalIndex closed", lambda: pd.interval_range(0, 3), lambda: pd.interval_range(0, 3, closed='left'), OTHER),
    ("dt unit", lambda: pd.Series(pd.to_datetime(['2020'])).dt.as_unit('s'), lambda: pd.Series(pd.to_datetime(['2020'])).dt.as_unit('ns'), OTHER),
    ("freq", lambda: pd.date_range('2020', periods=3), lambda: pd.date_range('2020', periods=3)._with_freq(None), OTHER),
    ("series freq", lambda: pd.Series(1, pd.date_range('2020', periods=3)), lambda: pd.Series(1, pd.date_range('2020', periods=3)._with_freq(None)), OTHER),
    ("period idx", lambda: pd.period_range('2020', periods=2, freq='M'), lambda: pd.period_range('2020', periods=2, freq='M'), SAME),
    ("rangeidx", lambda: pd.RangeIndex(3), lambda: pd.Index([0, 1, 2]), OTHER),
    ("rangeidx step", lambda: pd.RangeIndex(0, 4, 2), lambda: pd.RangeIndex(0, 3, 2), UNKNOWN),
    ("mi codes", lambda: pd.MultiIndex.from_product([[1, 2], ['a']]), lambda: pd.MultiIndex.from_tuples([(1, 'a'), (2, 'a')]), SAME),
    ("mi level dtype", lambda: pd.MultiIndex.from_arrays([np.array([1], 'i4'), ['a']]), lambda: pd.MultiIndex.from_arrays([np.array([1], 'i8'), ['a']]), OTHER),
    ("mi unused level", lambda: pd.MultiIndex.from_product([[1, 2], ['a']])[:1], lambda: pd.MultiIndex.from_tuples([(1, 'a')]), UNKNOWN),
    ("mi float -0", lambda: pd.MultiIndex.from_arrays([[0.0], [1]]), lambda: pd.MultiIndex.from_arrays([[-0.0], [1]]), OTHER),
    ("attrs", lambda: fr(), lambda: (lambda f: (f.attrs.update(a=1), f)[1])(fr()), OTHER),
    ("flags", lambda: fr(), lambda: fr().set_flags(allows_duplicate_labels=False), OTHER),
    ("frame alias", lambda: shared_frame(False), lambda: shared_frame(False), SAME),
    ("frame alias off", lambda: shared_frame(False), lambda: shared_frame(True), OTHER),
    ("col order", lambda: fr(), lambda: fr()[['b', 'a']], OTHER),
    ("catfr", lambda: pd.DataFrame({'a': pd.Categorical(['x'], ['x', 'y'])}), lambda: pd.DataFrame({'a': pd.Categorical(['x'], ['y', 'x'])}), OTHER),
    ("groupby", lambda: fr().groupby('a'), lambda: fr().groupby('a'), SAME),
    ("groupby off", lambda: fr().groupby('a'), lambda: fr().groupby('b'), OTHER),
    ("rolling", lambda: pd.Series([1.0]).rolling(1), lambda: pd.Series([1.0]).rolling(2), OTHER),
    ("sparse arr", lambda: pd.arrays.SparseArray([0, 0, 1]), lambda: pd.arrays.SparseArray([0, 0, 1]), SAME),
    ("sparse fill", lambda: pd.arrays.SparseArray([0, 0, 1]), lambda: pd.arrays.SparseArray([0, 0, 1], fill_value=1), OTHER),
    ("subclassed", lambda: type('F2', (pd.DataFrame,), {})({'a': [1]}), lambda: pd.DataFrame({'a': [1]}), OTHER),
    ("dtype obj", lambda: pd.CategoricalDtype(['a']), lambda: pd.CategoricalDtype(['b']), OTHER),
    ("offset", lambda: pd.offsets.Day(1), lambda: pd.offsets.Day(2), OTHER),
    ("offset same", lambda: pd.offsets.MonthEnd(1), lambda: pd.offsets.MonthEnd(1), SAME),
    ("object col", lambda: pd.DataFrame({'a': pd.Series([[1], {2}], dtype=object)}), lambda: pd.DataFrame({'a': pd.Series([[1], {2}], dtype=object)}), SAME),
    ("object col alias", lambda: (lambda l: pd.DataFrame({'a': pd.Series([l, l], dtype=object)}))([1]), lambda: pd.DataFrame({'a': pd.Series([[1], [1]], dtype=object)}), OTHER),
    ("consolidated", lambda: pd.DataFrame(np.ones((3, 2)), columns=list('ab')), lambda: pd.DataFrame({'a': np.ones(3), 'b': np.ones(3)}), SAME),
    ("series from col", lambda: pd.DataFrame(np.ones((3, 2)), columns=list('ab'))['a'], lambda: pd.DataFrame({'a': np.ones(3), 'b': np.ones(3)})['a'], SAME),
    ("series view of numpy", lambda: pd.Series(np.arange(6.0)[::2]), lambda: pd.Series(np.arange(6.0)[::2].copy()), SAME),
    ("datetime col", lambda: pd.DataFrame({'a': pd.date_range('2020', periods=2)}), lambda: pd.DataFrame({'a': pd.date_range('2020', periods=2)}), SAME),
]

try:
    import polars as pl

    PAIRS += [
        ("pl df", lambda: pl.DataFrame({'a': [1, None]}), lambda: pl.DataFrame({'a': [1, None]}), SAME),
        ("pl df off", lambda: pl.DataFrame({'a': [1, None]}), lambda: pl.DataFrame({'a': [1, 2]}), OTHER),
        ("pl dtype", lambda: pl.DataFrame({'a': [1]}), lambda: pl.DataFrame({'a': [1]}, schema={'a': pl.Int32}), OTHER),
        ("pl col order", lambda: pl.DataFrame({'a': [1], 'b': [2]}), lambda: pl.DataFrame({'b': [2], 'a': [1]}), OTHER),
        ("pl -0", lambda: pl.Series([0.0]), lambda: pl.Series([-0.0]), OTHER),
        ("pl nan/null", lambda: pl.Series([1.0, None]), lambda: pl.Series([1.0, float('nan')]), OTHER),
        ("pl s name", lambda: pl.Series('a', [1]), lambda: pl.Series('b', [1]), OTHER),
        ("pl s", lambda: pl.Series('a', [1]), lambda: pl.Series('a', [1]), SAME),
        ("pl chunks", lambda: pl.concat([pl.Series('a', [1]), pl.Series('a', [2])], rechunk=False), lambda: pl.Series('a', [1, 2]), SAME),
        ("pl cat", lambda: pl.Series(['a', 'b'], dtype=pl.Categorical), lambda: pl.Series(['a', 'b'], dtype=pl.Categorical), SAME),
        ("pl list", lambda: pl.Series([[1], [2, 3]]), lambda: pl.Series([[1], [2, 4]]), OTHER),
        ("pl struct", lambda: pl.Series([{'a': 1}]), lambda: pl.Series([{'a': 2}]), OTHER),
        ("pl expr", lambda: pl.col('a') + 1, lambda: pl.col('a') + 1, SAME),
        ("pl expr off", lambda: pl.col('a') + 1, lambda: pl.col('a') + 2, OTHER),
        ("pl lazy", lambda: pl.DataFrame({'a': [1]}).lazy(), lambda: pl.DataFrame({'a': [2]}).lazy(), UNKNOWN),
        ("pl date", lambda: pl.Series([datetime.date(2020, 1, 1)]), lambda: pl.Series([datetime.date(2020, 1, 1)]), SAME),
        ("pl empty", lambda: pl.DataFrame({'a': []}), lambda: pl.DataFrame({'a': []}, schema={'a': pl.Int64}), OTHER),
        ("pl enum", lambda: pl.Series(['a'], dtype=pl.Enum(['a'])), lambda: pl.Series(['a'], dtype=pl.Enum(['a', 'b'])), OTHER),
        ("pl sorted flag", lambda: pl.Series([1, 2]).set_sorted(), lambda: pl.Series([1, 2]), SAME),
        ("pl object", lambda: pl.Series([object], dtype=pl.Object), lambda: pl.Series([object], dtype=pl.Object), SAME),
    ]
except ImportError:
    ABSENT = "polars"
