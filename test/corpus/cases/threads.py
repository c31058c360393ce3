"""Threads: results in order, sums without a lock."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Lock, Thread


# %% original: squares, one after the other
def f(values):
    out = []
    for value in values:
        out.append(sum(value for _ in range(50)))
    return out


# %% calls
f([3, 1, 2, 5])
f([7, 4])


# %% right: a pool keeps the order
def _times(value):
    return sum(value for _ in range(50))


def f(values):
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(_times, values))


# %% wrong: in the order in which they end
def _times(value):
    return sum(value for _ in range(50))


def f(values):
    with ThreadPoolExecutor(4) as pool:
        return [one.result() for one in as_completed([pool.submit(_times, value) for value in values])]


# %% wrong: each thread appends when it is done
def f(values):
    out = []

    def work(value):
        out.append(sum(value for _ in range(50)))

    threads = [Thread(target=work, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return out


# %% original: a sum
def f(values):
    total = 0
    for value in values:
        total += sum(value for _ in range(300))
    return total


# %% calls
f([3, 1, 2, 5])
f([7, 4])


# %% right: each thread holds the lock while it adds
def f(values):
    total, lock = 0, Lock()

    def work(value):
        nonlocal total
        part = sum([value for _ in range(300)])
        with lock:
            total += part

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, values))
    return total


# %% wrong: read, computed and written without a lock
def f(values):
    total = 0

    def work(value):
        nonlocal total
        for _ in range(300):
            before = total
            total = max(before, before) + value

    threads = [Thread(target=work, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return total
