class Longer(list):
    pass


nan = float("nan")
plain = [1.5, -2.0, 0.25]
once = [0.5, 0.5, 2.0]
for arguments in [
    ([plain, plain], plain, 3),
    ([once, [1.0, 2.0, 3.0]], once, 3),
    ([[1.0, 2.0], [3.0, 4.0]], [2.0, 2.0], 3),
    ([[1.0, 2.0, 3.0], [3.0]], [2.0, 0.5, 1.0], 3),
    ([[1, 2.0, 3.0]], [2.0, 0.5, 1.0], 3),
    ([[1.0, True, 3.0]], [2.0, False, 1.0], 2),
    ([[2**70, 2.0, 3.0]], [2.0, 2**64, 1], 3),
    ([[0.5, nan, -0.0]], [2.0, 0.5, 1.0], 1),
    ([[0.5, 1.0, -0.0]], [2.0, nan, 1.0], 3),
    ([[-0.0, nan, nan]], [2.0, 0.5, -1.0], 3),
    ([[nan, nan, 1.0]], [1.0, 1.0, 1.0], 2),
    ([Longer([0.5, 1.0])], [2.0, 0.5], 2),
    ([(0.5, 1.0)], [2.0, 0.5], 2),
    ([[], [1.0]], [], 1),
    ([], [1.0], 3),
    (([1.0, 2.0],), [1.0, 3.0], 2),
    ([[1.0, 2.0], None], [1.0, 3.0], 2),
    ([[1e308, 2.0]], [1.0, 1e10], 2),
]:
    rows, factors, count = arguments
    held = list(rows)
    try:
        result = fade(*arguments)
        print(result is held[0], end=" ")
    except Exception as error:
        print(type(error).__name__, error, end=" ")
    print([type(row).__name__ for row in rows], rows, factors, [now is then for now, then in zip(rows, held)], end=" ")
    print([[item is nan for item in row] for row in rows if row is not None])
