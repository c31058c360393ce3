"""Readings collected into a frame that grows by one row at a time."""

import pandas as pd


def collect(readings):
    table = pd.DataFrame(columns=["station", "hour", "celsius"])
    for station, hour, fahrenheit in readings:
        row = pd.DataFrame([[station, hour, (fahrenheit - 32) / 1.8]], columns=["station", "hour", "celsius"])
        if len(table) == 0:
            table = row
        else:
            table = pd.concat([table, row], ignore_index=True)
    return table


if __name__ == "__main__":
    readings = [(f"s{k % 7}", k % 24, 40.0 + (k * 37 % 500) / 10) for k in range(9000)]
    table = collect(readings)
    print(table.dtypes.astype(str).to_dict())
    print(table.groupby("station")["celsius"].mean().round(5).to_dict())
