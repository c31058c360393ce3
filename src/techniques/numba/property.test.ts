import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, it } from "vitest";
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

// Small numeric functions over an int, a float, a list of floats, a list of ints and a table of floats.

const integer = nested(
  ["n", "i", "k", "len(xs)", "len(ks)", "ks[i]", "ks[i - 1]", "1", "2", "7", "-3"],
  (inner) => [
    operation(inner, "+ - * // % & | ^", inner),
    called("min", inner, inner),
    called("abs", inner),
    inner.map((a) => `${/^\w+$/.test(a) ? a : `(${a})`} ** 2`),
  ],
);

const floating = nested(
  ["x", "total", "xs[i]", "xs[i - 1]", "0.5", "2.0", "rows[i % 2][0]", "float(n)", "float(k)"],
  (inner) => [
    operation(inner, "+ - * / % //", inner),
    operation(inner, "+ - *", integer),
    operation(integer, "/", integer),
    called("max min", inner, inner),
    called("math.sqrt math.exp math.sin math.log abs math.atan", inner),
    inner.map((a) => `(${a}) ** 3`),
  ],
);

const condition = fc.oneof(
  compared(integer, "< <= == != >", integer),
  compared(floating, "< >= >", floating),
);

const simple = fc.oneof(
  assigned("total", "=", floating),
  assigned("total", "+= -= *=", floating),
  assigned("k", "= += -=", integer),
  called("out.append", floating),
  stored("xs", ["i", "i - 1", "0", "k % 3"], "=", floating),
  fc.tuple(fc.constantFrom("i % 2", "0", "-1"), floating).map(([i, e]) => `rows[${i}][1] = ${e}`),
);

const statement: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 4, arbitrary: simple.map((line) => [line]) },
  { weight: 2, arbitrary: either(condition, simple, simple) },
  { weight: 1, arbitrary: only(condition, simple, "break") },
);

const body = fc.tuple(
  counting,
  fc.array(statement, { minLength: 1, maxLength: 4 }),
  fc.constantFrom("total", "total, k", "k", "out", "xs", "k, total > 0.0"),
);

const textOf = (name: string, [range, statements, result]: [string, string[][], string]): string =>
  functionText(`${name}(n, x, xs, ks, rows)`, [
    "total = x",
    "k = 3",
    "out = [0.0]",
    `for i in ${range}:`,
    ...indent(statements.flat()),
    `return ${result}`,
  ]);

const recorded = (form: "lists" | "arrays"): string => `
import copy
import numpy as np
np.seterr(all="ignore")
convert = ${form === "lists" ? "lambda case: copy.deepcopy(case)" : "lambda case: (*case[:2], *map(np.array, case[2:]))"}
for case in [
    (3, 0.5, [1.5, -2.25, 4.0], [3, 1, 4], [[1.0, 2.0], [0.5, -1.0]]),
    (2, -1.5, [0.25, 8.0, 3.5], [2, 7, 1], [[2.0, 0.5], [1.5, 3.0]]),
]:
    for function in functions:
        try:
            function(*convert(case))
        except Exception:
            pass
`;

/** Runs every new text beside the old on inputs of its own, and prints what differs. */
const comparison = `
import copy, json, math, random, sys
import numpy as np
np.seterr(all="ignore")
sys.set_int_max_str_digits(0)
form, old_text, rewrites = json.load(sys.stdin)
rng = random.Random(7)
floats = [0.0, -0.0, 1.0, -1.5, 0.1, 1e-300, 1e200, -1e308, math.inf, -math.inf, math.nan, 3.75]
ints = [0, 1, -1, 2, 3, 7, 2**31, 2**53 + 1, -2**62, 2**63 - 1, 2**64]
def value(kind):
    common = rng.random() < 0.8
    if kind is int:
        return rng.randint(-9, 9) if common else rng.choice(ints)
    return rng.uniform(-5, 5) if common else rng.choice(floats)
def case():
    length = rng.choice([0, 1, 2, 3, 3, 4, 6])
    n = rng.choice([length, length, length, 0, 1, -1, length + 1])
    width = rng.choice([2, 2, 2, 2, 1, 0])
    return (n, value(float), [value(float) for _ in range(length)], [value(int) for _ in range(length)],
            [[value(float) for _ in range(width)] for _ in range(2)])
def convert(n, x, xs, ks, rows):
    if form == "lists":
        return copy.deepcopy((n, x, xs, ks, rows))
    ks = [max(-2**63, min(2**63 - 1, k)) for k in ks]
    return n, x, np.array(xs, dtype=np.float64), np.array(ks, dtype=np.int64), np.array(rows, dtype=np.float64)
def repr(value):
    if isinstance(value, np.ndarray):
        return f"{value.dtype} {value.shape} {value.tolist()!r}"
    if isinstance(value, tuple):
        return str([repr(item) for item in value])
    return ascii(value)
def outcome(function, arguments):
    arguments = convert(*arguments)
    try:
        result = function(*arguments)
        same = type(result) in (list, np.ndarray) and any(result is a for a in arguments)
    except Exception as error:
        return (type(error).__name__, str(error)), repr(arguments)
    return (repr(result), type(result).__name__, same), repr(arguments)
old = {"__name__": "old"}
exec(old_text, old)
cases = [case() for _ in range(150)]
for name, text in rewrites:
    new = {"__name__": "new"}
    exec(text, new)
    for arguments in cases:
        expected, actual = outcome(old[name], arguments), outcome(new[name], arguments)
        if expected != actual:
            print(json.dumps([name, repr(arguments), repr(expected), repr(actual)]))
            break
`;

it.each(["lists", "arrays"] as const)(
  "gives what Python gives, for generated functions of %s",
  { timeout: 300_000 },
  async (form) => {
    const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 1_000_000);
    console.log(`seed ${seed}`);
    const functions = fc.sample(body, { numRuns: 24, seed }).map((parts, i) => textOf(`f${i}`, parts));
    const names = functions.map((_, i) => `f${i}`);
    const text = `import math\n\n\n${functions.join("\n\n")}`;
    const program = `${text}\n\nfunctions = [${names.join(", ")}]\n${recorded(form)}`;
    const outcomes = await rewriteProgram(service(), technique, program, true);
    const rewrites = outcomes.flatMap(({ region, rewrites: found }) =>
      found.map((rewrite) => [region.qualname, rewrite.text.split("\nfunctions = [")[0]]),
    );
    // Enough of them must be compiled for this to say anything.
    expect(rewrites.length).toBeGreaterThan(8);
    const input = JSON.stringify([form, text, rewrites]);
    const { stdout, stderr } = spawnSync(testPython(), ["-c", comparison], { input, encoding: "utf8" });
    expect(stderr).toBe("");
    const differences = stdout.split("\n").filter((line) => line !== "");
    const shown = differences.map((line) => {
      const [name, ...rest] = JSON.parse(line);
      return [functions[names.indexOf(name)], ...rest].join("\n");
    });
    expect(shown, `seed ${seed}`).toEqual([]);
  },
);
