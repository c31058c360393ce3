// How much faster a region is on its recorded calls: fresh processes in ABBA pairs, each timing the same calls.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Deadline } from "../base/deadline.ts";
import { runChild } from "../base/process.ts";
import { agentDirectory } from "../interpreter/agent.ts";
import type { Program, Region, Timing } from "../schemas/index.ts";
import { median } from "../stats/index.ts";
import { judgePairs, planPairs, runPairs, type Side } from "./pairs.ts";

/** One side of a region: its file's text and where the region lies in it. */
export interface RegionText {
  text: string;
  region: Region;
  /** Whether the first call in a process compiles. */
  compiles: boolean;
}

export interface RegionTimingOptions {
  /** Path of the user's interpreter. */
  interpreter: string;
  /** Folder appended to the end of `sys.path`, or null. */
  overlay: string | null;
  environment: NodeJS.ProcessEnv;
  program: Program;
  /** Folder of the region's recorded calls. */
  capture: string;
  original: RegionText;
  /** Timed seconds that one process may spend. Default 0.25. */
  secondsPerProcess?: number;
  /** Calls that took longer than so many seconds are left out. */
  longestCall?: number;
  signal?: AbortSignal | undefined;
}

const Measurement = z.object({
  calls: z.array(z.number()),
  each: z.array(z.number()),
  loops: z.array(z.number()),
  load: z.number(),
  once: z.number(),
  memory: z.number(),
});

interface SideTiming extends z.infer<typeof Measurement> {
  /** Mean seconds of the timed calls, one execution each, together. */
  total: number;
  /** Wall seconds of the whole process. */
  wall: number;
}

const outOfTime = "the time ended before the region was timed once";

/** One process per side: a first look that costs little and promises nothing. */
export interface QuickTiming {
  /** Old over new, without an interval. */
  ratio: number;
  /** Seconds that the new side pays once per process, beyond the old side. */
  onceSeconds: number;
  oldSeconds: number;
  newSeconds: number;
  /** Wall seconds of both processes: what a pair will cost. */
  pairSeconds: number;
}

/** Times rewrites of one region. The original's first look, which also chooses the calls, is shared by all of them. */
export class RegionTimer {
  private readonly options: RegionTimingOptions;
  private first: Promise<SideTiming | string> | null = null;

  constructor(options: RegionTimingOptions) {
    this.options = options;
  }

  /** A timer of the same region on those of its recorded calls that took at most so many seconds. */
  shorter(longestCall: number): RegionTimer {
    return new RegionTimer({ ...this.options, longestCall });
  }

  /** Time each side once. A sentence instead when a side cannot be timed. */
  async quick(rewritten: RegionText, deadline: Deadline): Promise<QuickTiming | string> {
    const old = await this.look(deadline);
    if (typeof old === "string") return old;
    // One that is much slower must not take the time of all others. Compiling may well take longer than the region.
    const patience = 5 + 4 * old.wall + (rewritten.compiles ? 60 : 0);
    const fresh = await this.time(rewritten, old.calls, deadline.within(patience));
    if (fresh === outOfTime && deadline.remaining() > 0)
      return `it took more than ${patience.toFixed(0)} s where the original took ${old.wall.toFixed(1)} s`;
    if (typeof fresh === "string") return fresh;
    return {
      ratio: old.total / fresh.total,
      onceSeconds: onceSeconds([old], [fresh]),
      oldSeconds: old.total,
      newSeconds: fresh.total,
      pairSeconds: old.wall + fresh.wall,
    };
  }

  /**
   * Time both sides in `pairs` pairs (from `planPairs`), on the calls of the first look. A sentence instead when a side
   * cannot be timed or the deadline ends before the least number of pairs.
   */
  async compare(
    rewritten: RegionText,
    pairs: number,
    deadline: Deadline,
    onPair?: (done: number, total: number) => void,
  ): Promise<Timing | string> {
    const first = await this.look(deadline);
    if (typeof first === "string") return first;
    const sides: Record<Side, SideTiming[]> = { old: [], new: [] };
    let failure: string | null = null;
    const times = await runPairs(pairs, deadline, async (side, done) => {
      onPair?.(Math.floor(done / 2), pairs);
      const one = await this.time(side === "old" ? this.options.original : rewritten, first.calls, deadline);
      if (typeof one === "string") {
        failure = one;
        return null;
      }
      sides[side].push(one);
      return one.total;
    });
    const judged = judgePairs(times);
    if (judged === null) return failure ?? "the time ended before enough pairs were timed";
    const memory = (side: Side) => median(sides[side].map((one) => one.memory));
    return {
      ...judged,
      pairs: times.logRatios.length,
      oldSeconds: median(times.old),
      newSeconds: median(times.new),
      onceSeconds: onceSeconds(sides.old, sides.new),
      memoryRatio: memory("old") > 0 ? memory("new") / memory("old") : 1,
      logRatios: times.logRatios,
      times: { old: times.old, new: times.new },
    };
  }

  /** The original's first look; one that the deadline cut off is taken again. */
  private async look(deadline: Deadline): Promise<SideTiming | string> {
    this.first ??= this.time(this.options.original, null, deadline);
    const found = await this.first;
    if (found === outOfTime) this.first = null;
    return found;
  }

  private async time(
    side: RegionText,
    calls: readonly number[] | null,
    deadline: Deadline,
  ): Promise<SideTiming | string> {
    const { interpreter, overlay, environment, program, capture, signal } = this.options;
    const folder = await mkdtemp(join(tmpdir(), "speedwell-timing-"));
    try {
      const specification = join(folder, "spec.json");
      const result = join(folder, "result.json");
      await writeFile(
        specification,
        JSON.stringify({
          text: side.text,
          path: side.region.file,
          // What replaced a loop may be any statements.
          region: { ...side.region, replaced: side !== this.options.original },
          program,
          capture,
          overlay,
          calls,
          seconds: this.options.secondsPerProcess ?? 0.25,
          longest: this.options.longestCall ?? null,
          compiles: side.compiles,
          result,
        }),
      );
      const started = performance.now();
      const child = await runChild(interpreter, [agentDirectory(), "timing", specification], {
        // An empty cache, so that neither side runs machine code that another text left behind.
        env: { ...environment, NUMBA_CACHE_DIR: folder },
        timeoutSeconds: Math.min(deadline.remaining(), 86_400),
        maxOutput: 65_536,
        ...(signal ? { signal } : {}),
      });
      const wall = (performance.now() - started) / 1000;
      if (child.timedOut) return outOfTime;
      const text = await readFile(result, "utf8").catch(() => null);
      if (text === null)
        return `the region could not be timed: ${child.stderr.trim().split("\n").at(-1) || `exit ${child.code}`}`;
      const measurement = Measurement.parse(JSON.parse(text));
      return { ...measurement, total: measurement.each.reduce((sum, seconds) => sum + seconds, 0), wall };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Loading and first calls: the median of the new side beyond that of the old, never negative. */
function onceSeconds(old: readonly SideTiming[], fresh: readonly SideTiming[]): number {
  const once = (side: readonly SideTiming[]) => median(side.map((one) => one.load + one.once));
  return Math.max(0, once(fresh) - once(old));
}

/** Time one rewrite of a region: a first look, then as many of `mostPairs` (default 10) pairs as fit into `deadline`. */
export async function timeRegion(
  options: RegionTimingOptions & { rewritten: RegionText; deadline: Deadline; mostPairs?: number },
): Promise<Timing | string> {
  const timer = new RegionTimer(options);
  const quick = await timer.quick(options.rewritten, options.deadline);
  if (typeof quick === "string") return quick;
  const pairs = planPairs(options.deadline.remaining(), 1.1 * quick.pairSeconds, options.mostPairs ?? 10);
  if (pairs === 0) return "enough pairs of processes do not fit into the time left";
  return timer.compare(options.rewritten, pairs, options.deadline);
}
