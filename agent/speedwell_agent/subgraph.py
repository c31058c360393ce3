"""Part of a graph kept as a dict or list of neighbours: some of its nodes with all edges between them.

Cutting such a container like any other leaves neighbours that are not there, and every walk over it ends in a KeyError.
"""

_LOOKED_AT = 60  # rows, or somewhat more, by which a container is judged
_MOSTLY = 0.8
_WALKED = 2000  # nodes that are visited to find some that hang together


def subgraph_of(value, size):
    """
    `value`, a dict of neighbours by node or a list of them by number, cut down to `size` nodes; None when it is no such thing.
    Nodes that are numbered from 0 are numbered anew, in the same order.
    """
    rows = value if type(value) is dict else dict(enumerate(value))
    place = _place_of_nodes(rows, type(value) is dict)
    if place is None:
        return None
    chosen = _connected(rows, place, size)
    numbered = type(value) is list or _is_numbered(rows)
    names = {node: number if numbered else node for number, node in enumerate(sorted(chosen, key=_order_in(rows, numbered)))}
    cut = {name: _renamed(rows[node], place, names) for node, name in names.items()}
    return cut if type(value) is dict else list(cut.values())


def _place_of_nodes(rows, keyed):
    """Where in an item of a row the neighbour stands: "item", or its index in a tuple or list; None when there is none."""
    looked_at = [rows[node] for node in list(rows)[:: len(rows) // _LOOKED_AT | 1]]
    if not all(type(row) in (list, tuple, set, frozenset, dict) for row in looked_at):
        return None
    if not keyed and len({len(row) for row in rows.values() if isinstance(row, (list, tuple))}) == 1:
        return None  # as rows of a table have
    items = [item for row in looked_at for item in row]
    places = ["item"]
    if items and all(type(item) in (list, tuple) and item for item in items):
        places = range(min(len(item) for item in items))
    for place in places:
        seen = [_at(item, place) for item in items]
        known = sum(_is_node(one, rows) for one in seen)
        # Numbers below the count of rows are no nodes yet, as in a table of zeros and ones.
        if known and known >= _MOSTLY * len(seen) and (keyed and not _is_numbered(rows) or 2 * max(map(_number, seen)) >= len(rows)):
            return place
    return None


def _at(item, place):
    return item if place == "item" else item[place]


def _number(value):
    return value if type(value) is int else -1


def _is_node(value, rows):
    try:
        return type(value) is not bool and value in rows
    except TypeError:  # not hashable
        return False


def _is_numbered(rows):
    return all(type(node) is int and node == number for number, node in zip(range(len(rows)), rows))


def _order_in(rows, numbered):
    if numbered:
        return lambda node: node
    order = {node: number for number, node in enumerate(rows)}
    return order.__getitem__


def _connected(rows, place, size):
    """`size` nodes, as many as can be found that hang together: neighbours first, from the first node on."""
    chosen, seen = [], set()
    for start in list(rows)[:_WALKED]:
        if start in seen or not rows[start]:
            continue
        waiting = [start]
        seen.add(start)
        for node in waiting:
            chosen.append(node)
            if len(chosen) == size:
                return chosen
            near = [_at(item, place) for item in list(rows[node])[:size]]
            new = [one for one in near if _is_node(one, rows) and one not in seen]
            waiting += new
            seen.update(new)
            if len(seen) > _WALKED:
                break
    return (chosen + [node for node in list(rows)[: 2 * size] if node not in chosen])[:size]


def _renamed(row, place, names):
    """The row without neighbours that are not chosen, the others by their new names."""
    kept = [item for item in row if _is_node(_at(item, place), names)]
    if type(row) is dict:
        return {names[node]: row[node] for node in kept}
    return type(row)(_with(item, place, names) for item in kept)


def _with(item, place, names):
    if place == "item":
        return names[item]
    return type(item)(names[part] if index == place else part for index, part in enumerate(item))
