"""One frame, made at the end."""

import pandas as pd


def collect(readings):
    table = pd.DataFrame(readings, columns=["station", "hour", "celsius"])
    table["celsius"] = (table["celsius"] - 32) / 1.8
    return table
