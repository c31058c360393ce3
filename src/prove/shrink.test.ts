// Recorded inputs made small stay inputs of their kind: graphs keep their edges, what is an index stays one.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testPython } from "../../test/python.ts";

const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
from speedwell_agent.scale import scaled
from speedwell_agent.shrink import shrink
from speedwell_agent.state import Entry

n = 4000
ring = {i: [(i + 1) % n, (i + 7) % n] for i in range(n)}
words = {str(i): {str((i + 1) % n): 5, str((i * 3) % n): 9} for i in range(n)}
weighted = [[((i * 7 + 1) % n, i % 5), ((i + 2) % n, 4)][: 1 + i % 2] for i in range(n)]
grid = [[(i * j) % 2 for j in range(50)] for i in range(50)]
marks = [[(i * j) % 90 for j in range(5)] for i in range(90)]
small = shrink(Entry({"ring": ring, "words": words, "weighted": weighted, "last": n - 1, "count": n}), 12).arguments
tables = shrink(Entry({"grid": grid, "marks": marks}), 12).arguments
edges = [(i * 37 % n, i * 101 % n, i % 9) for i in range(12)]
numbers = scaled(Entry({"edges": edges, "n": n, "limit": 90_000}), 12).arguments
alone = scaled(Entry({"edges": edges, "n": n}), 12, data=False).arguments
print(json.dumps({
    "ring": {int(k): v for k, v in small["ring"].items()}, "last": small["last"], "count": small["count"],
    "words": all(k in small["words"] for row in small["words"].values() for k in row),
    "joined": sum(map(len, small["words"].values())),
    "weighted": [len(small["weighted"]), all(to < 12 for row in small["weighted"] for to, _ in row)],
    "tables": tables == {"grid": [row[:12] for row in grid][:12], "marks": marks[:12]},
    "within": all(a < numbers["n"] and b < numbers["n"] for a, b, _ in numbers["edges"]),
    "kept": [w for _, _, w in numbers["edges"]] == [w for _, _, w in edges],
    "numbers": [numbers["n"], numbers["limit"]], "alone": [alone["n"], alone["edges"] == edges],
    "nothing": scaled(Entry({"n": 9, "xs": [100_000]}), 12) is None,
}))
`;

test("graphs keep edges between the nodes that are left, numbers their order", () => {
  const agent = join(import.meta.dirname, "../../agent");
  const ran = spawnSync(testPython(), ["-c", program, agent], { encoding: "utf8" });
  expect(ran.stderr).toBe("");
  const found = JSON.parse(ran.stdout);
  expect(found).toMatchObject({ last: 11, count: 12, words: true, weighted: [12, true], tables: true });
  expect(found.joined).toBeGreaterThan(8);
  expect(Object.values(found.ring).flat().length).toBeGreaterThan(8);
  expect(found).toMatchObject({
    within: true,
    kept: true,
    numbers: [30, 48],
    alone: [48, true],
    nothing: true,
  });
});
