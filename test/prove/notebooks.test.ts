// `speedwell prove` on notebooks: compared by cells, what a cell shows is part of what it does.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadSource } from "../../src/source/load.ts";
import { withCellValues } from "../../src/versions/cell-values.ts";
import { sharedService } from "../python-service.ts";
import { files, minutes, prove, verdicts } from "./running.ts";

const service = sharedService();

const notebook = (...cells: string[]): string =>
  JSON.stringify({
    cells: cells.map((source) => ({ cell_type: "code", metadata: {}, outputs: [], source })),
    metadata: { kernelspec: { language: "python", name: "python3" } },
    nbformat: 4,
    nbformat_minor: 5,
  });

const first =
  "%matplotlib inline\nimport random\nrandom.seed(1)\ndata = [random.randrange(60) for _ in range(99)]";
const keepNew =
  "def keep_new(items):\n    seen = []\n    for x in items:\n        if x not in seen:\n            seen.append(x)\n    return seen";
const loop = "total = 0\nfor v in data:\n    total = total + v\ntotal";
const old = notebook(first, keepNew, loop, "keep_new(data), len(data)");

test("without a workload a notebook runs itself; functions and loops of cells are judged", {
  timeout: 3 * minutes,
}, async () => {
  const folder = files({
    "old.ipynb": old,
    "new.ipynb": notebook(
      `${first}\n# more`,
      "def keep_new(items):\n    return sorted(set(items))",
      loop.replace("total + v", "v + total"),
      "keep_new(data), len(data)",
    ),
  });
  const judgement = await prove(folder, "old.ipynb", "new.ipynb");
  expect(judgement.workload?.program).toMatchObject({ kind: "notebook", target: "old.ipynb" });
  expect(verdicts(judgement)).toEqual({ keep_new: "different", loop: "same" });
  expect(judgement.pieces).toMatchObject([
    { cell: { cell: 2, line: 1 }, newCell: { cell: 2, line: 1 } },
    { cell: { cell: 3, line: 2 } },
  ]);
  expect(judgement.program?.outputs).toMatchObject({ same: false });
});

test("the value that a cell shows is compared, and outputs kept in the file are not", {
  timeout: 3 * minutes,
}, async () => {
  const folder = files({
    "old.ipynb": old,
    "kept.ipynb": old.replace('"outputs":[]', '"outputs":[{"output_type":"stream"}]'),
    "shown.ipynb": notebook(first, keepNew, loop, "keep_new(data), len(data) + 1"),
  });
  const kept = await prove(folder, "old.ipynb", "kept.ipynb");
  expect([kept.verdict, kept.pieces]).toEqual(["same", []]);
  const shown = await prove(folder, "old.ipynb", "shown.ipynb");
  expect(shown.verdict).toBe("different");
  expect(shown.reason).toContain("stdout");
});

test("last expressions are shown, whatever they are", async () => {
  const path = join(files({}), "n.ipynb");
  writeFileSync(path, notebook("a = 1\na, *[2]", "a;", "(x := 2)", "if a: a", "f'{a}'  # why\n", "yes = 1"));
  const file = await withCellValues(service(), await loadSource(service(), path));
  const show = (value: string) => `__import__("sys").displayhook((${value}))`;
  expect(file.text.split(/\n\n# In\[\d\]:\n\n/).map((cell) => cell.trimEnd())).toEqual([
    `a = 1\n${show("a, *[2]")}`,
    "a;",
    `(${show("x := 2")})`,
    "if a: a",
    `${show("f'{a}'")}  # why`,
    "yes = 1",
  ]);
});
