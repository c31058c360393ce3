// Generated array code against the same code with every rewrite, on inputs of their own. The seed is printed.

import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { testPython } from "../../../test/python.ts";
import { sharedService } from "../../../test/python-service.ts";
import { rewriteProgram } from "../../../test/rewriting.ts";
import { technique } from "./index.ts";

const service = sharedService();

// Functions over matrices a, b, a mostly empty one z, vectors v, w, a stack s of matrices, points p, and a number of turns k.

const matrix = fc.constantFrom("a", "b", "z", "a.T", "a + b", "x", "a @ b", "np.linalg.inv(b)", "np.diag(w)");
const vector: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("v", "w", "v - w", "p[:, 0]", "a[:, i]", "x[0]", "np.sort(v)", "p @ p[i]"),
    fc.tuple(matrix, tie("e")).map(([m, e]) => `(${m} @ ${e})`),
    fc.tuple(matrix, matrix, tie("e")).map(([m, n, e]) => `(${m} @ ${n} @ ${e})`),
    fc.tuple(matrix, tie("e")).map(([m, e]) => `np.linalg.solve(b + ${m} * 0.01, ${e})`),
    tie("e").map((e) => `np.linalg.solve(b, ${e})`),
    fc.tuple(matrix, matrix).map(([m, n]) => `np.diag(${m} @ ${n})`),
    fc.tuple(tie("e"), fc.constantFrom("2", "3", "4", "5")).map(([e, n]) => `(${e}) ** ${n}`),
    tie("e").map((e) => `(np.linalg.inv(b) @ ${e})`),
    fc.tuple(matrix, tie("e")).map(([m, e]) => `np.einsum("ij,kj,k->i", a, ${m}, ${e})`),
  ),
})).e;
const scalar = fc.oneof(
  fc.tuple(vector, vector).map(([e, f]) => `${e} @ ${f}`),
  vector.map((e) => `np.sum((${e}) ** 2)`),
  fc.tuple(matrix, matrix).map(([m, n]) => `np.trace(${m} @ ${n})`),
  fc.constantFrom(
    "np.linalg.det(s[i])",
    "np.linalg.norm(p[i] - p[j])",
    "np.dot(p[i], p[0])",
    "a[:, j].std()",
  ),
  fc.constantFrom("np.linalg.norm(a)", "np.linalg.norm(p[i])", "np.sort(v)[3]", "np.sort(w)[-k]", "a.mean()"),
  fc.constantFrom(
    "s[i] @ v[:3] @ w[:3]",
    "(v[:3] @ np.linalg.inv(s[i]) @ v[:3])",
    "np.linalg.solve(s[i], p[j]).sum()",
  ),
);
const change = fc.constantFrom(
  "a[i, i] += 0.5",
  "v = v / (1 + np.linalg.norm(v))",
  "w -= 0.1 * v",
  "x[0] += 1.0",
  "b = b + 0.01 * a",
  "p[i] = p[j]",
  "row[0] = 0.25",
  "np.fill_diagonal(z, 0.5)",
  "kept.append(b[0])",
  "a.sort(axis=0)",
  "touch(v)",
);
const statement = fc.oneof(
  { weight: 4, arbitrary: scalar.map((e) => [`t += ${e}`]) },
  { weight: 3, arbitrary: vector.map((e) => [`y = ${e}`, "t += y.sum()"]) },
  { weight: 2, arbitrary: vector.map((e) => [`v = 0.01 * (${e})`]) },
  { weight: 3, arbitrary: change.map((line) => [line]) },
  { weight: 1, arbitrary: scalar.map((e) => ["if i % 2:", `    t += ${e}`]) },
  {
    weight: 1,
    arbitrary: fc.tuple(scalar).map(([e]) => ["inverse = np.linalg.inv(b)", `t += (inverse @ v)[0] + ${e}`]),
  },
);
const body = fc.tuple(
  fc.constantFrom("x = a", "x = a[:]", "x = a.copy()", "x = z.T", "x = a * 2.0", "x = touch(a)"),
  fc.array(statement, { minLength: 2, maxLength: 3 }),
  fc.constantFrom("t, v", "t, y", "t, a, w", "t, kept, p"),
);

const indent = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

function functionText(name: string, [view, statements, result]: [string, string[][], string]): string {
  const inner = ["for j in range(k):", ...indent(statements.flat())];
  const lines = [
    "t = 0.0",
    "y = v",
    "kept = []",
    view,
    "row = a[1]",
    "for i in range(k):",
    ...indent(inner),
    `return ${result}`,
  ];
  return `def ${name}(a, b, z, v, w, s, p, k):\n${indent(lines).join("\n")}\n`;
}

const inputs = `
import numpy as np
np.seterr(all="ignore")
def inputs(seed, n, m=3):
    rng = np.random.default_rng(seed)
    z = rng.random((n, n)) * (rng.random((n, n)) < 0.02)
    b = rng.random((n, n)) + n * np.eye(n)
    return [rng.normal(size=(n, n)), b, z, rng.random(n), rng.random(n), rng.random((n, m, m)) + m * np.eye(m), rng.random((n, m)), 3]
`;

/** Runs every new text beside the old on ordinary and on hostile inputs, and prints what differs. */
const comparison = `
import copy, json, sys, warnings
${inputs}
warnings.simplefilter("ignore")
old_text, rewrites = json.load(sys.stdin)
def cases():
    for seed, n in ((1, 202), (2, 60), (3, 4), (4, 3)):
        yield inputs(seed, n)
    for seed in range(5, 17):
        values = inputs(seed, 60)
        rng = np.random.default_rng(seed)
        at = values[rng.integers(7)]
        kind = seed % 6
        if kind == 0: at.flat[rng.integers(at.size)] = np.nan
        if kind == 1: at.flat[rng.integers(at.size)] = rng.choice([np.inf, -np.inf])
        if kind == 2: at[...] = 0
        if kind == 3: at[1:] = at[:1]
        if kind == 4: at += 1e6
        if kind == 5: values[7] = int(rng.integers(2))
        yield values
def flat(value):
    if isinstance(value, (tuple, list)):
        return [leaf for item in value for leaf in flat(item)]
    return [value]
def outcome(function, values):
    values = copy.deepcopy(values)
    try:
        return "gives", flat([function(*values), values])
    except (np.linalg.LinAlgError, ValueError, IndexError) as error:
        return "raises " + type(error).__name__, []
def same(a, b, bound, reach):
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray) and (a.dtype != b.dtype or a.shape != b.shape or a.flags.c_contiguous != b.flags.c_contiguous):
        return False
    with np.errstate(all="ignore"):
        a, b = np.asarray(a, float), np.asarray(b, float)
        if not np.array_equal(np.isnan(a), np.isnan(b)):
            return False
        finite = np.isfinite(a) & np.isfinite(b)
        if not np.array_equal(a[~finite], b[~finite], equal_nan=True):
            return False
        scale = max(abs(a[finite]).max(initial=0), reach)
        return bool((abs(a - b)[finite] <= bound * scale).all())
old = {"__name__": "old"}
exec(old_text, old)
everything = list(cases())
expected = {}
for name, technique, tolerance, assumed, text in rewrites:
    new = {"__name__": "new"}
    exec(text, new)
    for number, values in enumerate(everything):
        if (name, number) not in expected:
            expected[name, number] = outcome(old[name], values)
        (how, before), (then, after) = expected[name, number], outcome(new[name], values)
        if how != then and assumed and (values[7] == 0 or number > 3):
            continue  # what cannot be computed is found out before the loop, as the rewrite says
        # Sums of large terms that cancel are as exact as the terms.
        reach = max([abs(np.nan_to_num(np.asarray(v, float), posinf=0, neginf=0)).max(initial=0) for v in before] or [0])
        if how != then or len(before) != len(after) or not all(same(a, b, (tolerance or 0) * 10, reach if tolerance else 0) for a, b in zip(before, after)):
            print(json.dumps([name, technique, text, number, how + str(before[:2])[:300], then + str(after[:2])[:300]]))
            break
`;

it("gives what the code gave, for generated array code", { timeout: 120_000 }, async () => {
  const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const count = Number(process.env.SPEEDWELL_CASES ?? 9);
  const functions = fc.sample(body, { numRuns: count, seed }).map((parts, i) => functionText(`f${i}`, parts));
  const names = functions.map((_, i) => `f${i}`);
  const helper = "def touch(values):\n    values[0] *= 1.0\n    return values\n";
  const text = `import numpy as np\n\n\n${helper}\n\n${functions.join("\n\n")}`;
  const calls = `${inputs}\nfor function in [${names.join(", ")}]:\n    try:\n        function(*inputs(1, 202))\n    except (ValueError, IndexError, np.linalg.LinAlgError):\n        pass\n`;
  const outcomes = await rewriteProgram(service(), technique, `${text}\n\n${calls}`, true);
  const rewrites = outcomes
    .filter(({ region }) => region.kind === "function" && names.includes(region.qualname))
    .flatMap(({ region, rewrites: found }) =>
      found.map(({ rewrite, text: changed }) => [
        region.qualname,
        rewrite.technique,
        rewrite.tolerance?.bound ?? null,
        rewrite.assumptions.some((one) => one.includes("before the loop")),
        changed.split("\ndef inputs(")[0]!.replace(/\nimport numpy as np\nnp\.seterr.*$/, ""),
      ]),
    );
  // Enough of them must be rewritten for this to say anything.
  expect(new Set(rewrites.map(([name]) => name)).size).toBeGreaterThan(count / 3);
  const { stdout, stderr } = spawnSync(testPython(), ["-c", comparison], {
    input: JSON.stringify([text, rewrites]),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1" },
  });
  expect(stderr).toBe("");
  const differences = stdout.split("\n").filter((line) => line !== "");
  const shown = differences.map((line) => {
    const [name, variant, whole, ...rest] = JSON.parse(line);
    const after = whole.slice(whole.indexOf(`def ${name}(`)).split(/\n(?=\S)/)[0];
    return [variant, functions[names.indexOf(name)], after, ...rest].join("\n");
  });
  expect(shown.join("\n=====\n"), `seed ${seed}`).toEqual("");
});
