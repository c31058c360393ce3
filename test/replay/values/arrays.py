"""NumPy: data types, memory, masks, random generators: (name, one, other, whether they are the same)."""

import os
import tempfile

import numpy as np

SAME, OTHER, UNKNOWN = True, False, None

def f64(bits): return np.array([0x7ff8000000000000|bits], "u8").view("f8")

class Sub(np.ndarray): pass

def sub(a, **k):
    v = np.asarray(a).view(Sub)
    for n, x in k.items(): setattr(v, n, x)
    return v

def mm(mode="r", content=b"\0"*16):
    p = tempfile.mktemp(dir="/tmp/values"); open(p,"wb").write(content); m = np.memmap(p, "f8", mode); os.unlink(p); return m

def gen(seed=1, n=0, kind=np.random.PCG64):
    g = np.random.Generator(kind(seed)); g.random(n) if n else None; return g

def rs(seed=1, n=0):
    g = np.random.RandomState(seed); g.normal(size=n) if n else None; return g

def view_pair(copy):
    a = np.arange(6.); return [a, a[::2].copy() if copy else a[::2]]

PAIRS = [
    ("0d/scalar", lambda: np.array(1.0), lambda: np.float64(1.0), OTHER),
    ("np/py float", lambda: np.float64(1), lambda: 1.0, OTHER),
    ("np bool", lambda: np.bool_(True), lambda: True, OTHER),
    ("i4/i8 scalar", lambda: np.int32(1), lambda: np.int64(1), OTHER),
    ("longlong", lambda: np.longlong(1), lambda: np.int64(1), SAME),
    ("nan payload", lambda: f64(1), lambda: f64(2), SAME),
    ("nan same", lambda: f64(1), lambda: f64(1), SAME),
    ("nan scalar payload", lambda: f64(1)[0], lambda: f64(2)[0], SAME),
    ("nan sign", lambda: np.array([np.nan]), lambda: -np.array([np.nan]), SAME),
    ("longdouble", lambda: np.longdouble(1) / 3, lambda: np.longdouble(1) / 3, SAME),
    ("longdouble off", lambda: np.longdouble(1) / 3, lambda: np.nextafter(np.longdouble(1) / 3, np.longdouble(1)), OTHER),
    ("longdouble arr", lambda: np.array([1, 2], 'g') / 3, lambda: np.array([1, 2], 'g') / 3, SAME),
    ("clongdouble", lambda: np.array([1, 2], 'G') / 3, lambda: np.array([1, 2], 'G') / 3, SAME),
    ("f2", lambda: np.array([1], 'f2'), lambda: np.array([1], 'f4'), OTHER),
    ("byteorder", lambda: np.array([1.0], '>f8'), lambda: np.array([1.0], '<f8'), OTHER),
    ("struct offset", lambda: np.zeros(1, np.dtype({'names': ['a'], 'formats': ['i4'], 'offsets': [0], 'itemsize': 8})), lambda: np.zeros(1, np.dtype({'names': ['a'], 'formats': ['i4'], 'offsets': [4], 'itemsize': 8})), OTHER),
    ("struct offset same", lambda: np.zeros(1, np.dtype({'names': ['a'], 'formats': ['i4'], 'offsets': [4], 'itemsize': 8})), lambda: np.zeros(1, np.dtype({'names': ['a'], 'formats': ['i4'], 'offsets': [4], 'itemsize': 8})), SAME),
    ("struct nested", lambda: np.zeros(1, [('a', [('b', 'f8')]), ('c', 'i4', (2,))]), lambda: np.zeros(1, [('a', [('b', 'f8')]), ('c', 'i4', (2,))]), SAME),
    ("struct nested off", lambda: np.zeros(1, [('a', [('b', 'f8')])]), lambda: np.ones(1, [('a', [('b', 'f8')])]), OTHER),
    ("struct scalar", lambda: np.zeros(1, [('a', 'f8')])[0], lambda: np.zeros(1, [('a', 'f8')])[0], SAME),
    ("struct obj", lambda: np.array([(1, [2])], [('a', 'i4'), ('b', 'O')]), lambda: np.array([(1, [2])], [('a', 'i4'), ('b', 'O')]), SAME),
    ("struct obj off", lambda: np.array([(1, [2])], [('a', 'i4'), ('b', 'O')]), lambda: np.array([(1, [3])], [('a', 'i4'), ('b', 'O')]), OTHER),
    ("struct scalar obj", lambda: np.array([(1, [2])], [('a', 'i4'), ('b', 'O')])[0], lambda: np.array([(1, [3])], [('a', 'i4'), ('b', 'O')])[0], OTHER),
    ("titles", lambda: np.zeros(1, [(('t', 'a'), 'i4')]), lambda: np.zeros(1, [(('u', 'a'), 'i4')]), OTHER),
    ("dtype metadata", lambda: np.dtype('f8', metadata={'a': 1}), lambda: np.dtype('f8'), SAME),
    ("padding bytes", lambda: np.frombuffer(b'\x01\x00\x00\x00\x07\x00\x00\x00' * 2, np.dtype({'names': ['a'], 'formats': ['i4'], 'itemsize': 8})).copy(), lambda: np.frombuffer(b'\x01\x00\x00\x00\x00\x00\x00\x00' * 2, np.dtype({'names': ['a'], 'formats': ['i4'], 'itemsize': 8})).copy(), SAME),
    ("views", lambda: view_pair(False), lambda: view_pair(False), SAME),
    ("views copied", lambda: view_pair(False), lambda: view_pair(True), OTHER),
    ("strides alone", lambda: np.arange(6.0)[::2], lambda: np.arange(6.0)[::2].copy(), OTHER),
    ("fortran", lambda: np.zeros((2, 3)), lambda: np.zeros((2, 3), order='F'), OTHER),
    ("neg strides", lambda: np.arange(3.0)[::-1], lambda: np.array([2.0, 1.0, 0.0]), OTHER),
    ("readonly", lambda: np.broadcast_to(1.0, (2,)), lambda: np.ones(2), OTHER),
    ("broadcast", lambda: np.broadcast_to(1.0, (2, 2)), lambda: np.broadcast_to(1.0, (2, 2)), SAME),
    ("empty", lambda: np.empty((0, 3)), lambda: np.empty((0, 2)), OTHER),
    ("base of array kept", lambda: (lambda a: a[1:])(np.arange(3.0)), lambda: np.arange(1.0, 3.0), SAME),
    ("masked data under mask", lambda: np.ma.array([1.0, 2.0], mask=[0, 1]), lambda: np.ma.array([1.0, 3.0], mask=[0, 1]), UNKNOWN),
    ("masked nomask", lambda: np.ma.array([1.0]), lambda: np.ma.array([1.0], mask=[0]), UNKNOWN),
    ("masked const", lambda: np.ma.masked, lambda: np.ma.masked, SAME),
    ("masked hard", lambda: np.ma.array([1.0], mask=[0], hard_mask=True), lambda: np.ma.array([1.0], mask=[0]), OTHER),
    ("masked struct", lambda: np.ma.array([(1, 2)], dtype=[('a', 'i4'), ('b', 'i4')], mask=[(0, 1)]), lambda: np.ma.array([(1, 2)], dtype=[('a', 'i4'), ('b', 'i4')], mask=[(1, 0)]), OTHER),
    ("obj", lambda: np.array([1, 'a', None], object), lambda: np.array([1, 'a', None], object), SAME),
    ("obj alias", lambda: (lambda l: np.array([l, l, 0], object))([1]), lambda: np.array([[1], [1], 0], object), OTHER),
    ("obj views", lambda: (lambda a: [a, a[1:]])(np.array([1, [2], 'x'], object)), lambda: [np.array([1, [2], 'x'], object), np.array([[2], 'x'], object)], OTHER),
    ("0d obj", lambda: np.array({'a': 1}, object), lambda: np.array({'a': 2}, object), OTHER),
    ("obj view same", lambda: (lambda a: [a, a[1:]])(np.array([1, 2, 'x'], object)), lambda: (lambda a: [a, a[1:]])(np.array([1, 2, 'x'], object)), SAME),
    ("obj view/copy ints", lambda: (lambda a: [a, a[1:]])(np.array([1, 2, 'x'], object)), lambda: (lambda a: [a, a[1:].copy()])(np.array([1, 2, 'x'], object)), OTHER),
    ("memmap", lambda: mm(), lambda: mm(), UNKNOWN),
    ("memmap/array", lambda: mm(), lambda: np.zeros(2), OTHER),
    ("memmap mode", lambda: mm('r'), lambda: mm('c'), OTHER),
    ("dt64 nat", lambda: np.array(['NaT'], 'M8[s]'), lambda: np.array(['NaT'], 'M8[s]'), SAME),
    ("dt64 unit", lambda: np.datetime64('2020-01-01'), lambda: np.datetime64('2020-01-01T00'), OTHER),
    ("str U", lambda: np.array(['a\x00']), lambda: np.array(['a']), UNKNOWN),
    ("stringdtype", lambda: np.array(['a', 'bcdefghijklmnopqrstuvw'], np.dtypes.StringDType()), lambda: np.array(['a', 'bcdefghijklmnopqrstuvw'], np.dtypes.StringDType()), SAME),
    ("stringdtype off", lambda: np.array(['a', 'bcdefghijklmnopqrstuvw'], np.dtypes.StringDType()), lambda: np.array(['a', 'Xcdefghijklmnopqrstuvw'], np.dtypes.StringDType()), OTHER),
    ("stringdtype na", lambda: np.array(['a'], np.dtypes.StringDType(na_object=None)), lambda: np.array(['a'], np.dtypes.StringDType()), OTHER),
    ("void", lambda: np.void(b'ab'), lambda: np.void(b'ac'), OTHER),
    ("matrix", lambda: np.matrix('1 2'), lambda: np.array([[1, 2]]), OTHER),
    ("matrix same", lambda: np.matrix('1 2'), lambda: np.matrix('1 2'), SAME),
    ("subclass", lambda: sub([1.0], z=1), lambda: sub([1.0], z=1), SAME),
    ("subclass attr", lambda: sub([1.0], z=1), lambda: sub([1.0], z=2), OTHER),
    ("recarray", lambda: np.rec.array([(1, 2.0)], dtype=[('a', 'i4'), ('b', 'f8')]), lambda: np.rec.array([(1, 2.0)], dtype=[('a', 'i4'), ('b', 'f8')]), SAME),
    ("poly1d", lambda: np.poly1d([1, 2]), lambda: np.poly1d([1, 3]), OTHER),
    ("Polynomial", lambda: np.polynomial.Polynomial([1, 2]), lambda: np.polynomial.Polynomial([1, 2], domain=[0, 1]), OTHER),
    ("ufunc", lambda: np.add, lambda: np.multiply, OTHER),
    ("vectorize", lambda: np.vectorize(abs), lambda: np.vectorize(int), OTHER),
    ("nditer", lambda: np.nditer(np.arange(3)), lambda: np.nditer(np.arange(3)), UNKNOWN),
    ("flatiter", lambda: np.arange(3).flat, lambda: np.arange(4).flat, UNKNOWN),
    ("frompyfunc", lambda: np.frompyfunc(abs, 1, 1), lambda: np.frompyfunc(int, 1, 1), UNKNOWN),
    ("shares with bytearray", lambda: (lambda b: [b, np.frombuffer(b, 'u1')])(bytearray(b'ab')), lambda: [bytearray(b'ab'), np.array([97, 98], 'u1')], OTHER),
    ("memoryview shares np", lambda: (lambda a: [a, memoryview(a)])(np.arange(3)), lambda: [np.arange(3), memoryview(np.arange(3))], OTHER),
    ("Generator", lambda: gen(), lambda: gen(), SAME),
    ("Generator n", lambda: gen(1, 1), lambda: gen(1, 2), OTHER),
    ("Generator kind", lambda: gen(), lambda: gen(kind=np.random.MT19937), OTHER),
    ("RandomState", lambda: rs(1, 3), lambda: rs(1, 3), SAME),
    ("RandomState n", lambda: rs(1, 3), lambda: rs(1, 4), OTHER),
    ("RS global", lambda: np.random.mtrand._rand, lambda: np.random.mtrand._rand, SAME),
    ("SeedSequence", lambda: np.random.SeedSequence(1), lambda: np.random.SeedSequence(2), OTHER),
    ("spawned", lambda: gen(), lambda: (lambda g: (g.spawn(1), g)[1])(gen()), OTHER),
]
