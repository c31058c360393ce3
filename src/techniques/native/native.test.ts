// Before and after, on array code as scripts have it; and what must be left alone.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sharedService } from "../../../test/python-service.ts";
import { addedLines, outcomeOf, rewriteProgram } from "../../../test/rewriting.ts";
import type { TextEdit } from "../../schemas/common.ts";
import { applyEdits, mergeEdits } from "../../source/edits.ts";
import { technique } from "./index.ts";

const service = sharedService();

const folder = join(import.meta.dirname, "fixtures");

test("each form becomes a cheaper call, and prints the same", { timeout: 60_000 }, async () => {
  const text = readFileSync(join(folder, "arrays.py"), "utf8");
  const expected = outcomeOf(text);
  expect(expected.status, expected.error).toBe(0);
  const shown: string[] = [];
  const all: TextEdit[][] = [];
  for (const { region, rewrites } of await rewriteProgram(service(), technique, text, true)) {
    if (region.kind !== "function") continue;
    for (const { rewrite, text: rewritten } of rewrites)
      shown.push(
        `# ${region.qualname}: ${rewrite.technique}. ${rewrite.summary}\n${addedLines(text, rewritten)}\n`,
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
  for (const { region, rewrites, declined } of await rewriteProgram(service(), technique, text, true)) {
    expect(rewrites.map(({ rewrite }) => rewrite.id)).toEqual([]);
    if (region.kind === "function") for (const { reason } of declined) found[region.qualname] = reason;
  }
  expect(found).toEqual(reasons);
});
