"""A line fitted by gradient descent over lists, then the residuals."""

import random


def gradient_descent(xs, ys, rate, epochs):
    w, b = 0.0, 0.0
    n = len(xs)
    for _ in range(epochs):
        dw = 0.0
        db = 0.0
        for x, y in zip(xs, ys):
            error = w * x + b - y  # residual
            dw += error * x
            db += error
        w -= rate * 2 * dw / n
        b -= rate * 2 * db / n
    return w, b


rng = random.Random(2)
xs = [rng.uniform(0, 1) for _ in range(60)]
ys = [3 * x + 1 + rng.gauss(0, 0.1) for x in xs]
w, b = gradient_descent(xs, ys, 0.3, 50)
print(f"{w:.9f} {b:.9f}")
