"""SciPy, NetworkX, scikit-learn, and PyTorch where it is installed: (name, one, other, whether they are the same)."""

import networkx as nx
import numpy as np
import scipy.interpolate
import scipy.optimize
import scipy.sparse as sp
import scipy.sparse.linalg
import scipy.spatial
import scipy.stats
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.neighbors import KDTree, NearestNeighbors
from sklearn.preprocessing import OneHotEncoder
from sklearn.svm import SVC

SAME, OTHER, UNKNOWN = True, False, None

X = np.array([[0.0, 1.0], [1.0, 2.0], [3.0, 1.0], [4.0, 0.0]]); Y=np.array([0,1,1,0])

def csr(sort=True, canon=True):
    m = sp.csr_matrix((np.array([1.,2.]), np.array([1,0] if not sort else [0,1]), np.array([0,2])), shape=(1,2)); return m

def g_(kind, edges, order=None, **k):
    g = kind(**k)
    if order: g.add_nodes_from(order)
    g.add_edges_from(edges); return g

PAIRS = [
    ("csr", lambda: sp.csr_array(X), lambda: sp.csr_array(X), SAME),
    ("csr used", lambda: (lambda m: (m.has_sorted_indices, m.has_canonical_format, m)[-1])(sp.csr_array(X)), lambda: sp.csr_array(X), SAME),
    ("csr unsorted", lambda: csr(False), lambda: csr(True), OTHER),
    ("coo dup", lambda: sp.coo_array(([1.0, 1.0], ([0, 0], [0, 0]))), lambda: sp.coo_array(([2.0], ([0], [0]))), OTHER),
    ("csr idx dtype", lambda: sp.csr_matrix((np.array([1.0]), np.array([0], 'i8'), np.array([0, 1], 'i8'))), lambda: sp.csr_matrix((np.array([1.0]), np.array([0], 'i4'), np.array([0, 1], 'i4'))), SAME),
    ("dok", lambda: sp.dok_matrix(X), lambda: sp.dok_matrix(X), SAME),
    ("dok off", lambda: sp.dok_matrix(X), lambda: sp.dok_matrix(X + 1), OTHER),
    ("dia", lambda: sp.eye(3), lambda: sp.eye(3) * 2, OTHER),
    ("bsr", lambda: sp.bsr_array(X), lambda: sp.bsr_array(X), SAME),
    ("lil off", lambda: sp.lil_array(X), lambda: sp.lil_array(X + 1), OTHER),
    ("linop", lambda: sp.linalg.aslinearoperator(X), lambda: sp.linalg.aslinearoperator(X + 1), OTHER),
    ("G", lambda: g_(nx.Graph, [(1, 2)]), lambda: g_(nx.Graph, [(1, 2)]), SAME),
    ("G edge order", lambda: g_(nx.Graph, [(1, 2), (1, 3)], [1, 2, 3]), lambda: g_(nx.Graph, [(1, 3), (1, 2)], [1, 2, 3]), OTHER),
    ("DG", lambda: g_(nx.DiGraph, [(1, 2)]), lambda: g_(nx.DiGraph, [(1, 2)]), SAME),
    ("DG dir", lambda: g_(nx.DiGraph, [(1, 2)], [1, 2]), lambda: g_(nx.DiGraph, [(2, 1)], [1, 2]), OTHER),
    ("DG pred order", lambda: g_(nx.DiGraph, [(1, 3), (2, 3)], [1, 2, 3]), lambda: g_(nx.DiGraph, [(2, 3), (1, 3)], [1, 2, 3]), OTHER),
    ("MG", lambda: g_(nx.MultiGraph, [(1, 2), (1, 2)]), lambda: g_(nx.MultiGraph, [(1, 2)]), OTHER),
    ("MDG", lambda: g_(nx.MultiDiGraph, [(1, 2), (1, 2)]), lambda: g_(nx.MultiDiGraph, [(1, 2), (1, 2)]), SAME),
    ("G/DG", lambda: g_(nx.Graph, []), lambda: g_(nx.DiGraph, []), OTHER),
    ("G attr", lambda: g_(nx.Graph, [(1, 2, {'w': 1})]), lambda: g_(nx.Graph, [(1, 2, {'w': 2})]), OTHER),
    ("G shared dict", lambda: g_(nx.Graph, [(1, 2)]), lambda: (lambda g: (g._adj[1].__setitem__(2, {}), g)[1])(g_(nx.Graph, [(1, 2)])), OTHER),
    ("G cached", lambda: (lambda g: (g.adj, g.nodes, g.edges, g.degree, g)[-1])(g_(nx.Graph, [(1, 2)])), lambda: g_(nx.Graph, [(1, 2)]), SAME),
    ("frozen G", lambda: nx.freeze(g_(nx.Graph, [(1, 2)])), lambda: g_(nx.Graph, [(1, 2)]), OTHER),
    ("subgraph view", lambda: g_(nx.Graph, [(1, 2), (2, 3)]).subgraph([1, 2]), lambda: g_(nx.Graph, [(1, 2), (2, 3)]).subgraph([1, 3]), OTHER),
    ("views", lambda: g_(nx.Graph, [(1, 2)]).nodes, lambda: g_(nx.Graph, [(1, 3)]).nodes, OTHER),
    ("sub attr", lambda: (lambda g: (setattr(g, 'mine', 1), g)[1])(g_(nx.Graph, [])), lambda: g_(nx.Graph, []), OTHER),
    ("rf", lambda: RandomForestClassifier(2, random_state=0).fit(X, Y), lambda: RandomForestClassifier(2, random_state=0).fit(X, Y), SAME),
    ("rf off", lambda: RandomForestClassifier(2, random_state=0).fit(X, Y), lambda: RandomForestClassifier(2, random_state=1).fit(X, Y), OTHER),
    ("svc", lambda: SVC().fit(X, Y), lambda: SVC().fit(X, Y), SAME),
    ("kdtree", lambda: KDTree(X), lambda: KDTree(X), SAME),
    ("kdtree off", lambda: KDTree(X), lambda: KDTree(X + 1), OTHER),
    ("nn", lambda: NearestNeighbors().fit(X), lambda: NearestNeighbors().fit(X), SAME),
    ("ohe", lambda: OneHotEncoder().fit([['a'], ['b']]), lambda: OneHotEncoder().fit([['a'], ['c']]), OTHER),
    ("tfidf", lambda: TfidfVectorizer().fit(['a b cd ef', 'cd']), lambda: TfidfVectorizer().fit(['a b cd ef', 'cd']), SAME),
    ("sgd", lambda: SGDClassifier(random_state=0).fit(X, Y), lambda: SGDClassifier(random_state=0).fit(X, Y), SAME),
    ("ckdtree", lambda: scipy.spatial.cKDTree(X), lambda: scipy.spatial.cKDTree(X + 1), OTHER),
    ("interp", lambda: scipy.interpolate.interp1d([0, 1], [0, 1]), lambda: scipy.interpolate.interp1d([0, 1], [0, 2]), OTHER),
    ("optres", lambda: scipy.optimize.OptimizeResult(x=1), lambda: scipy.optimize.OptimizeResult(x=2), OTHER),
    ("frozen dist", lambda: scipy.stats.norm(0, 1), lambda: scipy.stats.norm(0, 2), OTHER),
]

try:
    import torch

    PAIRS += [
        ("torch", lambda t=torch: t.tensor([1.0, 2.0]), lambda t=torch: t.tensor([1.0, 2.0]), SAME),
        ("torch off", lambda t=torch: t.tensor([1.0, 2.0]), lambda t=torch: t.tensor([1.0, 3.0]), OTHER),
        ("torch dtype", lambda t=torch: t.tensor([1.0]), lambda t=torch: t.tensor([1.0], dtype=t.float64), OTHER),
        ("torch bf16", lambda t=torch: t.tensor([1.0], dtype=t.bfloat16), lambda t=torch: t.tensor([1.0], dtype=t.bfloat16), SAME),
        ("torch bf16 off", lambda t=torch: t.tensor([1.0], dtype=t.bfloat16), lambda t=torch: t.tensor([2.0], dtype=t.bfloat16), OTHER),
        ("torch grad", lambda t=torch: t.tensor([1.0], requires_grad=True), lambda t=torch: t.tensor([1.0]), OTHER),
        ("torch strides", lambda t=torch: t.zeros(2, 3), lambda t=torch: t.zeros(3, 2).T, OTHER),
        ("torch view", lambda t=torch: (lambda a: [a, a[1:]])(t.arange(3)), lambda t=torch: [t.arange(3), t.arange(1, 3)], OTHER),
        ("torch grad_fn", lambda t=torch: t.tensor([1.0], requires_grad=True) * 2, lambda t=torch: t.tensor([2.0], requires_grad=True), OTHER),
        ("torch .grad", lambda t=torch: (lambda a: ((a * 2).sum().backward(), a)[1])(t.tensor([1.0], requires_grad=True)), lambda t=torch: t.tensor([1.0], requires_grad=True), OTHER),
        ("torch param", lambda t=torch: t.nn.Linear(1, 1), lambda t=torch: t.nn.Linear(1, 2), OTHER),
        ("torch conj", lambda t=torch: t.tensor([1 + 2j]).conj(), lambda t=torch: t.tensor([1 - 2j]), UNKNOWN),
        ("torch sparse", lambda t=torch: t.eye(2).to_sparse(), lambda t=torch: t.eye(2).to_sparse(), UNKNOWN),
        ("torch gen", lambda t=torch: t.Generator().manual_seed(1), lambda t=torch: t.Generator().manual_seed(2), OTHER),
        ("torch dtype obj", lambda t=torch: t.float32, lambda t=torch: t.float64, OTHER),
        ("torch size", lambda t=torch: t.zeros(2).shape, lambda t=torch: t.zeros(3).shape, OTHER),
        ("torch numpy share", lambda t=torch: (lambda a: [a, t.from_numpy(a)])(np.arange(3.0)), lambda t=torch: [np.arange(3.0), t.arange(3.0, dtype=t.float64)], OTHER),
        ("torch nan", lambda t=torch: t.tensor([float('nan')]), lambda t=torch: t.tensor([float('nan')]), SAME),
        ("torch param eq", lambda t=torch: (t.manual_seed(0), t.nn.Linear(2, 2))[1], lambda t=torch: (t.manual_seed(0), t.nn.Linear(2, 2))[1], SAME),
    ]
except ImportError:
    ABSENT = "torch"
