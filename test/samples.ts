// Programs beside a technique and what it should make of them: `fixtures/<name>.py` and `<name>.expected.py`.

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Technique } from "../src/techniques/technique.ts";
import { sharedService } from "./python-service.ts";
import { outcomeOf, rewriteProgram, sample } from "./rewriting.ts";

/** A test per sample: the technique with its variant, the sample's name, and the region that is rewritten, as `line:kind`. */
export function testSamples(
  technique: Technique,
  folder: string,
  samples: readonly (readonly [variant: string, name: string, place: string])[],
): void {
  const service = sharedService();
  describe.each(samples)("%s: %s at %s", (variant, name, place) => {
    test("becomes what a good engineer would write, and prints the same", async () => {
      const { before, after } = sample(join(folder, "fixtures"), name);
      const found = await rewriteProgram(service(), technique, before);
      const region = found.find((one) => one.region.id === `program:${place}`);
      const made = region?.rewrites.find(({ rewrite }) => rewrite.technique === variant);
      expect(made?.text ?? region?.declined ?? found.map((one) => one.region.id)).toBe(after);
      expect(outcomeOf(after)).toEqual(outcomeOf(before));
    });
  });
}
