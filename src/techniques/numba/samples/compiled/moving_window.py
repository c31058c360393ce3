import numpy as np


class Smoother:
    def __init__(self, width, floor):
        self.width = width
        self.floor = floor

    def smooth(self, series):
        out = []
        for i in range(self.width, len(series)):
            window = 0.0
            for j in range(i - self.width, i):
                window += series[j]
            out.append(max(window / self.width, self.floor))
        return out


series = [float((i * 31) % 17) - 4.5 for i in range(200)]
for width in (3, 7):
    print(Smoother(width, 0.25).smooth(series))


def rolling_max(values, width):
    result = np.empty(len(values))
    for i in range(len(values)):
        top = values[i]
        for j in range(max(0, i - width), i):
            if values[j] > top:
                top = values[j]
        result[i] = top
    return result


print(rolling_max(np.array(series), 5).tolist(), rolling_max(np.array(series[:3]), 2))
