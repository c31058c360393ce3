"""Changes of NetworkX graphs: what makes algorithms on graphs go wrong at their edges."""

import sys


def is_graph(value):
    networkx = sys.modules.get("networkx")
    return networkx is not None and isinstance(value, getattr(networkx, "Graph", ()))


def changes_of_graph(graph):
    """(label, function from the graph to the changed one), by what the graph has."""
    changes = [
        ("without nodes", lambda g: g.__class__()),
        ("without edges", lambda g: _copied(g, lambda c: c.remove_edges_from(list(c.edges)))),
        ("rebuilt in reverse", _reversed),
    ]
    nodes = list(graph)
    if nodes:
        first, last, middle = nodes[0], nodes[-1], nodes[len(nodes) // 2]
        changes += [
            ("an edge from a node to itself", lambda g: _copied(g, lambda c: c.add_edge(middle, middle, **_like(c)))),
            ("an edge from the first to the last", lambda g: _copied(g, lambda c: c.add_edge(first, last, **_like(c)))),
            ("an edge from the last to the first", lambda g: _copied(g, lambda c: c.add_edge(last, first, **_like(c)))),
            ("without the first node", lambda g: _copied(g, lambda c: c.remove_node(first))),
            ("only the first node", lambda g: g.subgraph([first]).copy()),
        ]
        if type(first) in (int, str):
            new = max(n for n in nodes if type(n) is int) + 1 if type(first) is int else first + "'"
            changes.append(("a node without edges", lambda g: _copied(g, lambda c: c.add_node(new, **c.nodes[first]))))
    if graph.number_of_edges():
        changes.append(("without the first edge", lambda g: _copied(g, lambda c: c.remove_edge(*list(c.edges)[0][:2]))))
        for name, value in list(_like(graph).items())[:2]:
            if type(value) in (int, float):
                for word, number in (("alike", value), ("zero", type(value)(0)), ("negative", -abs(value))):
                    changes.append(("every %s %s" % (name, word), _every(name, number)))
    return changes


def _copied(graph, change):
    made = graph.copy()
    change(made)
    return made


def _reversed(graph):
    made = graph.__class__()
    made.graph.update(graph.graph)
    made.add_nodes_from(list(graph.nodes(data=True))[::-1])
    made.add_edges_from(list(graph.edges(data=True))[::-1])
    return made


def _like(graph):
    """Attributes of some edge, for a new one."""
    return dict(next((data for _, _, data in graph.edges(data=True)), {}))


def _every(name, number):
    def change(graph):
        def put(made):
            for _, _, data in made.edges(data=True):
                data[name] = number

        return _copied(graph, put)

    return change
