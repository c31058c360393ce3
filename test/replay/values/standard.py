"""Values of Python itself and its standard library: (name, one, other, whether they are the same)."""

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import hashlib
import io
import ipaddress
import itertools
import math
import operator
import pathlib
import queue
import random
import re
import sqlite3
import struct
import sys
import threading
import types
import typing
import uuid
import weakref
import zlib
import zoneinfo
import csv
import xml.etree.ElementTree

SAME, OTHER = True, False
UNKNOWN = None  # never the same: told apart, or told that it cannot be looked into

def nan(payload): return struct.unpack("<d", struct.pack("<Q", 0x7ff8000000000000 | payload))[0]
NAN=float("nan")
class P:
    def __init__(s, x): s.x = x
class Slots:
    __slots__ = ("a", "__b", "c")
    def __init__(s, a, b): s.a = a; s.__b = b
class SlotsDict(Slots):
    __slots__ = ("__dict__",)
class AlwaysEqual(P):
    def __eq__(s, o): return True
    def __hash__(s): return 1
class GetAttr(P):
    def __getattr__(s, n): raise RuntimeError("user code run")
class GetAttribute(P):
    def __getattribute__(s, n): 
        if n in ("__class__",): return object.__getattribute__(s, n)
        raise RuntimeError("user code run")
class Lies:
    def __init__(s, x): s.x = x
    @property
    def __class__(s): return int
    def __reduce__(s): raise RuntimeError("user")
class Reduce(P):
    def __reduce_ex__(s, p): raise RuntimeError("user code")
class Prop(P):
    n = 0
    @property
    def y(s): Prop.n += 1; return 1
class Meta(type):
    def __getattribute__(c, n): 
        if n in ("__flags__","__mro__","__module__","__qualname__","__dict__","__name__"): return type.__getattribute__(c, n)
        raise RuntimeError("meta")
class WithMeta(metaclass=Meta):
    pass
class MyList(list):
    def __iter__(s): raise RuntimeError("user")
    def __len__(s): raise RuntimeError
class MyDict(dict):
    def items(s): raise RuntimeError("user")
    def __iter__(s): raise RuntimeError
class MyInt(int):
    def __new__(c, *a): raise RuntimeError
    def __int__(s): raise RuntimeError
class MyStr(str): pass
class MyFloat(float): pass
class MySet(set):
    def __iter__(s): raise RuntimeError
class Color(enum.Enum):
    R=1; G=2
class Flag(enum.Flag):
    A=1; B=2
class IntFlag(enum.IntFlag):
    A=1; B=2
@dataclasses.dataclass
class D: 
    x: object = 0
    y: list = dataclasses.field(default_factory=list)
@dataclasses.dataclass(frozen=True)
class FD:
    x: object
if sys.version_info >= (3,10):
    @dataclasses.dataclass(slots=True)
    class SD:
        x: object
else: SD = FD
NT = collections.namedtuple("NT", "a b")
NT2 = collections.namedtuple("NT2", "a b")
class E2(Exception):
    def __init__(s, m, extra=None): super().__init__(m); s.extra = extra
def exc(cause=None, context=None, suppress=False, cls=ValueError, *args, **state):
    e = cls(*(args or ("m",)))
    e.__cause__ = cause; e.__context__ = context; e.__suppress_context__ = suppress
    for k,v in state.items(): setattr(e,k,v)
    return e
def selfref(n=1):
    a = []; 
    b = a
    for _ in range(n-1): b2 = []; b.append(b2); b = b2
    b.append(a)
    return a
def it(x, n=0):
    i = iter(x)
    for _ in range(n): next(i)
    return i
def adv(i, n=1):
    for _ in range(n): next(i)
    return i
def gen(xs):
    for x in xs: yield x
def gen2(xs):
    for x in xs: yield x+1
def clos(k, j=0): return lambda x: x + k
def clos2(k): return lambda x: x * k
def local(k=1):
    class C:
        a = k
        def m(s): return 1
    return C
def local_i(k=1, v=0):
    c = local(k)(); c.v = v; return c
def dd(f, **k): d = collections.defaultdict(f); d.update(k); return d
def ctr(**k): return collections.Counter(k)
def od(*pairs): return collections.OrderedDict(pairs)
def aliased(same):
    a=[1]; return [a, a] if same else [a,[1]]
def dfs(order): return {k: 1 for k in order}
def gs(n):
    r = random.Random(1)
    for _ in range(n): r.random()
    return r
def mv(b, ro=False, **k): 
    return memoryview(bytes(b) if ro else bytearray(b))
def Q(*xs):
    q = queue.Queue()
    for x in xs: q.put(x)
    return q
def bio(b, pos=0): f = io.BytesIO(b); f.seek(pos); return f
def sio(b, pos=0): f = io.StringIO(b); f.seek(pos); return f
def db(n):
    c = sqlite3.connect(":memory:"); c.execute("create table t(x)"); c.executemany("insert into t values(?)", [(i,) for i in range(n)]); return c

PAIRS = [
    ("int", lambda: 5, lambda: 5, SAME),
    ("bool for int", lambda: True, lambda: 1, OTHER),
    ("big", lambda: 10 ** 5000, lambda: 10 ** 5000, SAME),
    ("big off", lambda: 10 ** 5000, lambda: 10 ** 5000 + 1, OTHER),
    ("float for int", lambda: 1, lambda: 1.0, OTHER),
    ("-0", lambda: 0.0, lambda: -0.0, OTHER),
    ("nan", lambda: NAN, lambda: float('nan'), SAME),
    ("nan payload", lambda: nan(1), lambda: nan(2), SAME),
    ("subnormal", lambda: 5e-324, lambda: 0.0, OTHER),
    ("inf", lambda: math.inf, lambda: -math.inf, OTHER),
    ("nan payload in list", lambda: [nan(1), 1.0], lambda: [nan(2), 1.0], SAME),
    ("complex -0", lambda: complex(0.0, -0.0), lambda: complex(0.0, 0.0), OTHER),
    ("complex nan", lambda: complex(NAN, 0), lambda: complex(NAN, 0), SAME),
    ("str nfc", lambda: 'é', lambda: 'é', OTHER),
    ("surrogate", lambda: '\ud800', lambda: '\ud800', SAME),
    ("bytes for str", lambda: b'a', lambda: 'a', OTHER),
    ("bytearray", lambda: bytearray(b'a'), lambda: b'a', OTHER),
    ("mv", lambda: mv(b'abc'), lambda: mv(b'abc'), SAME),
    ("mv ro", lambda: mv(b'abc'), lambda: mv(b'abc', True), OTHER),
    ("mv strides", lambda: mv(b'abcdef')[::2], lambda: mv(b'ace'), OTHER),
    ("mv shares", lambda: (lambda b: [b, memoryview(b)])(bytearray(b'ab')), lambda: [bytearray(b'ab'), memoryview(bytearray(b'ab'))], OTHER),
    ("bool among ints", lambda: [1, True], lambda: [1, 1], OTHER),
    ("list bool", lambda: [True, True], lambda: [1, 1], OTHER),
    ("floats/ints", lambda: [1.0, 2], lambda: [1.0, 2.0], OTHER),
    ("-0 in list", lambda: [0.0, 1.0], lambda: [-0.0, 1.0], OTHER),
    ("nested", lambda: [[1], [2]], lambda: [[1], [2]], SAME),
    ("alias", lambda: aliased(True), lambda: aliased(False), OTHER),
    ("alias2", lambda: aliased(False), lambda: aliased(True), OTHER),
    ("selfref", lambda: selfref(1), lambda: selfref(1), SAME),
    ("selfref depth", lambda: selfref(1), lambda: selfref(2), OTHER),
    ("tuple id", lambda: (lambda t: [t, t])((1, [2])), lambda: (lambda x: [(1, x), (1, x)])([2]), SAME),
    ("tuple w/ alias", lambda: (lambda t: [t, t])((1, [2])), lambda: [(1, [2]), (1, [2])], OTHER),
    ("namedtuple", lambda: NT(1, 2), lambda: NT(1, 2), SAME),
    ("namedtuple other", lambda: NT(1, 2), lambda: NT2(1, 2), OTHER),
    ("namedtuple tuple", lambda: NT(1, 2), lambda: (1, 2), OTHER),
    ("namedtuple shared", lambda: (lambda t: [t, t])(NT(1, 2)), lambda: [NT(1, 2), NT(1, 2)], SAME),
    ("dict order", lambda: dfs('ab'), lambda: dfs('ba'), OTHER),
    ("dict key 1/True", lambda: {1: 0}, lambda: {True: 0}, OTHER),
    ("dict nan key", lambda: {NAN: 1}, lambda: {NAN: 1}, SAME),
    ("set", lambda: {3, 1, 2}, lambda: {1, 2, 3}, SAME),
    ("set of str", lambda: {'a', 'b'}, lambda: {'b', 'a'}, SAME),
    ("frozenset/set", lambda: {1}, lambda: frozenset({1}), OTHER),
    ("set of tuples", lambda: {(1, 'a'), (2, 'b')}, lambda: {(2, 'b'), (1, 'a')}, SAME),
    ("set 1/1.0", lambda: {1}, lambda: {1.0}, OTHER),
    ("set objs", lambda: {AlwaysEqual(1)}, lambda: {AlwaysEqual(2)}, OTHER),
    ("set of 2 same objs", lambda: {P(1), P(1)}, lambda: {P(1), P(1)}, SAME),
    ("set of frozenset", lambda: {frozenset({1, 2}), frozenset({3})}, lambda: {frozenset({3}), frozenset({2, 1})}, SAME),
    ("deque", lambda: collections.deque([1, 2]), lambda: collections.deque([1, 2]), SAME),
    ("deque maxlen", lambda: collections.deque([1], 3), lambda: collections.deque([1]), OTHER),
    ("dd", lambda: dd(list, a=[1]), lambda: dd(list, a=[1]), SAME),
    ("dd factory", lambda: dd(list), lambda: dd(int), OTHER),
    ("dd/dict", lambda: dd(int, a=1), lambda: dict(a=1), OTHER),
    ("dd lambda", lambda: dd(lambda: 0), lambda: dd(lambda: 0), SAME),
    ("dd lambda other", lambda: dd(lambda: 0), lambda: dd(lambda: 1), UNKNOWN),
    ("counter order", lambda: ctr(a=1, b=1), lambda: ctr(b=1, a=1), OTHER),
    ("counter zero", lambda: ctr(a=1), lambda: ctr(a=1, b=0), OTHER),
    ("od order", lambda: od((1, 2), (3, 4)), lambda: od((3, 4), (1, 2)), OTHER),
    ("od", lambda: od((1, 2)), lambda: od((1, 2)), SAME),
    ("od alias", lambda: (lambda o: (o.move_to_end(1), o)[1])(od((1, 2), (3, 4))), lambda: od((3, 4), (1, 2)), SAME),
    ("dataclass", lambda: D(1, [2]), lambda: D(1, [2]), SAME),
    ("dataclass off", lambda: D(1, [2]), lambda: D(1, [3]), OTHER),
    ("frozen", lambda: FD(1), lambda: FD(1), SAME),
    ("frozen off", lambda: FD(1), lambda: FD(1.0), OTHER),
    ("slots", lambda: Slots(1, 2), lambda: Slots(1, 2), SAME),
    ("slots private", lambda: Slots(1, 2), lambda: Slots(1, 3), OTHER),
    ("slots unset", lambda: Slots(1, 2), lambda: (lambda s: (setattr(s, 'c', 1), s)[1])(Slots(1, 2)), OTHER),
    ("slots dict", lambda: (lambda s: (setattr(s, 'z', 1), s)[1])(SlotsDict(1, 2)), lambda: SlotsDict(1, 2), OTHER),
    ("enum", lambda: Color.R, lambda: Color.R, SAME),
    ("enum other", lambda: Color.R, lambda: Color.G, OTHER),
    ("flag", lambda: Flag.A | Flag.B, lambda: Flag.A | Flag.B, SAME),
    ("flag off", lambda: Flag.A | Flag.B, lambda: Flag.A, OTHER),
    ("intflag unnamed", lambda: IntFlag(5), lambda: IntFlag(9), OTHER),
    ("intflag/int", lambda: IntFlag.A, lambda: 1, OTHER),
    ("flag none", lambda: Flag(0), lambda: Flag(3), OTHER),
    ("datetime", lambda: datetime.datetime(2020, 1, 1), lambda: datetime.datetime(2020, 1, 1), SAME),
    ("dt fold", lambda: datetime.datetime(2020, 1, 1), lambda: datetime.datetime(2020, 1, 1, fold=1), OTHER),
    ("dt tz", lambda: datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc), lambda: datetime.datetime(2020, 1, 1), OTHER),
    ("dt zone", lambda: datetime.datetime(2020, 1, 1, tzinfo=zoneinfo.ZoneInfo('UTC')), lambda: datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc), OTHER),
    ("zone same", lambda: zoneinfo.ZoneInfo('Europe/Paris'), lambda: zoneinfo.ZoneInfo('Europe/Paris'), SAME),
    ("zone other", lambda: zoneinfo.ZoneInfo('Europe/Paris'), lambda: zoneinfo.ZoneInfo('Europe/Berlin'), OTHER),
    ("date/dt", lambda: datetime.date(2020, 1, 1), lambda: datetime.datetime(2020, 1, 1), OTHER),
    ("td", lambda: datetime.timedelta(1, 2), lambda: datetime.timedelta(1, 2), SAME),
    ("td off", lambda: datetime.timedelta(1, 2), lambda: datetime.timedelta(1, 2, 3), OTHER),
    ("time", lambda: datetime.time(1, 2, fold=0), lambda: datetime.time(1, 2, fold=1), OTHER),
    ("decimal", lambda: decimal.Decimal('1.0'), lambda: decimal.Decimal('1.0'), SAME),
    ("decimal exp", lambda: decimal.Decimal('1.0'), lambda: decimal.Decimal('1.00'), OTHER),
    ("dec -0", lambda: decimal.Decimal('-0'), lambda: decimal.Decimal('0'), OTHER),
    ("dec nan", lambda: decimal.Decimal('NaN1'), lambda: decimal.Decimal('NaN2'), OTHER),
    ("dec ctx", lambda: decimal.Context(prec=5), lambda: decimal.Context(prec=6), OTHER),
    ("dec ctx flags", lambda: decimal.Context(prec=5), lambda: (lambda c: (c.divide(1, 3), c)[1])(decimal.Context(prec=5)), OTHER),
    ("fraction", lambda: fractions.Fraction(1, 3), lambda: fractions.Fraction(1, 3), SAME),
    ("fraction off", lambda: fractions.Fraction(1, 3), lambda: fractions.Fraction(2, 3), OTHER),
    ("uuid", lambda: uuid.UUID(int=1), lambda: uuid.UUID(int=1), SAME),
    ("uuid off", lambda: uuid.UUID(int=1), lambda: uuid.UUID(int=2), OTHER),
    ("path", lambda: pathlib.Path('a/b'), lambda: pathlib.Path('a/b'), SAME),
    ("path hashed", lambda: (lambda p: (hash(p), str(p), p.parts, p)[-1])(pathlib.Path('a/b')), lambda: pathlib.Path('a/b'), SAME),
    ("path off", lambda: pathlib.Path('a/b'), lambda: pathlib.Path('a/c'), OTHER),
    ("pure/posix", lambda: pathlib.PurePosixPath('a'), lambda: pathlib.PosixPath('a'), OTHER),
    ("re", lambda: re.compile('a+'), lambda: re.compile('a+'), SAME),
    ("re flags", lambda: re.compile('a+'), lambda: re.compile('a+', re.I), OTHER),
    ("match", lambda: re.match('(a)(b)?', 'ab'), lambda: re.match('(a)(b)?', 'ab'), SAME),
    ("match off", lambda: re.match('a', 'ab'), lambda: re.match('b?a', 'ab'), OTHER),
    ("match pos", lambda: re.search('a', 'xa'), lambda: re.search('a', 'axa'), OTHER),
    ("match span", lambda: re.search('a+', 'xaa'), lambda: re.search('a+', 'xaaa'), OTHER),
    ("ip", lambda: ipaddress.ip_address('1.2.3.4'), lambda: ipaddress.ip_address('1.2.3.4'), SAME),
    ("ip off", lambda: ipaddress.ip_address('1.2.3.4'), lambda: ipaddress.ip_address('1.2.3.5'), OTHER),
    ("list iter", lambda: it([1, 2, 3], 1), lambda: it([1, 2, 3], 1), SAME),
    ("list iter pos", lambda: it([1, 2, 3], 1), lambda: it([1, 2, 3], 2), OTHER),
    ("list iter done", lambda: it([1, 2], 2), lambda: (lambda i: (list(i), i)[1])(iter([1, 2])), OTHER),
    ("dict iter", lambda: it({1: 2, 3: 4}, 1), lambda: it({1: 2, 3: 4}, 1), SAME),
    ("dict iter off", lambda: it({1: 2, 3: 4}, 1), lambda: it({1: 2, 3: 4}, 0), OTHER),
    ("set iter", lambda: it({1, 2}, 1), lambda: it({1, 2}, 1), SAME),
    ("range iter", lambda: it(range(5), 2), lambda: it(range(5), 3), OTHER),
    ("str iter", lambda: it('abc', 1), lambda: it('abc', 2), OTHER),
    ("tuple iter", lambda: it((1, 2, 3), 1), lambda: it((1, 2, 3), 1), SAME),
    ("reversed", lambda: reversed([1, 2]), lambda: iter([2, 1]), OTHER),
    ("enumerate", lambda: enumerate([1, 2]), lambda: enumerate([1, 2]), SAME),
    ("enumerate pos", lambda: enumerate([1, 2]), lambda: adv(enumerate([1, 2])), OTHER),
    ("enumerate start", lambda: enumerate([1], 1), lambda: enumerate([1], 2), OTHER),
    ("zip", lambda: zip([1], [2]), lambda: zip([1], [2]), SAME),
    ("zip off", lambda: zip([1], [2]), lambda: zip([1], [3]), OTHER),
    ("map", lambda: map(abs, [1]), lambda: map(abs, [1]), SAME),
    ("map off", lambda: map(abs, [1]), lambda: map(int, [1]), OTHER),
    ("filter", lambda: filter(None, [1]), lambda: filter(bool, [1]), OTHER),
    ("map pos", lambda: map(abs, [1, 2]), lambda: adv(map(abs, [1, 2])), OTHER),
    ("count", lambda: itertools.count(1), lambda: itertools.count(1), SAME),
    ("count off", lambda: itertools.count(1), lambda: itertools.count(2), OTHER),
    ("chain", lambda: itertools.chain([1], [2]), lambda: itertools.chain([1], [2]), SAME),
    ("chain off", lambda: itertools.chain([1], [2]), lambda: adv(itertools.chain([1], [2])), OTHER),
    ("islice", lambda: itertools.islice([1, 2], 1), lambda: itertools.islice([1, 2], 2), OTHER),
    ("cycle", lambda: itertools.cycle([1, 2]), lambda: adv(itertools.cycle([1, 2])), OTHER),
    ("product", lambda: itertools.product([1], [2]), lambda: itertools.product([1], [3]), OTHER),
    ("perm", lambda: itertools.permutations([1, 2]), lambda: adv(itertools.permutations([1, 2])), OTHER),
    ("comb same", lambda: itertools.combinations([1, 2], 1), lambda: itertools.combinations([1, 2], 1), SAME),
    ("groupby", lambda: itertools.groupby([1, 1, 2]), lambda: itertools.groupby([1, 1, 3]), OTHER),
    ("accumulate", lambda: itertools.accumulate([1, 2]), lambda: adv(itertools.accumulate([1, 2])), OTHER),
    ("tee", lambda: itertools.tee([1, 2])[0], lambda: adv(itertools.tee([1, 2])[0]), OTHER),
    ("starmap", lambda: itertools.starmap(pow, [(1, 2)]), lambda: itertools.starmap(pow, [(1, 3)]), OTHER),
    ("repeat", lambda: itertools.repeat(1, 3), lambda: itertools.repeat(1, 2), OTHER),
    ("zip_longest", lambda: itertools.zip_longest([1], [2], fillvalue=0), lambda: itertools.zip_longest([1], [2]), OTHER),
    ("generator", lambda: gen([1, 2]), lambda: gen([1, 2]), SAME),
    ("generator pos", lambda: gen([1, 2]), lambda: adv(gen([1, 2])), UNKNOWN),
    ("generator other", lambda: gen([1]), lambda: gen([2]), OTHER),
    ("generator code", lambda: gen([1]), lambda: gen2([1]), UNKNOWN),
    ("genexp", lambda: (x for x in [1]), lambda: (x for x in [1]), SAME),
    ("callable iter", lambda: iter(int, 1), lambda: iter(int, 1), SAME),
    ("func", lambda: clos, lambda: clos, SAME),
    ("func other", lambda: clos, lambda: clos2, OTHER),
    ("closure", lambda: clos(1), lambda: clos(1), SAME),
    ("closure cell", lambda: clos(1), lambda: clos(2), OTHER),
    ("closure code", lambda: clos(1), lambda: clos2(1), UNKNOWN),
    ("lambda default", lambda: lambda x=1: x, lambda: lambda x=2: x, OTHER),
    ("partial", lambda: functools.partial(pow, 2), lambda: functools.partial(pow, 2), SAME),
    ("partial off", lambda: functools.partial(pow, 2), lambda: functools.partial(pow, 3), OTHER),
    ("bound", lambda: [].append, lambda: [].append, SAME),
    ("bound off", lambda: [1].append, lambda: [].append, OTHER),
    ("bound m", lambda: [].append, lambda: [].extend, OTHER),
    ("method", lambda: Prop(1).__init__, lambda: Prop(1).__init__, SAME),
    ("methodcaller", lambda: operator.methodcaller('x', 1), lambda: operator.methodcaller('x', 2), OTHER),
    ("itemgetter", lambda: operator.itemgetter(1), lambda: operator.itemgetter(1), SAME),
    ("itemgetter off", lambda: operator.itemgetter(1), lambda: operator.itemgetter(2), OTHER),
    ("attrgetter", lambda: operator.attrgetter('a'), lambda: operator.attrgetter('b'), OTHER),
    ("cmp_to_key", lambda: functools.cmp_to_key(clos)(1), lambda: functools.cmp_to_key(clos)(2), OTHER),
    ("lru", lambda: functools.lru_cache(None)(clos(1)), lambda: functools.lru_cache(None)(clos(1)), SAME),
    ("lru off", lambda: functools.lru_cache(None)(clos(1)), lambda: functools.lru_cache(None)(clos(2)), OTHER),
    ("lru size", lambda: functools.lru_cache(3)(clos(1)), lambda: functools.lru_cache(4)(clos(1)), OTHER),
    ("lru filled", lambda: functools.lru_cache(3)(clos(1)), lambda: (lambda f: (f(1), f)[1])(functools.lru_cache(3)(clos(1))), OTHER),
    ("method wrapper", lambda: 5 .__add__, lambda: 5 .__add__, SAME),
    ("method wrapper off", lambda: 5 .__add__, lambda: 6 .__add__, OTHER),
    ("str method", lambda: 'a'.join, lambda: 'b'.join, OTHER),
    ("class", lambda: P, lambda: P, SAME),
    ("local class", lambda: local(), lambda: local(), SAME),
    ("local class attr", lambda: local(1), lambda: local(2), OTHER),
    ("local inst", lambda: local_i(1, 2), lambda: local_i(1, 2), SAME),
    ("local inst off", lambda: local_i(1, 2), lambda: local_i(1, 3), OTHER),
    ("local inst class", lambda: local_i(1, 2), lambda: local_i(2, 2), OTHER),
    ("same local class", lambda: (lambda c: [c(), c()])(local()), lambda: [local()(), local()()], OTHER),
    ("type()", lambda: type('X', (), {'a': 1}), lambda: type('X', (), {'a': 2}), OTHER),
    ("exc", lambda: ValueError('a'), lambda: ValueError('a'), SAME),
    ("exc type", lambda: ValueError('a'), lambda: TypeError('a'), OTHER),
    ("exc msg", lambda: ValueError('a'), lambda: ValueError('b'), OTHER),
    ("exc args", lambda: ValueError('1'), lambda: ValueError(1), OTHER),
    ("exc attr", lambda: E2('m', 1), lambda: E2('m', 2), OTHER),
    ("exc cause", lambda: exc(cause=KeyError('a')), lambda: exc(), OTHER),
    ("exc cause msg", lambda: exc(cause=KeyError('a')), lambda: exc(cause=KeyError('b')), OTHER),
    ("exc ctx msg", lambda: exc(context=KeyError('a')), lambda: exc(context=KeyError('b')), OTHER),
    ("exc same deep", lambda: exc(cause=KeyError('a'), context=KeyError('b')), lambda: exc(cause=KeyError('a'), context=KeyError('b')), SAME),
    ("exc suppress", lambda: exc(suppress=True), lambda: exc(), OTHER),
    ("exc notes", lambda: exc(__notes__=['a']), lambda: exc(), OTHER),
    ("exc oserror", lambda: OSError(2, 'x', 'f'), lambda: OSError(2, 'x', 'g'), OTHER),
    ("exc unicode", lambda: UnicodeDecodeError('utf8', b'a', 0, 1, 'r'), lambda: UnicodeDecodeError('utf8', b'a', 0, 1, 's'), OTHER),
    ("exc stop value", lambda: StopIteration(1), lambda: StopIteration(2), OTHER),
    ("exc import name", lambda: ImportError('m', name='a'), lambda: ImportError('m', name='b'), OTHER),
    ("key error", lambda: KeyError(1), lambda: KeyError('1'), OTHER),
    ("exc in list", lambda: [exc(cause=KeyError('a'))], lambda: [exc(cause=KeyError('b'))], OTHER),
    ("syntaxerr", lambda: SyntaxError('m', ('f', 1, 2, 't')), lambda: SyntaxError('m', ('f', 2, 2, 't')), OTHER),
    ("weakref", lambda: (lambda p: [p, weakref.ref(p)])(P(1)), lambda: (lambda p: [p, weakref.ref(p)])(P(1)), SAME),
    ("weakref dead", lambda: (lambda p: [p, weakref.ref(p)])(P(1)), lambda: [P(1), weakref.ref(P(1))], OTHER),
    ("weakdict", lambda: (lambda p: [p, weakref.WeakValueDictionary(a=p)])(P(1)), lambda: (lambda p: [p, weakref.WeakValueDictionary(b=p)])(P(1)), OTHER),
    ("weakkeydict", lambda: (lambda p: [p, weakref.WeakKeyDictionary({p: 1})])(P(1)), lambda: (lambda p: [p, weakref.WeakKeyDictionary({p: 2})])(P(1)), OTHER),
    ("weakset", lambda: (lambda p: [p, weakref.WeakSet([p])])(P(1)), lambda: (lambda p: [p, weakref.WeakSet([p])])(P(1)), SAME),
    ("always equal", lambda: AlwaysEqual(1), lambda: AlwaysEqual(2), OTHER),
    ("getattr", lambda: GetAttr(1), lambda: GetAttr(1), SAME),
    ("getattr off", lambda: GetAttr(1), lambda: GetAttr(2), OTHER),
    ("getattribute", lambda: GetAttribute(1), lambda: GetAttribute(1), SAME),
    ("getattribute off", lambda: GetAttribute(1), lambda: GetAttribute(2), OTHER),
    ("lies", lambda: Lies(1), lambda: Lies(1), SAME),
    ("lies off", lambda: Lies(1), lambda: Lies(2), OTHER),
    ("reduce trap", lambda: Reduce(1), lambda: Reduce(1), SAME),
    ("reduce trap off", lambda: Reduce(1), lambda: Reduce(2), OTHER),
    ("prop", lambda: Prop(1), lambda: Prop(1), SAME),
    ("meta", lambda: WithMeta(), lambda: WithMeta(), SAME),
    ("mylist", lambda: MyList([1]), lambda: MyList([1]), SAME),
    ("mylist off", lambda: MyList([1]), lambda: MyList([2]), OTHER),
    ("mydict", lambda: MyDict(a=1), lambda: MyDict(a=2), OTHER),
    ("mydict same", lambda: MyDict(a=1), lambda: MyDict(a=1), SAME),
    ("myint", lambda: int.__new__(MyInt, 5), lambda: int.__new__(MyInt, 5), SAME),
    ("myint off", lambda: int.__new__(MyInt, 5), lambda: int.__new__(MyInt, 6), OTHER),
    ("mystr/str", lambda: MyStr('a'), lambda: 'a', OTHER),
    ("mystr", lambda: MyStr('a'), lambda: MyStr('b'), OTHER),
    ("myfloat", lambda: MyFloat(0.0), lambda: MyFloat(-0.0), OTHER),
    ("myset", lambda: MySet([1, 2]), lambda: MySet([1, 2]), SAME),
    ("myset off", lambda: MySet([1, 2]), lambda: MySet([1, 3]), OTHER),
    ("lock", lambda: threading.Lock(), lambda: threading.Lock(), SAME),
    ("array", lambda: array.array('i', [1]), lambda: array.array('l', [1]), OTHER),
    ("array float", lambda: array.array('d', [0.0]), lambda: array.array('d', [-0.0]), OTHER),
    ("array same", lambda: array.array('d', [NAN]), lambda: array.array('d', [NAN]), SAME),
    ("bytesio", lambda: bio(b'ab', 1), lambda: bio(b'ab', 1), SAME),
    ("bytesio pos", lambda: bio(b'ab', 1), lambda: bio(b'ab', 2), OTHER),
    ("bytesio content", lambda: bio(b'ab', 1), lambda: bio(b'ac', 1), OTHER),
    ("stringio", lambda: sio('ab', 1), lambda: sio('ab', 1), SAME),
    ("stringio pos", lambda: sio('ab', 1), lambda: sio('ab', 2), OTHER),
    ("random", lambda: gs(1), lambda: gs(1), SAME),
    ("random off", lambda: gs(1), lambda: gs(2), OTHER),
    ("queue", lambda: Q(1), lambda: Q(2), OTHER),
    ("queue same", lambda: Q(1), lambda: Q(1), SAME),
    ("simplens", lambda: types.SimpleNamespace(a=1), lambda: types.SimpleNamespace(a=1), SAME),
    ("simplens off", lambda: types.SimpleNamespace(a=1), lambda: types.SimpleNamespace(a=2), OTHER),
    ("mappingproxy", lambda: types.MappingProxyType({1: 2}), lambda: types.MappingProxyType({1: 2}), SAME),
    ("mappingproxy off", lambda: types.MappingProxyType({1: 2}), lambda: types.MappingProxyType({1: 3}), OTHER),
    ("dict keys", lambda: {1: 2}.keys(), lambda: {1: 2}.keys(), SAME),
    ("dict keys off", lambda: {1: 2}.keys(), lambda: {2: 2}.keys(), OTHER),
    ("dict values off", lambda: {1: 2}.values(), lambda: {1: 3}.values(), OTHER),
    ("range eq", lambda: range(0), lambda: range(1, 1), OTHER),
    ("slice", lambda: slice(1), lambda: slice(2), OTHER),
    ("slice obj", lambda: slice([1]), lambda: slice([2]), OTHER),
    ("struct", lambda: struct.Struct('i'), lambda: struct.Struct('i'), SAME),
    ("struct off", lambda: struct.Struct('i'), lambda: struct.Struct('q'), OTHER),
    ("chainmap", lambda: collections.ChainMap({1: 2}), lambda: collections.ChainMap({1: 3}), OTHER),
    ("userdict", lambda: collections.UserDict(a=1), lambda: collections.UserDict(a=1), SAME),
    ("sqlite", lambda: db(1), lambda: db(2), UNKNOWN),
    ("csvreader", lambda: csv.reader(['a']), lambda: csv.reader(['b']), UNKNOWN),
    ("hash", lambda: hashlib.md5(b'a'), lambda: hashlib.md5(b'b'), OTHER),
    ("zlib", lambda: zlib.compressobj(), lambda: zlib.compressobj(), UNKNOWN),
    ("typing", lambda: list[int], lambda: list[int], SAME),
    ("typing off", lambda: list[int], lambda: list[str], OTHER),
    ("optional", lambda: typing.Optional[int], lambda: typing.Optional[str], OTHER),
    ("object()", lambda: object(), lambda: object(), SAME),
    ("NotImpl", lambda: NotImplemented, lambda: None, OTHER),
    ("code", lambda: clos.__code__, lambda: clos2.__code__, OTHER),
    ("code same", lambda: clos.__code__, lambda: clos.__code__, SAME),
    ("cell", lambda: types.CellType(1), lambda: types.CellType(2), OTHER),
    ("property", lambda: property(clos), lambda: property(clos2), OTHER),
    ("staticm", lambda: staticmethod(clos), lambda: staticmethod(clos2), OTHER),
    ("frame", lambda: sys._getframe(), lambda: sys._getframe(), UNKNOWN),
    ("module", lambda: re, lambda: math, OTHER),
    ("tmplock", lambda: [threading.RLock()], lambda: [threading.RLock()], SAME),
    ("event", lambda: threading.Event(), lambda: (lambda e: (e.set(), e)[1])(threading.Event()), OTHER),
    ("element", lambda: xml.etree.ElementTree.fromstring("<a x='1'>t</a>"), lambda: xml.etree.ElementTree.fromstring("<a x='1'>t</a>"), SAME),
    ("element off", lambda: xml.etree.ElementTree.fromstring("<a x='1'>t</a>"), lambda: xml.etree.ElementTree.fromstring("<a x='2'>t</a>"), OTHER),
    ("deep", lambda: functools.reduce(lambda a, _: [a], range(30000), []), lambda: functools.reduce(lambda a, _: [a], range(30000), []), SAME),
]
if sys.version_info >= (3, 10):
    PAIRS += [
        ("slots dc", lambda: SD(1), lambda: SD(1), SAME),
        ("slots dc off", lambda: SD(1), lambda: SD(2), OTHER),
        ("zip strict", lambda: zip([1], [2], strict=True), lambda: zip([1], [2]), OTHER),
        ("exc attr name", lambda: AttributeError('m', name='a'), lambda: AttributeError('m', name='b'), OTHER),
        ("union", lambda: int | str, lambda: int | str, SAME),
    ]
if sys.version_info >= (3, 11):
    PAIRS += [
        ("exc group", lambda: ExceptionGroup('g', [ValueError(1)]), lambda: ExceptionGroup('g', [ValueError(2)]), OTHER),
        ("exc group same", lambda: ExceptionGroup('g', [ValueError(1)]), lambda: ExceptionGroup('g', [ValueError(1)]), SAME),
    ]
