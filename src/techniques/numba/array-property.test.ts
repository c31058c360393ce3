import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { called, functionText, indent, nested, operation } from "../../../test/grammar.ts";
import { testPython } from "../../../test/python.ts";
import { sharedService } from "../../../test/python-service.ts";
import { rewriteProgram } from "../../../test/rewriting.ts";
import { technique } from "./index.ts";

const service = sharedService();

// Statements over whole arrays and their parts: two square matrices, a vector, a matrix of narrow integers.

const scalars = ["x", "2.0", "-0.5", "v[0]", "a[i, 0]", "float(i)"];
const whole = [
  "a",
  "b",
  "a[:, :]",
  "b[::-1]",
  "a.T",
  "v",
  "v[:, None]",
  "b[:, i][:, None]",
  "np.outer(v, a[i])",
];
const inner = ["a[1:-1, 1:-1]", "a[:-2, 1:-1]", "a[2:, 1:-1]", "b[1:-1, 2:]", "b[1:-1, :-2]", "b[2:, 2:]"];
const row = ["a[i]", "b[i, :]", "v", "a[0]", "b[-1]", "v[::-1]", "a[:, i]", "b[j]"];
const lead = ["a[i, :i]", "v[:i]", "b[:i, i]", "a[:i, j]", "v[-i:]"];
const tail = ["a[i, i + 1:]", "v[i + 1:n]", "b[i + 1:, i]"];

const statementsOf = (parts: readonly string[]): fc.Arbitrary<string> => {
  const targets = parts.filter((part) => !/T$|None|outer|-i:/.test(part));
  const value = nested([...parts, ...parts, ...scalars], (below) => [
    operation(below, "+ - *", below),
    called("np.maximum np.minimum", below, fc.constantFrom(...parts)),
    called("np.sqrt np.abs", fc.constantFrom(...parts)),
    fc
      .tuple(fc.constantFrom(...parts), below, below)
      .map(([part, y, z]) => `np.where(${part} > 0.25, ${y}, ${z})`),
    fc.constantFrom(...parts).map((part) => `${part} ** 2`),
    operation(below, "/", fc.constantFrom("2.0", ...parts)),
  ]);
  return fc
    .tuple(fc.constantFrom(...targets), fc.constantFrom("=", "+=", "-=", "*="), value)
    .map(([target, sign, text]) =>
      target.endsWith("]") || sign !== "=" ? `${target} ${sign} ${text}` : `${target}[:] = ${text}`,
    );
};

const narrow = fc
  .tuple(
    fc.constantFrom("k[:, :]", "k[1:]", "k[i]"),
    fc.constantFrom("k[i, :]", "k[j]", "7"),
    fc.constantFrom("+ - *".split(" ")),
  )
  .chain(([target, other, signs]) =>
    fc.constantFrom(...signs).map((sign) => `${target} = ${target} ${sign} ${other}`),
  );
const made = fc
  .tuple(fc.constantFrom(...row), fc.constantFrom(...row), fc.constantFrom("+", "*"))
  .map(([x, y, sign]) => `w = ${x} ${sign} ${y}`);

const masked = fc
  .tuple(
    fc.constantFrom("a", "b", "a", "w"),
    fc.constantFrom("a > 0.5", "b < x", "b.T > a", "a[::-1] > b", "v > x", "v < w"),
    fc.constantFrom("0", "x", "b[M]", "a[M] * 2.0", "np.sqrt(b[M]) + a[M]", "w[M] / v[M]", "a[0, 0] - b[M]"),
    fc.constantFrom("=", "+=", "*="),
  )
  .map(([target, mask, value, sign]) => `${target}[${mask}] ${sign} ${value.replaceAll("M", mask)}`);

const statement = fc.oneof(
  ...[whole, inner, row, lead, tail].map(statementsOf),
  narrow,
  made,
  masked,
  masked,
);
const body = fc.array(statement, { minLength: 2, maxLength: 3 });

const textOf = (name: string, statements: string[]): string =>
  functionText(`${name}(n, x, a, b, v, k)`, [
    "w = np.zeros(len(v))",
    "for i in range(n):",
    ...indent(["j = n - 1 - i", ...statements]),
    "return w, a[0, 0]",
  ]);

const recorded = `
np.seterr(all="ignore")
rng = np.random.default_rng(1)
for n in (4, 3):
    for function in functions:
        try:
            function(n, 0.5, rng.random((n, n)) - 0.5, rng.random((n, n)), rng.random(n), np.arange(n * n, dtype=np.int32).reshape(n, n))
        except Exception:
            pass
`;

/** Runs every new text beside the old on inputs of its own, and prints what differs. */
const comparison = `
import json, sys
import numpy as np
np.seterr(all="ignore")
old_text, rewrites = json.load(sys.stdin)
rng = np.random.default_rng(7)
special = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e300]
def matrix(*shape):
    made = rng.random(shape) * 4 - 2
    if rng.random() < 0.3 and made.size:
        made.flat[rng.integers(made.size)] = rng.choice(special)
    return made
def case():
    n = int(rng.choice([0, 1, 2, 3, 4, 5]))
    odd = rng.random() < 0.2
    m = n + int(rng.choice([-1, 1])) if odd and n > 1 else n
    a, b, v = matrix(n, m), matrix(m, n), matrix(n)
    if rng.random() < 0.15:
        b = a if rng.random() < 0.5 else a[::-1].T
    if rng.random() < 0.15:
        a = np.asfortranarray(a)
    k = rng.integers(-2**31, 2**31, (n, m)).astype(np.int32)
    return int(n if rng.random() < 0.8 else rng.integers(-1, 7)), float(rng.random()), a, b, v, k
def copied(case):
    n, x, a, b, v, k = case
    fresh = a.copy("K")
    other = fresh if b is a else fresh[::-1].T if b.base is not None else b.copy()
    return n, x, fresh, other, v.copy(), k.copy()
def shown(value):
    if isinstance(value, np.ndarray):
        return f"{value.dtype} {value.shape} {value.tolist()!r}"
    if isinstance(value, tuple):
        return str([shown(item) for item in value])
    return f"{type(value).__name__} {value!r}"
def outcome(function, arguments):
    arguments = copied(arguments)
    try:
        result = shown(function(*arguments))
    except Exception as error:
        result = type(error).__name__, str(error)
    return result, shown(arguments)
old = {"__name__": "old"}
exec(old_text, old)
cases = [case() for _ in range(60)]
for name, text in rewrites:
    new = {"__name__": "new"}
    exec(text, new)
    for arguments in cases:
        expected, actual = outcome(old[name], arguments), outcome(new[name], arguments)
        if expected != actual:
            print(json.dumps([name, shown(arguments), str(expected), str(actual)]))
            break
`;

it("gives what Python gives, for generated statements over whole arrays", { timeout: 300_000 }, async () => {
  const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const count = Number(process.env.SPEEDWELL_CASES ?? 8);
  const functions = fc.sample(body, { numRuns: count, seed }).map((parts, i) => textOf(`f${i}`, parts));
  const text = `import numpy as np\n\n\n${functions.join("\n\n")}`;
  const program = `${text}\n\nfunctions = [${functions.map((_, i) => `f${i}`).join(", ")}]\n${recorded}`;
  const outcomes = await rewriteProgram(service(), technique, program, true);
  const rewrites = outcomes.flatMap(({ region, rewrites: found }) =>
    found.map((rewrite) => [region.qualname, rewrite.text.split("\nfunctions = [")[0]]),
  );
  // Enough of them must be compiled for this to say anything.
  expect(rewrites.length).toBeGreaterThan(count / 3);
  const input = JSON.stringify([text, rewrites]);
  const { stdout, stderr } = spawnSync(testPython(), ["-c", comparison], { input, encoding: "utf8" });
  expect(stderr).toBe("");
  const shown = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [name, ...rest] = JSON.parse(line);
      return [functions[Number(name.slice(1))], ...rest].join("\n");
    });
  expect(shown, `seed ${seed}`).toEqual([]);
});
