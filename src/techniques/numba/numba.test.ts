import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sharedService } from "../../../test/python-service.ts";
import { outcomeOf, rewriteProgram } from "../../../test/rewriting.ts";
import { technique } from "./index.ts";

const service = sharedService();

const samples = join(import.meta.dirname, "samples");
const read = (folder: string, name: string): string => readFileSync(join(samples, folder, name), "utf8");

/** Regions that must be compiled: functions by name, loops of scripts by line. */
const compiled: Record<string, readonly (string | number)[]> = {
  "array_kernels.py": ["lower_factor", "spread", "sparse_product", "checksum", "longest_rise"],
  "coin_change.py": ["ways"],
  "collatz.py": ["longest_chain"],
  "edit_distance.py": ["distance"],
  "energy.py": ["total_energy"],
  "floyd_warshall.py": ["shortest_paths"],
  "kmeans_assign.py": ["assign"],
  "knapsack.py": ["knapsack"],
  "laplace.py": ["relax", "relax_array"],
  "mandelbrot.py": ["escape_time"],
  "masks.py": ["escape_times", "cleaned"],
  "matrix_chain.py": ["matrix_chain_order"],
  "matrix_product.py": ["multiply"],
  "moving_window.py": ["Smoother.smooth", "rolling_max"],
  "nbody.py": ["advance"],
  "nearest_pair.py": ["nearest_pair"],
  "planets.py": ["advance", "momentum"],
  "points.py": ["spread", "weighted", "length"],
  "script_loop.py": [7, 15],
  "sieve.py": ["primes_below"],
  "smith_waterman.py": ["best_local_score"],
  "spectral_norm.py": ["eval_a_times_u", "eval_at_times_u"],
  "whole_arrays.py": ["great_circle", "score", "sharpened"],
};

describe("programs whose loops are compiled", () => {
  it("covers every sample", () => {
    expect(readdirSync(join(samples, "compiled")).sort()).toEqual(Object.keys(compiled).sort());
  });

  it.each(Object.entries(compiled))("%s prints the same", async (name, wanted) => {
    const text = read("compiled", name);
    const before = outcomeOf(text);
    const outcomes = await rewriteProgram(service(), technique, text, true);
    for (const what of wanted) {
      const outcome = outcomes.find(({ region }) =>
        typeof what === "number"
          ? region.span.line === what
          : region.kind === "function" && region.qualname === what,
      )!;
      expect(outcome.declined).toEqual([]);
      expect(outcome.rewrites.length).toBeGreaterThan(0);
      for (const rewrite of outcome.rewrites) {
        expect(rewrite.text).toContain("njit");
        expect(outcomeOf(rewrite.text)).toEqual(before);
      }
    }
  });

  it("writes an edit distance as one would by hand", async () => {
    const outcomes = await rewriteProgram(service(), technique, read("compiled", "edit_distance.py"), true);
    expect(outcomes[0]!.rewrites[0]!.text).toMatchSnapshot();
  });
});

describe("programs that are left alone", () => {
  it.each(readdirSync(join(samples, "refused")))("%s", async (name) => {
    const outcomes = await rewriteProgram(service(), technique, read("refused", name), true);
    const reasons = outcomes.map(({ region, rewrites, declined }) => {
      expect(rewrites.map(({ rewrite }) => rewrite.summary)).toEqual([]);
      return `${region.kind} ${region.qualname}: ${declined.map(({ reason, line }) => `${reason} (line ${line})`).join()}`;
    });
    expect(reasons).toMatchSnapshot();
  });
});
