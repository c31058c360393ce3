"""All ways to put queens on a board. In the manner of pyperformance's nqueens."""


def safe(board, row, column):
    for r in range(row):
        c = board[r]
        if c == column or abs(c - column) == row - r:
            return False
    return True


def place(board, row, n):
    if row == n:
        return 1
    count = 0
    for column in range(n):
        if safe(board, row, column):
            board[row] = column
            count += place(board, row + 1, n)
    return count


if __name__ == "__main__":
    for n in range(6, 13):
        print(n, place([0] * n, 0, n))
