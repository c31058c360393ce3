missing = object()


def first(items, default=missing):
    for item in items:
        return item
    if default is missing:
        raise ValueError("there is no first item")
    return default


print(first([3, 1]), first([2]))
