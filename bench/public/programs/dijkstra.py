"""Shortest ways through a street map: Dijkstra's algorithm that looks for the nearest open crossing in a list."""

import random


def shortest(graph, source):
    distance = {node: float("inf") for node in graph}
    distance[source] = 0.0
    open_nodes = list(graph)
    while open_nodes:
        nearest = open_nodes[0]
        for node in open_nodes:
            if distance[node] < distance[nearest]:
                nearest = node
        open_nodes.remove(nearest)
        for neighbour, length in graph[nearest].items():
            if distance[nearest] + length < distance[neighbour]:
                distance[neighbour] = distance[nearest] + length
    return distance


def street_map(size, seed):
    rng = random.Random(seed)
    graph = {(x, y): {} for x in range(size) for y in range(size)}
    for x, y in graph:
        for other in ((x + 1, y), (x, y + 1)):
            if other in graph:
                length = rng.uniform(1.0, 5.0)
                graph[(x, y)][other] = length
                graph[other][(x, y)] = length
    return graph


if __name__ == "__main__":
    graph = street_map(75, 21)
    for source in ((0, 0), (37, 37), (74, 0)):
        distance = shortest(graph, source)
        print(source, f"{max(distance.values()):.6f}", f"{sum(distance.values()):.4f}")
