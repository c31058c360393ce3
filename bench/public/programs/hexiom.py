"""Fill a hexagonal board so that each tile has the number of neighbours it names. In the manner of pyperformance's hexiom."""

SIDE = 3


def cells():
    return [(q, r) for r in range(-SIDE + 1, SIDE) for q in range(-SIDE + 1, SIDE) if -SIDE < q + r < SIDE]


def neighbours(cell, board):
    q, r = cell
    return [n for n in ((q + 1, r), (q - 1, r), (q, r + 1), (q, r - 1), (q + 1, r - 1), (q - 1, r + 1)) if n in board]


def possible(places, filled, wanted, adjacent):
    for place in places:
        if filled[place] is None:
            continue
        taken = 0
        free = 0
        for other in adjacent[place]:
            if other not in wanted:
                free += 1
            elif filled[other] is not None:
                taken += 1
        if taken > filled[place] or taken + free < filled[place]:
            return False
    return True


def solve(order, index, filled, decided, stock, adjacent, counter):
    counter[0] += 1
    if index == len(order):
        return 1 if all(count == 0 for count in stock.values()) else 0
    place = order[index]
    found = 0
    for tile in list(stock) + [None]:
        if tile is not None:
            if stock[tile] == 0:
                continue
            stock[tile] -= 1
        filled[place] = tile
        decided.append(place)
        if possible(order[: index + 1], filled, decided, adjacent):
            found += solve(order, index + 1, filled, decided, stock, adjacent, counter)
        decided.pop()
        filled[place] = None
        if tile is not None:
            stock[tile] += 1
    return found


if __name__ == "__main__":
    board = cells()
    adjacent = {cell: neighbours(cell, board) for cell in board}
    counter = [0]
    total = solve(board, 0, dict.fromkeys(board), [], {1: 2, 2: 3, 3: 2}, adjacent, counter)
    print(total, counter[0])
