// The evidence of a proof in plain words. Shared by the terminal and the page.

import { crossoverPhrase } from "../prove/sizes.ts";
import type {
  Build,
  BuildStep,
  Diagnosis,
  Equivalence,
  Hotspot,
  Once,
  ProgramProof,
  Timing,
  Tolerance,
} from "../schemas/index.ts";
import { formatCount, formatInterval, formatRatio, formatSeconds, formatSmall } from "./format.ts";
import type { Outcome } from "./model.ts";

/** Below this share of noticed mistakes, the word `same` is said with its weakness. */
export const STRONG = 0.8;

/** `48 recorded + 212 generated inputs`. */
export function inputsTried(equivalence: Equivalence): string {
  const { recorded, generated } = equivalence;
  if (recorded === 0) return formatCount(generated, "generated input");
  if (generated === 0) return formatCount(recorded, "recorded input");
  return `${recorded.toLocaleString("en-US")} recorded + ${formatCount(generated, "generated input")}`;
}

/** How far results lay apart at most: `bit for bit`, or `within 2.2e-16 (1 ULP)`, relative. */
export function largestDifference(equivalence: Equivalence): string {
  const { relative, ulp } = equivalence.largestDifference;
  if (relative === 0 && ulp === 0) return "bit for bit";
  return `within ${formatSmall(relative)}${ulp > 0 && ulp < 1e6 ? ` (${formatSmall(ulp)} ULP)` : ""}`;
}

/** How much the word `same` weighs: `strength 0.94`. */
export function strength(equivalence: Equivalence): string {
  if (equivalence.strength === null) return "strength not measured";
  return `strength ${equivalence.strength.toFixed(2)}${equivalence.strength < STRONG ? " (weak)" : ""}`;
}

/** The bound that a rewrite claims: `1e-9 relative`, `4 ULP`. */
export const toleranceBound = (tolerance: Tolerance): string =>
  tolerance.kind === "ulp"
    ? `${formatSmall(tolerance.bound)} ULP`
    : `${formatSmall(tolerance.bound)} relative`;

/** What a rewrite pays once per process, what that makes of one run and of later ones, and when it pays. */
export function onceWords({ seconds, cold, warm, breakEven }: Once): string {
  const pays =
    breakEven === null
      ? "never pays"
      : breakEven === 1
        ? "pays in the first run"
        : `pays from ${breakEven} runs of this work per start`;
  return `${formatSeconds(seconds)} per process for compiling and importing: ${formatRatio(cold.estimate)} for the program with one run, ${formatRatio(warm.estimate)} for runs after that; ${pays}`;
}

/** The command that builds what a rewrite adds, what it took here, and when it pays. */
export function buildWords(step: BuildStep, folder: string, build: Build | undefined): string {
  const { command, costs } = buildParts(step, folder, build);
  return `${command}${costs}`;
}

/** The command that builds it, and what goes after it in the sentence. */
export function buildParts(
  step: BuildStep,
  folder: string,
  build: Build | undefined,
): { command: string; costs: string } {
  const command = `python ${step.arguments.join(" ")}`;
  const where = folder === "" ? "" : ` in ${folder}`;
  if (build === undefined) return { command, costs: where };
  const { seconds, breakEven } = build;
  const pays = breakEven === null ? "" : `, won back after ${formatCount(breakEven, "run")} of the program`;
  return {
    command,
    costs: `${where}, once: ${formatSeconds(seconds)} here${pays}; until then the Python code runs`,
  };
}

export const VERDICT_WORDS: Record<Diagnosis["verdict"], string> = {
  worth_it: "worth it",
  not_worth_it: "not worth it",
  cannot_tell: "cannot tell",
};

/** What a hotspot's time is bound by, for a reader who knows Python. */
export const KIND_WORDS: Record<Hotspot["kind"], string> = {
  python: "Python code",
  native: "native code",
  waiting: "waiting",
  system: "system",
  mixed: "mixed",
};

/** The name a hotspot goes by: its function, or the loop in it. */
export function hotspotName(hotspot: Hotspot): string {
  const where =
    hotspot.function === "" || hotspot.function === "<module>" ? "module level" : hotspot.function;
  if (hotspot.scope === "statement") return `line ${hotspot.line}`;
  return hotspot.scope === "loop" ? `loop in ${where}` : where;
}

/**
 * The hotspots worth a reader's first look, in the order given: one per function, without those that only call another
 * (a module, `main`, a loop around a call), whose whole time stands in another row already.
 */
export function mainHotspots(hotspots: readonly Hotspot[]): Hotspot[] {
  const shown: Hotspot[] = [];
  for (const spot of hotspots) {
    const onlyCalls = spot.selfShare < 0.2 * spot.share;
    const passesOn =
      onlyCalls && (spot.dominatedBy === null || shown.some((one) => one.dominatedBy === spot.dominatedBy));
    const again = shown.some((one) => one.file === spot.file && one.function === spot.function);
    if (!passesOn && !again) shown.push(spot);
  }
  return shown.length > 0 ? shown : hotspots.slice(0, 1);
}

/** What else a region's timing showed, and what limits its worth: sentences without a stop. */
export function timingNotes(timing: Timing): string[] {
  const notes: string[] = [];
  const { onceSeconds, loadSeconds, firstCallSeconds, breakEvenCalls } = timing;
  if (onceSeconds > 0.001 && loadSeconds !== undefined && firstCallSeconds !== undefined) {
    const parts = `${formatSeconds(loadSeconds)} to load and ${formatSeconds(firstCallSeconds)} in first calls`;
    notes.push(
      breakEvenCalls == null
        ? `a process pays ${parts}`
        : `a process pays ${parts}, won back after ${formatCount(breakEvenCalls, "call")}`,
    );
  }
  const slower = crossoverPhrase(timing.sizes);
  if (slower !== null) notes.push(slower);
  return [...notes, ...(timing.warnings ?? []).map(({ message }) => message)];
}

/** The same of whole runs. */
export function programNotes({ cpu, warnings, conditions }: ProgramProof): string[] {
  const notes: string[] = [];
  if (cpu) notes.push(`in processor time the ratio is ${formatInterval(cpu.ratio)}`);
  if (conditions) {
    const set = Object.entries(conditions.threads).flatMap(([name, value]) =>
      value ? [`${name}=${value}`] : [],
    );
    notes.push([`runs were ${conditions.placement}`, ...set].join(", "));
  }
  return [...notes, ...(warnings ?? []).map(({ message }) => message)];
}

/** What may be said of the program's output: `same output`, or how far it is from that. */
export function outcomeWords(outcome: Outcome): string {
  if (outcome.sameOutput === null) return outcome.measured ? "output not compared" : "predicted";
  if (!outcome.sameOutput) return "different output";
  if (outcome.largestEffect > 0) return `same output within ${formatSmall(outcome.largestEffect)}`;
  return outcome.measured ? "same output" : "predicted, same output";
}
