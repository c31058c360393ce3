# Area under a curve and the longest run of rising values, as a script.
import math

n = 4000
step = math.pi / n
area = 0.0
for i in range(n):
    x = (i + 0.5) * step
    area += math.sin(x) * math.exp(-x) * step
print(area)

readings = [(i * 7919) % 1013 for i in range(3000)]
longest = 0
current = 1
for i in range(1, len(readings)):
    if readings[i] > readings[i - 1]:
        current += 1
    else:
        if current > longest:
            longest = current
        current = 1
print(longest, current)
