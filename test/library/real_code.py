"""Slow code as people write it, each function with what a library calls the same: `# finds: NAME`."""

import cmath
import math
import random
from itertools import permutations

import numpy as np

INF = float("inf")


# finds: scipy.spatial.distance.cdist
def distances(points, centres):
    result = []
    for p in points:
        row = []
        for c in centres:
            s = 0.0
            for i in range(len(p)):
                s += (p[i] - c[i]) ** 2
            row.append(s**0.5)
        result.append(row)
    return result


# finds: scipy.spatial.distance.cdist, scipy.spatial.distance.squareform
def pairwise(cities):
    n = len(cities)
    d = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1, n):
            dx = cities[i][0] - cities[j][0]
            dy = cities[i][1] - cities[j][1]
            d[i][j] = d[j][i] = math.sqrt(dx * dx + dy * dy)
    return d


# finds: scipy.spatial.distance.cdist
def city_blocks(a, b):
    """Distance along the axes between every row of a and every row of b."""
    out = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            t = 0.0
            for k in range(a.shape[1]):
                t += abs(a[i, k] - b[j, k])
            out[i, j] = t
    return out


# finds: scipy.spatial.distance.cdist, scipy.spatial.KDTree.query
def assign(points, centroids):
    labels = []
    for p in points:
        best, where = None, -1
        for k, c in enumerate(centroids):
            d = sum((a - b) ** 2 for a, b in zip(p, c))
            if best is None or d < best:
                best, where = d, k
        labels.append(where)
    return labels


# finds: scipy.sparse.csgraph.floyd_warshall, scipy.sparse.csgraph.shortest_path
def all_shortest(graph):
    n = len(graph)
    dist = [row[:] for row in graph]
    for k in range(n):
        for i in range(n):
            for j in range(n):
                if dist[i][k] + dist[k][j] < dist[i][j]:
                    dist[i][j] = dist[i][k] + dist[k][j]
    return dist


# finds: networkx.single_source_dijkstra_path_length
def dijkstra(graph, source):
    dist = {node: float("inf") for node in graph}
    dist[source] = 0
    todo = set(graph)
    while todo:
        u = min(todo, key=lambda n: dist[n])
        todo.remove(u)
        for v, w in graph[u].items():
            if dist[u] + w < dist[v]:
                dist[v] = dist[u] + w
    return dist


# finds: networkx.connected_components
def components(adjacent):
    seen = []
    result = []
    for start in adjacent:
        if start in seen:
            continue
        reached = [start]
        for u in reached:
            for v in adjacent[u]:
                if v not in reached:
                    reached.append(v)
        seen.extend(reached)
        result.append(set(reached))
    return result


# finds: scipy.sparse.csgraph.connected_components, networkx.number_connected_components
def count_groups(n, pairs):
    group = list(range(n))
    for a, b in pairs:
        old, new = group[a], group[b]
        if old != new:
            for i in range(n):
                if group[i] == old:
                    group[i] = new
    return len(set(group))


# finds: scipy.sparse.csgraph.minimum_spanning_tree
def prim(weights):
    n = len(weights)
    inside = [0]
    total = 0.0
    while len(inside) < n:
        best = None
        for u in inside:
            for v in range(n):
                if v not in inside and (best is None or weights[u][v] < best[0]):
                    best = (weights[u][v], v)
        total += best[0]
        inside.append(best[1])
    return total


# finds: networkx.minimum_spanning_tree
def kruskal(n, edges):
    label = {v: v for v in range(n)}
    total = 0
    for u, v, w in sorted(edges, key=lambda e: e[2]):
        if label[u] != label[v]:
            old = label[u]
            for node in list(label):
                if label[node] == old:
                    label[node] = label[v]
            total += w
    return total


# finds: networkx.minimum_spanning_edges
def cheapest_roads(towns, roads):
    parts = [[town] for town in towns]
    tree = []
    for length, one, other in sorted(roads):
        first = next(part for part in parts if one in part)
        second = next(part for part in parts if other in part)
        if first is not second:
            first.extend(second)
            parts.remove(second)
            tree.append((length, one, other))
    return tree


# finds: numpy.bincount
def page_ranks(links, damping, tolerance, most):
    pages = list(links)
    rank = {page: 1.0 / len(pages) for page in pages}
    for _ in range(most):
        new = {page: (1.0 - damping) / len(pages) for page in pages}
        lost = sum(rank[page] for page in pages if not links[page])
        for page in pages:
            new[page] += damping * lost / len(pages)
        for page in pages:
            for target in links[page]:
                new[target] += damping * rank[page] / len(links[page])
        change = sum(abs(new[page] - rank[page]) for page in pages)
        rank = new
        if change < tolerance:
            break
    return rank


# finds: numpy.matmul
def multiply(A, B):
    rows, inner, cols = len(A), len(B), len(B[0])
    C = [[0] * cols for _ in range(rows)]
    for i in range(rows):
        for j in range(cols):
            for k in range(inner):
                C[i][j] += A[i][k] * B[k][j]
    return C


# finds: numpy.linalg.solve
def gauss_solve(a, b):
    n = len(b)
    m = [list(row) + [rhs] for row, rhs in zip(a, b)]
    for c in range(n):
        p = max(range(c, n), key=lambda r: abs(m[r][c]))
        m[c], m[p] = m[p], m[c]
        for r in range(c + 1, n):
            f = m[r][c] / m[c][c]
            for k in range(c, n + 1):
                m[r][k] -= f * m[c][k]
    x = [0.0] * n
    for i in range(n - 1, -1, -1):
        x[i] = (m[i][n] - sum(m[i][k] * x[k] for k in range(i + 1, n))) / m[i][i]
    return x


# finds: numpy.linalg.det
def determinant(m):
    if len(m) == 1:
        return m[0][0]
    total = 0.0
    for c in range(len(m)):
        minor = [row[:c] + row[c + 1 :] for row in m[1:]]
        total += (-1) ** c * m[0][c] * determinant(minor)
    return total


# finds: scipy.optimize.linear_sum_assignment
def cheapest(cost):
    n = len(cost)
    best = None
    for p in permutations(range(n)):
        c = sum(cost[i][p[i]] for i in range(n))
        if best is None or c < best:
            best = c
    return best


# finds: numpy.lib.stride_tricks.sliding_window_view
def smooth(values, window):
    # Mean over each full window.
    out = []
    for i in range(len(values) - window + 1):
        out.append(sum(values[i : i + window]) / window)
    return out


# finds: numpy.convolve
def convolve(signal, kernel):
    out = [0.0] * (len(signal) + len(kernel) - 1)
    for i, s in enumerate(signal):
        for j, k in enumerate(kernel):
            out[i + j] += s * k
    return out


# finds: scipy.signal.correlate2d
def filter_image(image, kernel):
    kh, kw = len(kernel), len(kernel[0])
    out = []
    for y in range(len(image) - kh + 1):
        row = []
        for x in range(len(image[0]) - kw + 1):
            acc = 0.0
            for j in range(kh):
                for i in range(kw):
                    acc += image[y + j][x + i] * kernel[j][i]
            row.append(acc)
        out.append(row)
    return out


# finds: numpy.fft.fft
def spectrum(x):
    N = len(x)
    return [sum(x[n] * cmath.exp(-2j * cmath.pi * k * n / N) for n in range(N)) for k in range(N)]


# finds: itertools.accumulate
def prefix_sums(xs):
    return [sum(xs[: i + 1]) for i in range(len(xs))]


# finds: itertools.accumulate
def record_highs(a):
    return [max(a[: i + 1]) for i in range(len(a))]


# finds: numpy.histogram
def bin_counts(data, edges):
    out = [0] * (len(edges) - 1)
    for v in data:
        for b in range(len(edges) - 1):
            last = b == len(edges) - 2
            if edges[b] <= v < edges[b + 1] or (last and v == edges[-1]):
                out[b] += 1
                break
    return out


# finds: scipy.stats.rankdata
def ranks(values):
    out = []
    for v in values:
        less = sum(1 for w in values if w < v)
        equal = sum(1 for w in values if w == v)
        out.append(less + (equal + 1) / 2)
    return out


# finds: numpy.corrcoef, scipy.stats.pearsonr
def correlation(xs, ys):
    n = len(xs)
    mx = sum(xs) / n
    my = sum(ys) / n
    num = sum((x - mx) * (y - my) for x, y in zip(xs, ys))
    den = math.sqrt(sum((x - mx) ** 2 for x in xs)) * math.sqrt(sum((y - my) ** 2 for y in ys))
    return num / den


# finds: scipy.stats.kendalltau
def tau(x, y):
    c = d = tx = ty = 0
    for i in range(len(x)):
        for j in range(i):
            a = x[i] - x[j]
            b = y[i] - y[j]
            if a * b > 0:
                c += 1
            elif a * b < 0:
                d += 1
            else:
                if a != 0:
                    ty += 1
                if b != 0:
                    tx += 1
    return (c - d) / math.sqrt((c + d + tx) * (c + d + ty))


# finds: statistics.median
def middle(values):
    ordered = []
    for v in values:
        i = 0
        while i < len(ordered) and ordered[i] < v:
            i += 1
        ordered.insert(i, v)
    n = len(ordered)
    if n % 2:
        return ordered[n // 2]
    return (ordered[n // 2 - 1] + ordered[n // 2]) / 2


# finds: scipy.special.softmax
def softmax(z):
    out = np.empty_like(z)
    for i in range(z.shape[0]):
        m = max(z[i])
        e = [np.exp(v - m) for v in z[i]]
        s = sum(e)
        for j in range(z.shape[1]):
            out[i, j] = e[j] / s
    return out


# finds: dict.fromkeys
def unique_in_order(items):
    seen = []
    for item in items:
        if item not in seen:
            seen.append(item)
    return seen


# finds: sorted
def bubble_sort(a):
    n = len(a)
    for i in range(n):
        for j in range(n - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]


# finds: sorted
def insertion_sort(a):
    out = []
    for x in a:
        i = len(out)
        while i > 0 and out[i - 1] > x:
            i -= 1
        out.insert(i, x)
    return out


# finds: collections.Counter
def tally(words):
    out = {}
    for w in words:
        out[w] = words.count(w)
    return out


def floats(n):
    return [random.random() for _ in range(n)]


def table(rows, columns):
    return [floats(columns) for _ in range(rows)]


def road_map(n):
    return [
        [0.0 if i == j else random.uniform(1, 9) if random.random() < 0.3 else INF for j in range(n)]
        for i in range(n)
    ]


def two_way(n, links):
    near = {i: [] for i in range(n)}
    for _ in range(links):
        a, b = random.sample(range(n), 2)
        if b not in near[a]:
            near[a].append(b)
            near[b].append(a)
    return near


if __name__ == "__main__":
    random.seed(1)
    for n in (5, 60, 40):
        distances(table(n, 3), table(n - 1, 3))
        pairwise([(random.random(), random.random()) for _ in range(n)])
        city_blocks(np.array(table(n, 4)), np.array(table(n + 3, 4)))
        assign(table(n, 3), table(7, 3))
        all_shortest(road_map(n))
        dijkstra({i: {random.randrange(8 * n): random.randint(1, 20) for _ in range(3)} for i in range(8 * n)}, n // 2)
        components(two_way(10 * n, 8 * n))
        count_groups(10 * n, [(random.randrange(10 * n), random.randrange(10 * n)) for _ in range(8 * n)])
        prim(pairwise([(random.random(), random.random()) for _ in range(n)]))
        towns = [f"town{k}" for k in range(10 * n)]
        cheapest_roads(towns, [(round(random.random(), 4), *random.sample(towns, 2)) for _ in range(30 * n)])
        page_ranks({t: random.sample(towns, random.choice([0, 3, 9])) for t in towns}, 0.85, 1e-10, 100)
        kruskal(6 * n, [(random.randrange(6 * n), random.randrange(6 * n), random.randint(1, 99)) for _ in range(9 * n)])
        multiply(table(n, 20), table(20, n))
        gauss_solve([[random.random() + 3 * n * (i == j) for j in range(n)] for i in range(n)], floats(n))
        determinant(table(2 + n // 10, 2 + n // 10))
        cheapest([[random.randrange(50) for _ in range(3 + n // 20)] for _ in range(3 + n // 20)])
        smooth(floats(20 * n), n)
        convolve(floats(5 * n), floats(n))
        filter_image(table(n, n), table(3, 3))
        spectrum(floats(2 * n))
        prefix_sums([random.randrange(100) for _ in range(10 * n)])
        record_highs(floats(10 * n))
        bin_counts([random.uniform(0, 10) for _ in range(40 * n)], sorted(random.sample(range(9), 7)))
        ranks([random.randrange(n) for _ in range(3 * n)])
        correlation(floats(100 * n), floats(100 * n))
        tau([random.randrange(20) for _ in range(4 * n)], [random.randrange(20) for _ in range(4 * n)])
        middle(floats(2 * n + n // 40))
        softmax(np.array(table(2 * n, 6)))
        unique_in_order([random.randrange(2 * n) for _ in range(9 * n)])
        bubble_sort([random.randrange(100) for _ in range(3 * n)])
        insertion_sort(floats(3 * n))
        tally([random.choice("the a of in it is on at".split()) for _ in range(5 * n)])
