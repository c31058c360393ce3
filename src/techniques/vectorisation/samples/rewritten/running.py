"""The largest and the smallest so far, as the loop goes on."""

def running_max(values):
    out = []
    best = values[0]
    for v in values:
        if v > best:
            best = v
        out.append(best)
    return out

def drawdown(values):
    peak = values[0]
    worst = 0.0
    for v in values:
        peak = max(peak, v)
        dd = (peak - v) / peak
        if dd > worst:
            worst = dd
    return worst, peak

def lowest(prices):
    low = 10**6
    gain = 0
    for p in prices:
        low = min(low, p)
        gain = max(gain, p - low)
    return gain

def records(heights):
    top = -1.0
    n = 0
    for h in heights:
        if h > top:
            top = h
            n += 1
    return n

vals = [3.0 + (k * 37 % 50) / 10 - (k % 11) for k in range(80)]
print(running_max(vals)[-20:], drawdown([v + 12 for v in vals]), lowest([k * 37 % 101 for k in range(90)]), records(vals))
