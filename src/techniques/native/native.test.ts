// Before and after, on array code as scripts have it; and what must be left alone.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testPython } from "../../../test/python.ts";
import { outcomeOf, rewriteProgram } from "../../../test/rewriting.ts";
import { type PythonService, startService } from "../../interpreter/service.ts";
import type { TextEdit } from "../../schemas/common.ts";
import { applyEdits, mergeEdits } from "../../source/edits.ts";
import { technique } from "./index.ts";

let service: PythonService;
beforeAll(async () => {
  service = await startService(testPython());
});
afterAll(() => service.close());

const folder = join(import.meta.dirname, "fixtures");

/** The lines of `after` that `before` does not have. */
function changed(before: string, after: string): string {
  const old = new Set(before.split("\n"));
  return after
    .split("\n")
    .filter((line) => !old.has(line))
    .join("\n");
}

test("each form becomes a cheaper call, and prints the same", { timeout: 60_000 }, async () => {
  const text = readFileSync(join(folder, "arrays.py"), "utf8");
  const expected = outcomeOf(text);
  expect(expected.status, expected.error).toBe(0);
  const shown: string[] = [];
  const all: TextEdit[][] = [];
  for (const { region, rewrites } of await rewriteProgram(service, technique, text, true)) {
    if (region.kind !== "function") continue;
    for (const { rewrite, text: rewritten } of rewrites)
      shown.push(
        `# ${region.qualname}: ${rewrite.technique}. ${rewrite.summary}\n${changed(text, rewritten)}\n`,
      );
    const [best] = rewrites;
    if (best) all.push(best.rewrite.edits);
  }
  const merged = mergeEdits(all);
  expect(merged).not.toBeNull();
  expect(outcomeOf(applyEdits(text, merged!))).toEqual(expected);
  await expect(shown.join("\n")).toMatchFileSnapshot(join(folder, "arrays.expected.txt"));
});

test("what may not be called otherwise is left alone, and says why", { timeout: 60_000 }, async () => {
  const text = readFileSync(join(folder, "left_alone.py"), "utf8");
  const reasons: Record<string, string> = {};
  for (const [, name, reason] of text.matchAll(/def (\w+)\([^)]*\):\n {4}"""(.*)"""/g))
    if (reason !== "-") reasons[name!] = reason!;
  const found: Record<string, string> = {};
  for (const { region, rewrites, declined } of await rewriteProgram(service, technique, text, true)) {
    expect(rewrites.map(({ rewrite }) => rewrite.id)).toEqual([]);
    if (region.kind === "function") for (const { reason } of declined) found[region.qualname] = reason;
  }
  expect(found).toEqual(reasons);
});
