// The pairs as pyperf's JSON, one file per side, so that its own tools can judge them: `pyperf compare_to old new`.

import type { PairTimes } from "../schemas/index.ts";
import type { Side } from "./pairs.ts";

/**
 * One side of a comparison in pyperf's format, version 1.0: each fresh process is a run with one value, in seconds.
 * `name` is the benchmark's, the same on both sides.
 */
export function pyperfJson(name: string, side: Side, times: PairTimes): string {
  const metadata = { name, unit: "second", loops: 1 };
  return JSON.stringify({
    version: "1.0",
    metadata,
    benchmarks: [{ runs: times[side].map((value) => ({ values: [value], metadata: {} })) }],
  });
}
