import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { buildTogether } from "../../../test/compiled.ts";
import {
  assigned,
  called,
  compared,
  counting,
  either,
  functionText,
  indent,
  nested,
  only,
  operation,
  stored,
} from "../../../test/grammar.ts";
import { testPython } from "../../../test/python.ts";
import { sharedService } from "../../../test/python-service.ts";
import { rewriteProgram } from "../../../test/rewriting.ts";
import { technique } from "./index.ts";

const service = sharedService();

// Small functions over an int, a float, lists of floats and of ints, a list of lists, a dict, a string, bytes, an object,
// an array, random numbers and objects of their own.

const integer = nested(
  ["n", "i", "k", "len(xs)", "ks[i]", "ks[i - 1]", "1", "2", "7", "-3", "p.size", "data[i]"],
  (inner) => [
    fc.constantFrom(
      "table.get(k, 0)",
      "table[s[i]]",
      "ord(s[i])",
      "s.count('a')",
      "a.shape[0]",
      "f(k % 5)",
      "2**40",
    ),
    operation(inner, "+ - * // % & | ^ >>", inner),
    called("min max", inner, inner),
    fc.tuple(inner, inner).map(([a, b]) => `(${a} if k > 1 else ${b})`),
    inner.map((a) => `(k and ${a} + i)`),
    called("abs", inner),
    inner.map((a) => `(-${a})`),
    inner.map((a) => `(${a}) ** 2`),
    inner.map((a) => `sum(v + ${a} for v in ks)`),
  ],
);

const floating = nested(
  [
    "x",
    "total",
    "xs[i]",
    "xs[i - 1]",
    "0.5",
    "2.0",
    "p.weight",
    "float(n)",
    "sum(xs)",
    "math.pi",
    "grid[1][i]",
  ],
  (inner) => [
    operation(inner, "+ - * / % //", inner),
    operation(inner, "+ - *", integer),
    operation(integer, "/", integer),
    called("max min", inner, inner),
    called("math.sqrt math.exp math.sin math.log abs g", inner),
    inner.map((a) => `(${a}) ** 2`),
  ],
);

const condition = fc.oneof(
  compared(integer, "< <= == != >", integer),
  compared(floating, "< >= > ==", floating),
  compared(floating, "< ==", integer),
  fc.constantFrom(
    "s[i] == 'a'",
    "s[i] in 'abc'",
    "s[i] == s[i - 1]",
    "k in table",
    "'a' <= s[i] < 'c'",
    "s[i].isdigit()",
  ),
);

const simple = fc.oneof(
  assigned("total", "=", floating),
  assigned("total", "+= -= *= /=", floating),
  assigned("k", "= += -= *= //= ^=", integer),
  called("out.append", floating),
  called("out.append", integer),
  stored("xs", ["i", "i - 1", "0", "k % 3"], "=", floating),
  stored("a", ["i % 2", "0", "-1", "k"], "=", floating),
  stored("a", ["i % 2"], "+= *= -=", floating),
  stored("ks", ["i"], "+= -=", integer),
  stored("table", ["s[i]", "k", "i"], "=", integer),
  fc.constantFrom(
    "part = xs[k:i] + xs[i:]",
    "part = xs[::-1]",
    "part[1:] = xs[: len(part) - 1]",
    "xs[k % 2 :: 2] = part",
    "part.insert(k, total)",
    "total += part.pop()",
    "k += ks.pop(0) if len(ks) > 4 else len(part)",
    "rows[i % 2][i] = part[k]",
    "rows[0], rows[1] = rows[1], rows[0]",
    "rows[k % 2] = part",
    "rows.append([x, total])",
    "flags[i] = flags[0] = True",
    "grid[k % 2][i] = total",
    "grid[i % 2][k] += x",
    "grid[0] = xs",
    "grid.append(part)",
    "row = grid[0]; row[i - 1] = xs[i]",
    "grid[0], grid[1] = grid[1], grid[0]",
    "xs[0], xs[i] = xs[i], xs[0]",
    "q = q + Pair(total, k)",
    "q.count += i; q.weight = total",
    "total += q.mixed(pairs[-1], part=0.25) if q is not pairs[0] else q.weight",
    "pairs.append(q if k > 1 else Pair(0.5, i))",
    "total += random.random() - rng.random()",
    "k += random.randrange(7) if k < 9 else rng.randint(-2, n)",
    "total = random.uniform(x, n) + rng.gauss(total, 0.5)",
    "xs[i] = random.choice(xs) * rng.expovariate(2.0) + random.gauss(0, 1)",
    "total += rows[-1][0] if flags[i - 1] else sum(part)",
  ),
  fc.constantFrom("word += s[i]", "total, k = total + 1.0, k + 1", "p.size += 1", "last = s[i]", "b = c = k"),
  assigned("p.size", "=", integer),
);

const statement: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 4, arbitrary: simple.map((line) => [line]) },
  { weight: 2, arbitrary: either(condition, simple, simple) },
  { weight: 1, arbitrary: only(condition, simple, "break") },
  { weight: 1, arbitrary: simple.map((a) => ["for j, v in enumerate(ks):", "    k += v * j", `    ${a}`]) },
  {
    weight: 1,
    arbitrary: simple.map((a) => [
      "for key, v in table.items():",
      "    k += v",
      "for w in xs:",
      "    total += w",
      a,
    ]),
  },
);

const body = fc.tuple(
  counting,
  fc.array(statement, { minLength: 1, maxLength: 4 }),
  fc.constantFrom(
    "total",
    "total, k",
    "k",
    "out",
    "part",
    "rows, part, flags",
    "xs",
    "grid",
    "grid[0], k",
    "xs, [ks, part], k",
    "k, total > 0.0",
    "word",
    "[total, k, word]",
    "q.weight, len(pairs), sum(one.count for one in pairs)",
    "k / 3",
    "table",
  ),
);

const textOf = (name: string, [range, statements, result]: [string, string[][], string]): string =>
  functionText(`${name}(n, x, xs, ks, grid, table, s, data, p, a)`, [
    "total = x",
    "k = 3",
    "rng = random.Random(n)",
    "q = Pair(x, n)",
    "pairs = [q]",
    "out = []",
    'word = ""',
    "part = [x, 0.5]",
    "rows = [[0.0] * n for _ in range(2)]",
    "flags = [False] * n",
    `for i in ${range}:`,
    ...indent(statements.flat()),
    `return ${result}`,
  ]);

const prelude = `import math
import random
import numpy as np
np.seterr(all="ignore")


class Point:
    def __init__(self, size, weight):
        self.size = size
        self.weight = weight


class Pair:
    def __init__(self, weight, count):
        self.weight = weight
        self.count = count

    def __add__(self, other):
        return Pair(self.weight + other.weight, self.count + 1)

    def mixed(self, other, part=0.5):
        return self.weight * part + other.weight


def g(v):
    return v * 0.5 + 1.0


def f(m):
    if m < 2:
        return m
    return f(m - 1) + f(m - 2)
`;

const recorded = `
for case in [
    lambda: (3, 0.5, [1.5, -2.25, 4.0], [3, 1, 4], [[0.5, 1.0, -2.0], [4.5, -0.0, 1.0]], {"a": 2, "b": 1, "c": 4}, "abc", b"xyz", Point(3, 0.25), np.array([1.0, 2.0])),
    lambda: (2, -1.5, [0.25, 8.0, 3.5], [2, 7, 1], [[1.0, 8.5, 2.0], [0.25, 3.0, -6.0]], {"d": 2, "a": 5}, "dad", b"\\x00\\xff1", Point(1, 2.0), np.array([0.5, -2.0])),
]:
    for function in functions:
        try:
            function(*case())
        except Exception:
            pass
`;

/** Runs every new text beside the old on inputs of its own, and prints what differs. */
const comparison = `
import copy, json, math, random, signal, sys
sys.path.insert(0, sys.argv[1])
import numpy as np
old_text, rewrites = json.load(sys.stdin)
if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
rng = random.Random(7)
floats = [0.0, -0.0, 1.0, -1.5, 0.1, 1e-300, 1e200, -1e308, math.inf, -math.inf, math.nan, 3.75, 2, True, None]
ints = [0, 1, -1, 2, 3, 7, 2**31, 2**53 + 1, -2**62, 2**63 - 1, 2**64, True, 1.5]
class Longer(list):
    pass
def value(kind):
    common = rng.random() < 0.85
    if kind is int:
        return rng.randint(-9, 9) if common else rng.choice(ints)
    return rng.uniform(-5, 5) if common else rng.choice(floats)
def case(space):
    length = rng.choice([0, 1, 2, 3, 3, 4, 6])
    n = rng.choice([length, length, length, 0, 1, -1, length + 1])
    s = "".join(rng.choice("abcd1") for _ in range(length))
    xs = [value(float) for _ in range(length)]
    grid = [[value(float) for _ in range(length)] for _ in range(rng.choice([2, 2, 2, 1, 3]))]
    odd = rng.random()
    if odd < 0.1:
        grid[-1] = xs
    elif odd < 0.2:
        grid[0] = grid[-1]
    elif odd < 0.25:
        grid[0] = Longer(grid[0])
    elif odd < 0.3:
        xs = Longer(xs)
    elif odd < 0.35:
        xs = tuple(xs)
    table = {key: value(int) for key in "abcd"[: rng.randint(0, 4)] + "1"}
    return (n, value(float), xs, [value(int) for _ in range(length)], grid, table, s,
            bytes(rng.randrange(256) for _ in range(length)), (value(int), value(float)),
            [float(rng.uniform(-3, 3)) for _ in range(rng.choice([2, 2, 2, 1, 0]))])
def shown(value):
    if isinstance(value, np.ndarray):
        return f"{value.dtype} {value.shape} {value.tolist()!r}"
    if isinstance(value, (tuple, list)):
        return str([type(value).__name__] + [shown(item) for item in value])
    if isinstance(value, dict):
        return str([(shown(k), shown(v)) for k, v in value.items()])
    if hasattr(value, "weight"):
        return shown(vars(value))
    return type(value).__name__ + ascii(value)
def outcome(space, name, arguments):
    n, x, xs, ks, grid, table, s, data, p, a = copy.deepcopy(arguments)
    made = (n, x, xs, ks, grid, table, s, data, space["Point"](*p), np.array(a, dtype=np.float64))
    lists = [one for one in (xs, ks, table, grid, *grid) if isinstance(one, (list, dict))]
    random.seed(5)
    try:
        result = space[name](*made)
    except Exception as error:
        return (type(error).__name__, str(error)), random.getstate(), shown(made)
    found = [result, *grid, *(result if isinstance(result, (list, tuple)) else ())]
    same = [[one is other for one in lists] for other in found]
    return (shown(result), same), random.getstate(), shown(made)
class Slow(BaseException):
    pass
def raise_slow(*_):
    raise Slow
signal.signal(signal.SIGALRM, raise_slow)
old = {"__name__": "old"}
exec(old_text, old)
cases = [case(old) for _ in range(150)]
compiled = 0
for name, local, text in rewrites:
    new = {"__name__": "new"}
    exec(text, new)
    kernel = new[local]
    assert kernel is not None, name
    def counting(*args):
        global compiled
        result = kernel(*args)
        compiled += 1
        return result
    new[local] = counting
    for arguments in cases:
        signal.setitimer(signal.ITIMER_REAL, 1)
        try:
            expected = outcome(old, name, arguments)
        except Slow:
            break  # its integers grow beyond what can be waited for
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        actual = outcome(new, name, arguments)
        if expected != actual:
            print(json.dumps([name, repr(arguments), repr(expected[::2]), repr(actual[::2])]))
            break
print(json.dumps(compiled))
`;

it("gives what Python gives, for generated functions", { timeout: 300_000 }, async () => {
  const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 1_000_000);
  const count = Number(process.env.SPEEDWELL_FUNCTIONS ?? 12);
  console.log(`seed ${seed}`);
  const functions = fc.sample(body, { numRuns: count, seed }).map((parts, i) => textOf(`f${i}`, parts));
  const names = functions.map((_, i) => `f${i}`);
  const text = `${prelude}\n\n${functions.join("\n\n")}`;
  const program = `${text}\n\nfunctions = [${names.join(", ")}]\n${recorded}`;
  const outcomes = await rewriteProgram(service(), technique, program, true);
  const rewrites = outcomes.flatMap(({ region, rewrites: found }) =>
    names.includes(region.qualname) ? found.map((one) => ({ name: region.qualname, ...one })) : [],
  );
  // Enough of them must be compiled for this to say anything.
  expect(rewrites.length).toBeGreaterThan(count / 4);
  const modules = await buildTogether(rewrites.map(({ rewrite }) => rewrite));
  const input = JSON.stringify([
    text,
    rewrites.map(({ name, text: after }) => [name, `_compiled_${name}`, after.split("\nfunctions = [")[0]]),
  ]);
  const { stdout, stderr } = spawnSync(testPython(), ["-c", comparison, modules], {
    input,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const lines = stdout.split("\n").filter((line) => line !== "");
  // The compiled code itself, and not only what it leaves to Python.
  expect(Number(lines.pop())).toBeGreaterThan(10 * rewrites.length);
  const shown = lines.map((line) => {
    const [name, ...rest] = JSON.parse(line);
    return [functions[names.indexOf(name)], ...rest].join("\n");
  });
  expect(shown, `seed ${seed}`).toEqual([]);
});
