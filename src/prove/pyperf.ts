// The pairs as pyperf's JSON, one file per side, so that its own tools can judge them: `pyperf compare_to old new`.

import type { Conditions, Judgement, PairTimes, ProgramProof, Proof, Rewrite } from "../schemas/index.ts";
import type { Side } from "./pairs.ts";

/** Something that was timed on both sides, under one name. */
export interface PairedBenchmark {
  name: string;
  times: PairTimes;
  conditions?: Conditions | undefined;
}

/**
 * One side in pyperf's format, version 1.0: each fresh process is a run with one value, in seconds. Give both sides the
 * same benchmarks.
 */
export function pyperfJson(side: Side, benchmarks: readonly PairedBenchmark[]): string {
  return JSON.stringify({
    version: "1.0",
    metadata: { unit: "second", loops: 1 },
    benchmarks: benchmarks.map(({ name, times, conditions }) => ({
      metadata: { name, ...(conditions ? metadataOf(conditions) : {}) },
      runs: times[side].map((value) => ({ values: [value] })),
    })),
  });
}

/** pyperf's metadata are numbers and single-line texts. */
function metadataOf({ cores, placement, hashSeed, threads }: Conditions): Record<string, string | number> {
  const set = Object.entries(threads).flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
  return {
    cpu_count: cores,
    speedwell_placement: placement,
    speedwell_hash_seed: hashSeed,
    ...(set.length > 0 ? { speedwell_threads: set.join(" ") } : {}),
  };
}

/** What of a judgement was timed in pairs: whole runs of the workload, then each piece. */
export function judgedBenchmarks({ program, pieces }: Judgement): PairedBenchmark[] {
  const whole = program?.times
    ? [{ name: "program", times: program.times, conditions: program.conditions }]
    : [];
  const timed = pieces.flatMap(({ id, place, timing }) =>
    timing?.times
      ? [{ name: `${place || "code"} (${id})`, times: timing.times, conditions: timing.conditions }]
      : [],
  );
  return [...whole, ...timed];
}

/** What of a proof was timed in pairs: whole runs of the program, then each rewrite's region. */
export function pairedBenchmarks(
  proved: { proofs: readonly Proof[]; program: ProgramProof },
  rewrites: readonly Pick<Rewrite, "id" | "technique" | "line">[],
): PairedBenchmark[] {
  const { program, proofs } = proved;
  const whole = program.times
    ? [{ name: "program", times: program.times, conditions: program.conditions }]
    : [];
  const regions = proofs.flatMap(({ rewrite: id, region }) => {
    if (!region?.times) return [];
    const rewrite = rewrites.find((one) => one.id === id);
    const name = rewrite ? `${rewrite.technique} at line ${rewrite.line} (${id})` : id;
    return [{ name, times: region.times, conditions: region.conditions }];
  });
  return [...whole, ...regions];
}
