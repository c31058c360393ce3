"""Compare two canonical graphs exactly, or floats within a stated tolerance, and tell where they first differ."""

import math
import struct

from array import array


# Kinds of nodes whose children are (label, reference).
LABELLED = {"object", "record", "array", "exception", "code"}


class Difference(Exception):
    """Where two sides first differ: `where` is the facet and the path inside it."""

    def __init__(self, where, expected, actual):
        super().__init__(where, expected, actual)
        self.where, self.expected, self.actual = where, expected, actual


class CannotTell(Exception):
    """A value that cannot be looked into; the message names its type and where it is."""


class Comparison:
    """One comparison of outcomes; keeps the largest float difference that a tolerance let pass.

    `tolerance` is None (bit for bit) or {"kind": "relative" | "ulp", "bound", "absolute"} as in schemas/rewrite.ts.
    `values_only` lets numbers be of different types, and arrays of different dtypes and memory layouts.
    """

    def __init__(self, tolerance=None, values_only=False):
        self.tolerance = tolerance
        self.values_only = values_only
        self.relative = 0.0
        self.ulp = 0.0

    def facets(self, expected, actual, skip=()):
        """Raise Difference or CannotTell unless both graphs (`Graph.data()`) agree in every facet not in `skip`."""
        self.left, self.right = expected["nodes"], actual["nodes"]
        self._roots, self._reach = expected["roots"], None
        self.pairs, self.back = {}, {}
        names = list(expected["roots"]) + [n for n in actual["roots"] if n not in expected["roots"]]
        for name in names:
            if name in skip:
                continue
            missing = [side for side in (expected, actual) if name not in side["roots"]]
            if missing:
                absent = "nothing"
                shown = lambda side: absent if side in missing else describe(side["roots"][name], side["nodes"])
                raise Difference(name, shown(expected), shown(actual))
            self._stack = [(expected["roots"][name], actual["roots"][name], name)]
            while self._stack:
                self._pair(*self._stack.pop())

    def _pair(self, a, b, where):
        if isinstance(a, tuple) or isinstance(b, tuple):
            if isinstance(a, int) and self.left[a][0] == "unknown":
                return
            return self._scalars(a, b, where)
        if a in self.pairs or b in self.back:
            if self.pairs.get(a) == b:
                return
            if _has_identity(self.left[a]) or _has_identity(self.right[b]):
                raise Difference(where + " (identity)", self._identity(a, self.pairs), self._identity(b, self.back))
            if (a, b) in self.pairs:
                return
            self.pairs[(a, b)] = True
        else:
            self.pairs[a], self.back[b] = b, a
        left, right = self.left[a], self.right[b]
        if left[0] == "unknown":
            return  # what the run recorded could not be looked into there
        if "opaque" in (left[0], right[0]):
            raise CannotTell("%s holds a %s, which cannot be looked into" % (where, left[1]))
        if left[1] != right[1]:
            raise Difference(where + " (type)", left[1], right[1])
        if left[0] == "array" and right[0] == "array":
            (self._array_values if self.values_only else self._arrays)(a, b, left, right, where)
        elif left[0] == "packed" and right[0] == "packed" and left[2][:2] == right[2][:2]:
            return self._packed(left[2], right[2], where)
        elif "packed" in (left[0], right[0]):
            left, right = unpacked(left), unpacked(right)
        elif left[0] == "exception":
            self._exceptions(left[2], right[2], where)
        elif left[0] == "code" and left[2] != right[2]:
            what = "function made at run time" if left[1] == "builtins.function" else short_name(left[1])
            raise CannotTell("%s is a %s whose code was changed, or that stands elsewhere" % (where, what))
        elif left[2] != right[2]:
            raise Difference(where, describe(a, self.left), describe(b, self.right))
        children, others = left[3], right[3]
        if len(children) != len(others):
            raise Difference("len(%s)" % where, len(children), len(others))
        if left[0] == "mapping" or left[2] == "mapping":
            return self._mapping(children, others, where)
        labelled = left[0] in LABELLED
        hollow = self._hollow(children, others) if labelled and self.values_only else ()
        for index in range(len(children) - 1, -1, -1):
            if labelled:
                (label, x), (other, y) = children[index], others[index]
                if any(label[1] == name or str(label[1]).startswith(name + " ") for name in hollow):
                    continue
                if label != other:
                    raise Difference("attributes of %s" % where, label[1], other[1])
                if not _alike(x, y):
                    self._stack.append((x, y, "%s.%s" % (where, label[1])))
            elif not _alike(children[index], others[index]):
                self._stack.append((children[index], others[index], "%s[%d]" % (where, index)))

    def _hollow(self, children, others):
        """The columns of two frames or series that hold nothing: what they would hold is not told by values."""
        known = dict(others)
        empty = lambda nodes, ref: isinstance(ref, int) and _length(nodes[ref]) == 0
        return tuple(
            label[1]
            for label, ref in children
            if (label[1] == "values" or str(label[1]).startswith("column "))
            and empty(self.left, ref)
            and empty(self.right, known.get(label))
        )

    def _mapping(self, children, others, where):
        for index in range(len(children) - 1, -1, -1):
            (k, x), (l, y) = children[index], others[index]
            if not _alike(x, y):
                self._stack.append((x, y, "%s[%s]" % (where, describe(k, self.left))))
            if not _alike(k, l):
                self._stack.append((k, l, "key %d of %s" % (index, where)))

    def _identity(self, number, known):
        nodes = self.left if known is self.pairs else self.right
        same = "an object that is also elsewhere" if number in known else "an object of its own"
        return "%s, %s" % (same, describe(number, nodes))

    def _exceptions(self, left, right, where):
        for label, x, y in zip(("message", "suppressed context"), left, right):
            if x != y:
                raise Difference("%s (%s)" % (where, label), repr(x), repr(y))

    def _scalars(self, a, b, where):
        if _alike(a, b):
            return
        shown = lambda: Difference(where, describe(a, self.left), describe(b, self.right))
        if self.values_only:
            x, y = _plain_number(a), _plain_number(b)
            if x is not None and y is not None:
                if x == y or self._floats_agree(float(x), float(y), max(abs(x), abs(y))):
                    return
                raise shown()
        if not (isinstance(a, tuple) and isinstance(b, tuple)) or a[0] != b[0]:
            raise shown()
        if a[0] == "float":
            x, y = struct.unpack("<d", a[1])[0], struct.unpack("<d", b[1])[0]
            if not self._floats_agree(x, y, max(abs(x), abs(y))):
                raise shown()
        elif a[0] == "complex":
            (p, q), (r, s) = struct.unpack("<dd", a[1]), struct.unpack("<dd", b[1])
            scale = max(abs(complex(p, q)), abs(complex(r, s)))
            if not (self._floats_agree(p, r, scale) and self._floats_agree(q, s, scale)):
                raise shown()
        elif a[0] == "numpy" and a[1][0] == b[1][0] and a[1][0][1:2] in "fc":
            self._numbers(a[1][0], a[1][1], b[1][1], (), where)
        else:
            raise shown()

    def _floats_agree(self, x, y, scale):
        """Two floats: NaN only with NaN; −0.0 only with −0.0 unless rounding may differ, which may also lose that sign."""
        if x != x or y != y:
            return x != x and y != y
        if x == y and (x != 0 or math.copysign(1, x) == math.copysign(1, y)):
            return True
        if self.tolerance is None or math.isinf(x) or math.isinf(y):
            return False
        if x == y:
            return self._relative
        gap = abs(x - y)
        ulp = abs(_ordinal(x) - _ordinal(y))
        relative = gap / max(abs(x), abs(y))
        if self.tolerance["kind"] == "ulp":
            agree = ulp <= self.tolerance["bound"]
        else:
            allowed = self.tolerance["bound"] * max(abs(x), abs(y)) + self.tolerance["absolute"] * scale
            agree = gap <= allowed
            if not agree and self._absolute() > 0:
                agree, relative = gap <= allowed + self._absolute(), gap / self._reach
        if agree:
            self.relative, self.ulp = max(self.relative, relative), max(self.ulp, float(ulp))
        return agree

    @property
    def _relative(self):
        return self.tolerance is not None and self.tolerance["kind"] == "relative"

    def _absolute(self):
        """What rounding alone may do where large terms cancel: some units in the last place of the largest magnitude among
        inputs and results, and never more than the tolerance's absolute part of it."""
        if self._reach is None:
            self._reach = reach(self._roots, self.left)
        return min(self.tolerance["absolute"], _CANCELLED) * self._reach

    def _packed(self, left, right, where):
        kind, _, x = left
        y = right[2]
        if x == y:
            return
        if kind == "float":
            xs, ys = array("d"), array("d")
            xs.frombytes(x)
            ys.frombytes(y)
            scale = _largest(xs, ys)
            for index, (p, q) in enumerate(zip(xs, ys)):
                if not self._floats_agree(p, q, scale):
                    raise Difference("%s[%d]" % (where, index), repr(p), repr(q))
            return
        for index, (p, q) in enumerate(zip(x, y)):
            if p != q:
                raise Difference("%s[%d]" % (where, index), shorten(p), shorten(q))

    def _arrays(self, a, b, left, right, where):
        x, y = left[2], right[2]
        for label in ("dtype", "shape", "flags"):
            if x[label] != y[label]:
                name = "contiguous in C order, in Fortran order, writeable" if label == "flags" else label
                raise Difference("%s (%s)" % (where, name), str(x[label]), str(y[label]))
        if (x["shares"] is None) != (y["shares"] is None):
            told = lambda s: "its own memory" if s["shares"] is None else "memory of another array (a view)"
            raise Difference("%s (memory)" % where, told(x), told(y))
        if x["shares"] is not None:
            group, other = ("group", x["shares"][0]), ("group", y["shares"][0])
            if self.pairs.setdefault(group, other) != other or x["shares"][1:] != y["shares"][1:]:
                raise Difference("%s (memory)" % where, "a view at %s" % (x["shares"][1:],), "a view at %s" % (y["shares"][1:],))
        if (x["buffer"] is None) != (y["buffer"] is None):
            raise Difference("%s (memory)" % where, *("its own" if s["buffer"] is None else "that of a buffer" for s in (x, y)))
        if x["buffer"] is not None:
            self._stack.append((x["buffer"], y["buffer"], "%s (memory)" % where))
        if x["bytes"] != y["bytes"]:
            self._numbers(x["dtype"], x["bytes"], y["bytes"], x["shape"], where)

    def _array_values(self, a, b, left, right, where):
        """Arrays by what they hold only, as float64 or complex128."""
        import numpy

        x, y = left[2], right[2]
        if x["shape"] != y["shape"]:
            raise Difference("%s (shape)" % where, str(x["shape"]), str(y["shape"]))
        if x["bytes"] is None or y["bytes"] is None or x["dtype"].startswith("[") or y["dtype"].startswith("["):
            return self._arrays(a, b, left, right, where)
        p, q = numpy.frombuffer(x["bytes"], x["dtype"]), numpy.frombuffer(y["bytes"], y["dtype"])
        if p.dtype.kind not in "biufc" or q.dtype.kind not in "biufc":
            return self._arrays(a, b, left, right, where)
        wide = numpy.result_type(p.dtype, q.dtype, numpy.float64)
        self._elements(p.astype(wide), q.astype(wide), x["shape"], where, numpy)

    def _numbers(self, dtype, x, y, shape, where):
        import numpy

        if dtype.startswith("["):
            import ast

            kind = numpy.dtype([tuple(f) for f in ast.literal_eval(dtype.rstrip("!"))])
        else:
            kind = numpy.dtype(dtype)
        p, q = numpy.frombuffer(x, kind), numpy.frombuffer(y, kind)
        self._elements(p, q, shape, where, numpy)

    def _elements(self, p, q, shape, where, numpy):
        kind = p.dtype
        if kind.names:
            for name in kind.names:
                self._elements(p[name].ravel(), q[name].ravel(), None, "%s[%r]" % (where, name), numpy)
            return
        if kind.kind == "c":
            real = p.real.dtype
            scale = numpy.nanmax(numpy.abs(numpy.concatenate([p, q]))) if self.tolerance else 0
            for part in ("real", "imag"):
                u, v = numpy.ascontiguousarray(getattr(p, part), real), numpy.ascontiguousarray(getattr(q, part), real)
                self._float_arrays(u, v, shape, where, numpy, float(scale))
            return
        if kind.kind == "f":
            return self._float_arrays(p, q, shape, where, numpy, None)
        different = numpy.flatnonzero(p.view("V%d" % kind.itemsize) != q.view("V%d" % kind.itemsize)) if kind.itemsize else []
        if len(different):
            at = int(different[0])
            raise Difference(where + _position(at, shape), repr(p[at]), repr(q[at]))

    def _float_arrays(self, p, q, shape, where, numpy, scale):
        with numpy.errstate(all="ignore"):
            agree = (numpy.isnan(p) & numpy.isnan(q)) | ((p == q) & (numpy.signbit(p) == numpy.signbit(q)))
            suspects = numpy.flatnonzero(~agree)
            if not len(suspects):
                return
            x, y = p[suspects], q[suspects]
            finite = numpy.isfinite(x) & numpy.isfinite(y) & (x != y)
            passed = (x == y) if self._relative else numpy.zeros(len(suspects), bool)
            if self.tolerance is not None and finite.any():
                wide = numpy.result_type(p.dtype, numpy.float64)
                u, v = x.astype(wide), y.astype(wide)
                size = numpy.maximum(abs(u), abs(v))
                gap = abs(u - v)
                ulp = numpy.where(finite, gap / numpy.spacing(numpy.maximum(abs(x), abs(y))).astype(wide), 0.0)
                relative = numpy.where(finite, gap / size, 0.0)
                if self.tolerance["kind"] == "ulp":
                    passed = finite & (ulp <= self.tolerance["bound"])
                else:
                    if scale is None:
                        every = abs(numpy.concatenate([p, q]).astype(wide))
                        every = every[numpy.isfinite(every)]
                        scale = float(every.max()) if every.size else 0.0
                    near = gap <= self.tolerance["bound"] * size + self.tolerance["absolute"] * scale
                    if not near[finite].all():
                        near |= gap <= self.tolerance["bound"] * size + self._absolute()
                        relative = numpy.where(finite, gap / max(scale, self._reach), 0.0)
                    passed |= finite & near
            if passed.all():
                self.relative = max(self.relative, float(relative.max()))
                self.ulp = max(self.ulp, float(ulp.max()))
                return
            at = int(suspects[numpy.flatnonzero(~passed)[0]])
        raise Difference(where + _position(at, shape), repr(p[at].item()), repr(q[at].item()))


def _alike(a, b):
    """Whether two references are scalars of one value; numbers of nodes say nothing by themselves."""
    return type(a) is tuple and a == b and type(a[1]) is type(b[1])


_VALUES = {"builtins.tuple", "builtins.frozenset", "builtins.function"}


def _has_identity(node):
    """Immutable containers have no identity that a program should notice: only what they hold is compared."""
    return node[0] != "record" and node[1] not in _VALUES


def _length(node):
    """How many items an array or a list holds; None for anything else."""
    if node[0] == "array":
        return node[2]["shape"][0] if node[2]["shape"] else None
    return len(node[3]) if node[1] == "builtins.list" and node[0] != "packed" else None


def _plain_number(scalar):
    """
    A canonical int or real float, Python's or NumPy's, as a Python number; None when it is something else. A truth value is no
    number: `True` and 1 print as two things, and only one of them is 1 to a reader of JSON.
    """
    if not isinstance(scalar, tuple):
        return None
    if scalar[0] == "int":
        return scalar[1]
    if scalar[0] == "float":
        return struct.unpack("<d", scalar[1])[0]
    if scalar[0] == "numpy" and scalar[1][0][1:2] in "fiu":
        import numpy

        return numpy.frombuffer(scalar[1][1], scalar[1][0])[0].item()
    return None


# 64 units in the last place of a double, as a share of its magnitude.
_CANCELLED = 64 * 2.0**-52


def reach(roots, nodes):
    """The largest finite magnitude of a float in what went in or came out; 0.0 when there is none."""
    stack = [ref for name, ref in roots.items() if name.split(" ")[0] in ("argument", "closure", "value", "return", "variable")]
    largest, seen = 0.0, set()
    while stack:
        ref = stack.pop()
        if isinstance(ref, tuple):
            if ref[0] in ("float", "complex"):
                largest = max(largest, _largest(struct.unpack("<%dd" % (len(ref[1]) // 8), ref[1])))
            continue
        if ref in seen:
            continue
        seen.add(ref)
        kind, _, data, children = nodes[ref]
        if kind == "packed" and data[0] == "float":
            floats = array("d")
            floats.frombytes(data[2])
            largest = max(largest, _largest(floats))
        elif kind == "array" and data["bytes"] and data["dtype"][1:2] in "fc":
            import numpy

            values = abs(numpy.frombuffer(data["bytes"], data["dtype"])).astype(float)
            largest = max(largest, float(values.max(initial=0.0, where=numpy.isfinite(values))))
        paired = kind == "mapping" or data == "mapping" or kind in LABELLED
        for child in children:
            stack += child if paired else [child]
    return largest


def _ordinal(x):
    bits = struct.unpack("<q", struct.pack("<d", x))[0]
    return bits if bits >= 0 else -(bits & 0x7FFFFFFFFFFFFFFF)


def _largest(*arrays):
    return max((abs(v) for values in arrays for v in values if math.isfinite(v)), default=0.0)


def _position(at, shape):
    if shape is None or len(shape) == 0:
        return "" if shape is not None else "[%d]" % at
    index = []
    for size in reversed(shape):
        index.append(at % size)
        at //= size
    return "[%s]" % ", ".join(map(str, reversed(index)))


def unpacked(node):
    """A packed sequence as an ordinary one."""
    if node[0] != "packed":
        return node
    kind, _, values = node[2]
    if kind == "float":
        floats = array("d")
        floats.frombytes(values)
        return ("sequence", node[1], None, [("float", struct.pack("<d", v)) for v in floats])
    return ("sequence", node[1], None, [(kind, v) for v in values])


def short_name(kind):
    return kind.split(".")[-1]


def shorten(value, limit=120):
    if isinstance(value, int) and value.bit_length() > 4000:  # near the length where Python refuses to write integers out
        return "an integer of %d bits" % value.bit_length()
    text = value if isinstance(value, str) and value.startswith("<") else repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def describe(reference, nodes, depth=2):
    """A short text of a canonical value for people to read."""
    if isinstance(reference, tuple):
        kind, payload = reference
        if kind == "float":
            return repr(struct.unpack("<d", payload)[0])
        if kind == "complex":
            return repr(complex(*struct.unpack("<dd", payload)))
        if kind == "numpy":
            import numpy

            try:
                return repr(numpy.frombuffer(payload[1], payload[0])[0])
            except (TypeError, ValueError):
                return "numpy %s" % (payload[0],)
        return shorten(payload if kind in ("range", "slice") else payload) if kind in _LITERAL else "%s %s" % reference
    node = nodes[reference]
    if node[0] == "array":
        return "%s of shape %s" % (node[2]["dtype"], node[2]["shape"])
    if node[0] == "exception":
        return shorten("<%s: %s>" % (node[1], node[2][0]))
    node = unpacked(node)
    short = node[1].split(".")[-1]
    if node[0] in ("sequence", "set") and depth:
        inner = ", ".join(describe(child, nodes, depth - 1) for child in node[3][:6])
        more = ", …" if len(node[3]) > 6 else ""
        left, right = {"list": "[]", "tuple": "()", "set": "{}"}.get(short, ("%s([" % short, "])"))
        return left + inner + more + right
    if node[0] == "mapping" and depth:
        pairs = ["%s: %s" % (describe(k, nodes, 0), describe(v, nodes, depth - 1)) for k, v in node[3][:6]]
        return "{%s%s}" % (", ".join(pairs), ", …" if len(node[3]) > 6 else "")
    return "a %s" % short


_LITERAL = ("int", "str", "bytes", "bool", "NoneType")
