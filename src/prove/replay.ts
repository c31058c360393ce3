// Replay of one region: the original's behaviour is recorded once, then any number of rewrites are held against it.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Deadline } from "../base/deadline.ts";
import {
  type Equivalence,
  type Program,
  type Region,
  type RegionFacts,
  Run,
  type Texts,
  type Tolerance,
} from "../schemas/index.ts";
import type { SourceFile } from "../source/file.ts";
import { madeAnew } from "../source/made.ts";
import { asynchronous, leftBehind } from "../source/regions.ts";
import type { Candidate, Screening } from "../techniques/technique.ts";
import type { NewRegion } from "../versions/pieces.ts";
import { compareDistributions, type Sample } from "./distribution.ts";
import { cannotTell, equivalenceOf, withMore } from "./equivalence.ts";
import { type ReplayServer, startReplayServer } from "./replay-server.ts";
import { screenCandidates } from "./screen.ts";

export interface ReplayOptions {
  runDirectory: string;
  /** Default: the program of the run. */
  program?: Program | undefined;
  /** Path of the user's interpreter. */
  interpreter: string;
  /** Folder appended to the end of `sys.path`, or null. */
  overlay: string | null;
  /** Folder of compiled modules of rewrites. */
  built?: string | undefined;
  file: SourceFile;
  region: Region;
  facts: RegionFacts;
  /** Texts of other files where they are not the disk's: beside the original, and beside the new text. */
  texts?: { old: Texts; new: Texts } | undefined;
  /** The code that mutants are made of, where it is not the region but something that the region calls. */
  mutated?: { path: string; text: string; region: Region } | null | undefined;
  /** Of the generated inputs, so that a proof can be repeated. */
  seed: number;
  deadline: Deadline;
  /** By when the original should have been run on all inputs, so that time is left for others; default: `deadline`. */
  openBy?: Deadline | undefined;
  signal?: AbortSignal | undefined;
}

/** An input on which two texts differ, made small. */
export interface CounterExample {
  /** Python source that shows it when it is pasted; null, and `why` not, where it has no such form. */
  call: string | null;
  why: string | null;
  /** File of the recorded input that it was made from; null for a generated one. */
  entry: string | null;
  input: Record<string, string>;
}

export interface Replay {
  /** Why nothing can be held against the original; null when it was run and something can. */
  readonly obstacle: string | null;
  /** Whether the original was cut short by the time it was given, so that with more of it more could be compared. */
  readonly cutShort: boolean;
  /** Seconds that opening it was given. */
  readonly givenSeconds: number;
  /**
   * Hold a rewritten text of the file against the original: `newRegion` is where the region lies in it. `same` only when
   * every recorded input that was replayed was compared, and twenty generated ones or all there are.
   */
  check(
    newText: string,
    newRegion: Region,
    tolerance: Tolerance | null,
    deadline?: Deadline,
  ): Promise<Equivalence>;
  /** How many mutants of the original the inputs tell apart. */
  strength(deadline?: Deadline): Promise<{ killed: number; survived: number; total: number }>;
  screen(candidates: readonly Candidate[], deadline?: Deadline): Promise<Screening[]>;
  /** A small input on which the new text differs, after `check` found that it does; null where it cannot be had. */
  counterExample(newText: string, newRegion: Region, deadline?: Deadline): Promise<CounterExample | null>;
  close(): Promise<void>;
}

const mutantLimit = 40;
/** Seconds after which a mutant counts as one that never ends. */
const mutantSeconds = 5;

/** Run the original on recorded and generated inputs, twice. A region that cannot be replayed says why in each answer. */
export async function openReplay(options: ReplayOptions): Promise<Replay> {
  const { region, file, deadline, signal } = options;
  const givenSeconds = (options.openBy ?? deadline).remaining();
  if (region.notReplayable !== null && region.notReplayable !== asynchronous)
    return impossible(region.notReplayable);
  const directory = await mkdtemp(join(tmpdir(), "speedwell-replay-"));
  const servers: ReplayServer[] = [];
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const program = options.program ?? (await recordedProgram(options.runDirectory));
    const capture = join(options.runDirectory, "capture", region.id);
    const { overlay, built = null, seed } = options;
    const specification = join(directory, "spec.json");
    const spec = {
      program,
      path: file.path,
      text: file.text,
      region,
      capture,
      mutated: options.mutated ?? null,
      overlay,
      built,
      private: directory,
      seed,
      made: madeAnew(file, region),
      texts: options.texts ?? { old: {}, new: {} },
    };
    await writeFile(specification, JSON.stringify(spec));
    // Two hash seeds: what depends on the order of a set of strings shows as not deterministic.
    for (const hashSeed of [1, 2])
      servers.push(startReplayServer(options.interpreter, specification, hashSeed, signal));
    const [first, second] = servers as [ReplayServer, ReplayServer];
    const opened = await observeOriginal(
      first,
      second,
      join(directory, "records"),
      options.openBy ?? deadline,
      options.facts.seconds / Math.max(1, options.facts.calls),
      whyUnrecorded(options.facts),
    );
    if (opened.obstacle !== null) {
      await close();
      return { ...impossible(opened.obstacle), cutShort: opened.cutShort, givenSeconds };
    }
    opened.records.skip.push(...unread(program, file, region));
    const { records, cutShort } = opened;
    return new OpenReplay(first, second, records, { cutShort, givenSeconds }, directory, deadline, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Which value of which argument kept calls from being recorded, when none was; null when some were. */
function whyUnrecorded({ recorded, unrecorded }: RegionFacts): string | null {
  const [first] = Object.entries(unrecorded).sort(([, a], [, b]) => b - a);
  return recorded > 0 || first === undefined ? null : `no call of it could be recorded: ${first[0]}`;
}

const recordedProgram = async (runDirectory: string): Promise<Program> =>
  Run.parse(JSON.parse(await readFile(join(runDirectory, "run.json"), "utf8"))).program;

/**
 * Facets that nobody reads: variables that a loop of the main script leaves behind. In another module they would be there
 * for whoever imports it.
 */
function unread(program: Program, file: SourceFile, region: Region): string[] {
  if (program.kind !== "script" || resolve(program.cwd, program.target) !== file.path) return [];
  return leftBehind(file, region).map((name) => `global ${name}`);
}

interface CheckRequest extends Records {
  text: string;
  region: Region;
  tolerance: Tolerance | null;
}

/** What later jobs need of the two runs of the original. */
interface Records extends Record<string, unknown> {
  out: string;
  /** Facets that are not deterministic, and records that gave no second outcome. */
  skip: string[];
  unsure: number[];
}

type Observed = { cutShort: boolean } & (
  | { obstacle: string; records?: undefined }
  | { obstacle: null; records: Records }
);

async function observeOriginal(
  first: ReplayServer,
  second: ReplayServer,
  out: string,
  deadline: Deadline,
  callSeconds: number,
  unrecorded: string | null,
): Promise<Observed> {
  const mostSeconds = Math.max(30, 4 * callSeconds);
  const skip: number[] = [];
  let cutShort = false;
  let fromRun = false;
  const impossible = (obstacle: string): Observed => ({ obstacle, cutShort });
  for (;;) {
    const left = deadline.remaining();
    // One recorded call at least, and some generated inputs; what of it was slow is hardly run again.
    const wanted = Math.max(0.4 * left, Math.min(0.75 * left, 2 * callSeconds + 1));
    const seconds = Math.max(1, Math.min(mostSeconds, wanted));
    const request = { out, calls: 12, bases: 3, generated: 250, skip, fromRun };
    const answer = await first.run("expect", request, seconds);
    // The one recorded call took longer than in the run: what the run recorded of it may do.
    if (
      answer.result === undefined &&
      answer.late &&
      isFirst(answer.at) &&
      !fromRun &&
      deadline.remaining() > 2
    ) {
      fromRun = true;
      continue;
    }
    cutShort ||= answer.result === undefined && answer.late === true;
    if (answer.result === undefined) {
      // Generated inputs may crash the original or hang in native code: those are left out, a recorded one ends it, unless
      // another was replayed and there only was no time for this one.
      const input = answer.at?.input;
      if (answer.late && answer.at?.origin === "recorded" && Number(input) > 1) break;
      if (answer.at?.origin !== "generated")
        return impossible(`replaying the original failed: ${answer.failed}`);
      // The records before it are in the file, each with the answer whether it reproduced the run.
      if (typeof input !== "number" || skip.length >= 3 || deadline.remaining() < 2 * seconds) break;
      skip.push(input);
      continue;
    }
    if (typeof answer.result.impossible === "string") return impossible(answer.result.impossible);
    cutShort ||= answer.result.hurried === true;
    break;
  }
  const secondsAgain = Math.max(1, Math.min(mostSeconds, deadline.remaining() * 0.5));
  const answer = await second.run("again", { out }, secondsAgain);
  if (answer.result === undefined) {
    cutShort ||= answer.late === true;
    return impossible(`running the original a second time failed: ${answer.failed}`);
  }
  if (typeof answer.result.impossible === "string") return impossible(answer.result.impossible);
  const problems = answer.result.problems as string[];
  if (problems.length > 0) return impossible(problems[0]!);
  if (!(Number(answer.result.recorded) > 0))
    return impossible(unrecorded ?? "no recorded call could be replayed");
  const changing = answer.result.nondeterministic as string[];
  const value = changing.find((facet) => !/^(stdout|stderr|warnings)$/.test(facet));
  if (value !== undefined)
    return impossible(`two runs of the original differ in ${value}, so there is nothing to compare with`);
  const records = { out, skip: changing, unsure: answer.result.unsure as number[] };
  return { obstacle: null, records, cutShort };
}

const isFirst = (at: Record<string, unknown> | null) => at?.origin === "recorded" && at.input === 1;

class OpenReplay implements Replay {
  readonly obstacle = null;
  readonly cutShort: boolean;
  readonly givenSeconds: number;
  private tolerance: Tolerance | null = null;
  /** Mutants of the original: how many there are as far as is known, and which were run so far. */
  private readonly mutants = { found: mutantLimit, next: 0, killed: 0, survived: 0 };
  readonly #first: ReplayServer;
  readonly #server: ReplayServer;
  readonly #records: Records;
  readonly #directory: string;
  readonly #deadline: Deadline;
  readonly close: () => Promise<void>;

  constructor(
    first: ReplayServer,
    server: ReplayServer,
    records: Records,
    opening: Pick<Replay, "cutShort" | "givenSeconds">,
    directory: string,
    deadline: Deadline,
    close: () => Promise<void>,
  ) {
    this.cutShort = opening.cutShort;
    this.givenSeconds = opening.givenSeconds;
    this.#first = first;
    this.#server = server;
    this.#records = records;
    this.#directory = directory;
    this.#deadline = deadline;
    this.close = close;
  }

  async check(text: string, region: Region, tolerance: Tolerance | null, deadline = this.#deadline) {
    this.tolerance = tolerance;
    const seconds = Math.min(this.#deadline.remaining(), deadline.remaining(), 120);
    if (seconds < 0.3) return cannotTell("the time ended before it was compared", tolerance);
    const request = { ...this.#request(region), text };
    const found = equivalenceOf(await this.#server.run("check", request, seconds), tolerance, request.skip);
    const left = Math.min(this.#deadline.remaining(), deadline.remaining());
    if (found.verdict === "same" && left > 2) return this.#explore(found, request, left);
    if (found.verdict === "different" && found.randomness !== undefined && left > 3)
      return this.#sample(found, request, left);
    return found;
  }

  async counterExample(text: string, region: Region, deadline = this.#deadline) {
    const seconds = Math.min(this.#deadline.remaining(), deadline.remaining(), 20);
    if (seconds < 1) return null;
    const request = { ...this.#request(region), text };
    const answer = await this.#server.run("witness", request, seconds);
    return answer.result?.impossible === undefined
      ? ((answer.result as CounterExample | undefined) ?? null)
      : null;
  }

  /** What jobs on new text are given: the records, what of them is not compared, and where the region lies. */
  #request(region: Region) {
    const { own = [], observed = [] } = region as Partial<NewRegion>;
    const apart = own.filter((name) => !observed.includes(name));
    const skip = [...this.#records.skip, ...apart.map((name) => `global ${name}`)];
    return { ...this.#records, skip, region: { ...region, replaced: true }, tolerance: this.tolerance };
  }

  /** Other results of a region that draws random numbers: do they follow the same distribution? */
  async #sample(found: Equivalence, request: CheckRequest, left: number): Promise<Equivalence> {
    const seconds = Math.min(10, left / 2);
    const seeds = { out: request.out, seeds: 400 };
    const answers = await Promise.all([
      this.#first.run("sample", seeds, seconds),
      this.#server.run("sample", { ...seeds, text: request.text, region: request.region }, seconds),
    ]);
    const [old, now] = answers.map(({ result }) => (result?.samples ?? []) as Sample[]);
    const { same, told } = compareDistributions(old!, now!);
    if (same === false) return { ...found, reason: `${found.reason}; ${told}` };
    if (same === null) return found;
    return {
      ...found,
      verdict: "cannot_tell",
      randomness: "other draws, same distribution",
      reason: `it draws other random numbers than the original, so results differ from run to run of each; ${told}. Whether that is enough is yours to say`,
    };
  }

  /** Look for inputs that only the new code makes interesting, and compare on those too. */
  async #explore(found: Equivalence, request: CheckRequest, left: number): Promise<Equivalence> {
    const inputs = join(this.#directory, "inputs");
    const out = join(this.#directory, "records-more");
    const server = this.#server;
    const looked = await server.run("explore", { ...request, inputs }, Math.min(4, left / 3));
    if (looked.result === undefined || looked.result.impossible !== undefined) return found;
    const unreached = looked.result.unreached as number[];
    let more: Equivalence | null = null;
    if (Number(looked.result.found) > 0) {
      await this.#first.run("expect", { out, inputs }, Math.min(5, left / 4));
      const again = await server.run("again", { out }, Math.min(5, left / 4));
      if (again.result === undefined || !Array.isArray(again.result.unsure)) return found;
      const skip = [...request.skip, ...(again.result.nondeterministic as string[])];
      const checked = { ...request, out, skip, unsure: again.result.unsure, more: true };
      const answer = await server.run("check", checked, Math.min(10, left / 3));
      more = equivalenceOf(answer, request.tolerance, request.skip);
    }
    return withMore(found, more, unreached);
  }

  async strength(deadline = this.#deadline) {
    const { mutants, tolerance } = this;
    const left = () => Math.min(this.#deadline.remaining(), deadline.remaining());
    while (mutants.next < mutants.found && left() > 0.5) {
      const request = {
        ...this.#records,
        tolerance,
        first: mutants.next,
        limit: mutantLimit,
        each: mutantSeconds,
      };
      const { result } = await this.#server.run("mutants", request, left());
      if (result === undefined || result.impossible !== undefined || !(Number(result.done) > 0)) break;
      mutants.found = Number(result.total);
      mutants.next += Number(result.done);
      mutants.killed += Number(result.killed);
      mutants.survived += Number(result.survived);
    }
    const { killed, survived } = mutants;
    return { killed, survived, total: killed + survived };
  }

  screen(candidates: readonly Candidate[], deadline = this.#deadline) {
    const end = deadline.within(this.#deadline.remaining());
    return screenCandidates(this.#server, this.#records, this.#directory, candidates, end);
  }
}

function impossible(reason: string): Replay {
  return {
    obstacle: reason,
    cutShort: false,
    givenSeconds: 0,
    check: async (_text, _region, tolerance) => cannotTell(reason, tolerance),
    strength: async () => ({ killed: 0, survived: 0, total: 0 }),
    screen: async () => [],
    counterExample: async () => null,
    close: async () => {},
  };
}
