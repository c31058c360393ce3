// Imports between the folders of src/ point one way.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "../src");

/** Each folder may import from itself and from the folders to its left. */
const layers = [
  ["base"],
  ["schemas"],
  ["stats"],
  ["interpreter", "source", "profile"],
  ["record", "versions"],
  ["diagnose"],
  ["techniques"],
  ["prove"],
  ["report", "apply"],
  ["session"],
  ["session.ts"],
  ["cli"],
];
const rank = new Map(layers.flatMap((names, level) => names.map((name) => [name, level] as const)));

/** `source/` parses through `interpreter/`, and both may share a level otherwise. */
const sideways = new Set(["source -> interpreter", "apply -> report", "report -> apply"]);

function* imports(): Generator<{ file: string; from: string; to: string }> {
  for (const entry of readdirSync(src, { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(entry) || entry.endsWith(".test.ts")) continue;
    const file = join(src, entry);
    for (const [, target] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
      const to = relative(src, resolve(dirname(file), target as string));
      if (to.startsWith("..")) continue;
      yield { file: entry, from: entry.split(sep)[0] as string, to: to.split(sep)[0] as string };
    }
  }
}

test("every import stays in its folder or points to a lower one", () => {
  const wrong = new Set<string>();
  let seen = 0;
  for (const { file, from, to } of imports()) {
    seen++;
    if (from === to || sideways.has(`${from} -> ${to}`)) continue;
    const [a, b] = [rank.get(from), rank.get(to)];
    if (a === undefined || b === undefined || b >= a) wrong.add(`${file}: ${from} -> ${to}`);
  }
  expect(seen).toBeGreaterThan(100);
  expect([...wrong]).toEqual([]);
});
