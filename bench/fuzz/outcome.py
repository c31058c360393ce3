"""What a call did, and whether two calls did the same. Owes nothing to the product's own comparison."""

import contextlib
import copy
import io
import math
import random
import signal
import struct
import warnings


class Slow(BaseException):
    pass


def watch_time():
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(Slow()))


def outcome(function, positional, named, seconds):
    """{"ends", "value", "arguments", "printed", "next random"} of one call on copies of the arguments."""
    positional, named = copy.deepcopy((positional, named))
    printed = io.StringIO()
    random.seed(5)
    numpy = __import__("sys").modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(5)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    value, ends = None, ("value",)
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = function(*positional, **named)
            if hasattr(value, "__next__"):
                value = ("drawn", [item for item, _ in zip(value, range(200))])
    except Slow:
        ends = ("slow",)
    except RecursionError:
        ends = ("recursion",)
    except Exception as error:
        ends = ("raises", type(error).__name__, str(error))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    next_random = (random.random(), numpy.random.random() if numpy is not None else None)
    # Arguments and value in one graph, so that what is one object in both shows.
    return {"ends": ends, "held": (value, positional, named), "printed": printed.getvalue(), "random": next_random}


def difference(old, new, tolerance):
    """Where two outcomes differ, in words; None where they do not."""
    if old["ends"] != new["ends"]:
        return "ends: %s, not %s" % (new["ends"], old["ends"])
    for name in ("printed", "random"):
        if old[name] != new[name]:
            return "%s: %r, not %r" % (name, new[name], old[name])
    return _Pair(tolerance).differ(old["held"], new["held"], "held")


class _Pair:
    def __init__(self, tolerance):
        self.tolerance = tolerance
        self.left, self.right, self.alive = {}, {}, []

    def differ(self, a, b, where):
        if type(a) is not type(b) and (type(a).__module__, type(a).__qualname__) != (type(b).__module__, type(b).__qualname__):
            return "%s: type %s, not %s" % (where, type(b), type(a))
        kind = type(a)
        if kind is float:
            return None if self._floats(a, b, max(abs(a), abs(b))) else self._told(where, a, b)
        if kind is complex:
            scale = max(abs(a), abs(b))
            return None if self._floats(a.real, b.real, scale) and self._floats(a.imag, b.imag, scale) else self._told(where, a, b)
        if kind in (int, bool, str, bytes, type(None), type):
            return None if a == b else self._told(where, a, b)
        if kind in (list, dict, set, bytearray):  # the same object at the same places
            if self.left.get(id(a), id(b)) != id(b) or self.right.get(id(b), id(a)) != id(a):
                return "%s: other aliases" % where
            if id(a) in self.left:
                return None
            self.left[id(a)], self.right[id(b)] = id(b), id(a)
            self.alive += (a, b)
        if isinstance(a, (list, tuple)):
            if len(a) != len(b):
                return "%s: %d items, not %d: %.200r, not %.200r" % (where, len(b), len(a), b, a)
            scale = self._scale(a, b)
            for n, (x, y) in enumerate(zip(a, b)):
                if scale is not None and type(x) is type(y) is float:
                    if not self._floats(x, y, scale):
                        return self._told("%s[%d]" % (where, n), x, y)
                    continue
                told = self.differ(x, y, "%s[%d]" % (where, n))
                if told:
                    return told
            return None
        if isinstance(a, dict):
            told = self.differ(list(a), list(b), where + " keys") or self.differ(list(a.values()), list(b.values()), where + " values")
            return told or self._named(a, b, where)
        if isinstance(a, (set, frozenset)):
            return self.differ(sorted(a, key=repr), sorted(b, key=repr), where)
        return self._arrays(a, b, where)

    def _named(self, a, b, where):
        factory = "default_factory"
        return None if getattr(a, factory, None) is getattr(b, factory, None) else "%s: another %s" % (where, factory)

    def _arrays(self, a, b, where):
        module = type(a).__module__.split(".")[0]
        if module == "numpy" and hasattr(a, "dtype"):
            if a.dtype != b.dtype or a.shape != b.shape:
                return "%s: %s%s, not %s%s" % (where, b.dtype, b.shape, a.dtype, a.shape)
            if a.dtype.kind in "fc":
                import numpy as np

                # A tolerance is stated for doubles; in single precision the same roundings weigh so much more.
                coarser = 2.0**29 if a.dtype.itemsize <= (8 if a.dtype.kind == "c" else 4) else 1.0
                a, b = (np.asarray(x, dtype=complex if a.dtype.kind == "c" else float).ravel() for x in (a, b))
                finite = np.abs(np.concatenate([a, b]))
                scale = float(max(finite[np.isfinite(finite)], default=0.0))
                for n, (x, y) in enumerate(zip(a.tolist(), b.tolist())):
                    pairs = ((x.real, y.real), (x.imag, y.imag)) if isinstance(x, complex) else ((x, y),)
                    if not all(self._floats(p, q, scale, coarser) for p, q in pairs):
                        return self._told("%s[%d]" % (where, n), x, y)
                return None
            return self.differ(a.tolist(), b.tolist(), where)
        if module == "pandas":
            return self._pandas(a, b, where)
        if hasattr(a, "__dict__") and type(a).__eq__ is object.__eq__ and not callable(a):
            if id(a) in self.left:
                return None
            self.left[id(a)] = id(b)
            return self.differ(vars(a), vars(b), where + ".__dict__")
        try:
            same = bool(a == b) or (a != a and b != b)
        except Exception:
            return None
        return None if same or callable(a) or type(a).__eq__ is object.__eq__ else self._told(where, a, b)

    def _pandas(self, a, b, where):
        if hasattr(a, "columns"):
            told = self.differ(list(a.columns), list(b.columns), where + ".columns") or self._pandas(a.index, b.index, where + ".index")
            for n in range(a.shape[1]):
                told = told or self._pandas(a.iloc[:, n], b.iloc[:, n], "%s column %d" % (where, n))
            return told
        if hasattr(a, "dtype") and a.dtype != b.dtype:
            return "%s: dtype %s, not %s" % (where, b.dtype, a.dtype)
        if getattr(a, "name", None) != getattr(b, "name", None):
            return "%s: name %r, not %r" % (where, b.name, a.name)
        if hasattr(a, "index"):
            told = self._pandas(a.index, b.index, where + ".index")
            if told:
                return told
        return self.differ(list(a), list(b), where) if hasattr(a, "__iter__") else (None if a is b or a == b else self._told(where, a, b))

    def _scale(self, a, b):
        """The largest magnitude among the floats of a list, as a tolerance for results of one computation allows."""
        if self.tolerance is None or not any(type(x) is float for x in a):
            return None
        return max((abs(x) for x in (*a, *b) if type(x) is float and math.isfinite(x)), default=0.0)

    def _floats(self, a, b, scale, coarser=1.0):
        if a != a or b != b:
            return a != a and b != b
        if struct.pack("d", a) == struct.pack("d", b):
            return True
        if self.tolerance is None:
            return False
        if a == b or self.tolerance["kind"] == "ulp":
            return a == b or abs(a - b) <= self.tolerance["bound"] * max(math.ulp(a), math.ulp(b))
        near = self.tolerance["bound"] * max(abs(a), abs(b)) + self.tolerance["absolute"] * scale
        return abs(a - b) <= coarser * near

    def _told(self, where, a, b):
        return "%s: %.200r, not %.200r" % (where, b, a)
