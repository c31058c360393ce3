// A notebook end to end: recorded, a cell rewritten, applied and taken back, the rest of the file untouched.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Result } from "../src/schemas/index.ts";
import { readNotebook } from "../src/source/notebook.ts";
import { emptyFolder, speedwell } from "./cli.ts";

const cells: [type: string, source: string | string[]][] = [
  ["markdown", "# New numbers\n"],
  ["code", ["%matplotlib inline\n", "import random\n", "random.seed(3)"]],
  [
    "code",
    [
      "def keep_new(items):\n",
      "    seen = []\n",
      "    for item in items:\n",
      "        if item not in seen:\n",
      "            seen.append(item)\n",
      "    return seen",
    ],
  ],
  ["code", "%time data = [[random.randrange(10**6) for _ in range(1500)] for _ in range(30)]"],
  [
    "code",
    [
      "%%time\n",
      "total = 0\n",
      "for part in data:\n",
      "    total += len(keep_new(part))\n",
      "display('größer', total)",
    ],
  ],
];

test("the cell with the slow loop is rewritten, and nothing else", { timeout: 240_000 }, async () => {
  const folder = emptyFolder("notebook");
  const path = join(folder, "new numbers.ipynb");
  const content = JSON.stringify(
    {
      cells: cells.map(([cell_type, source]) => ({
        cell_type,
        metadata: {},
        ...(cell_type === "code" ? { execution_count: null, outputs: [] } : {}),
        source,
      })),
      metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  ).replace(/\n/g, "\r\n");
  writeFileSync(path, content);
  const args = ["optimize", "--json", "--quiet", "--budget", "120", "new numbers.ipynb"];
  const run = await speedwell(args, { cwd: folder });
  expect(run.code, run.stderr).toBe(0);
  expect(run.stderr).toContain("größer\n449");
  const { rewrites, diagnosis, result } = Result.parse(JSON.parse(run.stdout));
  expect(diagnosis.reason).toContain("new numbers.ipynb:cell 2:");
  const kept = rewrites.filter(({ verdict }) => verdict === "kept");
  expect(kept).toMatchObject([{ file: path, cell: { cell: 2 } }]);
  expect(readFileSync(path, "utf8")).toBe(content);

  expect((await speedwell(["apply"], { cwd: folder })).code).toBe(0);
  const applied = readFileSync(path, "utf8");
  const cellOf = (text: string, index: number) => JSON.stringify(JSON.parse(text).cells[index]);
  expect([0, 1, 3, 4].map((index) => cellOf(applied, index))).toEqual(
    [0, 1, 3, 4].map((index) => cellOf(content, index)),
  );
  expect(cellOf(applied, 2)).not.toBe(cellOf(content, 2));
  expect(applied.replace(/\r\n/g, "")).not.toContain("\n");
  expect(readNotebook(applied, path).text).toContain("set(");
  expect(result.patch).not.toBeNull();
  expect((await speedwell(["apply", "--undo"], { cwd: folder })).code).toBe(0);
  expect(readFileSync(path, "utf8")).toBe(content);
});
