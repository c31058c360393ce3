// Worth it, not worth it, or cannot tell: the decision, and the sentence with the number that shows why.

import { basename } from "node:path";
import { totalOf } from "../profile/index.ts";
import type { Diagnosis } from "../schemas/diagnosis.ts";
import type { Profile } from "../schemas/profile.ts";
import type { Run } from "../schemas/run.ts";
import { lineName } from "../source/cell-lines.ts";
import type { SourceFile } from "../source/file.ts";
import { amdahlCeiling } from "../stats/index.ts";
import type { Attribution } from "./attribution.ts";
import { type Spot, shareError } from "./hotspots.ts";
import { unrecordedChildren } from "./notes.ts";

/** A program that cannot become this much faster is not worth the change: 15% is about what a user notices. */
const WORTHWHILE = 1.15;
const WORTHWHILE_SHARE = 1 - 1 / WORTHWHILE;
/** Seconds below which even the greatest gain is smaller than starting Python a few times. */
const SHORT = 0.3;
/** Independent samples below which a share says nothing. */
const FEW = 20;
/** Regions smaller than this share are not counted: nobody rewrites fifty places for two percent each. */
const SMALLEST_REGION = 0.02;

interface Evidence {
  run: Run;
  profile: Profile;
  files: readonly SourceFile[];
  attributions: readonly (Attribution | null)[];
  spots: readonly Spot[];
  /** Nanoseconds, and effective samples (see `effectiveSamples`). */
  wall: number;
  samples: number;
  machine: { cores: number };
}

export function judge(evidence: Evidence): Pick<Diagnosis, "verdict" | "reason" | "ceiling"> {
  const { run, wall, samples, profile } = evidence;
  if (wall === 0 || samples === 0)
    return {
      verdict: "cannot_tell",
      ceiling: null,
      reason: `cannot tell: the program ${ending(run)} after ${seconds(run.seconds)}, before anything could be recorded`,
    };
  const share = changeableShare(evidence);
  const error = shareError(share, samples);
  const ceiling = amdahlCeiling(share);
  const missing = unrecordedChildren(profile);
  if (missing > 0.5)
    return {
      verdict: "cannot_tell",
      ceiling: null,
      reason: `cannot tell: ${percent(missing)} of the CPU time was spent in processes that the program started and that were not recorded`,
    };
  if (run.seconds < SHORT && run.status === "finished")
    return {
      verdict: "not_worth_it",
      ceiling,
      reason: `not worth it: the whole program takes ${seconds(run.seconds)}; its own code could save at most ${seconds((share * wall) / 1e9)} of that`,
    };
  if (samples < FEW)
    return {
      verdict: "cannot_tell",
      ceiling,
      reason: `cannot tell: the program ${ending(run)} after ${seconds(run.seconds)}, and ${Math.round(samples)} samples are too few to say where its time goes`,
    };
  if (share - error >= WORTHWHILE_SHARE)
    return { verdict: "worth_it", ceiling, reason: worthSentence(evidence, share, ceiling) };
  if (share + error < WORTHWHILE_SHARE || share < WORTHWHILE_SHARE / 2)
    return { verdict: "not_worth_it", ceiling, reason: notWorthSentence(evidence, share) };
  return {
    verdict: "cannot_tell",
    ceiling,
    reason: `cannot tell: between ${percent(Math.max(0, share - error))} and ${percent(share + error)} of the time is in code that could be changed; a longer run would say more`,
  };
}

/** The diagnosis of a program whose rewrites were measured to be faster: that settles what the recording left open. */
export function measuredFaster(diagnosis: Diagnosis): Diagnosis {
  if (diagnosis.verdict !== "cannot_tell") return diagnosis;
  const open = diagnosis.reason.replace(/^cannot tell: /, "");
  const reason = `worth it: rewrites were measured to be faster; the recording alone could not tell: ${open}`;
  return { ...diagnosis, verdict: "worth_it", reason };
}

/** Changeable time in regions large enough to be rewritten, as a share of the run. Time outside any region counts whole. */
function changeableShare({ attributions, spots, wall }: Evidence): number {
  const small = new Set(
    spots.filter((spot) => totalOf(spot.total) < wall * SMALLEST_REGION).map((spot) => spot.region?.id),
  );
  let sum = 0;
  for (const attribution of attributions) {
    if (attribution === null) continue;
    const { place, changeable } = attribution;
    const around = place && [...place.loops, ...(place.function ? [place.function] : [])];
    if (around && around.length > 0 && around.every((region) => small.has(region.id))) continue;
    sum += changeable;
  }
  return Math.min(1, sum / wall);
}

function worthSentence({ spots, wall, run, files }: Evidence, share: number, ceiling: number | null): string {
  const [most] = spots
    .filter((spot) => spot.region !== null)
    .sort((a, b) => b.exclusive - a.exclusive || b.changeable - a.changeable);
  const bound =
    ceiling === null || ceiling > 100
      ? "nearly all of it could go"
      : `without it the program would be ${times(ceiling)} faster`;
  const where = most
    ? `, most of it in ${describe(most, files)} (${percent(totalOf(most.total) / wall)})`
    : "";
  return `worth it: ${percent(share)} of ${seconds(run.seconds)} is spent in code that could be changed${where}; ${bound}`;
}

function describe({ scope, function: name, file, line }: Spot, files: readonly SourceFile[]): string {
  const cells = files.find(({ path }) => path === file)?.notebook?.cellLines;
  const place = `${basename(file)}:${lineName(cells, line)}`;
  if (scope === "statement") return `the statement at ${place}`;
  if (scope === "loop") return name === "<module>" ? `the loop at ${place}` : `a loop of ${name} at ${place}`;
  return `${name} at ${place}`;
}

/** The largest part of the time that no change of this code can save, and the bound that follows. */
function notWorthSentence(evidence: Evidence, share: number): string {
  const { wall } = evidence;
  const bound = `no change to this code can make the program more than ${times(1 / (1 - Math.min(share, 0.999)))} faster`;
  const [largest] = obstacles(evidence).sort((a, b) => b.time - a.time);
  return largest && largest.time > wall * 0.1
    ? `not worth it: ${largest.say(percent(largest.time / wall))}; ${bound}`
    : `not worth it: only ${percent(share)} of the time is in code that could be changed; ${bound}`;
}

interface Obstacle {
  time: number;
  say(share: string): string;
}

function obstacles({ attributions, profile, machine, wall }: Evidence): Obstacle[] {
  const native = new Map<string, number>();
  const library = new Map<string, number>();
  const waiting = new Map<string, number>();
  const imports = new Map<string, number>();
  let importing = 0;
  let system = 0;
  let waited = 0;
  let unowned = 0;
  const add = (table: Map<string, number>, key: string, time: number) =>
    table.set(key, (table.get(key) ?? 0) + time);
  for (const attribution of attributions) {
    if (attribution === null) continue;
    const { times: spent, callee, place, changeable } = attribution;
    if (attribution.importing !== null) {
      importing += totalOf(spent);
      add(imports, attribution.importing, totalOf(spent));
      continue;
    }
    const name = callee ?? "native code";
    waited += spent.waiting;
    system += spent.system;
    add(waiting, callee ?? "", spent.waiting);
    if (place === null) unowned += spent.python + spent.native;
    else {
      const fixed = Math.max(0, spent.python + spent.native - changeable);
      add(native, name, Math.min(spent.native, fixed));
      add(library, name, fixed - Math.min(spent.native, fixed));
    }
  }
  const top = (table: Map<string, number>): [string, number] =>
    [...table].sort(([, a], [, b]) => b - a)[0] ?? ["", 0];
  const [nativeName, nativeTime] = top(native);
  const allNative = [...native.values()].reduce((sum, time) => sum + time, 0);
  const [libraryName, libraryTime] = top(library);
  const [waitName, waitTime] = top(waiting);
  const [importName, importTime] = top(imports);
  // CPU time beyond one core can only come from native code: the rest runs under the interpreter's lock.
  const coresUsed = nativeTime > 0 ? 1 + ((profile.parallelism - 1) * wall) / Math.max(allNative, 1) : 1;
  const which =
    coresUsed > machine.cores * 0.8 && machine.cores > 1
      ? `which already uses ${machine.cores === 2 ? "both cores" : `all ${machine.cores} cores`}`
      : "which is native code already";
  return [
    { time: nativeTime, say: (part) => `${part} of the time is inside ${nativeName}, ${which}` },
    {
      time: allNative > nativeTime * 1.3 ? allNative : 0,
      say: (part) => `${part} of the time is inside native code of libraries, most of it ${nativeName}`,
    },
    {
      time: libraryTime,
      say: (part) =>
        `${part} of the time is inside ${libraryName}, which is library code and not this program's`,
    },
    {
      time: waited,
      say: (part) =>
        `${part} of the time the program waits${waitName !== "" && waitTime > waited / 2 ? `, most of it in ${waitName}` : ""}`,
    },
    {
      time: importing,
      say: (part) =>
        importTime > importing / 2
          ? `importing ${importName} takes ${part} of the time`
          : `importing modules takes ${part} of the time`,
    },
    {
      time: system,
      say: (part) => `${part} of the time is spent in the operating system (files, memory, output)`,
    },
    { time: unowned, say: (part) => `${part} of the time is spent outside this program's own code` },
  ];
}

function ending({ status, exit, signal }: Run): string {
  if (status === "failed") return `failed (exit code ${exit})`;
  if (status === "interrupted") return "was interrupted";
  return status === "killed" ? `was ended by ${signal}` : "ended";
}

const percent = (share: number): string =>
  share > 0 && share < 0.01 ? "under 1%" : `${Math.round(share * 100)}%`;
const seconds = (s: number): string => (s < 1 ? `${s.toFixed(2)} s` : `${s.toFixed(1)} s`);
const times = (ratio: number): string => `${ratio < 10 ? ratio.toFixed(2) : Math.round(ratio)}×`;
