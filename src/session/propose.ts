// Let every technique look at one region.

import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { Deadline } from "../base/deadline.ts";
import type { Overlay } from "../interpreter/overlay.ts";
import type { ProvedRegion } from "../prove/prove.ts";
import { openReplay, type Replay } from "../prove/replay.ts";
import type { Declined, Interval, Program, Region, RegionFacts, Rewrite } from "../schemas/index.ts";
import { lineName } from "../source/cell-lines.ts";
import type { SourceFile } from "../source/file.ts";
import { techniques } from "../techniques/registry.generated.ts";
import type { RegionContext } from "../techniques/technique.ts";
import type { SessionContext } from "./context.ts";
import type { Recorded } from "./record.ts";

/** What the techniques said of a region, and its replay when screening has opened one. */
export interface Found {
  proved: ProvedRegion;
  rewrites: readonly Rewrite[];
  declined: readonly Declined[];
  /** Faults of Speedwell's own in a technique, each with its stack; the other techniques are not touched by them. */
  faults: readonly string[];
  /** Whether the time of the search ended while the original was run on what was recorded, or while calls were tried. */
  late: boolean;
}

interface Subject {
  region: Region;
  facts: RegionFacts;
  file: SourceFile;
  packages: ReadonlyMap<string, string>;
  overlay: Overlay;
  deadline: Deadline;
  /** By when looking for rewrites of this region ends, so that time is left for the others and for the proof. */
  searchEnd: Deadline;
}

/** Seed of every generated input, so that a run can be repeated. */
export const seed = 20;

export async function propose(
  context: SessionContext,
  recorded: Recorded,
  subject: Subject,
  beside: ProvedRegion["beside"],
): Promise<Found> {
  const { region, facts, file, packages, overlay } = subject;
  const share = shareOf(recorded, region, facts);
  let replay: Replay | undefined;
  let unfinished = false;
  const regionContext: RegionContext = {
    file,
    region,
    facts,
    share: share.estimate,
    package: packageOf(file.path, recorded.run.program),
    python: { version: versionOf(recorded.interpreter.version), cores: availableParallelism() },
    packages,
    available: (name) => packages.has(name) || overlay.packages.has(name),
    async screen(candidates) {
      if (!replay && subject.searchEnd.remaining() < 1) return [];
      replay ??= await openReplay({
        runDirectory: recorded.directory,
        interpreter: recorded.interpreter.path,
        overlay: overlay.sitePath,
        built: join(recorded.directory, "built"),
        file,
        region,
        facts,
        seed,
        deadline: subject.deadline,
        openBy: subject.searchEnd,
        signal: context.interrupt.signal,
      });
      const screenings = await replay.screen(candidates, subject.searchEnd);
      unfinished ||= subject.searchEnd.remaining() < 1 && !screenings.some(({ agrees }) => agrees);
      return screenings;
    },
  };
  const rewrites: Rewrite[] = [];
  const declined: Declined[] = [];
  const faults: string[] = [];
  for (const technique of techniques) {
    if (!technique.regions.includes(region.kind)) continue;
    context.interrupt.signal.throwIfAborted();
    try {
      const proposals = await technique.propose(regionContext);
      rewrites.push(...proposals.rewrites);
      declined.push(...proposals.declined);
    } catch (error) {
      if (context.interrupt.signal.aborted) {
        await replay?.close();
        throw error;
      }
      const place = `${file.path}:${lineName(file.notebook?.cellLines, region.span.line)}`;
      faults.push(`${technique.title} could not look at ${place}: ${(error as Error).stack ?? error}`);
    }
  }
  // One that could not be opened may have lacked only the time.
  const usable = replay?.obstacle === null ? replay : undefined;
  const late = unfinished || (replay !== undefined && !usable && replay.cutShort);
  return { proved: { region, facts, share, beside, replay: usable }, rewrites, declined, faults, late };
}

/** The region's share of the run as it was sampled; for one too small to be a hotspot, as the capture timed it. */
function shareOf({ diagnosis, run }: Recorded, region: Region, facts: RegionFacts): Interval {
  const hotspot = diagnosis.hotspots.find((one) => one.region === region.id);
  if (!hotspot) {
    const estimate = Math.min(1, facts.seconds / run.seconds);
    return { low: 0, estimate, high: Math.min(1, 2 * estimate) };
  }
  const { share, shareError } = hotspot;
  return { low: Math.max(0, share - shareError), estimate: share, high: Math.min(1, share + shareError) };
}

/** The dotted package that a file lies in, as the program imports it; "" for the script itself and for lone modules. */
function packageOf(path: string, program: Program): string {
  if (program.kind === "script" && resolve(program.cwd, program.target) === path) return "";
  let name = "";
  for (let at = dirname(path); existsSync(join(at, "__init__.py")); at = dirname(at))
    name = name === "" ? basename(at) : `${basename(at)}.${name}`;
  return name;
}

const versionOf = (version: string): readonly [number, number] => {
  const [major = 3, minor = 0] = version.split(".").map(Number);
  return [major, minor];
};
