// The whole proof on a real program: right, wrong, slow and pointless rewrites, written by hand.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deadlineIn } from "../base/deadline.ts";
import type { Rewrite } from "../schemas/index.ts";
import { applyEdits, mergeEdits } from "../source/edits.ts";
import { type Recorded, record, rewriteOf } from "./fixture.ts";
import { type Proved, type ProveOptions, proveRewrites } from "./prove.ts";

const text = `import random
import time

random.seed(3)


def keep_new(items):
    """Items in order of their first appearance."""
    seen = []
    for item in items:
        if item not in seen:
            seen.append(item)
    return seen


def repeated(items):
    """How many items have come before."""
    count = 0
    seen = []
    for item in items:
        if item in seen:
            count += 1
        else:
            seen.append(item)
    return count


def label(n):
    name = ""
    for _ in range(n):
        name = name + "x"
    return name


started = time.time()
data = [[random.randrange(10**6) for _ in range(1400)] for _ in range(30)]
total = 0
for part in data:
    total += len(keep_new(part))
    total += repeated(part[:1000])
print("total", total, label(20))
print(f"took {time.time() - started:.1f} s")
`;

describe("proving rewrites", () => {
  let recorded: Recorded;
  let seconds: number;
  beforeAll(async () => {
    recorded = await record(text, ["def keep_new", "def repeated", "def label"]);
    const started = performance.now();
    execFileSync(recorded.interpreter.path, ["main.py"], { cwd: recorded.folder });
    seconds = (performance.now() - started) / 1000;
  });
  afterAll(() => rmSync(recorded.folder, { recursive: true, force: true }));

  const region = (name: string) => recorded.regions.find(({ qualname }) => qualname === name)!;
  const rewrite = (
    name: string,
    kind: string,
    changes: Record<string, string>,
    more: Partial<Rewrite> = {},
  ) => rewriteOf(recorded, region(name), kind, changes, more);
  const options = (rewrites: Rewrite[], more: Partial<ProveOptions> = {}): ProveOptions => ({
    runDirectory: recorded.runDirectory,
    interpreter: recorded.interpreter.path,
    program: recorded.program,
    programSeconds: seconds,
    expectedExit: 0,
    overlay: null,
    environment: process.env,
    packages: new Map(),
    files: [recorded.file],
    regions: recorded.regions.map((one) => ({
      region: one,
      facts: recorded.facts.get(one.id)!,
      beside: () => 1,
      share: {
        keep_new: { low: 0.55, estimate: 0.6, high: 0.65 },
        repeated: { low: 0.25, estimate: 0.3, high: 0.35 },
        label: { low: 0, estimate: 0.001, high: 0.002 },
      }[one.qualname]!,
    })),
    rewrites,
    seed: 1,
    repeat: 1,
    budget: 100,
    deadline: deadlineIn(100),
    ...more,
  });
  const reasons = (proved: Proved) =>
    Object.fromEntries(proved.proofs.map(({ rewrite: id, reason }) => [id.split(":").at(-1), reason]));

  const dictionary = () =>
    rewrite("keep_new", "dictionary", {
      "    seen = []\n    for item in items:\n        if item not in seen:\n            seen.append(item)\n    return seen":
        "    return list(dict.fromkeys(items))",
    });
  const counted = () =>
    rewrite("repeated", "set", {
      "    count = 0\n    seen = []\n    for item in items:\n        if item in seen:\n            count += 1\n        else:\n            seen.append(item)\n    return count":
        "    count = 0\n    seen = set()\n    for item in items:\n        if item in seen:\n            count += 1\n        else:\n            seen.add(item)\n    return count",
    });

  it("keeps what is the same and faster, refuses the rest with its number, and measures the program", async () => {
    // Wrong and slow ones first: what comes after a good rewrite of the same lines is not tried any more.
    const rewrites = [
      rewrite("keep_new", "sorted", {
        "    seen = []\n    for item in items:\n        if item not in seen:\n            seen.append(item)\n    return seen":
          "    return sorted(set(items))",
      }),
      rewrite("keep_new", "slower", { "if item not in seen:": "if item not in list(seen):" }),
      dictionary(),
      counted(),
      rewrite("label", "multiplied", {
        '    name = ""\n    for _ in range(n):\n        name = name + "x"\n    return name':
          '    return "x" * n',
      }),
    ];
    const proved = await proveRewrites(options(rewrites));
    expect(proved.proofs.map((proof) => proof.rewrite)).toEqual(rewrites.map((one) => one.id));

    const why = reasons(proved);
    expect(why.dictionary).toMatch(/for the program with all kept rewrites, measured by whole runs/);
    expect(why.sorted).toMatch(/^gives another result/);
    expect(why.slower).toMatch(/no faster|slower|gains more/);
    expect(why.multiplied).toMatch(/at most 0\.2% of the program's time/);
    // What is kept is said to be kept, and nothing else is.
    expect(proved.proofs.filter(({ verdict }) => verdict === "kept").map((proof) => proof.rewrite)).toEqual(
      rewrites.filter((one) => proved.kept.includes(one)).map((one) => one.id),
    );
    expect(proved.program).toMatchObject({ measured: true, reason: null, outputs: { same: true } });
    expect(proved.program.speedup!.estimate).toBeGreaterThan(1.5);
    expect(proved.program.outputs.nondeterministic).toEqual(["stdout, line 2"]);
    const dictionaryProof = proved.proofs[2]!;
    expect(dictionaryProof.equivalence.verdict).toBe("same");
    // Null when the machine was too busy for pairs of the region alone.
    expect(dictionaryProof.region?.ratio.estimate ?? 3).toBeGreaterThan(2);
    const composed = applyEdits(text, mergeEdits(proved.kept.map((one) => one.edits))!);
    expect(
      execFileSync(recorded.interpreter.path, ["-c", composed], { encoding: "utf8" }).split("\n")[0],
    ).toBe(execFileSync(recorded.interpreter.path, ["-c", text], { encoding: "utf8" }).split("\n")[0]);
    expect(readFileSync(recorded.file.path, "utf8")).toBe(text);
  });

  it("keeps nothing where the only rewrite changes what the program prints", async () => {
    const louder = rewrite("keep_new", "louder", {
      "    seen = []\n    for item in items:\n        if item not in seen:\n            seen.append(item)\n    return seen":
        "    return list(dict.fromkeys(items))",
      'print("total"': 'print("sum"',
    });
    const proved = await proveRewrites(options([louder]));
    expect(proved.kept).toEqual([]);
    expect(reasons(proved).louder).toMatch(
      /^in whole runs the program's output changed: stdout differs: line 1 is "sum \d+ x+" instead of "total /,
    );
  });

  it("keeps to its deadline, and never keeps what it had no time to prove", async () => {
    const started = performance.now();
    const proved = await proveRewrites(options([dictionary(), counted()], { deadline: deadlineIn(4) }));
    // Far more than it takes, for machines that stall; bench/optimize-budget.mjs holds the budget to the second.
    expect((performance.now() - started) / 1000).toBeLessThan(30);
    for (const proof of proved.proofs)
      expect(proof.verdict === "refused" || proof.equivalence.verdict === "same").toBe(true);
  });

  it("leaves no process when interrupted", async () => {
    const abort = new AbortController();
    const proving = proveRewrites(options([dictionary()], { signal: abort.signal }));
    setTimeout(() => abort.abort(new Error("interrupted")), 1500);
    await expect(proving).rejects.toThrow();
    const left = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
    expect(left).not.toContain(recorded.folder);
    expect(existsSync(recorded.file.path)).toBe(true);
  });

  it("has nothing to say about nothing", async () => {
    const proved = await proveRewrites(options([]));
    expect(proved).toMatchObject({ proofs: [], kept: [], program: { speedup: null, measured: false } });
  });
});
