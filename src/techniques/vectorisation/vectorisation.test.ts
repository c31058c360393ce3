// Programs as real code looks: what becomes array expressions and prints the same, and what is left alone.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sharedService } from "../../../test/python-service.ts";
import { outcomeOf, rewriteProgram } from "../../../test/rewriting.ts";
import { technique } from "./index.ts";

const service = sharedService();

const samples = join(import.meta.dirname, "samples");
const read = (folder: string, name: string): string => readFileSync(join(samples, folder, name), "utf8");

describe("programs whose loops become array expressions", () => {
  it.each(readdirSync(join(samples, "rewritten")))(
    "%s prints the same",
    { timeout: 60_000 },
    async (name) => {
      const text = read("rewritten", name);
      const before = outcomeOf(text);
      const outcomes = await rewriteProgram(service(), technique, text, true);
      const functions = outcomes.filter(
        ({ region }) => region.kind === "function" && region.liveIn.length > 0,
      );
      for (const { rewrites } of functions)
        for (const rewrite of rewrites) expect(outcomeOf(rewrite.text), rewrite.text).toEqual(before);
      const after = functions.map(({ region, rewrites }) =>
        rewrites[0] ? functionText(rewrites[0].text, region.qualname) : `# ${region.qualname} stays as it is`,
      );
      expect(`\n${after.join("\n\n")}\n`).toMatchSnapshot();
    },
  );
});

function functionText(text: string, name: string): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`def ${name}(`));
  const end = lines.findIndex((line, i) => i > start && /^\S/.test(line));
  return lines.slice(start, end).join("\n").trimEnd();
}

describe("programs that are left alone", () => {
  it.each(readdirSync(join(samples, "refused")))("%s", { timeout: 60_000 }, async (name) => {
    const outcomes = await rewriteProgram(service(), technique, read("refused", name), true);
    const reasons = outcomes.map(({ region, rewrites, declined }) => {
      expect(rewrites.map(({ text }) => text)).toEqual([]);
      return `${region.kind} ${region.qualname}: ${declined.map(({ reason, line }) => `${reason} (line ${line})`).join()}`;
    });
    expect(reasons).toMatchSnapshot();
  });
});
