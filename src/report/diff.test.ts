import { expect, test } from "vitest";
import { diffHunks } from "./diff.ts";

const drawn = (before: string, after: string): string[] =>
  diffHunks(before, after).flatMap(({ rows }, index) => [
    ...(index > 0 ? ["…"] : []),
    ...rows.map(
      (row) =>
        `${row.oldLine ?? "-"}|${row.newLine ?? "-"} ${{ same: " ", changed: "~", added: "+", removed: "-" }[row.kind]} ${
          row.kind === "added"
            ? row.after
            : row.kind === "changed"
              ? `${row.before} → ${row.after}`
              : row.before
        }`,
    ),
  ]);

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join("");

test("three unchanged lines stand around a change, and near changes share them", () => {
  const before = numbered(20);
  expect(drawn(before, before.replace("line 5\n", "line five\n").replace("line 15\n", ""))).toEqual([
    ...["2|2   line 2", "3|3   line 3", "4|4   line 4"],
    "5|5 ~ line 5 → line five",
    ...["6|6   line 6", "7|7   line 7", "8|8   line 8"],
    "…",
    ...["12|12   line 12", "13|13   line 13", "14|14   line 14"],
    "15|- - line 15",
    ...["16|15   line 16", "17|16   line 17", "18|17   line 18"],
  ]);
  const near = drawn(before, before.replace("line 5\n", "x\n").replace("line 9\n", "y\n"));
  expect(near).not.toContain("…");
  expect(near).toHaveLength(11);
  expect(new Set(near).size).toBe(11);
});

test("the words that differ are marked", () => {
  const [hunk] = diffHunks("known = [a for a in b]\n", "known = {a for a in b}\n");
  const row = hunk!.rows[0]!;
  expect(row.marks!.before.map(([from, to]) => row.before.slice(from, to))).toEqual(["[", "]"]);
  expect(row.marks!.after.map(([from, to]) => row.after.slice(from, to))).toEqual(["{", "}"]);
});

test("lines that have little in common are not marked", () => {
  expect(diffHunks("for i in range(n):\n", "return numpy.dot(a, b)\n")[0]!.rows[0]!.marks).toBeNull();
});

test("line ends are not shown", () => {
  const rows = diffHunks("a\r\nb\r\n", "a\r\nc\r\n")[0]!.rows;
  expect(rows.map((row) => [row.before, row.after])).toEqual([
    ["a", "a"],
    ["b", "c"],
  ]);
});

test("equal texts have no hunks", () => expect(diffHunks("a\n", "a\n")).toEqual([]));
