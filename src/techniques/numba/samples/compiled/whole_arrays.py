import numpy as np


def great_circle(latitude, longitude, other_latitude, other_longitude):
    """Distances in kilometres between places on the earth."""
    half = (
        np.sin((other_latitude - latitude) / 2) ** 2
        + np.cos(latitude) * np.cos(other_latitude) * np.sin((other_longitude - longitude) / 2) ** 2
    )
    return 6371.0 * 2 * np.arctan2(np.sqrt(half), np.sqrt(1 - half))


def score(points, bonus, weight):
    return np.clip(points, 2, 10) * weight + bonus * 3


def sharpened(image, rate):
    m, n = image.shape
    edges = 4.0 * image[1:m - 1, 1:-1] - (image[:-2, 1:-1] + image[2:, 1:-1] + image[1:-1, :n - 2] + image[1:-1, 2:])
    result = np.empty(image.shape, dtype=image.dtype)
    result[:] = image
    result[1:-1, 1:-1] += rate * np.where(edges > 0.1, edges, 0)
    return result


rng = np.random.default_rng(3)
places = [rng.random(50) for _ in range(4)]
print(np.round(great_circle(*places), 6).tolist())
print(score(rng.integers(0, 20, 30), rng.integers(0, 5, 30), 7).tolist())
print(np.round(sharpened(rng.random((7, 6)), 0.25), 9).tolist())
