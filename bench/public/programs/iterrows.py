"""Minutes of delay per carrier: walking a frame by iterrows and writing cell by cell."""

import numpy as np
import pandas as pd


def delays(flights):
    flights = flights.copy()
    flights["delay"] = 0
    flights["late"] = False
    for index, row in flights.iterrows():
        delay = row["arrived"] - row["planned"]
        flights.at[index, "delay"] = delay
        flights.at[index, "late"] = delay > 15
    return flights


if __name__ == "__main__":
    rng = np.random.default_rng(43)
    n = 40_000
    planned = rng.integers(300, 1300, n)
    flights = pd.DataFrame({
        "carrier": rng.choice(["AA", "BB", "CC", "DD"], n),
        "planned": planned,
        "arrived": planned + rng.integers(-20, 90, n),
    })
    result = delays(flights)
    print(result.groupby("carrier").agg({"delay": "mean", "late": "sum"}).round(4))
