// Generated loops against what Python gives for them, on inputs of their own. The seed is printed.

import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import {
  assigned,
  called,
  compared,
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

// Functions over an int, a float, two lists or arrays of floats, one of ints and a table of floats.

const integer = nested(["i", "i", "ks[i]", "len(xs)", "1", "2", "3"], (inner) => [
  operation(inner, "+ - * // %", inner),
  called("min", inner, inner),
  called("abs", inner),
]);

const floating = nested(
  [
    "x",
    "xs[i]",
    "xs[i]",
    "ys[i]",
    "ys[i - 1]",
    "xs[i + 1]",
    "ys[ks[i]]",
    "0.5",
    "2.0",
    "rows[i][0]",
    "t",
    "random.random()",
  ],
  (inner) => [
    operation(inner, "+ - * /", inner),
    operation(inner, "+ - *", integer),
    called("max min", inner, inner),
    called("math.sqrt abs float math.fabs", inner),
    fc.tuple(inner, inner, inner, inner).map(([a, b, c, d]) => `(${a} if ${c} > ${d} else ${b})`),
    inner.map((a) => `sum(${a} * v for v in rows[i])`),
  ],
);

const condition = fc.oneof(
  compared(floating, "< >= > == !=", floating),
  compared(integer, "< <= ==", integer),
  fc.tuple(floating, floating).map(([a, b]) => `${a} > 0 and ${b} < 1.0`),
);

const simple = fc.oneof(
  assigned("t", "=", floating),
  assigned("total", "+= -=", floating),
  assigned("k", "+= -=", integer),
  called("out.append", floating),
  fc.tuple(floating, fc.constantFrom("ys[i]", "ks[i]", "x", "i")).map(([a, b]) => `out.append((${a}, ${b}))`),
  stored("zs", ["i", "i", "i - 1", "i + 1"], "=", floating),
  stored("zs", ["i"], "+=", floating),
  stored("xs", ["i", "i - 1", "0"], "=", floating),
  stored("zs", ["ks[i]"], "+=", floating),
  stored("zs", ["0", "1", "n - 1"], "+=", floating),
  assigned("rows[i][1]", "=", floating),
  floating.map((e) => `best = max(best, ${e})`),
);

const statement: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 5, arbitrary: simple.map((line) => [line]) },
  { weight: 2, arbitrary: only(condition, simple) },
  { weight: 1, arbitrary: either(condition, simple, simple) },
  { weight: 1, arbitrary: floating.map((e) => [`if ${e} > best:`, `    best = ${e}`, "    k = i"]) },
  { weight: 1, arbitrary: condition.map((test) => [`if ${test}:`, "    continue"]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(condition, condition, floating, floating, fc.constantFrom("xs", "zs"))
      .map(([one, other, a, b, target]) => [
        `if ${one}:`,
        `    total += ${a}`,
        `elif ${other}:`,
        `    total -= ${b}`,
        `${target}[i] = total`,
      ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("max", "min"), floating, fc.constantFrom("zs[i] = best", "t = best - xs[i]"))
      .map(([which, e, use]) => [`best = ${which}(best, ${e})`, use]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom("random.uniform(x, 2.0)", "np.random.normal()", "np.random.uniform(-1.0, x)"),
        fc.constantFrom("t * random.random()", "t", "t + np.random.uniform(0.0, 3.0)"),
      )
      .map(([draw, next]) => [`t = ${draw}`, `out.append(${next})`]),
  },
  { weight: 1, arbitrary: condition.map((test) => [`if ${test}:`, "    seen = True"]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("xs[j] > ys[i]", "ys[j] == x"), fc.constantFrom("out.append(seen)", "zs[i] = x"))
      .map(([test, use]) => [
        "seen = False",
        "for j in range(n):",
        `    if ${test}:`,
        "        seen = True",
        use,
      ]),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom("min", "max"),
        fc.constantFrom(
          "range(n), key=lambda j: abs(xs[j] - ys[i])",
          "range(1, len(ys)), key=lambda j: ys[j] * xs[i]",
          "range(len(rows[i])), key=lambda j: rows[i][j]",
          "xs, key=lambda v: abs(v - ys[i])",
          "rows, key=lambda row: sum((v - xs[i]) ** 2 for v in row))[0",
        ),
        fc.constantFrom("out.append(", "zs[i] = ("),
      )
      .map(([which, rest, use]) => {
        const [call, part] = rest.split(")[0");
        return [`${use}${which}(${call})${part === undefined ? "" : "[0]"})`];
      }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          "v * x for v in rows[i]",
          "abs(v - xs[i]) for v in ys",
          "v - xs[i] for v in rows[i]",
          "sum(column) * xs[i] for column in zip(*rows)",
        ),
        fc.constantFrom(
          "out.append(made.index(min(made)))",
          "out.append(made.index(max(made)))",
          "zs[i] = sum(made)",
          "out.append([v / 2.0 for v in made])",
          "zs[i] = sum(v * w for v, w in zip(made, rows[i]))",
          "out.append(len(made))",
        ),
      )
      .map(([each, use]) => [`made = [${each}]`, use]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(floating, fc.constantFrom("ys[j]", "rows[i][j]", "xs[j]"))
      .map(([e, v]) => [
        "s = 0.0",
        `for j in range(${v.startsWith("rows") ? "2" : "n"}):`,
        `    s += ${e} * ${v}`,
        "zs[i] = s",
      ]),
  },
);

const body = fc.tuple(
  fc.constantFrom(
    "for i in range(n):",
    "for i in range(1, n - 1):",
    "for i in range(len(xs)):",
    "for i, q in enumerate(xs):",
    "for i in range(0, n, 2):",
  ),
  fc.array(statement, { minLength: 1, maxLength: 3 }),
  fc.constantFrom("total, k", "out", "xs, zs", "k, total, best", "zs, rows", "seen, out"),
  fc.constantFrom("t = 1.5", "total = 0.0", "total = x"),
);

const textOf = (
  name: string,
  [header, statements, result, start]: [string, string[][], string, string],
): string =>
  functionText(`${name}(n, x, xs, ys, zs, ks, rows)`, [
    "total = 0.5",
    "t = 0.25",
    "best = -1.0",
    "k = 3",
    "seen = False",
    "out = []",
    start,
    header,
    ...indent(statements.flat()),
    `return ${result}`,
  ]);

const recorded = (form: "lists" | "arrays"): string => `
import copy
import numpy as np
np.seterr(all="ignore")
convert = ${form === "lists" ? "lambda case: copy.deepcopy(case)" : "lambda case: (*case[:2], *map(np.array, case[2:]))"}
row = lambda size, *values: [values[k % len(values)] for k in range(size)]
for case in [
    (30, 0.5, row(30, 1.5, -2.25, 4.0), row(30, 0.5, 2.25, 1.0), row(30, 0.0, 1.0, 2.0), row(30, 1, 0, 2), [[1.0 + k, 2.0] for k in range(30)]),
    (40, -1.5, row(40, 0.25, 8.0, 3.5, 1.0), row(40, 2.0, 1.5, 7.0), row(40, 1.0), row(40, 2, 3, 1, 0), [[2.0, 0.5 - k] for k in range(40)]),
]:
    for function in functions:
        try:
            function(*convert(case))
        except Exception:
            pass
`;

/** Runs every new text beside the old on inputs of its own, and prints what differs. */
const comparison = `
import copy, json, math, random, sys, warnings
import numpy as np
warnings.simplefilter("ignore")
np.seterr(all="ignore")
form, old_text, rewrites = json.load(sys.stdin)
rng = random.Random(7)
floats = [0.0, -0.0, 1.0, -1.5, 0.1, 1e-300, 1e100, -1e120, math.inf, -math.inf, math.nan, 3.75]
ints = [0, 1, -1, 2, 3, 7, 2**31, 2**40, -2**50]
def value(kind, plain):
    common = plain or rng.random() < 0.85
    if kind is int:
        return rng.randint(-3, 3) if common else rng.choice(ints)
    return rng.uniform(-5, 5) if common else rng.choice(floats)
def case():
    length = rng.choice([0, 1, 2, 3, 3, 4, 6, 6, 9])
    plain = rng.random() < 0.6
    n = rng.choice([length, length, length, length, 0, 1, -1, length + 1])
    width = rng.choice([2, 2, 2, 2, 2, 1])
    list_of = lambda kind, size: [value(kind, plain) for _ in range(size)]
    other = rng.choice([length, length, length, max(0, length - 1), length + 1])
    ks = list_of(int, length) if rng.random() < 0.5 else [rng.randrange(length) for _ in range(length)]
    return (n, value(float, plain), list_of(float, length), list_of(float, other), list_of(float, length), ks,
            [list_of(float, width) for _ in range(length)])
def convert(n, x, *lists):
    if form == "lists":
        return copy.deepcopy((n, x, *lists))
    kinds = [np.float64, np.float64, np.float64, np.int64, np.float64]
    return (n, x, *(np.array(one, dtype=kind).reshape(len(one), -1) if i == 4 and len(one) else
            np.zeros((0, 2)) if i == 4 else np.array(one, dtype=kind) for i, (one, kind) in enumerate(zip(lists, kinds))))
def repr(value, tolerance):
    if isinstance(value, np.ndarray):
        return ["array", str(value.dtype), value.shape, repr(value.tolist(), tolerance)]
    if isinstance(value, (tuple, list)):
        return [type(value).__name__, [repr(item, tolerance) for item in value]]
    return [type(value).__name__, value]
def same(a, b, tolerance, scale):
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(same(x, y, tolerance, scale) for x, y in zip(a, b))
    if isinstance(a, (float, np.floating)):
        if a != a or b != b:
            return a != a and b != b
        if tolerance is None:
            return a == b and math.copysign(1, a) == math.copysign(1, b)
        return a == b or abs(a - b) <= tolerance * max(abs(a), abs(b), scale)
    return bool(a == b)
def outcome(function, arguments):
    arguments = convert(*arguments)
    random.seed(9)
    np.random.seed(9)
    try:
        result = function(*arguments)
        alias = any(result is a for a in arguments)
    except Exception as error:
        return [type(error).__name__, repr(arguments, None), random.random(), np.random.random()]
    return [repr(result, None), alias, repr(arguments, None), random.random(), np.random.random()]
def magnitude(value):
    if isinstance(value, (tuple, list)):
        return max(map(magnitude, value), default=0.0)
    return abs(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0.0
old = {"__name__": "old"}
exec(old_text, old)
cases = [case() for _ in range(150)]
for name, technique, tolerance, text in rewrites:
    new = {"__name__": "new"}
    exec(text, new)
    for arguments in cases:
        if tolerance is not None and magnitude(arguments) > 1e6:
            continue  # large terms that cancel: what rounding does there has no bound
        expected, actual = outcome(old[name], arguments), outcome(new[name], arguments)
        scale = max(magnitude(expected), 1.0) if tolerance is not None else 0.0
        if not same(expected, actual, tolerance, scale):
            print(json.dumps([name, technique, text, str(arguments), str(expected), str(actual)]))
            break
`;

it.each(["lists", "arrays"] as const)(
  "gives what Python gives, for generated loops over %s",
  { timeout: 300_000 },
  async (form) => {
    const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 1_000_000);
    console.log(`seed ${seed}`);
    const count = Number(process.env.SPEEDWELL_CASES ?? 40);
    const functions = fc.sample(body, { numRuns: count, seed }).map((parts, i) => textOf(`f${i}`, parts));
    const names = functions.map((_, i) => `f${i}`);
    const text = `import math\nimport random\n\nimport numpy as np\n\n\n${functions.join("\n\n")}`;
    const program = `${text}\n\nfunctions = [${names.join(", ")}]\n${recorded(form)}`;
    const outcomes = await rewriteProgram(service(), technique, program, true);
    const rewrites = outcomes.flatMap(({ region, rewrites: found }) =>
      found.map(({ rewrite, text: changed }) => [
        region.qualname,
        rewrite.technique,
        rewrite.tolerance?.bound ?? null,
        changed.split("\nfunctions = [")[0],
      ]),
    );
    // Enough of them must be rewritten for this to say anything.
    expect(new Set(rewrites.map(([name]) => name)).size).toBeGreaterThan(count / 8);
    const input = JSON.stringify([form, text, rewrites]);
    const { stdout, stderr } = spawnSync(testPython(), ["-c", comparison], {
      input,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    expect(stderr).toBe("");
    const differences = stdout.split("\n").filter((line) => line !== "");
    const shown = differences.map((line) => {
      const [name, variant, whole, ...rest] = JSON.parse(line);
      const after = whole.slice(whole.indexOf(`def ${name}(`)).split(/\n(?=\S)/)[0];
      return [variant, functions[names.indexOf(name)], after, ...rest].join("\n");
    });
    expect(shown.join("\n=====\n"), `seed ${seed}`).toEqual("");
  },
);
