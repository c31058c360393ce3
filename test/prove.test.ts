// `speedwell prove` as a user runs it: every form of OLD and NEW, and what each verdict rests on.

import { spawnSync } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type ChildResult, runChild } from "../src/base/process.ts";
import { Judgement } from "../src/schemas/index.ts";
import { commandLine, emptyFolder, git, speedwell } from "./cli.ts";
import { testPython } from "./python.ts";

const minutes = 60_000;

function write(folder: string, files: Record<string, string | Buffer>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const files = (content: Record<string, string | Buffer>) => write(emptyFolder("prove"), content);

async function prove(cwd: string, ...args: string[]): Promise<Judgement> {
  const result = await speedwell(["prove", "--json", "--quiet", "--budget", "60", ...args], { cwd });
  expect(result.stderr).toBe("");
  expect(result.code).toBe(0);
  return Judgement.parse(JSON.parse(result.stdout));
}

const verdicts = ({ pieces }: Judgement) =>
  Object.fromEntries(pieces.map(({ place, kind, verdict }) => [place || kind, verdict]));

const commit = async (folder: string) => {
  await git(folder, "add", "-A");
  await git(folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "more");
};

/** `text` with each piece exchanged, which must stand in it once. */
function exchanged(text: string, exchanges: Record<string, string>): string {
  return Object.entries(exchanges).reduce((now, [from, to]) => {
    if (now.split(from).length !== 2) throw new Error(`not once in the text: ${from}`);
    return now.replace(from, () => to);
  }, text);
}

const core = `from .util import clean

class Table:
    def __init__(self, rows):
        self.rows = rows

    def column(self, name):
        out = []
        for row in self.rows:
            out.append(row[name])
        return out

    @property
    def size(self):
        n = 0
        for _ in self.rows:
            n += 1
        return n

    @staticmethod
    def join(words):
        text = ""
        for w in words:
            text += clean(w)
        return text

    @classmethod
    def of(cls, *rows):
        made = []
        for r in rows:
            made.append(dict(r))
        return cls(made)


def counter(start):
    def bump(values):
        t = start
        for v in values:
            t = t + v
        return t
    return bump


def evens(values):
    for v in values:
        if v % 2 == 0:
            yield v


def last(values):
    found = None
    for v in values:
        found = v
    return found


def never(x):
    return x + 1
`;

const tests = `from pkg.core import Table, counter, evens, last

def test_table():
    t = Table.of({"a": 1, "b": 2}, {"a": 3, "b": 4})
    assert t.column("a") == [1, 3]
    assert t.size == 2
    assert Table.join([" a", "b "]) == "ab"

def test_functions():
    assert counter(3)([1, 2]) == 6
    assert list(evens([1, 2, 3, 4])) == [2, 4]
    assert last([1, 2, 3]) == 3
`;

const better = exchanged(core, {
  [core.slice(core.indexOf("        out = []"), core.indexOf("    @property"))]:
    "        return [row[name] for row in self.rows]\n\n",
  "        n = 0\n        for _ in self.rows:\n            n += 1\n        return n":
    "        return len(self.rows)",
  '        text = ""\n        for w in words:\n            text += clean(w)\n        return text':
    '        return "".join([clean(w) for w in words])',
  "        made = []\n        for r in rows:\n            made.append(dict(r))\n        return cls(made)":
    "        return cls([dict(r) for r in rows])",
  "        for v in values:\n            t = t + v\n        return t":
    "        for v in values:\n            t += v + 0\n        return t",
  "        if v % 2 == 0:\n            yield v": "        if not v % 2:\n            yield v",
});

const repository = async (): Promise<string> => {
  const folder = files({
    "pkg/__init__.py": "",
    "pkg/core.py": core,
    "pkg/util.py": "def clean(word):\n    return word.strip()\n",
    "tests/test_core.py": tests,
    "data.csv": "a\n",
  });
  await git(folder, "init", "-q");
  await commit(folder);
  return folder;
};

test("a revision against the working tree, with pytest: methods, closures, generators", {
  timeout: 5 * minutes,
}, async () => {
  const folder = await repository();
  write(folder, { "pkg/core.py": better, "data.csv": "b\n" });
  const status = await git(folder, "status", "--porcelain");
  const judgement = await prove(folder, "HEAD", "--", "pytest", "-q");
  expect(verdicts(judgement)).toEqual({
    "Table.column": "same",
    "Table.size": "same",
    "Table.join": "same",
    "Table.of": "same",
    "counter.<locals>.bump": "same",
    evens: "same",
  });
  expect(judgement.verdict).toBe("same");
  expect(judgement.notCompared).toEqual([{ what: "data.csv", why: "it is not Python source" }]);
  expect(judgement.program?.outputs.compared).toContain("stdout");
  expect(judgement.pieces.every(({ evidence, calls }) => evidence === "calls" && calls === 1)).toBe(true);
  // Nothing of the user's was changed, and the judgement is kept.
  expect(await git(folder, "status", "--porcelain")).toBe(status);
  expect(readFileSync(join(folder, "pkg/core.py"), "utf8")).toBe(better);
  const listed = await speedwell(["runs"], { cwd: folder });
  expect(listed.stdout).toContain("prove HEAD -- -m pytest -q");
  expect(listed.stdout).toContain("same");
});

test("two revisions, whatever the working tree holds: wrong and unreached code", {
  timeout: 5 * minutes,
}, async () => {
  const folder = await repository();
  const wrong = exchanged(core, {
    "    for v in values:\n        found = v\n": "    for v in values:\n        found = found or v\n",
    "return x + 1": "return x + 2",
  });
  write(folder, { "pkg/core.py": wrong });
  await commit(folder);
  write(folder, { "pkg/core.py": "raise SystemError('not this one')\n" });
  const judgement = await prove(folder, "HEAD~1", "HEAD", "--", "-m", "pytest", "-q", "-x");
  expect(verdicts(judgement)).toEqual({ last: "different", never: "cannot_tell" });
  expect(judgement.verdict).toBe("different");
  expect(judgement.notExercised).toEqual(["never"]);
  expect(judgement.program?.outputs.same).toBe(false);
});

test("two files with async functions, recursion, constants, helpers and module loops", {
  timeout: 5 * minutes,
}, async () => {
  const old = `import asyncio
async def fetch(n):
    await asyncio.sleep(0)
    return n * 2

async def gather(ns):
    out = []
    for n in ns:
        out.append(await fetch(n))
    return out

async def stream(ns):
    for n in ns:
        yield await fetch(n)

async def total(ns):
    t = 0
    for n in ns:
        t += await fetch(n)
    return t

async def main():
    print(await gather(range(5)), [x async for x in stream([1, 2, 3])], await total([1, 2]))

def even(n):
    return n == 0 or odd(n - 1)

def odd(n):
    return n != 0 and even(n - 1)

LIMIT = ["a", "b"]

def known(w):
    return w in LIMIT

def _helper(v):
    return v + 1

def use(vs):
    return [_helper(v) for v in vs]

squares = []
for i in range(20):
    squares.append(i * i)
count = 0
for s in squares:
    count = count + s

if __name__ == "__main__":
    asyncio.run(main())
    print(even(10), odd(7), known("a"), known("z"), use([1, 2, 3]), squares, count)
`;
  const folder = files({
    "old.py": old,
    "new.py": exchanged(old, {
      "        out.append(await fetch(n))": "        value = await fetch(n)\n        out.append(value)",
      "        yield await fetch(n)": "        value = await fetch(n)\n        yield value",
      "t += await fetch(n)": "t += await fetch(n) + 1",
      "n != 0 and even(n - 1)": "0 != n and even(n - 1)",
      '["a", "b"]': '{"a", "b"}',
      "def _helper(v)": "def _inc(v)",
      "_helper(v) for": "_inc(v) for",
      "squares = []\nfor i in range(20):\n    squares.append(i * i)": "squares = [i * i for i in range(20)]",
      "for s in squares:\n    count = count + s": "for s in squares:\n    count += s",
    }),
  });
  const judgement = await prove(folder, "old.py", "new.py", "--", "old.py");
  expect(verdicts(judgement)).toMatchObject({
    gather: "same",
    stream: "same",
    total: "different",
    known: "same",
    use: "same",
  });
  expect(judgement.verdict).toBe("different");
  expect(judgement.reason).toMatch(/^in total, on a recorded input/);
  // Inputs far from the recorded ones recurse deep, for which a busy machine may have no time.
  expect(["same", "cannot_tell"]).toContain(verdicts(judgement).odd);
  expect(judgement.added).toEqual(["_inc"]);
});

test("two folders: modules that come and go, and the workload using NEW's copy", {
  timeout: 5 * minutes,
}, async () => {
  const folder = files({
    "a/app/__init__.py": "",
    "a/app/shapes.py": "from .old_area import area\n\ndef areas(xs):\n    return [area(x) for x in xs]\n",
    "a/app/old_area.py": "def area(x):\n    return x * x\n",
    "b/app/__init__.py": "",
    "b/app/shapes.py": "from .geometry.area import area\n\ndef areas(xs):\n    return list(map(area, xs))\n",
    "b/app/geometry/__init__.py": "",
    "b/app/geometry/area.py": "def area(x):\n    return x ** 2\n",
    "b/main.py": "from app.shapes import areas\nprint(areas([1, 2, 3]))\n",
  });
  const judgement = await prove(folder, "a/app", "b/app", "--", "b/main.py");
  expect(verdicts(judgement)).toMatchObject({ areas: "same" });
  expect(judgement.program?.outputs.same).toBe(true);
  expect(judgement.pieces.find(({ place }) => place === "areas")?.file).toBe(join(folder, "b/app/shapes.py"));
  // The module that is gone has nothing to be compared with.
  expect(judgement.pieces.find(({ kind }) => kind === "unpaired")?.shown).toBe("old_area.py");
  expect(judgement.verdict).toBe("cannot_tell");
});

test("a patch of a folder with spaces, tabs, carriage returns, a BOM and Latin-1", {
  timeout: 5 * minutes,
}, async () => {
  const latin = Buffer.from("# -*- coding: latin-1 -*-\r\ndef name(x):\r\n\treturn '\xe9' + x\r\n", "latin1");
  const folder = files({
    "my code/latin.py": latin,
    "my code/bom.py": "\ufeffdef twice(x):\n    return x * 2\n",
    "my code/main.py": "import latin, bom\nprint(ascii(latin.name('a')), bom.twice(4))\n",
    "p.diff": Buffer.from(
      "--- a/latin.py\n+++ b/latin.py\n@@ -1,3 +1,3 @@\n # -*- coding: latin-1 -*-\r\n def name(x):\r\n-\treturn '\xe9' + x\r\n+\treturn '\xe9%s' % x\r\n" +
        "--- a/bom.py\n+++ b/bom.py\n@@ -1,2 +1,2 @@\n \xef\xbb\xbfdef twice(x):\n-    return x * 2\n+    return x + x\n",
      "latin1",
    ),
  });
  const judgement = await prove(folder, "my code", "p.diff", "--", "my code/main.py");
  // `'%s' % x` takes numbers, which `+` refuses; `x + x` and `x * 2` differ for nothing that was called.
  expect(judgement.pieces.map(({ place }) => place).sort()).toEqual(["name", "twice"]);
  expect(judgement.program?.outputs.same).toBe(true);
  expect(readFileSync(join(folder, "my code/latin.py")).equals(latin)).toBe(true);
});

test("code outside of functions is judged by whole runs, and the output may tell", {
  timeout: 3 * minutes,
}, async () => {
  const folder = files({
    "old.py": "import sys\nprint('a', 3 * 2)\n",
    "new.py": "import sys\nprint('a', 3 + 3)\n",
  });
  const same = await prove(folder, "old.py", "new.py", "--", "old.py");
  expect(same).toMatchObject({ verdict: "same", pieces: [{ kind: "module", evidence: "whole_runs" }] });
  expect(same.pieces[0]!.reason).toContain("whole runs alone");
  write(folder, { "new.py": "import sys\nprint('a', 3 + 3)\nsys.exit(3)\n" });
  const different = await prove(folder, "old.py", "new.py", "--", "old.py");
  expect(different.verdict).toBe("different");
  expect(different.reason).toContain("exit code");
});

test("what acts on the world is never called the same by a replay that may not", {
  timeout: 4 * minutes,
}, async () => {
  const effects: Record<string, string> = {
    writes: "open('out.txt', 'w').close()",
    removes: "open('gone.txt', 'w').close(); os.remove('gone.txt')",
    connects: "socket.socket().close()",
    starts: "subprocess.run([sys.executable, '-c', ''])",
    system: "os.system('true')",
    kills: "os.kill(os.getpid(), 0)",
    handles: "signal.signal(signal.SIGUSR1, signal.SIG_DFL)",
    alarms: "signal.alarm(0)",
    native: "ctypes.CDLL(None).getpid()",
    forks: "os.waitpid(os.fork() or os._exit(0), 0)",
  };
  const module = (answer: string) =>
    `import ctypes, os, signal, socket, subprocess, sys\n${Object.entries(effects)
      .map(([name, effect]) => `def ${name}(x):\n    ${effect}\n    return ${answer}\n`)
      .join("")}for f in [${Object.keys(effects).join(", ")}]:\n    print(f.__name__, f(1))\n`;
  const folder = files({ "old.py": module("x + 1"), "new.py": module("1 + x") });
  const judgement = await prove(folder, "old.py", "new.py", "--", "old.py");
  expect(verdicts(judgement)).toEqual(
    Object.fromEntries(Object.keys(effects).map((name) => [name, "cannot_tell"])),
  );
  expect(judgement.pieces).toHaveLength(Object.keys(effects).length);
  expect(judgement.verdict).toBe("cannot_tell");
  expect(judgement.program?.outputs.same).toBe(true);
});

test("without a workload: generated inputs, a call to paste, JUnit, and the report", {
  timeout: 3 * minutes,
}, async () => {
  const old = `from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence

@dataclass
class Point:
    x: int

def count(words: List[str]) -> Dict[str, int]:
    result: Dict[str, int] = {}
    for word in words:
        if word in result:
            result[word] += 1
        else:
            result[word] = 1
    return result

def far(points: Sequence[Point]) -> Optional[Point]:
    best = None
    for p in points:
        if best is None or p.x > best.x:
            best = p
    return best

def nearest(values: List[int], to: int = 3) -> Optional[int]:
    best = None
    for v in values:
        if best is None or abs(v - to) < abs(best - to):
            best = v
    return best

def opaque(thing):
    return thing + 1
`;
  const folder = files({
    "old.py": old,
    "new.py": exchanged(old, {
      "        if word in result:\n            result[word] += 1\n        else:\n            result[word] = 1":
        "        result[word] = result.get(word, 0) + 1",
      "abs(v - to) < abs(best - to)": "abs(v - to) <= abs(best - to)",
      "thing + 1": "1 + thing",
    }),
  });
  const result = await speedwell(["prove", "--json", "--quiet", "--junit", "j.xml", "old.py", "new.py"], {
    cwd: folder,
  });
  const judgement = Judgement.parse(JSON.parse(result.stdout));
  expect(verdicts(judgement)).toEqual({ count: "same", nearest: "different", opaque: "cannot_tell" });
  expect(judgement).toMatchObject({ verdict: "different", workload: null, program: null });
  const [same] = judgement.pieces;
  expect(same).toMatchObject({ evidence: "annotations", calls: null, equivalence: { recorded: 0 } });
  // The call prints what each version gives, as its comments say.
  const { call } = judgement.pieces.find(({ place }) => place === "nearest")!;
  expect(call).toMatch(/^from old import nearest\nprint\(nearest\(/);
  const given = async (name: string) => {
    const text = readFileSync(join(folder, name), "utf8");
    const run = await runChild(testPython(), ["-c", call!], {
      cwd: write(emptyFolder("call"), { "old.py": text }),
    });
    return run.stdout.trim();
  };
  expect(`# OLD returns ${await given("old.py")}\n# NEW returns ${await given("new.py")}`).toBe(
    call!.split("\n").slice(-2).join("\n"),
  );
  const xml = readFileSync(join(folder, "j.xml"), "utf8");
  expect(xml).toContain('<testsuite name="speedwell prove old.py new.py" tests="3" failures="1" errors="1">');
  expect(xml.match(/<testcase /g)).toHaveLength(3);
  const report = readFileSync(judgement.report!, "utf8");
  expect(report).toContain("speedwell.judgement-report/1");
  expect(report).toContain("Content-Security-Policy");
});

test("nothing to judge: the same bytes, or only comments and docstrings", async () => {
  const folder = files({
    "a.py": 'def f():\n    """One."""\n    return 1\n',
    "b.py": 'def f():\n    """Two."""\n    return 1  # one\n',
    "c.py": "def f():\n    return (1)\n",
  });
  expect(await prove(folder, "a.py", "a.py", "--", "a.py")).toMatchObject({
    verdict: "same",
    reason: "a.py and a.py are the same, byte by byte",
  });
  expect(await prove(folder, "a.py", "b.py", "--", "a.py")).toMatchObject({
    verdict: "same",
    reason: "only docstrings changed",
    docstrings: ["f"],
  });
});

test("--require same fails a pipeline on any other verdict", async () => {
  const folder = files({
    "a.py": "def f(): return 1\n",
    "b.py": "def f(): return 2\n",
    "w.py": "import a\n",
  });
  const result = await speedwell(["prove", "a.py", "b.py", "--require", "same", "--quiet", "--", "w.py"], {
    cwd: folder,
  });
  expect(result.code).toBe(1);
  expect(result.stdout).toContain("cannot tell");
  expect(result.stdout).toContain("never reached by the workload: f");
});

const faults = async (): Promise<[string, string[], number, string][]> => {
  const folder = files({
    "ok.py": "def f(): return 1\n",
    "new.py": "def f(): return 2\n",
    "bad.py": "x = 1\ndef f(:\n",
    "binary.py": Buffer.from([0, 1, 2, 3]),
    "fails.py": "import ok\nraise SystemExit('broken on purpose')\n",
    "p.diff": "--- a/ok.py\n+++ b/ok.py\n@@ -1 +1 @@\n-def g(): return 1\n+def g(): return 2\n",
    "folder/x.py": "",
  });
  return [
    [folder, ["nothing.py", "new.py"], 2, "There is no file nothing.py."],
    [folder, ["ok.py", "nothing.py"], 2, "There is no file nothing.py."],
    [folder, ["main", "feature"], 2, "is in no git repository"],
    [folder, ["ok.py", "folder"], 2, "ok.py is a file and folder is a folder"],
    [folder, ["ok.py"], 2, "NEW is missing"],
    [
      folder,
      ["ok.py", "p.diff", "--", "ok.py"],
      2,
      "p.diff, line 3: the patch does not fit ok.py, whose line 1 is another.",
    ],
    [folder, ["ok.py", "bad.py", "--", "ok.py"], 1, "NEW: ok.py, line 2 is not valid Python"],
    [folder, ["bad.py", "ok.py", "--", "ok.py"], 1, "OLD: bad.py, line 2 is not valid Python"],
    [folder, ["ok.py", "binary.py"], 2, "binary.py is not Python source: it holds binary data."],
    [
      folder,
      ["ok.py", "new.py", "--", "fails.py"],
      1,
      "The workload fails with OLD in place, so there is nothing to compare with: exit code 1: broken on purpose",
    ],
    [folder, ["ok.py", "new.py", "--", "gone.py"], 2, "There is no file gone.py."],
    [folder, ["ok.py", "new.py", "--tolerance", "2"], 2, "--tolerance takes a relative difference"],
  ];
};

test("bad input is said in one sentence, and leaves no run behind", { timeout: 2 * minutes }, async () => {
  for (const [cwd, args, code, message] of await faults()) {
    const result: ChildResult = await speedwell(["prove", "--quiet", ...args], { cwd });
    expect([args.join(" "), result.code, result.stderr]).toEqual([
      args.join(" "),
      code,
      expect.stringContaining(message),
    ]);
    expect(result.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(result.stdout).toBe("");
  }
  const [[cwd]] = (await faults()) as [[string, string[], number, string]];
  expect((await speedwell(["runs"], { cwd })).stdout).toContain("No runs here yet");
});

test(
  "a workload reads its stdin from a file, the same in every run",
  () => {
    const old =
      "import sys\ndef f(xs):\n    out = []\n    for x in xs:\n        out.append(x * 2)\n    return out\nprint(sum(f([int(w) for w in sys.stdin])))\n";
    const loop = "    out = []\n    for x in xs:\n        out.append(x * 2)\n    return out";
    const folder = files({
      "old.py": old,
      "new.py": exchanged(old, { [loop]: "    return [x * 2 for x in xs]" }),
      data: "3\n1\n2\n",
    });
    const { status, stdout } = spawnSync(
      process.execPath,
      [commandLine, "prove", "--json", "--quiet", "--budget", "60", "old.py", "new.py", "--", "old.py"],
      {
        cwd: folder,
        env: { ...process.env, SPEEDWELL_PYTHON: testPython() },
        stdio: [openSync(join(folder, "data"), "r"), "pipe", "pipe"],
        encoding: "utf8",
      },
    );
    expect(status).toBe(0);
    const judgement = Judgement.parse(JSON.parse(stdout));
    expect(judgement.verdict, judgement.reason).toBe("same");
    expect(judgement.program?.outputs.same).toBe(true);
  },
  2 * minutes,
);
