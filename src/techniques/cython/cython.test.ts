import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { buildTogether } from "../../../test/compiled.ts";
import { testPython } from "../../../test/python.ts";
import { sharedService } from "../../../test/python-service.ts";
import { outcomeOf, type Rewritten, rewriteProgram } from "../../../test/rewriting.ts";
import { technique } from "./index.ts";

const service = sharedService();

const samples = join(import.meta.dirname, "samples");
const read = (folder: string, name: string): string => readFileSync(join(samples, folder, name), "utf8");

/** Functions that must be compiled. */
const compiled: Record<string, readonly string[]> = {
  "chains.py": ["added"],
  "edit_distance.py": ["distance"],
  "elimination.py": ["factorize"],
  "fade.py": ["fade"],
  "orbits.py": ["simulate"],
  "packing.py": ["fullest"],
  "pancakes.py": ["most_flips"],
  "planets.py": ["advance"],
  "spins.py": ["settle", "darts", "shuffled"],
  "queens.py": ["place"],
  "relax.py": ["relax"],
  "springs.py": ["swing"],
  "tokens.py": ["count_tokens"],
};

it("prints the same with compiled functions, and without them", { timeout: 300_000 }, async () => {
  expect(readdirSync(join(samples, "compiled")).sort()).toEqual(Object.keys(compiled).sort());
  const found: { name: string; rewrites: Rewritten["rewrites"] }[] = [];
  for (const [name, wanted] of Object.entries(compiled)) {
    const outcomes = await rewriteProgram(service(), technique, read("compiled", name), true);
    for (const what of wanted) {
      const outcome = outcomes.find(({ region }) => region.qualname === what && region.kind === "function")!;
      expect(outcome.declined).toEqual([]);
      found.push({ name, rewrites: outcome.rewrites });
    }
  }
  const modules = await buildTogether(
    found.flatMap(({ rewrites }) => rewrites.map(({ rewrite }) => rewrite)),
  );
  for (const { name, rewrites } of found)
    for (const { text } of rewrites) {
      const before = outcomeOf(read("compiled", name));
      expect(outcomeOf(text)).toEqual(before);
      // Nothing may be left to Python here.
      const strict = text
        .replace("pass  # left to Python", "raise")
        .replace("except ImportError:", "except ValueError:");
      const ran = (program: string) =>
        spawnSync(testPython(), ["-c", program], {
          encoding: "utf8",
          env: { ...process.env, PYTHONPATH: modules },
        });
      const { stdout, stderr } = ran(strict);
      expect(stderr).toBe("");
      expect(stdout).toBe(before.stdout);
      // Calls that nothing was seen of, some of which are left to Python.
      if (!readdirSync(join(samples, "odd")).includes(name)) continue;
      const odd = outcomeOf(read("compiled", name) + read("odd", name));
      expect(ran(text + read("odd", name)).stdout).toBe(odd.stdout);
    }
});

it.each(readdirSync(join(samples, "refused")))("leaves %s alone", async (name) => {
  const outcomes = await rewriteProgram(service(), technique, read("refused", name), true);
  const reasons = outcomes
    .filter(({ region }) => region.kind === "function")
    .map(({ region, rewrites, declined }) => {
      expect(rewrites).toEqual([]);
      return `${region.qualname}: ${declined.map(({ reason, line }) => `${reason} (line ${line})`).join()}`;
    });
  expect(reasons).toMatchSnapshot();
});
