class Node:
    def __init__(self, value, after):
        self.value = value
        self.after = after


def added(count):
    """The numbers below count, put into a chain and added up from its other end."""
    first = None
    for i in range(count):
        first = Node(i, first)
    total = 0
    at = first
    while at is not None:
        total = (total * 3 + at.value) % 1_000_003
        at = at.after
    return total


print(added(300_000))
