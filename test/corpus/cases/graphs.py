"""Graphs, grids, NetworkX and SciPy."""


# %% original: breadth first order
def f(graph, start):
    seen = [start]
    queue = [start]
    while queue:
        node = queue.pop(0)
        for other in graph.get(node, []):
            if other not in seen:
                seen.append(other)
                queue.append(other)
    return seen


# %% calls
f({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, "a")
f({"x": ["y"], "y": ["x"]}, "y")


# %% right: a deque and a dict as an ordered set
from collections import deque


def f(graph, start):
    seen = {start: None}
    queue = deque(seen)
    while queue:
        for other in graph.get(queue.popleft(), []):
            if other not in seen:
                seen[other] = None
                queue.append(other)
    return list(seen)


# %% right: the order itself is the queue
def f(graph, start):
    order, known = [start], {start}
    for node in order:
        for other in graph.get(node, []):
            if other not in known:
                known.add(other)
                order.append(other)
    return order


# %% wrong: depth first
def f(graph, start):
    seen, stack = {}, [start]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen[node] = None
            stack.extend(reversed(graph.get(node, [])))
    return list(seen)


# %% wrong: a set has no order
def f(graph, start):
    seen, queue = {start}, [start]
    for node in queue:
        for other in graph.get(node, []):
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return list(seen)


# %% wrong: nodes without an entry raise
def f(graph, start):
    order, known = [start], {start}
    for node in order:
        for other in graph[node]:
            if other not in known:
                known.add(other)
                order.append(other)
    return order


# %% original: number of islands
def f(grid):
    seen = []
    count = 0
    for i in range(len(grid)):
        for j in range(len(grid[i])):
            if grid[i][j] == 1 and (i, j) not in seen:
                count += 1
                stack = [(i, j)]
                while stack:
                    a, b = stack.pop()
                    if (a, b) in seen or not (0 <= a < len(grid) and 0 <= b < len(grid[a])) or grid[a][b] != 1:
                        continue
                    seen.append((a, b))
                    stack += [(a + 1, b), (a - 1, b), (a, b + 1), (a, b - 1)]
    return count


# %% calls
f([[1, 1, 0], [0, 0, 1], [1, 0, 1]])
f([[0, 1, 0]])


# %% right: a set of what was seen
def f(grid):
    land = {(i, j) for i, row in enumerate(grid) for j, cell in enumerate(row) if cell == 1}
    count = 0
    while land:
        count += 1
        stack = [land.pop()]
        while stack:
            a, b = stack.pop()
            for near in ((a + 1, b), (a - 1, b), (a, b + 1), (a, b - 1)):
                if near in land:
                    land.remove(near)
                    stack.append(near)
    return count


# %% wrong: corners join
def f(grid):
    land = {(i, j) for i, row in enumerate(grid) for j, cell in enumerate(row) if cell == 1}
    count = 0
    while land:
        count += 1
        stack = [land.pop()]
        while stack:
            a, b = stack.pop()
            for near in [(a + x, b + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]:
                if near in land:
                    land.remove(near)
                    stack.append(near)
    return count


# %% wrong: the grid is flooded
def f(grid):
    count = 0
    for i in range(len(grid)):
        for j in range(len(grid[i])):
            if grid[i][j] == 1:
                count += 1
                stack = [(i, j)]
                while stack:
                    a, b = stack.pop()
                    if 0 <= a < len(grid) and 0 <= b < len(grid[a]) and grid[a][b] == 1:
                        grid[a][b] = 0
                        stack += [(a + 1, b), (a - 1, b), (a, b + 1), (a, b - 1)]
    return count


# %% wrong: any true value is land
def f(grid):
    land = {(i, j) for i, row in enumerate(grid) for j, cell in enumerate(row) if cell}
    count = 0
    while land:
        count += 1
        stack = [land.pop()]
        while stack:
            a, b = stack.pop()
            for near in ((a + 1, b), (a - 1, b), (a, b + 1), (a, b - 1)):
                if near in land:
                    land.remove(near)
                    stack.append(near)
    return count


# %% original: degrees from a list of edges
def f(edges):
    nodes = []
    for a, b in edges:
        for node in (a, b):
            if node not in nodes:
                nodes.append(node)
    degrees = {}
    for node in nodes:
        degrees[node] = 0
        for a, b in edges:
            if a == node:
                degrees[node] += 1
            if b == node:
                degrees[node] += 1
    return degrees


# %% calls
f([(1, 2), (2, 3), (3, 3)])
f([("u", "v")])


# %% right: one pass
def f(edges):
    degrees = {}
    for a, b in edges:
        degrees[a] = degrees.get(a, 0) + 1
        degrees[b] = degrees.get(b, 0) + 1
    return degrees


# %% right: Counter over the chain
from collections import Counter
from itertools import chain


def f(edges):
    return dict(Counter(node for a, b in edges for node in (a, b)))


# %% wrong: a graph knows an edge once
import networkx as nx


def f(edges):
    return dict(nx.Graph(edges).degree())


# %% wrong: a loop counts once
def f(edges):
    degrees = {}
    for a, b in edges:
        for node in {a, b}:
            degrees[node] = degrees.get(node, 0) + 1
    return degrees


# %% original: shortest distance by relaxation
def f(edges, start):
    distance = {start: 0}
    for _ in range(len(edges) + 1):
        for a, b, w in edges:
            if a in distance and (b not in distance or distance[a] + w < distance[b]):
                distance[b] = distance[a] + w
    return distance


# %% calls
f([("a", "b", 4), ("a", "c", 1), ("c", "b", 2)], "a")
f([("x", "y", 3)], "x")


# %% right: stops when nothing changes
def f(edges, start):
    distance = {start: 0}
    for _ in range(len(edges) + 1):
        changed = False
        for a, b, w in edges:
            if a in distance and (b not in distance or distance[a] + w < distance[b]):
                distance[b] = distance[a] + w
                changed = True
        if not changed:
            break
    return distance


# %% wrong: Dijkstra, in the order of distance
import heapq


def f(edges, start):
    graph = {}
    for a, b, w in edges:
        graph.setdefault(a, []).append((b, w))
    done, heap = {}, [(0, start)]
    while heap:
        d, node = heapq.heappop(heap)
        if node not in done:
            done[node] = d
            for other, w in graph.get(node, []):
                heapq.heappush(heap, (d + w, other))
    return done


# %% wrong: one round only
def f(edges, start):
    distance = {start: 0}
    for a, b, w in edges:
        if a in distance and (b not in distance or distance[a] + w < distance[b]):
            distance[b] = distance[a] + w
    return distance


# %% original: is there a path
import networkx as nx


def f(g, a, b):
    reached = [a]
    for node in reached:
        for other in g.neighbors(node):
            if other not in reached:
                reached.append(other)
    return b in reached


# %% calls
f(nx.Graph([(1, 2), (2, 3), (4, 5)]), 1, 3)
f(nx.Graph([(1, 2), (4, 5)]), 1, 5)


# %% right: a set of what was reached
import networkx as nx


def f(g, a, b):
    reached, queue = {a}, [a]
    for node in queue:
        for other in g.neighbors(node):
            if other not in reached:
                reached.add(other)
                queue.append(other)
    return b in reached


# %% wrong: neighbours only
import networkx as nx


def f(g, a, b):
    return b in g.neighbors(a) or a == b


# %% wrong: the graph is used up
import networkx as nx


def f(g, a, b):
    reached, queue = {a}, [a]
    for node in queue:
        for other in list(g.neighbors(node)):
            g.remove_edge(node, other)
            if other not in reached:
                reached.add(other)
                queue.append(other)
    return b in reached


# %% original: topological order
def f(needs):
    done = []
    rest = list(needs)
    while rest:
        for node in rest:
            if all(need in done or need not in needs for need in needs[node]):
                done.append(node)
                rest.remove(node)
                break
        else:
            raise ValueError("a circle")
    return done


# %% calls
f({"a": ["b"], "b": [], "c": ["a"]})
f({"x": [], "y": ["x"]})


# %% right: a set of what is done
def f(needs):
    done, known, rest = [], set(), list(needs)
    while rest:
        for node in rest:
            if all(need in known or need not in needs for need in needs[node]):
                done.append(node)
                known.add(node)
                rest.remove(node)
                break
        else:
            raise ValueError("a circle")
    return done


# %% wrong: depth first gives another order
def f(needs):
    done, busy = {}, set()

    def visit(node):
        if node in done or node not in needs:
            return
        if node in busy:
            raise ValueError("a circle")
        busy.add(node)
        for need in needs[node]:
            visit(need)
        done[node] = None

    for node in reversed(list(needs)):
        visit(node)
    return list(done)


# %% wrong: circles are left out in silence
def f(needs):
    done, rest = [], list(needs)
    while rest:
        ready = next((n for n in rest if all(need in done or need not in needs for need in needs[n])), None)
        if ready is None:
            break
        done.append(ready)
        rest.remove(ready)
    return done


# %% original: connected parts, by union
def f(n, pairs):
    n = n % 20
    label = list(range(n))
    for a, b in pairs:
        if 0 <= a < n and 0 <= b < n:
            old, new = label[b], label[a]
            for i in range(n):
                if label[i] == old:
                    label[i] = new
    parts = []
    for one in label:
        if one not in parts:
            parts.append(one)
    return len(parts)


# %% calls
f(5, [(0, 1), (1, 2)])
f(3, [])


# %% right: union and find
def f(n, pairs):
    n = n % 20
    parent = list(range(n))

    def find(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    count = n
    for a, b in pairs:
        if 0 <= a < n and 0 <= b < n:
            a, b = find(a), find(b)
            if a != b:
                parent[a] = b
                count -= 1
    return count


# %% wrong: every pair joins
def f(n, pairs):
    n = n % 20
    return n - len([1 for a, b in pairs if 0 <= a < n and 0 <= b < n and a != b])


# %% wrong: nodes without pairs are not counted
def f(n, pairs):
    import networkx as nx

    n = n % 20
    g = nx.Graph()
    g.add_edges_from((a, b) for a, b in pairs if 0 <= a < n and 0 <= b < n)
    return nx.number_connected_components(g)
