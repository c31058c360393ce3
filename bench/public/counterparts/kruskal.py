"""By hand: the parts as a forest of parents, joined smaller to larger."""


def spanning_tree(towns, roads):
    parent = {town: town for town in towns}

    def root(town):
        while parent[town] != town:
            parent[town] = town = parent[parent[town]]
        return town

    tree = []
    for length, one, other in sorted(roads):
        first, second = root(one), root(other)
        if first != second:
            parent[second] = first
            tree.append((length, one, other))
    return tree
