// The programs of the public list: what family of rewrite each should get, and in the manner of what it was written. Each runs
// one to five seconds, so that starting Python and importing pandas are not most of it.

export interface Listed {
  name: string;
  /** Techniques of which one should be kept. */
  expected: readonly string[];
  /** Whose program or textbook method it follows. */
  after: string;
}

const listed = (name: string, expected: string, after: string): Listed => ({
  name,
  expected: expected.split(" "),
  after,
});

export const list: readonly Listed[] = [
  listed("nbody", "numba cython vectorisation", "pyperformance bm_nbody"),
  listed("spectral_norm", "numba cython vectorisation", "pyperformance bm_spectral_norm"),
  listed("fannkuch", "numba cython vectorisation", "pyperformance bm_fannkuch"),
  listed("chaos", "numba cython vectorisation", "pyperformance bm_chaos"),
  listed("hexiom", "numba cython vectorisation", "pyperformance bm_hexiom"),
  listed("scimark", "numba cython vectorisation library", "pyperformance bm_scimark"),
  listed("nqueens", "numba cython vectorisation", "pyperformance bm_nqueens"),
  listed("raytrace", "numba cython vectorisation", "pyperformance bm_raytrace"),
  listed("edit_distance", "numba caching cython", "Levenshtein's table"),
  listed("knapsack", "numba caching cython vectorisation", "0/1 knapsack by dynamic programming"),
  listed("smith_waterman", "numba caching cython", "Smith and Waterman 1981"),
  listed("tsp_dp", "numba caching cython", "Held and Karp 1962"),
  listed("kruskal", "library containers", "Kruskal 1956"),
  listed("pagerank", "library containers vectorisation", "Page and Brin 1998"),
  listed("dijkstra", "library containers", "Dijkstra 1959, without a heap"),
  listed("topological_order", "library containers", "Kahn 1962, without sets"),
  listed("cosine_similarity", "vectorisation library containers numba", "textbook"),
  listed("gradient_descent", "vectorisation library containers numba", "textbook"),
  listed("naive_bayes", "vectorisation library containers", "textbook"),
  listed("poisson_disc", "vectorisation numba", "dart throwing"),
  listed("random_walks", "vectorisation numba", "textbook"),
  listed("boids", "vectorisation numba", "Reynolds 1987"),
  listed("laplace", "vectorisation numba", "Jacobi's method"),
  listed("apply_axis", "pandas", "DataFrame.apply(axis=1)"),
  listed("iterrows", "pandas", "DataFrame.iterrows"),
  listed("growing_frame", "pandas", "concat in a loop"),
  listed("log_parsing", "containers", "access logs"),
  listed("word_counts", "containers", "list.count per word"),
  listed("deduplication", "containers", "pairwise comparison"),
  listed("join_dicts", "containers", "nested loops"),
  listed("knn", "library vectorisation numba", "textbook"),
  listed("pca", "library vectorisation numba", "textbook"),
  listed("kmeans", "library vectorisation numba", "Lloyd 1982"),
  listed("logistic_regression", "library vectorisation numba", "textbook"),
];
