"""What each order costs: DataFrame.apply over rows."""

import numpy as np
import pandas as pd


def price(row):
    base = row["quantity"] * row["unit_price"]
    if row["customer"] == "wholesale":
        base *= 0.85
    elif row["quantity"] >= 50:
        base *= 0.95
    shipping = 0.0 if base > 500 else 12.5
    return base + shipping


if __name__ == "__main__":
    rng = np.random.default_rng(41)
    n = 360_000
    orders = pd.DataFrame({
        "customer": rng.choice(["retail", "wholesale", "online"], n),
        "quantity": rng.integers(1, 100, n),
        "unit_price": np.round(rng.uniform(0.5, 40.0, n), 2),
    })
    orders["total"] = orders.apply(price, axis=1)
    print(orders.groupby("customer")["total"].agg(["sum", "mean"]).round(4))
