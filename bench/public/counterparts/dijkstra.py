"""By hand: the open crossings in a heap."""

import heapq


def shortest(graph, source):
    distance = {node: float("inf") for node in graph}
    distance[source] = 0.0
    heap, order = [(0.0, 0, source)], 0
    done = set()
    while heap:
        so_far, _, node = heapq.heappop(heap)
        if node in done:
            continue
        done.add(node)
        for neighbour, length in graph[node].items():
            if so_far + length < distance[neighbour]:
                distance[neighbour] = so_far + length
                order += 1
                heapq.heappush(heap, (distance[neighbour], order, neighbour))
    return distance
