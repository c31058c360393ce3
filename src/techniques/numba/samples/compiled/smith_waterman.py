MATCH = 3
MISMATCH = -3
GAP = 2


def best_local_score(a, b):
    previous = [0] * (len(b) + 1)
    best = 0
    for i in range(1, len(a) + 1):
        current = [0] * (len(b) + 1)
        for j in range(1, len(b) + 1):
            if a[i - 1] == b[j - 1]:
                diagonal = previous[j - 1] + MATCH
            else:
                diagonal = previous[j - 1] + MISMATCH
            score = max(0, diagonal, previous[j] - GAP, current[j - 1] - GAP)
            current[j] = score
            if score > best:
                best = score
        previous = current
    return best


reads = ["GGTTGACTA", "TGTTACGG", "ACACACTA", "AGCACACA", "GATTACA"]
print([[best_local_score(a, b) for b in reads] for a in reads])
