// Where the time goes, and whether anything in the user's own code is worth changing.

import { peakMemory, timesOfRun, totalOf } from "../profile/index.ts";
import type { Diagnosis } from "../schemas/diagnosis.ts";
import type { Profile } from "../schemas/profile.ts";
import type { Run } from "../schemas/run.ts";
import type { SourceFile } from "../source/file.ts";
import { attribute } from "./attribution.ts";
import { hotspotsOf, sharesOf, spotsOf } from "./hotspots.ts";
import { notesOn } from "./notes.ts";
import { judge } from "./verdict.ts";

/**
 * Diagnose a recorded run. `files` are the user's own sources that ran, as parsed; time in files that are not given is
 * still listed per function. Never throws for an incomplete recording: the verdict is then `cannot_tell`, or says so.
 * `hopeful`: see `attribute`.
 */
export function diagnose(
  run: Run,
  profile: Profile,
  files: readonly SourceFile[],
  machine: { cores: number },
  hopeful = false,
): Diagnosis {
  const times = timesOfRun(profile);
  const wall = totalOf(times);
  const samples = effectiveSamples(profile);
  const attributions = attribute(profile, files, hopeful);
  const spots = spotsOf(profile, files, attributions);
  const { verdict, reason, ceiling } = judge({
    run,
    profile,
    files,
    attributions,
    spots,
    wall,
    samples,
    machine,
  });
  return {
    schema: "speedwell.diagnosis/1",
    run: run.id,
    verdict,
    reason,
    ceiling,
    seconds: run.seconds,
    samples: profile.samples.time.length,
    shares: sharesOf(times, wall),
    peakMemory: peakMemory(profile),
    hotspots: wall > 0 ? hotspotsOf(spots, wall, samples) : [],
    notes: notesOn(run, profile),
  };
}

/**
 * How many equally weighted samples tell as much as these (Kish, Survey Sampling, 1965): the square of the sum of their
 * weights over the sum of the squares. Samples stand for different lengths of time, so their number alone says too much.
 */
export function effectiveSamples({ samples }: Profile): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < samples.time.length; i++) {
    const weight =
      samples.runPython[i]! + samples.runNative[i]! + samples.runWaiting[i]! + samples.runSystem[i]!;
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}
