// The conditions under which two sides are timed: the same for both, and said.

import { availableParallelism, cpus } from "node:os";
import * as z from "zod/mini";
import type { Conditions } from "../schemas/index.ts";

/** "watch" notes whether the program asks for the number of cores; a number holds it to that core. */
export type CoreSetting = "watch" | number | null;

/** What one process reports of itself at its end (agent: `usage.py`). */
export const Usage = z.object({
  /** Peak resident bytes of the process or of its largest child. */
  memory: z.number(),
  /** Processor seconds of the process and its ended children, and of its main thread; absent where unknown. */
  cpu: z.optional(z.number()),
  main: z.optional(z.number()),
  /** Processor seconds before the program began: the start of Python and of the agent. */
  begun: z.number(),
  /** Whether it asked for the number of cores, started processes, was held to one core, and which it may use. */
  asked: z.boolean(),
  started: z.boolean(),
  held: z.boolean(),
  cores: z.nullable(z.array(z.number())),
});
export type Usage = z.infer<typeof Usage>;

/** Environment variables by which libraries choose their number of threads. */
const threadVariables = [
  "OMP_NUM_THREADS",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "BLIS_NUM_THREADS",
  "NUMEXPR_NUM_THREADS",
  "NUMBA_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
  "POLARS_MAX_THREADS",
  "RAYON_NUM_THREADS",
  "LOKY_MAX_CPU_COUNT",
] as const;

/** Where a process may run, decided once from what processes of both sides did, before the first pair. */
export class Placement {
  /** Why processes are held to one core, or why not. */
  readonly reason: string;
  private readonly cores: readonly number[];
  private before = coreTimes();

  private constructor(reason: string, cores: readonly number[]) {
    this.reason = reason;
    this.cores = cores;
  }

  /** `watched` are runs of both sides with `cores: "watch"`; null stands for one that told nothing. */
  static decide(watched: readonly (Usage | null)[]): Placement {
    const free = (why: string) => new Placement(`not held to one core: ${why}`, []);
    const cores = watched[0]?.cores ?? [];
    if (watched.length === 0 || watched.some((one) => one?.cpu === undefined))
      return free("nothing is known of its threads");
    if (watched.some((one) => one!.started || !computedAlone(one!)))
      return free("other threads or processes of it compute too");
    if (watched.some((one) => one!.asked)) return free("the program asks how many cores there are");
    if (cores.length < 2) return free("there is no choice");
    return new Placement("held to one core, the same for both sides of a pair", cores);
  }

  /** The core for the next pair: the one that was least busy since the last; null when none is to be held. */
  nextCore(): number | null {
    if (this.cores.length === 0) return null;
    const now = coreTimes();
    const idle = (core: number) => (now[core]?.idle ?? 0) - (this.before[core]?.idle ?? 0);
    const best = this.cores.reduce((most, core) => (idle(core) > idle(most) ? core : most));
    this.before = now;
    return best;
  }
}

/** Whether the main thread did all the computing: single-threaded as observed. */
export const computedAlone = ({ cpu, main }: Usage): boolean =>
  cpu !== undefined && main !== undefined && cpu - main < 0.02 * cpu + 0.01;

const coreTimes = () => cpus().map(({ times }) => times);

/** What is told of the conditions. */
export function conditionsOf(
  environment: NodeJS.ProcessEnv,
  placement: Placement,
  runs: readonly (Usage | null)[],
): Conditions {
  const cores = runs.find((one) => one?.cores)?.cores?.length;
  const held = runs.length > 0 && runs.every((one) => one?.held === true);
  return {
    threads: Object.fromEntries(threadVariables.map((name) => [name, environment[name] ?? null])),
    cores: held ? 1 : (cores ?? availableParallelism()),
    placement:
      held || placement.reason.startsWith("not") ? placement.reason : "not held to one core: it was refused",
    hashSeed: environment.PYTHONHASHSEED ?? "equal within a pair, another for each pair",
  };
}
