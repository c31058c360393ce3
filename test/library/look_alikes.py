"""Functions that resemble a library's and are not the same. No catalogue entry may pass for one of them."""

import random


# like statistics.median, but rank 5 of 9, counted from 0
def middle_of_nine(window):
    ordered = sorted(window)
    return ordered[5]


# like sorted, but drops one of the largest when it occurs twice
def tidy(values):
    ordered = sorted(values)
    if len(ordered) > 1 and ordered[-1] == ordered[-2]:
        ordered.pop()
    return ordered


# like numpy.std, but the population's below the mean and the sample's above
def scores(xs):
    n = len(xs)
    m = sum(xs) / n
    population = (sum((x - m) ** 2 for x in xs) / n) ** 0.5
    sample = (sum((x - m) ** 2 for x in xs) / (n - 1)) ** 0.5
    return [(x - m) / (population if x < m else sample) for x in xs]


# like networkx.pagerank, but reads ranks that it has just changed
def page_rank(graph, d):
    n = len(graph)
    rank = {u: 1.0 / n for u in graph}
    for _ in range(30):
        for u in graph:
            rank[u] = (1 - d) / n + d * sum(rank[v] / len(graph[v]) for v in graph if u in graph[v])
    return rank


# like a moving average, but one window short
def smooth(values, window):
    return [sum(values[i : i + window]) / window for i in range(len(values) - window)]


# like itertools.accumulate, but starts anew above a bound that the data never reach
def running(xs):
    out, total = [], 0.0
    for x in xs:
        total += x
        if total > 100:
            total = 0.0
        out.append(total)
    return out


# like networkx.single_source_dijkstra_path_length, but with negative edges, never going back to a settled node
def dijkstra(graph, source):
    dist = {n: float("inf") for n in graph}
    dist[source] = 0
    todo = set(graph)
    while todo:
        u = min(todo, key=lambda n: dist[n])
        todo.remove(u)
        for v, w in graph[u].items():
            if v in todo and dist[u] + w < dist[v]:
                dist[v] = dist[u] + w
    return dist


# like networkx.minimum_spanning_edges, but of equal weights the last
def last_of_equals(nodes, edges):
    group = {node: node for node in nodes}
    tree = []
    for w, u, v in sorted(reversed(edges), key=lambda edge: edge[0]):
        if group[u] != group[v]:
            tree.append((u, v))
            old = group[u]
            for node in nodes:
                if group[node] == old:
                    group[node] = group[v]
    return tree


# like numpy.argsort, but the even positions first among equals
def order(xs):
    return sorted(range(len(xs)), key=lambda i: (xs[i], i % 2, i))


# like sum, but of what is positive
def income(xs):
    total = 0.0
    for x in xs:
        if x > 0:
            total += x
    return total


# like cdist(...).argmin(), but the last of the nearest
def nearest(p, qs):
    best, at = None, -1
    for k, q in enumerate(qs):
        d = sum((a - b) ** 2 for a, b in zip(p, q))
        if best is None or d <= best:
            best, at = d, k
    return at


# like cdist, but capped far above what the data reach
def distances(points):
    return [
        [min(10.0, ((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5) for q in points] for p in points
    ]


# like numpy.histogram, but the last bin is open as well
def bin_counts(data, edges):
    out = [0] * (len(edges) - 1)
    for v in data:
        for b in range(len(edges) - 1):
            if edges[b] <= v < edges[b + 1]:
                out[b] += 1
    return out


# like networkx.number_connected_components, but follows one-sided links from wherever it starts
def groups(links):
    seen, count = set(), 0
    for start in links:
        if start in seen:
            continue
        count += 1
        stack = [start]
        while stack:
            u = stack.pop()
            if u not in seen:
                seen.add(u)
                stack.extend(links[u])
    return count


# like floyd_warshall, but the last node is never passed through
def all_shortest(weights):
    n = len(weights)
    d = [row[:] for row in weights]
    for k in range(n - 1):
        for i in range(n):
            for j in range(n):
                d[i][j] = min(d[i][j], d[i][k] + d[k][j])
    return d


# like statistics.mode, but the last of the most frequent
def most_common(xs):
    best, most = None, 0
    for x in xs:
        count = xs.count(x)
        if count >= most:
            best, most = x, count
    return best


# like numpy.percentile, but takes an item where NumPy goes between two
def percentile(xs, q):
    ordered = sorted(xs)
    return ordered[min(len(xs) - 1, int(q / 100 * len(xs)))]


# like scipy.signal.medfilt, but the ends are left as they are
def despike(xs):
    out = list(xs)
    for i in range(1, len(xs) - 1):
        out[i] = sorted(xs[i - 1 : i + 2])[1]
    return out


# no catalogue has it
def edit_distance(a, b):
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a):
        row = [i + 1]
        for j, y in enumerate(b):
            row.append(min(previous[j] + (x != y), previous[j + 1] + 1, row[j] + 1))
        previous = row
    return previous[-1]


# no catalogue has it
def primes(n):
    found = []
    for k in range(2, n):
        if all(k % p for p in found):
            found.append(k)
    return found


if __name__ == "__main__":
    random.seed(2)

    def floats(n):
        return [random.random() for _ in range(n)]

    for n in (6, 30, 20):
        middle_of_nine(floats(9))
        tidy(floats(n))
        scores(floats(n))
        page_rank({i: sorted({random.randrange(n) for _ in range(3)}) for i in range(n)}, 0.85)
        smooth(floats(5 * n), n)
        running(floats(n))
        dijkstra({i: {random.randrange(n): random.randint(-3, 20) for _ in range(4)} for i in range(n)}, n // 2)
        last_of_equals([*range(n)], [(random.random(), *random.sample(range(n), 2)) for _ in range(3 * n)])
        order(floats(n))
        income(floats(n))
        nearest(floats(3), [floats(3) for _ in range(n)])
        distances([(random.random(), random.random()) for _ in range(n)])
        bin_counts([random.random() * 10 for _ in range(n)], [0.0, 1.0, 2.5, 4.0, 8.0, 9.0][: 3 + n // 10])
        groups({i: sorted({random.randrange(n) for _ in range(1)}) for i in range(n)})
        all_shortest([[0.0 if i == j else random.uniform(1, 9) for j in range(n)] for i in range(n)])
        most_common([1, 2, 2, 3, 2, 4] * n)
        percentile(floats(n), 90 + n % 7)
        despike(floats(n))
        edit_distance("kitten in the sun" * (n // 6), "sitting in the rain")
        primes(10 * n)
