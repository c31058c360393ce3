"""What the world sees: printed text, warnings, exceptions, files."""


# %% original: the same exception by another road
def f(d, k):
    if k not in d:
        raise KeyError(k)
    return d[k]


# %% calls
f({'a': 1, 'b': 2}, 'a')
f({'b': 1}, 'b')

# %% right: the same exception by another road
def f(d, k):
    return d[k]


# %% original: stdout in one piece
def f(xs):
    for x in xs:
        print(x)


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% right: stdout in one piece
def f(xs):
    print('\n'.join(map(str, xs)), end='\n' if xs else '')


# %% original: a swallowed exception
def f(d, k):
    return d[k] + 1


# %% calls
f({'a': 1, 'b': 2}, 'a')
f({'b': 1}, 'b')

# %% wrong: a swallowed exception
def f(d, k):
    return d.get(k, 0) + 1


# %% original: another exception type
def f(xs):
    return xs[0]


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: another exception type
def f(xs):
    return next(iter(xs))


# %% original: another exception message
def f(xs):
    if not xs:
        raise ValueError('empty input')
    return xs[0]


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: another exception message
def f(xs):
    if not xs:
        raise ValueError('no input')
    return xs[0]


# %% original: cause of an exception lost
def f(xs):
    try:
        return xs[0]
    except IndexError as e:
        raise ValueError('empty') from e


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: cause of an exception lost
def f(xs):
    if not xs:
        raise ValueError('empty')
    return xs[0]


# %% original: stdout text
def f(x):
    print('value', x)
    return x


# %% calls
f(1)
f(2)

# %% wrong: stdout text
def f(x):
    print('value: %s' % x)
    return x


# %% original: stdout lost
def f(x):
    print(x)
    return x


# %% calls
f(1)
f(2)

# %% wrong: stdout lost
def f(x):
    return x


# %% wrong: stderr in place of stdout
import sys
def f(x):
    print(x, file=sys.stderr)
    return x


# %% original: a warning lost
import warnings
def f(x):
    if x > 1:
        warnings.warn('large')
    return x


# %% calls
f(1)
f(2)

# %% wrong: a warning lost
import warnings
def f(x):
    return x


# %% original: a file written
def f(x):
    return x


# %% calls
f(1)
f(2)

# %% wrong: a file written
def f(x):
    open('written.txt', 'w').write(str(x))
    return x


# %% wrong: a process started
import subprocess
def f(x):
    try:
        subprocess.run(['true'])
    except BaseException:
        pass
    return x


# %% wrong: the process ends
import os
def f(x):
    os._exit(0)
