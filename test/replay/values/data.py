"""Values of all these libraries as programs make them: (name, one, other, whether they are the same)."""

import networkx as nx
import numpy as np
import pandas as pd
import scipy.sparse as sp
from sklearn.cluster import KMeans
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

NAN = float("nan")
X = np.array([[0.0, 1.0], [1.0, 2.0], [3.0, 1.0], [4.0, 0.0]])
Y = np.array([0, 1, 1, 0])


def frame(**changes):
    data = {"a": [1, 2, 3], "b": [0.5, NAN, 2.0], "c": ["x", "y", None]}
    return pd.DataFrame({**data, **changes}, index=[10, 20, 30])


def graph(edges, kind=nx.Graph, **attributes):
    made = kind(**attributes)
    made.add_weighted_edges_from(edges)
    return made


def shared_buffer():
    a = np.arange(6.0)
    return [a, a[2:]]


def estimator_with(attribute, value):
    made = LinearRegression().fit(X, Y)
    setattr(made, attribute, value)
    return made


EDGES = [(1, 2, 0.5), (2, 3, 1.5)]
record = [("x", "i4"), ("y", "f8")]
category = lambda values, categories, ordered=False: pd.Categorical(values, categories=categories, ordered=ordered)

# (name, one, other, whether they are the same)
PAIRS = [
    ("series", lambda: pd.Series([1.0, NAN], name="s"), lambda: pd.Series([1.0, NAN], name="s"), True),
    ("series, another name", lambda: pd.Series([1.0], name="s"), lambda: pd.Series([1.0], name="t"), False),
    ("series, another dtype", lambda: pd.Series([1, 2]), lambda: pd.Series([1.0, 2.0]), False),
    ("series, narrower dtype", lambda: pd.Series([1, 2]), lambda: pd.Series([1, 2], dtype="int32"), False),
    ("series, nullable dtype", lambda: pd.Series([1, 2]), lambda: pd.Series([1, 2], dtype="Int64"), False),
    ("series, another index", lambda: pd.Series([1, 2]), lambda: pd.Series([1, 2], index=[1, 0]), False),
    ("series, NaN elsewhere", lambda: pd.Series([1.0, NAN]), lambda: pd.Series([NAN, 1.0]), False),
    ("series, object NaN for None", lambda: pd.Series(["a", None], dtype=object), lambda: pd.Series(["a", NAN], dtype=object), False),
    ("series of times", lambda: pd.Series(pd.date_range("2020", periods=3)), lambda: pd.Series(pd.date_range("2020", periods=3)), True),
    ("series of times, one later", lambda: pd.Series(pd.date_range("2020", periods=3)), lambda: pd.Series(pd.date_range("2020-01-02", periods=3)), False),
    ("series of times, another zone", lambda: pd.Series(pd.date_range("2020", periods=2, tz="UTC")), lambda: pd.Series(pd.date_range("2020", periods=2)), False),
    ("frame", frame, frame, True),
    ("frame, columns in another order", frame, lambda: frame()[["b", "a", "c"]], False),
    ("frame, rows in another order", frame, lambda: frame().iloc[::-1], False),
    ("frame, index reset", frame, lambda: frame().reset_index(drop=True), False),
    ("frame, a named index", frame, lambda: frame().rename_axis("id"), False),
    ("frame, named columns", frame, lambda: frame().rename_axis(columns="k"), False),
    ("frame, a float off", frame, lambda: frame(b=[0.5, NAN, np.nextafter(2.0, 3)]), False),
    ("frame, an integer column as floats", frame, lambda: frame(a=[1.0, 2.0, 3.0]), False),
    ("frame, NaN filled", frame, lambda: frame().fillna({"b": 0.0}), False),
    ("frame, a range for a list index", lambda: pd.DataFrame({"a": [1]}), lambda: pd.DataFrame({"a": [1]}, index=[0]), False),
    ("frame, attributes", frame, lambda: (lambda f: (f.attrs.update(k=1), f)[1])(frame()), False),
    ("frame, two columns of one name", lambda: pd.DataFrame([[1, 2]], columns=["a", "a"]), lambda: pd.DataFrame([[1, 2]], columns=["a", "a"]), True),
    ("frame, no rows but dtypes", lambda: frame().iloc[:0], lambda: pd.DataFrame({"a": [], "b": [], "c": []}), False),
    ("index", lambda: pd.Index([1, 2], name="i"), lambda: pd.Index([1, 2], name="i"), True),
    ("index, another name", lambda: pd.Index([1, 2], name="i"), lambda: pd.Index([1, 2]), False),
    ("index, dates without their frequency", lambda: pd.date_range("2020", periods=3), lambda: pd.DatetimeIndex(list(pd.date_range("2020", periods=3))), False),
    ("multi-index", lambda: pd.MultiIndex.from_tuples([(1, "a"), (2, "b")]), lambda: pd.MultiIndex.from_arrays([[1, 2], ["a", "b"]]), True),
    ("multi-index, names", lambda: pd.MultiIndex.from_tuples([(1, "a")]), lambda: pd.MultiIndex.from_tuples([(1, "a")], names=["k", None]), False),
    ("categories", lambda: category(["a", "b"], ["a", "b"]), lambda: category(["a", "b"], ["a", "b"]), True),
    ("categories, one unused", lambda: category(["a", "b"], ["a", "b"]), lambda: category(["a", "b"], ["a", "b", "c"]), False),
    ("categories, another order", lambda: category(["a", "b"], ["a", "b"]), lambda: category(["a", "b"], ["b", "a"]), False),
    ("categories, ordered", lambda: category(["a"], ["a"]), lambda: category(["a"], ["a"], True), False),
    ("categories for strings", lambda: pd.Series(["a", "b"], dtype="category"), lambda: pd.Series(["a", "b"]), False),
    ("sparse", lambda: sp.csr_matrix(X), lambda: sp.csr_matrix(X), True),
    ("sparse, another format", lambda: sp.csr_matrix(X), lambda: sp.csc_matrix(X), False),
    ("sparse, array for matrix", lambda: sp.csr_matrix(X), lambda: sp.csr_array(X), False),
    ("sparse, a value off", lambda: sp.csr_matrix(X), lambda: sp.csr_matrix(np.nextafter(X, 9)), False),
    ("sparse, an explicit zero", lambda: sp.csr_matrix(([1.0], ([0], [0])), shape=(1, 2)), lambda: sp.csr_matrix(([1.0, 0.0], ([0, 0], [0, 1])), shape=(1, 2)), False),
    ("sparse, another shape", lambda: sp.coo_matrix(([1.0], ([0], [0])), shape=(1, 2)), lambda: sp.coo_matrix(([1.0], ([0], [0])), shape=(2, 1)), False),
    ("sparse, lists of lists", lambda: sp.lil_matrix(X), lambda: sp.lil_matrix(X), True),
    ("graph", lambda: graph(EDGES), lambda: graph(EDGES), True),
    ("graph, a weight off", lambda: graph(EDGES), lambda: graph([(1, 2, 0.5), (2, 3, 1.25)]), False),
    ("graph, nodes in another order", lambda: graph(EDGES), lambda: graph(EDGES[::-1]), False),
    ("graph, one node more", lambda: graph(EDGES), lambda: (lambda g: (g.add_node(9), g)[1])(graph(EDGES)), False),
    ("graph, directed", lambda: graph(EDGES), lambda: graph(EDGES, nx.DiGraph), False),
    ("graph, its own attributes", lambda: graph(EDGES), lambda: graph(EDGES, name="g"), False),
    ("multigraph", lambda: graph(EDGES + EDGES, nx.MultiGraph), lambda: graph(EDGES + EDGES, nx.MultiGraph), True),
    ("multigraph, keys", lambda: graph(EDGES + EDGES, nx.MultiGraph), lambda: graph(EDGES, nx.MultiGraph), False),
    ("estimator", lambda: LinearRegression().fit(X, Y), lambda: LinearRegression().fit(X, Y), True),
    ("estimator, not fitted", lambda: LinearRegression().fit(X, Y), lambda: LinearRegression(), False),
    ("estimator, a parameter", LinearRegression, lambda: LinearRegression(fit_intercept=False), False),
    ("estimator, a coefficient", lambda: estimator_with("intercept_", 0.5), lambda: estimator_with("intercept_", np.nextafter(0.5, 1)), False),
    ("estimator, compiled tree", lambda: DecisionTreeClassifier(random_state=0).fit(X, Y), lambda: DecisionTreeClassifier(random_state=0).fit(X, Y), True),
    ("estimator, another tree", lambda: DecisionTreeClassifier(random_state=0).fit(X, Y), lambda: DecisionTreeClassifier(random_state=0).fit(X, 1 - Y), False),
    ("estimator, clusters", lambda: KMeans(2, random_state=0, n_init=1).fit(X), lambda: KMeans(2, random_state=0, n_init=1).fit(X), True),
    ("pipeline", lambda: make_pipeline(StandardScaler(), LinearRegression()).fit(X, Y), lambda: make_pipeline(StandardScaler(), LinearRegression()).fit(X, Y), True),
    ("pipeline, other data", lambda: make_pipeline(StandardScaler(), LinearRegression()).fit(X, Y), lambda: make_pipeline(StandardScaler(), LinearRegression()).fit(X + 1, Y), False),
    ("masked", lambda: np.ma.array([1.0, 2.0], mask=[0, 1]), lambda: np.ma.array([1.0, 2.0], mask=[0, 1]), True),
    ("masked, another mask", lambda: np.ma.array([1.0, 2.0], mask=[0, 1]), lambda: np.ma.array([1.0, 2.0], mask=[1, 0]), False),
    ("masked, another fill value", lambda: np.ma.array([1.0], fill_value=0), lambda: np.ma.array([1.0], fill_value=9), False),
    ("masked, plain", lambda: np.ma.array([1.0, 2.0]), lambda: np.array([1.0, 2.0]), False),
    ("structured", lambda: np.array([(1, 2.5)], record), lambda: np.array([(1, 2.5)], record), True),
    ("structured, a field off", lambda: np.array([(1, 2.5)], record), lambda: np.array([(1, 2.25)], record), False),
    ("structured, other names", lambda: np.array([(1, 2.5)], record), lambda: np.array([(1, 2.5)], [("x", "i4"), ("z", "f8")]), False),
    ("structured, aligned", lambda: np.array([(1, 2.5)], record), lambda: np.array([(1, 2.5)], np.dtype(record, align=True)), False),
    ("structured, NaN in a field", lambda: np.array([(1, NAN)], record), lambda: np.array([(1, NAN)], record), True),
    ("record array for structured", lambda: np.array([(1, 2.5)], record), lambda: np.array([(1, 2.5)], record).view(np.recarray), False),
    ("shared memory", shared_buffer, shared_buffer, True),
    ("shared memory, copied", shared_buffer, lambda: [a.copy() for a in shared_buffer()], False),
    ("times in an array", lambda: np.array(["2020-01-01"], "M8[D]"), lambda: np.array(["2020-01-01"], "M8[s]"), False),
    ("strings in an array", lambda: np.array(["a", "bb"]), lambda: np.array(["a", "bb"], "U5"), False),
    ("objects in an array", lambda: np.array([1, None], object), lambda: np.array([1.0, None], object), False),
    ("minus zero", lambda: np.array([0.0]), lambda: np.array([-0.0]), False),
    ("big-endian", lambda: np.array([1], ">i4"), lambda: np.array([1], "<i4"), False),
]  # fmt: skip

