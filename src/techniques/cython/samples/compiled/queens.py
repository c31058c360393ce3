def place(row, columns, left, right, size):
    """Ways to place queens from this row on."""
    if row == size:
        return 1
    count = 0
    for column in range(size):
        bit = 1 << column
        if columns & bit or left & (bit << row) or right & (1 << (column - row + size)):
            continue
        count += place(
            row + 1, columns | bit, left | (bit << row), right | (1 << (column - row + size)), size
        )
    return count


print(place(0, 0, 0, 0, 6), place(0, 0, 0, 0, 7))
