import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allPythons, testPython } from "../../test/python.ts";
import { agentDirectory } from "../interpreter/agent.ts";
import { type PythonService, startService } from "../interpreter/service.ts";
import type { InterpreterInfo, Region } from "../schemas/index.ts";
import { parseSource } from "../source/load.ts";
import { regionsOf } from "../source/regions.ts";
import { type CaptureOptions, captureRegions } from "./capture.ts";

let service: PythonService;
const folders: string[] = [];
beforeAll(async () => {
  service = await startService(testPython());
});
afterAll(async () => {
  await service.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const interpreter = (path: string): InterpreterInfo => ({
  path,
  realPath: path,
  version: "3",
  implementation: "CPython",
  prefix: "",
  chosenBy: "option",
  gilDisabled: false,
});

/** Reads recorded calls the way replay does: the program's definitions as `__main__`, then one expression per call. */
const reader = `
import contextlib, json, sys, types
agent, directory, program, expression = sys.argv[1:]
sys.path.insert(0, agent)
from speedwell_agent import state
main = types.ModuleType("definitions")
with contextlib.redirect_stdout(None):
    exec(compile(open(program).read(), program, "exec"), main.__dict__)
sys.modules["__main__"] = main
print(json.dumps([eval(expression, {"e": c.entry(), "x": c.exit(), "c": c}) for c in state.load_calls(directory)]))
`;

/** Capture every region of a program, which must also print and exit as it does alone. */
async function capture(text: string, python = testPython(), options: Partial<CaptureOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "speedwell capture ü-"));
  folders.push(folder);
  const path = join(folder, "program.py");
  writeFileSync(path, text);
  const regions = regionsOf(await parseSource(service, text, path));
  const environment = { ...process.env, PYTHONHASHSEED: "0" };
  const notes: string[] = [];
  const facts = await captureRegions({
    runDirectory: folder,
    program: { kind: "script", target: path, arguments: [], cwd: folder },
    interpreter: interpreter(python),
    regions,
    overlay: null,
    environment,
    onNote: (note) => notes.push(note),
    ...options,
  });
  const output = (name: string) =>
    spawnSync("cat", [join(folder, "capture", name)], { encoding: "utf8" }).stdout;
  const regionAt = (line: number, kind: Region["kind"] = "function") => {
    const region = regions.find((r) => r.span.line === line && r.kind === kind);
    if (region === undefined) throw new Error(`no ${kind} in line ${line}`);
    return region;
  };
  return {
    notes,
    folder,
    stdout: output("stdout"),
    stderr: output("stderr"),
    alone: () => spawnSync(python, [path], { cwd: folder, env: environment, encoding: "utf8", input: "" }),
    facts: (line: number, kind?: Region["kind"]) => facts.get(regionAt(line, kind).id)!,
    all: [...facts.values()],
    calls(line: number, expression: string, kind?: Region["kind"]): unknown[] {
      const directory = join(folder, "capture", regionAt(line, kind).id);
      const args = ["-c", reader, agentDirectory(), directory, path, expression];
      const read = spawnSync(python, args, { encoding: "utf8" });
      if (read.status !== 0) throw new Error(read.stderr);
      return JSON.parse(read.stdout);
    },
  };
}

const features = `
import functools, random, sys, traceback
counter = 0
class Point:
    "a point"
    __slots__ = ("x",)
    def __init__(self, x):
        self.x = x
    @property
    def square(self):
        return self.x * self.x
    @staticmethod
    def collect(a, into=[]):
        into.append(a)
        return into
    @classmethod
    def make(cls, x):
        return cls(x)
    def __private(self, __n):
        __total = 0
        for i in range(__n):
            __total += i
        return __total
    def use(self):
        return self.__private(4)
class Named(Point):
    def __init__(self, x, name="n"):
        super().__init__(x)
        self.name = name
    def __repr__(self):
        return f"Named({self.x})"
def count():
    global counter
    counter += 1
def adder():
    total = 0
    def add(k):
        nonlocal total
        total += k
        return total
    return add
def numbers(n):
    for i in range(n):
        yield i
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
def find(xs, wanted):
    for i, x in enumerate(xs):
        if x == wanted:
            return i
    else:
        return -1
def overridden():
    while True:
        try:
            return 1
        finally:
            break
def rows(grid):
    out = []
    for row in grid:
        for cell in row:
            if cell > 2:
                break
        else:
            continue
        out.append(cell)
    return out
def fails(n):
    for i in range(n):
        if i == 3:
            raise ValueError("at", i)
def chance(n):
    return [random.random() for _ in range(n)]
def apply(f, xs):
    return [f(x) for x in xs]
def grow(xs, seen, same):
    xs.append(len(xs))
    seen["k"] = xs
    return xs
def lines(stream):
    return sum(1 for _ in stream)
@functools.lru_cache(None)
def memo(a):
    return a * 2
def main():
    p = Named(3)
    print(p.square, Point.collect(1), Point.collect(2), Named.make(5), p.use(), Named.__doc__, Point.__doc__)
    for _ in range(5):
        count()
    add = adder()
    print(counter, [add(i) for i in range(4)], list(numbers(4)), fib(12), find([1, 2], 2), find([1], 9))
    print(overridden(), rows([[1, 2, 3], [1, 1], [5]]), memo(2), memo(2), find.__name__, find.__code__.co_argcount)
    try:
        fails(10)
    except ValueError as error:
        print([(f.name, f.lineno, f.line) for f in traceback.extract_tb(error.__traceback__)])
    random.seed(1)
    print(chance(2), apply(lambda v: v * p.x, [1, 2]))
    xs = []
    xs.append(xs)
    print(len(grow(xs, {}, xs)), lines(open(__file__)))
if __name__ == "__main__":
    main()
    t = 0
    for z in range(5):
        t += z
    print(t, sorted(n for n in globals() if "speedwell" in n))
    sys.exit(3)
`;

const at = (text: string, needle: string) => text.split("\n").findIndex((line) => line.includes(needle)) + 1;

describe.each(allPythons())("on Python $version", ({ path: python }) => {
  it("leaves the program as it is and records its calls whole", async () => {
    const run = await capture(features, python);
    const alone = run.alone();
    expect(run.stderr).toBe(alone.stderr);
    expect(run.stdout).toBe(alone.stdout);
    expect(alone.status).toBe(3);
    const line = (needle: string) => at(features, needle);

    expect(run.calls(line("def collect"), "[e.arguments['into'], x.arguments['into'], x.value]")).toEqual([
      [[], [1], [1]],
      [[1], [1, 2], [1, 2]],
    ]);
    expect(run.calls(line("def count"), "[e.globals['counter'], x.globals['counter']]").slice(0, 2)).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(run.facts(line("def count"))).toMatchObject({ calls: 5, mutated: ["counter"] });
    const total = "[e.closure['total'].cell_contents, x.closure['total'].cell_contents, x.value]";
    expect(run.calls(line("def add("), total)[2]).toEqual([1, 3, 3]);
    expect(run.calls(line("def numbers"), "x.how")).toEqual(["generator"]);
    expect(run.facts(line("def fib")).calls).toBe(465);
    expect(run.calls(line("for i, x in enumerate"), "[x.how, x.value]", "loop")).toEqual([
      ["return", 1],
      ["return", -1],
    ]);
    expect(run.calls(line("def overridden"), "[x.how, x.value]")).toEqual([["return", null]]);
    expect(run.calls(line("for cell in row"), "x.how", "loop")).toEqual(["end", "continue", "end"]);
    expect(run.calls(line("def fails"), "[x.how, x.exception.type, x.exception.args]")).toEqual([
      ["exception", "builtins.ValueError", ["at", 3]],
    ]);
    expect(run.facts(line("def fails")).exceptions).toEqual({ "builtins.ValueError": 1 });
    expect(run.calls(line("def chance"), "e.random['random'] != x.random['random']")).toEqual([true]);
    expect(run.calls(line("def apply"), "e.arguments['f'](10)")).toEqual([30]);
    const grow =
      "[e.arguments['xs'] is e.arguments['same'], x.value is x.arguments['seen']['k'], len(x.value)]";
    expect(run.calls(line("def grow"), grow)).toEqual([[true, true, 2]]);
    expect(run.facts(line("def grow"))).toMatchObject({
      aliases: [["xs", "same"]],
      mutated: ["xs", "seen", "same"],
    });
    // A file open for reading is opened again where the call is replayed.
    expect(
      run.calls(line("def lines"), "[sum(1 for _ in e.arguments['stream']) == x.value, x.value > 50]"),
    ).toEqual([[true, true]]);
    expect(run.facts(line("def memo")).calls).toBe(1);
    expect(
      run.calls(line("for z in range"), "[e.arguments.get('t', e.globals.get('t')), x.bound['t']]", "loop"),
    ).toEqual([[0, 10]]);
    expect(run.all.flatMap((f) => Object.keys(f.unrecorded).filter((r) => r.includes("failed")))).toEqual([]);
  });

  it("does not disturb signals, generators, coroutines, metaclasses, recursion to the limit or teardown", async () => {
    const text = readFileSync(join(import.meta.dirname, "fixtures/unusual.py"), "utf8");
    const run = await capture(text, python);
    const alone = run.alone();
    expect(run.stdout).toBe(alone.stdout);
    expect(run.stderr).toBe(alone.stderr);
    expect(alone.status).toBe(1);
  });
});

it("keeps arrays, their strides, shared memory and frames, and describes them", async () => {
  const run = await capture(`
import numpy as np, pandas as pd
def scale(a, column, frozen, frame):
    a[0, 0] = 9
    return a, frame["v"].sum()
m = np.arange(12.0).reshape(3, 4)
f = np.ones(3)
f.flags.writeable = False
frame = pd.DataFrame({"v": [1, 2], "name": ["a", "b"]})
for i in range(2):
    scale(m, m[:, 0], f, frame)
`);
  expect(run.stderr).toBe("");
  const expression =
    "(e.arguments['a'].__setitem__((1, 0), -1), [e.arguments['column'][1], e.arguments['column'].strides, e.arguments['frozen'].flags.writeable, x.value[0] is x.arguments['a'], str(e.arguments['frame'].dtypes['v'])])[1]";
  expect(run.calls(3, expression)).toContainEqual([-1, [32], false, true, "int64"]);
  const facts = run.facts(3);
  expect(facts.aliases).toContainEqual(["a", "column"]);
  expect(facts.mutated).toEqual(["a", "column"]);
  expect(facts.liveIn.a![0]!.array).toMatchObject({
    dtype: "float64",
    ndim: 2,
    shapes: [[3, 4]],
    max: 11,
    nan: false,
  });
  expect(facts.liveIn.column![0]!.array).toMatchObject({ cContiguous: false });
  const frame = facts.liveIn.frame![0]!;
  expect(frame.type).toMatch(/^pandas\..*DataFrame$/);
  expect(frame.attributes!.v![0]!.array).toMatchObject({ dtype: "int64", min: 1, max: 2 });
});

it("describes values by type, with exact extremes", async () => {
  const run = await capture(`
class Item:
    def __init__(self, w): self.w = w
def look(xs, pairs, table, item, n):
    return n
look([3, -2, 2**70], [(1, "a"), (2, "b")], {"k": [1.5, float("nan")]}, Item(2), 0)
look([True], [(3, "c")], {}, None, -0.0)
for i in range(3000):
    look([1], [], {}, None, "text" if i == 900 else i)
`);
  const { liveIn, liveOut, calls } = run.facts(4);
  expect(calls).toBe(3002);
  const elements = liveIn.xs![0]!.sequence!.elements;
  expect(elements.find((f) => f.type === "builtins.int")!.integer).toEqual({
    min: "-2",
    max: String(2n ** 70n),
  });
  expect(liveIn.xs![0]!.sequence!.length).toEqual({ min: 1, max: 3 });
  const pairs = liveIn.pairs![0]!.sequence!.elements[0]!.sequence!;
  expect(pairs.positions!.map((p) => p[0]!.type)).toEqual(["builtins.int", "builtins.str"]);
  expect(liveIn.table![0]!.mapping!.values[0]!.sequence!.elements[0]!.float).toMatchObject({
    nan: true,
    min: 1.5,
  });
  expect(liveIn.item!.map((f) => f.type).sort()).toEqual(["__main__.Item", "builtins.NoneType"]);
  expect(liveIn.item!.find((f) => f.attributes)!.attributes!.w![0]!.integer).toEqual({ min: "2", max: "2" });
  expect(liveIn.n!.map((f) => f.type).sort()).toEqual(["builtins.float", "builtins.int", "builtins.str"]);
  expect(liveIn.n!.find((f) => f.float)!.float!.negativeZero).toBe(true);
  expect(liveOut.return!.map((f) => f.type)).toContain("builtins.str");
});

it("records threads and forked children apart, and survives os._exit, sys.exit and a kill", async () => {
  const run = await capture(`
import multiprocessing, os, sys, threading
def work(n):
    return sum(range(n))
def leave():
    os._exit(5)
if __name__ == "__main__":
    threads = [threading.Thread(target=lambda: [work(i) for i in range(500)]) for _ in range(4)]
    for t in threads: t.start()
    for t in threads: t.join()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(sum(pool.map(work, range(300))))
        pool.close()
        pool.join()
    leave()
`);
  expect(run.stdout).toBe(run.alone().stdout);
  expect(run.calls(3, "x.value == sum(range(e.arguments['n']))")).not.toContain(false);
  const parts = readdirSync(join(run.folder, "capture", "program:3:function")).filter((n) =>
    n.startsWith("part-"),
  );
  expect(parts.length).toBeGreaterThanOrEqual(2);
  // A process that leaves by os._exit keeps what was written until then.
  expect(run.facts(3).calls).toBeGreaterThanOrEqual(300);

  const exits = await capture(
    "import sys\ndef stop(n):\n    sys.exit(n)\nif __name__ == '__main__':\n    stop(4)\n",
    testPython(),
    {
      expected: { exit: 0, seconds: 1 },
    },
  );
  expect(exits.calls(2, "[x.how, x.exception.args]")).toEqual([["exception", [4]]]);
  expect(exits.notes).toEqual([
    "The program ended with exit code 4 in its second run, and with exit code 0 in the first.",
  ]);

  const killed = await capture(
    "import time\ndef step(n):\n    return n\nfor i in range(10**9 if __name__ == '__main__' else 0):\n    step(i); time.sleep(0.01)\n",
    testPython(),
    { timeoutSeconds: 3 },
  );
  expect(killed.notes[0]).toMatch(/was stopped after 3 s/);
  expect(killed.facts(2).calls).toBeGreaterThan(50);
  expect(killed.calls(2, "x.value == e.arguments['n']").length).toBeGreaterThan(3);
});

it("stays small in time and on disk, and prefers entries of new shapes", async () => {
  const run = await capture(
    `
import time
def tiny(x):
    return x
def big(b):
    return len(b)
blob = bytes(3_000_000)
start = time.perf_counter()
for i in range(1_000_000):
    tiny(None if i == 123_456 else i % 1000)
for i in range(30):
    big(blob)
big(bytes(30_000_000))
print(time.perf_counter() - start)
`,
    testPython(),
    { limits: { regionBytes: 20_000_000, totalBytes: 40_000_000 } },
  );
  const tiny = run.facts(3);
  // Its probe rests most of the time, unless other work on the machine makes its entries look rare.
  if (tiny.estimated) {
    expect(tiny.calls).toBeGreaterThan(333_000);
    expect(tiny.calls).toBeLessThan(3_000_000);
  } else expect(tiny.calls).toBe(1_000_000);
  expect(tiny.recorded).toBeLessThanOrEqual(24);
  expect(tiny.seconds).toBeLessThan(Number(run.stdout));
  const big = run.facts(5);
  expect(big.recorded).toBeLessThanOrEqual(3);
  expect(big.recorded).toBeGreaterThan(0);
  expect(big.unrecorded).toEqual({ "larger than 10 MB": 1 });
  const files = readdirSync(join(run.folder, "capture", "program:5:function"));
  expect(files.filter((n) => n.endsWith(".entry")).length).toBe(big.recorded);
});

it("leaves compiled and self-inspecting functions, unknown regions and live generators alone", async () => {
  const run = await capture(`
import numba
@numba.njit
def compiled(n):
    s = 0
    for i in range(n):
        s += i
    return s
def inspects(a):
    for i in range(2):
        pass
    return sorted(locals())
def consume(stream):
    return sum(stream)
def lazy(n):
    return (i for i in range(n))
print(compiled(4), inspects(1), consume(i for i in range(4)), list(lazy(3)))
going = (i for i in range(4))
next(going)
print(consume(going))
`);
  expect(run.stderr).toBe("");
  expect(run.stdout).toBe("6 ['a', 'i'] 6 [0, 1, 2]\n6\n");
  expect(run.facts(4).unrecorded).toEqual({ "the function is compiled by a decorator": 1 });
  expect(run.facts(9).unrecorded).toEqual({ "the function looks at its own variables by locals()": 1 });
  expect(run.facts(13).unrecorded).toEqual({
    "stream: a generator cannot be stored without being consumed": 1,
  });
  // One that has not begun is made anew.
  expect(run.calls(13, "[list(e.arguments['stream']), x.value]")).toEqual([[[0, 1, 2, 3], 6]]);
  expect(run.calls(15, "list(x.value)")).toEqual([[0, 1, 2]]);
});

it("kills the program when aborted and hands over a stdin file", async () => {
  const controller = new AbortController();
  const started = performance.now();
  const going = capture("import time\nwhile True:\n    time.sleep(1)\n", testPython(), {
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(new Error("enough")), 1500);
  await expect(going).rejects.toThrow("enough");
  expect(performance.now() - started).toBeLessThan(20_000);

  const folder = mkdtempSync(join(tmpdir(), "speedwell-stdin-"));
  folders.push(folder);
  writeFileSync(join(folder, "in"), "3\n4\n");
  const run = await capture(
    "import sys\ndef add(xs):\n    return sum(xs)\nprint(add([int(x) for x in sys.stdin]))\n",
    testPython(),
    {
      stdin: join(folder, "in"),
    },
  );
  expect(run.stdout).toBe("7\n");
  expect(existsSync(join(run.folder, "capture", "program:2:function", "facts.json"))).toBe(true);
});
