// How much faster a region is on its recorded calls: fresh processes in ABBA pairs, each timing the same calls.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Deadline } from "../base/deadline.ts";
import { runChild } from "../base/process.ts";
import { agentEntry } from "../interpreter/agent.ts";
import type { Program, Region, Texts, Timing } from "../schemas/index.ts";
import { breakEvenCalls, median } from "../stats/index.ts";
import { type CoreSetting, conditionsOf, Placement, Usage } from "./conditions.ts";
import { abbaOrder, judgePairs, pairUp, planPairs, runPairs, type Side, usedRatio } from "./pairs.ts";
import { sizesOf, type TimedCall } from "./sizes.ts";
import { regionWarnings } from "./warnings.ts";

/** One side of a region: its file's text and where the region lies in it. */
export interface RegionText {
  text: string;
  region: Region;
  /** Whether the first call in a process compiles. */
  compiles: boolean;
  /** Texts of other files where they are not the disk's. */
  texts?: Texts;
}

export interface RegionTimingOptions {
  /** Path of the user's interpreter. */
  interpreter: string;
  /** Folder appended to the end of `sys.path`, or null. */
  overlay: string | null;
  /** Folder of compiled modules of rewrites. */
  built?: string | undefined;
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

/** What every process of a comparison executes; see agent `timing.py`. */
const Plan = z.object({
  calls: z.array(z.number()),
  rounds: z.number(),
  cut: z.array(z.tuple([z.number(), z.number(), z.number()])),
});
type Plan = z.infer<typeof Plan>;

const SizesOfCall = z.record(z.string(), z.number());
const Measurement = z.object({
  plan: Plan,
  each: z.array(z.number()),
  load: z.number(),
  once: z.number(),
  memory: z.number(),
  clock: z.number(),
  leavesState: z.boolean(),
  sizes: z.array(SizesOfCall),
  cut: z.array(z.object({ sizes: SizesOfCall, seconds: z.nullable(z.number()) })),
  usage: Usage,
});

interface SideTiming extends z.infer<typeof Measurement> {
  /** Mean seconds of the timed calls, one execution each, together. */
  total: number;
  /** Wall seconds of the whole process. */
  wall: number;
}

const outOfTime = "the time ended before the region was timed once";
/** How one process is to run. */
interface Setting {
  plan: Plan | null;
  cores: CoreSetting;
  hashSeed: number | null;
}

const look = (plan: Plan | null): Setting => ({ plan, cores: "watch", hashSeed: null });

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
  /** First looks at rewritten texts. */
  private readonly looks = new Map<string, SideTiming>();

  constructor(options: RegionTimingOptions) {
    this.options = options;
  }

  /** A timer of the same region on those of its recorded calls that took at most so many seconds. */
  shorter(longestCall: number): RegionTimer {
    return new RegionTimer({ ...this.options, longestCall });
  }

  /** Time each side once. A sentence instead when a side cannot be timed. */
  async quick(rewritten: RegionText, deadline: Deadline): Promise<QuickTiming | string> {
    const old = await this.firstLook(deadline);
    if (typeof old === "string") return old;
    // One that is much slower must not take the time of all others. Compiling may well take longer than the region.
    const patience = 5 + 4 * old.wall + (rewritten.compiles ? 60 : 0);
    const fresh = await this.time(rewritten, look(old.plan), deadline.within(patience));
    if (fresh === outOfTime && deadline.remaining() > 0)
      return `it took more than ${patience.toFixed(0)} s where the original took ${old.wall.toFixed(1)} s`;
    if (typeof fresh === "string") return fresh;
    this.looks.set(rewritten.text, fresh);
    return {
      ratio: old.total / fresh.total,
      onceSeconds: beyond([old], [fresh], (one) => one.load + one.once),
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
    const first = await this.firstLook(deadline);
    if (typeof first === "string") return first;
    const fresh = this.looks.get(rewritten.text);
    const plan = { ...first.plan, cut: fresh ? timedByBoth(first, fresh) : [] };
    const placement = Placement.decide([first.usage, fresh?.usage ?? null]);
    let failure: string | null = null;
    let core: number | null = null;
    let begun = -1;
    const runs = await runPairs(pairs, deadline, async (side, pair) => {
      onPair?.(pair, pairs);
      if (pair > begun) [begun, core] = [pair, placement.nextCore()];
      const text = side === "old" ? this.options.original : rewritten;
      const one = await this.time(text, { plan, cores: core, hashSeed: pair + 1 }, deadline);
      if (typeof one === "string") failure = one;
      return typeof one === "string" ? null : one;
    });
    const times = pairUp(runs.map((run) => run.total));
    const judged = judgePairs(times);
    if (judged === null) return failure ?? "the time ended before enough pairs were timed";
    const order = abbaOrder(times.logRatios.length);
    const sides: Record<Side, SideTiming[]> = { old: [], new: [] };
    for (const [index, run] of runs.entries()) sides[order[index]!].push(run);
    const onceSeconds = beyond(sides.old, sides.new, (one) => one.load + one.once);
    const memory = usedRatio(runs.map((run) => run.memory));
    const sizes = sizesOf(timedCalls(first, plan, sides));
    return {
      ...judged,
      pairs: times.logRatios.length,
      oldSeconds: median(times.old),
      newSeconds: median(times.new),
      onceSeconds,
      loadSeconds: beyond(sides.old, sides.new, (one) => one.load),
      firstCallSeconds: beyond(sides.old, sides.new, (one) => one.once),
      breakEvenCalls: breakEvenCalls(
        onceSeconds,
        (median(times.old) - median(times.new)) / plan.calls.length,
      ),
      memoryRatio: memory?.estimate ?? 1,
      memory,
      sizes,
      warnings: regionWarnings(judged, times, sizes, {
        seconds: Math.min(median(times.old), median(times.new)),
        calls: plan.calls.length,
        clock: first.clock,
        leavesState: runs.some((run) => run.leavesState),
      }),
      conditions: conditionsOf(
        this.options.environment,
        placement,
        runs.map((run) => run.usage),
      ),
      logRatios: times.logRatios,
      times: { old: times.old, new: times.new },
    };
  }

  /** The original's first look; one that the deadline cut off is taken again. */
  private async firstLook(deadline: Deadline): Promise<SideTiming | string> {
    this.first ??= this.time(this.options.original, look(null), deadline);
    const found = await this.first;
    if (found === outOfTime) this.first = null;
    return found;
  }

  private async time(
    side: RegionText,
    { plan, cores, hashSeed }: Setting,
    deadline: Deadline,
  ): Promise<SideTiming | string> {
    const { interpreter, overlay, built = null, environment, program, capture, signal } = this.options;
    const seed = environment.PYTHONHASHSEED ? null : hashSeed;
    const folder = await mkdtemp(join(tmpdir(), "speedwell-timing-"));
    try {
      const specification = join(folder, "spec.json");
      const result = join(folder, "result.json");
      await writeFile(
        specification,
        JSON.stringify({
          text: side.text,
          texts: side.texts ?? {},
          path: side.region.file,
          // What replaced a loop may be any statements.
          region: { ...side.region, replaced: side !== this.options.original },
          program,
          capture,
          overlay,
          built,
          plan,
          cores,
          hashSeed: seed !== null,
          seconds: this.options.secondsPerProcess ?? 0.25,
          longest: this.options.longestCall ?? null,
          compiles: side.compiles,
          result,
        }),
      );
      const started = performance.now();
      const child = await runChild(interpreter, [agentEntry(), "timing", specification], {
        // An empty cache, so that neither side runs machine code that another text left behind.
        env: {
          ...environment,
          NUMBA_CACHE_DIR: folder,
          ...(seed === null ? {} : { PYTHONHASHSEED: String(seed).padStart(6, "0") }),
        },
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

/** What the new side pays beyond the old one: between medians, never negative. */
function beyond(
  old: readonly SideTiming[],
  fresh: readonly SideTiming[],
  paid: (one: SideTiming) => number,
): number {
  return Math.max(0, median(fresh.map(paid)) - median(old.map(paid)));
}

/** The cut-down inputs that neither side failed on. */
const timedByBoth = (old: SideTiming, fresh: SideTiming): Plan["cut"] =>
  old.plan.cut.filter((_, i) => old.cut[i] !== undefined && (fresh.cut[i]?.seconds ?? null) !== null);

/** The recorded calls and the cut-down inputs, with their seconds in each pair. */
function timedCalls(first: SideTiming, plan: Plan, sides: Record<Side, SideTiming[]>): TimedCall[] {
  const calls = first.sizes.map((sizes, i) => ({
    sizes,
    recorded: true,
    old: sides.old.map((run) => run.each[i]!),
    new: sides.new.map((run) => run.each[i]!),
  }));
  const cuts = plan.cut.map((_, i) => ({
    sizes: sides.old[0]!.cut[i]?.sizes ?? {},
    recorded: false,
    old: sides.old.map((run) => run.cut[i]?.seconds ?? Number.NaN),
    new: sides.new.map((run) => run.cut[i]?.seconds ?? Number.NaN),
  }));
  return [...calls, ...cuts.filter((one) => [...one.old, ...one.new].every(Number.isFinite))];
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
