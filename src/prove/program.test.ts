// Whole programs compared with themselves rewritten, on real Python.

import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allPythons, testPython } from "../../test/python.ts";
import { deadlineIn } from "../base/deadline.ts";
import type { ProgramProof, Tolerance } from "../schemas/index.ts";
import { measureProgram, WholeProgram } from "./program.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "speedwell test ü-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string) => join(folder, name);
const options = (script = "main.py", args: string[] = []) => ({
  interpreter: testPython(),
  program: { kind: "script" as const, target: script, arguments: args, cwd: folder },
  overlay: null as string | null,
  environment: process.env,
  expectedExit: 0 as number | null,
});

/** Write `old` as main.py (and other files), and compare it with the texts of `changed`. */
function compare(
  files: Record<string, string>,
  changed: Record<string, string>,
  more: { tolerance?: Tolerance | null; seconds?: number; interpreter?: string; mostPairs?: number } = {},
): Promise<ProgramProof> {
  for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text);
  const absolute = (texts: Record<string, string>) =>
    Object.fromEntries(Object.keys(changed).map((name) => [path(name), texts[name]!]));
  return measureProgram({
    ...options(),
    interpreter: more.interpreter ?? testPython(),
    original: absolute(files),
    overrides: absolute(changed),
    tolerance: more.tolerance ?? null,
    expectedGain: 1,
    deadline: deadlineIn(more.seconds ?? 60),
    mostPairs: more.mostPairs ?? 6,
  });
}

const busy = (seconds: number, then = "") =>
  `import time\nend = time.process_time() + ${seconds}\nwhile time.process_time() < end:\n    pass\n${then}\n`;

describe("the whole program", () => {
  it("measures a gain in pairs, with an interval, a floor and memory", async () => {
    const proof = await compare(
      { "main.py": busy(0.3, "print('result', 42)") },
      { "main.py": busy(0.05, "print('result', 42)") },
    );
    expect(proof).toMatchObject({
      measured: true,
      pairs: 6,
      reason: null,
      outputs: { same: true, largestEffect: 0 },
    });
    expect(proof.speedup!.estimate).toBeGreaterThan(1.3);
    expect(proof.speedup!.low).toBeLessThan(proof.speedup!.high);
    expect(proof.floor!).toBeGreaterThan(1);
    expect(proof.logRatios).toHaveLength(6);
    expect(proof.memoryRatio!).toBeCloseTo(1, 0);
    expect(proof.memory!.low).toBeLessThanOrEqual(proof.memoryRatio!);
    // Both sides spin until they have used so much processor time, which no other work disturbs.
    expect(proof.cpu!.ratio.estimate).toBeGreaterThan(1.5);
    expect(proof.cpu!.share).toBeGreaterThan(0);
    if (process.platform === "linux")
      expect(proof.conditions!.placement).toMatch(/^held to one core|no choice/);
    expect(proof.outputs.compared).toEqual(["exit code", "stdout"]);
  });

  it("leaves a program that asks for cores where it is, and lets none see the hash seed that it was given", async () => {
    const main = (more: string) =>
      `import os${more}\nprint(os.environ.get("PYTHONHASHSEED"), os.cpu_count(), len(os.sched_getaffinity(0)))\nprint({"a", "b", "c"})\n`;
    const proof = await compare({ "main.py": main("") }, { "main.py": main(", sys") });
    expect(proof).toMatchObject({ measured: true, outputs: { same: true } });
    expect(proof.conditions!.placement).toContain("asks how many cores");
    expect(proof.conditions!.hashSeed).toBe(
      process.env.PYTHONHASHSEED ?? "equal within a pair, another for each pair",
    );
    expect(proof.warnings!.map((one) => one.kind)).toContain("start-up");
  });

  it("overrides imported modules too, and leaves the files on disk alone", async () => {
    const files = {
      "main.py": "import part\nprint(part.value())\n",
      "part.py": "def value():\n    return 1\n",
    };
    const proof = await compare(files, { "part.py": "def value():\n    return 2\n" });
    expect(proof.outputs).toMatchObject({ same: false });
    expect(proof.reason).toBe('the program\'s output changed: stdout differs: line 1 is "2" instead of "1"');
    expect(readFileSync(path("part.py"), "utf8")).toBe(files["part.py"]);
  });

  for (const method of ["fork", "spawn", "forkserver"])
    it(`overrides in processes that multiprocessing starts by ${method}`, async () => {
      const main = (value: number) => `import multiprocessing as mp
from part import g
def f(x):
    return x + ${value}
if __name__ == "__main__":
    mp.set_start_method("${method}")
    with mp.Pool(1) as pool:
        print(pool.map(f, [1, 2]), pool.map(g, [1, 2]))
`;
      const part = (value: number) => `def g(x):\n    return x * ${value}\n`;
      const files = { "main.py": main(1), "part.py": part(1) };
      const same = await compare(files, files, { seconds: 5 });
      expect(same.outputs).toMatchObject({ same: true, compared: ["exit code", "stdout"] });
      const otherMain = await compare(files, { ...files, "main.py": main(2) }, { seconds: 5 });
      expect(otherMain.reason).toContain('is "[3, 4] [1, 2]" instead of "[2, 3] [1, 2]"');
      const otherPart = await compare(files, { ...files, "part.py": part(2) }, { seconds: 5 });
      expect(otherPart.reason).toContain('is "[2, 3] [2, 4]" instead of "[2, 3] [1, 2]"');
    });

  it("compares the exit code and stderr", async () => {
    const exits = await compare(
      { "main.py": "print('x')\n" },
      { "main.py": "print('x')\nraise SystemExit(3)\n" },
    );
    expect(exits.reason).toContain("exit code differs");
    const warns = await compare(
      { "main.py": "import sys\nprint('a', file=sys.stderr)\n" },
      { "main.py": "import sys\nprint('b', file=sys.stderr)\n" },
    );
    expect(warns.reason).toContain("stderr differs");
  });

  it("masks what varies in the original, and only that: timings, addresses, dates, orders of sets", async () => {
    const varying = (result: number) => `
import time, datetime, sys
start = time.perf_counter()
print("took %.0f s" % (time.perf_counter() - start + ${result === 1 ? 1 : 1}))
print(f"{object()!r} and ${result}")
print(datetime.datetime.now().isoformat(), "is now")
print(set("abcdefgh"))
print(f"elapsed {time.time() - 5:.3f} of result ${result}")
`;
    const same = await compare({ "main.py": varying(7) }, { "main.py": varying(7) });
    expect(same.outputs.same).toBe(true);
    expect(same.outputs.nondeterministic.join()).toMatch(/stdout, lines 2, 3, 4, 5/);
    const wrong = await compare({ "main.py": varying(7) }, { "main.py": varying(8) });
    expect(wrong.outputs.same).toBe(false);
    expect(wrong.outputs.difference).toContain("line 2");
  });

  it("knows printed seconds to vary even where two runs print the same rounded figure", async () => {
    const timed = (seconds: number) =>
      `import time\nstart = time.time()\ntime.sleep(${seconds})\nprint(f"{time.time() - start:.1f} seconds, result 5")\n`;
    const proof = await compare({ "main.py": timed(0.52) }, { "main.py": timed(0.1) });
    expect(proof.outputs.same).toBe(true);
    expect(proof.speedup!.estimate).toBeGreaterThan(1.3);
  });

  it("does not take moved line numbers in warnings, or the speed of a progress bar, for another output", async () => {
    const program = (first: string, speed: string) =>
      `${first}import sys, time, warnings\nwarnings.warn("old style")\n` +
      `sys.stderr.write(f"\\r 1/2\\r 2/2 [{time.time():.3f}, ${speed}]\\n")\nprint(1)\n`;
    const same = await compare(
      { "main.py": program("", "2.5s/it") },
      { "main.py": program("import os\n", "3.1it/s") },
    );
    expect(same.outputs).toMatchObject({ same: true, difference: null });
    const other = await compare(
      { "main.py": program("", "2.5s/it") },
      { "main.py": program("import os\n", "3.1it/s").replace("old style", "new style") },
    );
    expect(other.outputs.same).toBe(false);
  });

  it("compares the files written, gives every run the same files to start from, and puts them back", async () => {
    const program = (value: number) => `
import os, sqlite3
with open("log.txt", "a") as f:
    f.write("line\\n")
with open("out.tmp", "w") as f:
    f.write("${value}")
os.replace("out.tmp", "out.csv")
`;
    writeFileSync(path("log.txt"), "kept\n");
    const before = statSync(path("log.txt")).mtimeMs;
    const same = await compare({ "main.py": program(1) }, { "main.py": program(1) });
    expect(same.outputs).toMatchObject({ same: true, nondeterministic: [] });
    expect(same.outputs.compared).toContain(`file ${path("log.txt")}`);
    expect(same.outputs.compared).toContain(`file ${path("out.csv")}`);
    expect(readFileSync(path("log.txt"), "utf8")).toBe("kept\n");
    expect(statSync(path("log.txt")).mtimeMs).toBeCloseTo(before, -1);
    expect(existsSync(path("out.csv"))).toBe(false);
    const wrong = await compare({ "main.py": program(1) }, { "main.py": program(2) });
    expect(wrong.reason).toContain("out.csv");
    const missing = await compare({ "main.py": program(1) }, { "main.py": "pass\n" });
    expect(missing.reason).toContain("is not written");
  });

  it("compares what other processes of the program write, too", async () => {
    const program = (value: number) =>
      `import subprocess\nsubprocess.run("echo ${value} > made.txt", shell=True)\n`;
    const same = await compare({ "main.py": program(1) }, { "main.py": program(1) });
    expect(same.outputs).toMatchObject({ same: true });
    expect(same.outputs.compared).toContain(`file ${path("made.txt")}`);
    const wrong = await compare({ "main.py": program(1) }, { "main.py": program(2) });
    expect(wrong.reason).toContain('made.txt differs: line 1 is "2" instead of "1"');
  });

  it("reports the largest effect of a float rewrite, and refuses beyond its tolerance or in integers", async () => {
    const tolerance: Tolerance = {
      kind: "relative",
      bound: 1e-9,
      absolute: 0,
      reason: "sums in another order",
    };
    const print = (text: string) => `print(${JSON.stringify(text)})\n`;
    const old = print("mean  0.30000000000000004 of 12 items");
    const near = await compare(
      { "main.py": old },
      { "main.py": print("mean  0.3 of 12 items") },
      { tolerance },
    );
    expect(near.outputs.same).toBe(true);
    expect(near.outputs.largestEffect).toBeCloseTo(1.85e-16, 17);
    const far = await compare(
      { "main.py": old },
      { "main.py": print("mean  0.31 of 12 items") },
      { tolerance },
    );
    expect(far.outputs.same).toBe(false);
    const integer = await compare(
      { "main.py": old },
      { "main.py": print("mean  0.30000000000000004 of 13 items") },
      { tolerance },
    );
    expect(integer.outputs.same).toBe(false);
    const exact = await compare({ "main.py": old }, { "main.py": print("mean  0.3 of 12 items") });
    expect(exact.outputs.same).toBe(false);
  });

  it("judges saved arrays by their numbers when digits may change, and by their bytes when not", async () => {
    const tolerance: Tolerance = {
      kind: "relative",
      bound: 1e-9,
      absolute: 0,
      reason: "sums in another order",
    };
    const save = (value: string, dtype = "float") =>
      `import numpy as np\nnp.save("a.npy", np.array([[1.5, ${value}], [np.nan, -3.0]], dtype="${dtype}"))\n`;
    const old = { "main.py": save("0.3") };
    const judge = (text: string, allowed: Tolerance | null) =>
      compare(old, { "main.py": text }, { tolerance: allowed, seconds: 3 });
    const near = await judge(save("0.1 + 0.2"), tolerance);
    expect(near.outputs).toMatchObject({ same: true, largestEffect: expect.closeTo(1.85e-16, 17) });
    expect((await judge(save("0.1 + 0.2"), null)).outputs.same).toBe(false);
    expect((await judge(save("0.31"), tolerance)).outputs.difference).toContain("element 1 is 0.31");
    expect((await judge(save("0.3", "float32"), tolerance)).outputs.same).toBe(false);
  });

  it("never runs the old file in place of a text that does not compile or is not used", async () => {
    const broken = await compare({ "main.py": "print(1)\n" }, { "main.py": "print(1\n" });
    expect(broken.measured).toBe(false);
    expect(broken.reason).toContain("does not compile");
    expect(broken.outputs.same).toBe(false);
    const unused = await compare(
      { "main.py": "print(1)\n", "other.py": "x = 1\n" },
      { "other.py": "x = 2\n" },
    );
    expect(unused.measured).toBe(false);
    expect(unused.reason).toContain("did not use");
  });

  it("says why when the program cannot be measured", async () => {
    const input = await compare({ "main.py": "input()\n" }, { "main.py": "input()\n" });
    expect(input).toMatchObject({ measured: false, speedup: null });
    expect(input.reason).toContain("exit code 1 instead of 0");
    const slow = await compare(
      { "main.py": "import time\ntime.sleep(1)\n" },
      { "main.py": "pass\n" },
      { seconds: 8 },
    );
    expect(slow.measured).toBe(false);
    expect(slow.outputs.same).toBe(true);
    const hang = await compare(
      { "main.py": "import time\ntime.sleep(60)\n" },
      { "main.py": "pass\n" },
      { seconds: 1 },
    );
    expect(hang.reason).toContain("time ended");
  });

  it("finds packages of the overlay after the user's own", async () => {
    const overlay = path("overlay");
    execFileSync("mkdir", [overlay]);
    writeFileSync(join(overlay, "extra_package.py"), "value = 5\n");
    writeFileSync(join(overlay, "json.py"), "raise RuntimeError('not this one')\n");
    writeFileSync(path("main.py"), "import json\nprint(5)\n");
    const proof = await measureProgram({
      ...options(),
      overlay,
      original: { [path("main.py")]: "import json\nprint(5)\n" },
      overrides: { [path("main.py")]: "import json\nimport extra_package\nprint(extra_package.value)\n" },
      tolerance: null,
      expectedGain: 1,
      deadline: deadlineIn(30),
      mostPairs: 6,
    });
    expect(proof.outputs.same).toBe(true);
  });

  it("stops at once when interrupted, and leaves no process and no scratch behind", async () => {
    const sleep = `30.${process.pid}`;
    writeFileSync(
      path("main.py"),
      `import subprocess, sys, os\nopen('pids', 'w').write(str(os.getpid()))\nsubprocess.run([sys.executable, '-c', 'import time; time.sleep(${sleep})'])\n`,
    );
    const abort = new AbortController();
    const opening = WholeProgram.open({ ...options(), original: {}, signal: abort.signal }, deadlineIn(30));
    setTimeout(() => abort.abort(new Error("interrupted")), 700);
    await expect(opening).rejects.toThrow("interrupted");
    expect(existsSync(path("pids"))).toBe(false);
    // Other test files run programs too: only children of this process and the sleeper are this test's.
    const lines = execFileSync("ps", ["-eo", "ppid=,args="], { encoding: "utf8" }).split("\n");
    const isOwn = (line: string) =>
      Number.parseInt(line, 10) === process.pid && line.includes("speedwell-program-");
    expect(lines.filter((line) => isOwn(line) || line.includes(`time.sleep(${sleep})`))).toEqual([]);
  });

  for (const { version, path: python } of allPythons())
    it(`works on Python ${version}`, async () => {
      const proof = await compare(
        {
          "main.py": "import part, sys\nprint(part.f(3), sys.argv, __name__)\nopen('out', 'w').write('x')\n",
          "part.py": "def f(x):\n    return x + 1\n",
        },
        {
          "main.py": "import sys, part\nprint(part.f(3), sys.argv, __name__)\nopen('out', 'w').write('x')\n",
          "part.py": "def f(x):\n    return 1 + x\n",
        },
        { interpreter: python },
      );
      expect(proof).toMatchObject({ measured: true, outputs: { same: true } });
      expect(proof.outputs.compared).toContain(`file ${path("out")}`);
      expect(proof.memoryRatio).not.toBeNull();
    });
});
