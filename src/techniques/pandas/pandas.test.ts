// Before and after, on rows as people write about them; and what must be left alone.

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

test("each way of working on rows becomes work on columns, and prints the same", async () => {
  const text = readFileSync(join(folder, "frames.py"), "utf8");
  const expected = outcomeOf(text);
  expect(expected.status, expected.error).toBe(0);
  const shown: string[] = [];
  // What a loop or a call becomes first, and what it may become else.
  const ways: TextEdit[][][] = [[], []];
  for (const { region, rewrites, declined } of await rewriteProgram(service(), technique, text)) {
    if (region.kind === "loop" && region.qualname !== "") continue; // shown with their function
    const seen = new Map<number, number>();
    for (const { rewrite, text: rewritten } of rewrites) {
      const way = seen.get(rewrite.line) ?? 0;
      seen.set(rewrite.line, way + 1);
      shown.push(
        `# ${region.qualname}: ${rewrite.technique}. ${rewrite.summary}\n${addedLines(text, rewritten)}\n`,
      );
      ways[way]!.push(rewrite.edits);
    }
    for (const { reason } of declined) shown.push(`# ${region.qualname}: left alone, ${reason}\n`);
  }
  for (const way of ways) expect(outcomeOf(applyEdits(text, mergeEdits(way)!))).toEqual(expected);
  await expect(shown.join("\n")).toMatchFileSnapshot(join(folder, "frames.expected.txt"));
});

test("what is not the same over whole columns is left alone, and says why", async () => {
  const text = readFileSync(join(folder, "left_alone.py"), "utf8");
  const reasons: Record<string, string> = {};
  for (const [, name, reason] of text.matchAll(/def (\w+)\(frame\):\n {4}"""(.*)"""/g))
    reasons[name!] = reason!;
  const found: Record<string, string> = {};
  for (const { region, rewrites, declined } of await rewriteProgram(service(), technique, text)) {
    if (region.kind !== "function") continue;
    expect(rewrites.map(({ rewrite }) => rewrite.id)).toEqual([]);
    for (const { reason } of declined) found[region.qualname] = reason;
  }
  expect(found).toEqual(reasons);
});
