"""A slow and a fast version in the manner of public changes; the programs are our own."""


# %% original: steps to every node
def f(graph, source):
    seen = {}
    level = 0
    next_level = [source]
    while next_level:
        this_level = next_level
        next_level = []
        for node in this_level:
            if node not in list(seen.keys()):
                seen[node] = level
                next_level += graph.get(node, [])
        level += 1
    return seen


# %% calls
f({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, "a")
f({"x": ["y"], "y": ["x"]}, "y")


# %% right: nodes are noted when they are found
def f(graph, source):
    # https://github.com/networkx/networkx/pull/6299
    seen = {source: 0}
    this_level = [source]
    level = 0
    while this_level:
        level += 1
        next_level = []
        for node in this_level:
            for other in graph.get(node, []):
                if other not in seen:
                    seen[other] = level
                    next_level.append(other)
        this_level = next_level
    return seen


# %% wrong: one step too far
def f(graph, source):
    seen = {source: 1}
    this_level = [source]
    level = 1
    while this_level:
        level += 1
        next_level = []
        for node in this_level:
            for other in graph.get(node, []):
                if other not in seen:
                    seen[other] = level
                    next_level.append(other)
        this_level = next_level
    return {node: level - 1 if node != source else 1 for node, level in seen.items()}


# %% original: paths to those that can be reached
def f(nodes, before):
    paths = {}
    for node in nodes:
        if node not in before:
            continue
        path, at = [node], node
        while before[at] is not None and before[at] not in path and before[at] in before:
            at = before[at]
            path.insert(0, at)
        paths[node] = path
    return paths


# %% calls
f(["a", "b", "c", "z"], {"a": None, "b": "a", "c": "b"})
f(["x"], {"x": None})


# %% right: the path is built from its end
def f(nodes, before):
    # https://github.com/networkx/networkx/pull/8844
    paths = {}
    for node in nodes:
        if node in before:
            path, at = {node: None}, node
            while before[at] is not None and before[at] not in path and before[at] in before:
                at = before[at]
                path[at] = None
            paths[node] = list(path)[::-1]
    return paths


# %% wrong: in the order of the other table
def f(nodes, before):
    # https://github.com/networkx/networkx/pull/7762
    wanted, paths = set(nodes), {}
    for node in before:
        if node in wanted:
            path, at = {node: None}, node
            while before[at] is not None and before[at] not in path and before[at] in before:
                at = before[at]
                path[at] = None
            paths[node] = list(path)[::-1]
    return paths


# %% original: the last in first out of an ordered dict
from collections import OrderedDict


def f(names, drop):
    visited = OrderedDict.fromkeys(names)
    for _ in range(min(drop, len(visited))):
        visited.popitem()
    return list(visited)


# %% calls
f(["a", "b", "c"], 1)
f(["x", "x", "y"], 5)


# %% right: a plain dict
def f(names, drop):
    # https://github.com/networkx/networkx/issues/4143
    visited = dict.fromkeys(names)
    for _ in range(min(drop, len(visited))):
        visited.popitem()
    return list(visited)


# %% wrong: the first in first out
def f(names, drop):
    return list(dict.fromkeys(names))[max(min(drop, len(names)), 0) :]


# %% original: values below their names
def f(names):
    lengths = []
    for name in sorted(set(names)):
        count = 0
        for other in names:
            if other == name:
                count = count + 1
        lengths.append((name, count))
    return lengths


# %% calls
f(["b", "a", "b"])
f(["q"])


# %% right: counted once
from collections import Counter


def f(names):
    # https://github.com/carpedm20/emoji/pull/314
    return sorted(Counter(names).items())


# %% wrong: in the order of counts
from collections import Counter


def f(names):
    return Counter(names).most_common()


# %% original: chunks as they come
def f(source):
    chunks = []
    for chunk in source:
        if chunk:
            chunks.append(chunk.strip())
    return chunks


# %% calls
f(["a ", "", " b"])
f(["x"])


# %% right: a comprehension
def f(source):
    # https://github.com/astral-sh/ruff/issues/19132
    return [chunk.strip() for chunk in source if chunk]


# %% wrong: what is empty when it is stripped is dropped too
def f(source):
    return [stripped for chunk in source if (stripped := chunk.strip())]


# %% original: is it one of a few
def f(words):
    found = []
    for word in words:
        if word == "bar" or word == "baz" or word == "qux":
            found.append(word)
    return found


# %% calls
f(["bar", "x", "qux"])
f(["y"])


# %% right: a tuple, which compares as `or` does
def f(words):
    # https://github.com/astral-sh/ruff/pull/16685
    return [word for word in words if word in ("bar", "baz", "qux")]


# %% wrong: a part of one of them
def f(words):
    return [word for word in words if word in "bar baz qux"]
