"""How far can a small plane get in the United States, hopping from airport to airport?

Two airports are linked when they lie within the plane's range of each other. For a few home airports, print how many
airports can be reached at all, and how many legs the farthest of them needs.

    python network.py [RANGE_KM]
"""

import csv
import math
import sys
from pathlib import Path

DATA = Path(__file__).parent / "data" / "airports.csv"
HOMES = ["SEA", "BOS", "HNL", "ANC", "DEN"]
EARTH_RADIUS_KM = 6371.0


def read_airports(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [
            (row["iata"], math.radians(float(row["latitude"])), math.radians(float(row["longitude"])))
            for row in csv.DictReader(file)
        ]


def link_airports(airports, range_km):
    """For each airport, the airports within range, by code."""
    # Sorting by latitude means only a narrow band has to be searched for each airport.
    airports = sorted(airports, key=lambda airport: airport[1])
    band = range_km / EARTH_RADIUS_KM
    nearest = math.cos(band)
    links = {code: [] for code, _, _ in airports}
    for i, (code, lat, lon) in enumerate(airports):
        sin_lat, cos_lat = math.sin(lat), math.cos(lat)
        for j in range(i + 1, len(airports)):
            other, other_lat, other_lon = airports[j]
            if other_lat - lat > band:
                break
            cosine = sin_lat * math.sin(other_lat) + cos_lat * math.cos(other_lat) * math.cos(other_lon - lon)
            if cosine >= nearest:
                links[code].append(other)
                links[other].append(code)
    return links


def reachable(links, home):
    """Airports that can be reached from home, nearest first, with the number of legs to each."""
    visited = [home]
    legs = {home: 0}
    queue = [home]
    while queue:
        airport = queue.pop(0)
        for neighbour in links[airport]:
            if neighbour not in visited:
                visited.append(neighbour)
                legs[neighbour] = legs[airport] + 1
                queue.append(neighbour)
    return visited, legs


def main():
    range_km = float(sys.argv[1]) if len(sys.argv) > 1 else 150.0
    airports = read_airports(DATA)
    links = link_airports(airports, range_km)
    print(f"{len(airports)} airports, {sum(map(len, links.values())) // 2} links of at most {range_km:g} km")
    for home in HOMES:
        visited, legs = reachable(links, home)
        farthest = visited[-1]
        print(f"{home}: {len(visited):5d} airports within reach, farthest {farthest} after {legs[farthest]} legs")


if __name__ == "__main__":
    main()
