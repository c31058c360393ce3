// Functions put together at random, called again and again while what they may depend on changes: whatever the technique
// rewrites must print what it printed before.

import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { testPython } from "../../../test/python.ts";
import { sharedService } from "../../../test/python-service.ts";
import { rewriteProgram } from "../../../test/rewriting.ts";
import { technique } from "./index.ts";

const service = sharedService();

const prelude = `
import math

FIXED = (3, 1, 2)
LISTED = [2, 7, 1]
moving = [1]
setting = 1
log = []

def helper(x):
    return x + LISTED[0]

def noted(x):
    log.append(x)
    return x
`;

/** What a statement before the result may do, in terms of the parameters a, b and xs. */
const step = fc.constantFrom(
  "k = len(xs)",
  "k = 0\n    for x in xs:\n        k += x",
  "k = helper(b)",
  "k = noted(b)",
  "k = LISTED[b % 3]",
  "k = moving[0]",
  "k = setting",
  "k = FIXED[b % 3]\n    moving[0] += 0",
  "k = xs[0]\n    xs[0] = k",
  "k = sum(x for x in xs if x > b)",
  "own = []\n    own.append(b)\n    k = len(own)",
  "own = list(xs)\n    own.sort()\n    k = own[0]",
  "own = xs\n    own.append(1)\n    k = own.pop()",
  "k = math.floor(b / 2)",
);
const joined = fc.constantFrom(
  "one + two + k",
  "max(one, two) + k",
  "one - two",
  "(one * 3 + two) % 1000 + k",
  "one + two if k else two",
);
const base = fc.constantFrom("b", "1", "k", "float(b)", "True", "0 * b");
const second = fc.constantFrom("a - 2, b, xs", "a - 1, b + 1, xs", "a - 2, b, list(xs)", "a - 2, k, xs");

const recursive = fc.record({ step, joined, base, second }).map(
  ({ step, joined, base, second }) =>
    (n: number) =>
      `
def f${n}(a, b, xs):
    ${step}
    if a <= 0:
        return ${base}
    one = f${n}(a - 1, b, xs)
    two = f${n}(${second})
    return ${joined}
`,
);
const result = fc.constantFrom(
  "a * b + k",
  "(a, b, k)",
  "[a, b, k]",
  "[[a], [b, k]]",
  "{'a': a, 'k': k}",
  "{a, b, k}",
  "str(a) + str(k)",
  "xs",
  "[xs, a]",
  "a / b",
  "1 // b",
);
const plain = fc.record({ step, result }).map(
  ({ step, result }) =>
    (n: number) =>
      `
def f${n}(a, b, xs=(5, 6)):
    ${step}
    for _ in range(20):
        pass
    return ${result}
`,
);

const read = fc.constantFrom(
  "self.rate",
  "self.rate * b",
  "len(self.listed)",
  "self.listed[0]",
  "self.helped(b)",
);
const noted = fc.constantFrom(
  "pass",
  "pass",
  "self.rate += 0",
  "self.count = 1",
  "self.listed.append(b)",
  "k = self",
);
const method = fc.record({ read, noted, base, joined, recurses: fc.boolean() }).map(
  ({ read, noted, base, joined, recurses }) =>
    (n: number) =>
      `
class C${n}:
    def __init__(self):
        self.rate, self.listed = 2, [3, 1]
    def helped(self, b):
        return self.rate + b
    def f(self, a, b, xs=(5, 6)):
        k = 1
        ${noted}
        if a <= 0:
            return ${base}
        ${recurses ? "one = self.f(a - 1, b, xs)" : `one = sum(range(20)) + ${read}`}
        two = ${recurses ? "self.f(a - 2, b, xs)" : "b"} + ${read}
        return ${joined}

held${n} = C${n}()
def f${n}(a, b, xs=(5, 6)):
    held${n}.rate += a % 7 == 3
    return held${n}.f(a, b, xs)
`,
);
const ofList = fc
  .constantFrom("sum(xs) * a", "xs[a % 2] + k", "len(xs) + max(xs)", "[x + a for x in xs]", "xs[1:]", "xs")
  .map(
    (result) => (n: number) =>
      `
def listed${n}(a, xs):
    k = 0
    for x in xs:
        k += x
    return ${result}

kept${n} = [[4, 1], [2, 9, 1]]
def f${n}(a, b, xs=(5, 6)):
    kept${n}[0][0] += a % 5 == 4
    got = listed${n}(a % 2, kept${n}[a % 2])
    return got
`,
  );

const value = fc.constantFrom("1", "2", "0", "True", "1.0", "2.5", "-0.0", "3");
const call = (n: number, kind: "recursive" | "plain", b: string, other: string, xs: string) =>
  `
def run${n}():
    global setting
    out = []
    xs = ${xs}
    for turn in range(60):
        b = ${b} if turn % 3 else ${other}
        try:
            got = f${n}(${kind === "recursive" ? "5 + turn % 2, b, xs" : "turn % 4, b"})
            out.append(repr(got))
            if type(got) is list:
                got.append(turn)
        except Exception as error:
            out.append(type(error).__name__)
        if turn == 30:
            moving[0] += 1
            setting += 1
            xs = xs[:1] + xs
            if type(xs) is list:
                xs[0] += 1
    print(${n}, out, xs, len(log))

run${n}()
`;
const one = fc.tuple(
  fc.oneof(
    recursive.map((make) => ({ make, kind: "recursive" as const })),
    plain.map((make) => ({ make, kind: "plain" as const })),
    method.map((make) => ({ make, kind: "recursive" as const })),
    ofList.map((make) => ({ make, kind: "plain" as const })),
  ),
  value,
  value,
  fc.constantFrom("[4, 1, 9]", "(4, 1, 9)"),
);

test("every rewrite of a random program prints the same", async () => {
  const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 2 ** 31);
  const runs = Number(process.env.SPEEDWELL_RUNS ?? 5);
  console.log(`seed ${seed}`);
  const made = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 12, maxLength: 12 }), async (functions) => {
      const parts = functions.map(
        ([{ make, kind }, b, other, xs], n) => make(n) + call(n, kind, b, other, xs),
      );
      const text = `${prelude}\n${parts.join("\n")}`;
      const found = await rewriteProgram(service(), technique, text);
      const rewrites = found.flatMap((region) => region.rewrites);
      const before = outputOf(text);
      for (const { rewrite, text: changed } of rewrites) {
        made.set(rewrite.technique, (made.get(rewrite.technique) ?? 0) + 1);
        const after = outputOf(changed);
        if (after !== before)
          throw new Error(`${rewrite.id}\n${difference(before, after)}\n${functionIn(changed, rewrite.id)}`);
      }
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );
  console.log(`rewrites checked: ${JSON.stringify(Object.fromEntries(made))}`);
  expect([...made.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(runs / 2);
});

function outputOf(text: string): string {
  const { stdout, stderr } = spawnSync(testPython(), ["-c", text], { encoding: "utf8" });
  return stdout + stderr.trim().split("\n").at(-1);
}

function difference(before: string, after: string): string {
  const lines = after.split("\n");
  return before
    .split("\n")
    .flatMap((line, i) => (line === lines[i] ? [] : [`- ${line}`, `+ ${lines[i]}`]))
    .slice(0, 4)
    .join("\n");
}

/** The lines around the place that a rewrite's id names, as they have become. */
function functionIn(text: string, id: string): string {
  const line = Number(/:(\d+):/.exec(id)![1]);
  return text
    .split("\n")
    .slice(line - 2, line + 20)
    .join("\n");
}
