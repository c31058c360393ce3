// `speedwell prove` on revisions of a repository.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { git, speedwell } from "../cli.ts";
import { commit, exchanged, files, minutes, prove, verdicts, write } from "./running.ts";

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
