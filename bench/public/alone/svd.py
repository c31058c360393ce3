"""Singular values of random matrices: the time is LAPACK's."""

import numpy as np

rng = np.random.default_rng(1)
for _ in range(6):
    values = np.linalg.svd(rng.normal(size=(700, 700)), compute_uv=False)
    print(f"{values[0]:.6f}")
