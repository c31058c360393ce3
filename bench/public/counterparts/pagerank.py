"""With SciPy: the links as a sparse matrix, each pass one product."""

import numpy as np
import scipy.sparse


def pagerank(links, damping=0.85, tolerance=1e-10, most=200):
    pages = list(links)
    number = {page: k for k, page in enumerate(pages)}
    count = np.array([len(links[page]) for page in pages])
    rows = np.fromiter((number[target] for page in pages for target in links[page]), np.int64, count.sum())
    columns = np.repeat(np.arange(len(pages)), count)
    matrix = scipy.sparse.csr_array((damping / count[columns], (rows, columns)), shape=(len(pages),) * 2)
    rank = np.full(len(pages), 1.0 / len(pages))
    for _ in range(most):
        new = matrix @ rank + (1.0 - damping + damping * rank[count == 0].sum()) / len(pages)
        change = np.abs(new - rank).sum()
        rank = new
        if change < tolerance:
            break
    return dict(zip(pages, rank.tolist()))
