"""How stable are the principal components of handwritten digits? Bootstrap of the variance that each explains.

Each digit is its pixels and the differences between neighbouring pixels, across, down and along both diagonals.

    python components.py [RESAMPLES]
"""

import sys

import numpy as np
from sklearn.datasets import load_digits


def with_edges(images):
    across, down = np.diff(images, axis=2), np.diff(images, axis=1)
    falling = images[:, 1:, 1:] - images[:, :-1, :-1]
    rising = images[:, 1:, :-1] - images[:, :-1, 1:]
    return np.hstack([part.reshape(len(images), -1) for part in (images, across, down, falling, rising)])


def explained_variance(samples):
    centred = samples - samples.mean(axis=0)
    singular = np.linalg.svd(centred, full_matrices=False, compute_uv=True)[1]
    variance = singular**2
    return variance / variance.sum()


def main():
    resamples = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    rng = np.random.default_rng(20)
    samples = with_edges(load_digits().images)
    shares = np.array(
        [explained_variance(samples[rng.integers(0, len(samples), len(samples))]) for _ in range(resamples)]
    )
    low, high = np.percentile(shares, [2.5, 97.5], axis=0)
    for component in range(5):
        print(f"component {component + 1}: {low[component]:.1%} to {high[component]:.1%} of the variance")


if __name__ == "__main__":
    main()
