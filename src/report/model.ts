// The report as one plain value: everything that a screen, a page or a JSON result says, and nothing to compute.

import type {
  Declined,
  Diagnosis,
  Interval,
  Judgement,
  ProgramProof,
  Proof,
  Rewrite,
  Run,
  Timing,
} from "../schemas/index.ts";

import type { CellLines } from "../source/cell-lines.ts";

/** What a moment of the program was spent on. */
export const KINDS = ["python", "native", "waiting", "system"] as const;
export type Kind = (typeof KINDS)[number];

/** Whose code a frame is. */
export const ORIGINS = ["own", "library", "standard"] as const;

/**
 * Call tree in columns joined by index. Node 0 is the whole run and its own parent; a parent always stands before its
 * children. Times are whole microseconds, so that a large tree stays small as JSON.
 */
export interface FlameView {
  frames: {
    name: string[];
    /** Index into `files`, or -1 where the frame has no source. */
    file: number[];
    line: number[];
    /** Index into ORIGINS. */
    origin: number[];
  };
  /** Paths as shown. */
  files: string[];
  nodes: {
    parent: number[];
    frame: number[];
    /** Cumulative and own time. */
    microseconds: number[];
    selfMicroseconds: number[];
    /** Index into KINDS: what most of the node's time went to. */
    kind: number[];
  };
  /** Calls too small to draw, counted in their parents' time but not listed. */
  merged: number;
}

export interface ThreadActivity {
  name: string;
  /** Share of each bin spent on each kind, 0 to 1; what is missing to 1 was not seen (not yet started, or ended). */
  shares: Record<Kind, number[]>;
}

export interface TimelineView {
  /** Width of one bin in seconds. */
  binSeconds: number;
  threads: ThreadActivity[];
  /** Threads beyond those listed. */
  moreThreads: number;
  /** Resident memory over time. */
  memory: { seconds: number[]; bytes: number[] } | null;
}

/** A source file with the time spent on its lines. Lines that were never seen are not listed. */
export interface SourceView {
  path: string;
  /** The path as shown, relative to the program's directory where it lies below it. */
  shown: string;
  /** Null where the file was too large to be embedded; `omitted` then says so. */
  text: string | null;
  omitted: string | null;
  lines: {
    line: number[];
    /** Time while this line was running, callees included, and without them. */
    microseconds: number[];
    selfMicroseconds: number[];
    /** `microseconds` by kind. */
    kinds: Record<Kind, number[]>;
  };
}

/** One line of a side-by-side comparison. `marks` are the UTF-16 ranges that differ inside a changed line. */
export interface DiffRow {
  kind: "same" | "removed" | "added" | "changed";
  oldLine: number | null;
  newLine: number | null;
  before: string;
  after: string;
  marks: { before: [start: number, end: number][]; after: [start: number, end: number][] } | null;
}

export interface DiffHunk {
  rows: DiffRow[];
}

/** A rewrite, its proof and what it looks like. */
export interface RewriteView {
  rewrite: Omit<Rewrite, "edits" | "files">;
  /** The technique's title for readers: "Sets, dicts and queues". */
  title: string;
  shown: string;
  /** Its lines as they are named after the path: `12–15`, in a notebook `cell 3:2–5`. */
  at: string;
  /** The function it lies in; "" at module level. */
  place: string;
  /** Share of the run in its region, or null where the region is no listed hotspot. */
  share: number | null;
  proof: Proof | null;
  verdict: Proof["verdict"];
  reason: string;
  hunks: DiffHunk[];
  /** Files that it adds. */
  added: { path: string; shown: string; hunks: DiffHunk[] }[];
  /** Where they are built, as shown; "" for the program's directory. */
  buildFolder: string;
}

export interface DeclinedView extends Declined {
  title: string;
  /** Its line as it is named after the path. */
  at: string;
  shown: string;
}

/** What became of one technique at a region. */
export interface FieldEntry {
  /** With its variant: `containers/membership`. */
  technique: string;
  title: string;
  /** `nothing`: it looked and found nothing of its own. */
  outcome: "won" | "refused" | "declined" | "nothing";
  region: Interval | null;
  program: Interval | null;
  /** Packages that the rewrite imports beyond the original's. */
  needs: string[];
  reason: string;
}

/** All techniques that looked at a region: the winner first, then by gain. */
export interface FieldView {
  file: string;
  line: number;
  endLine: number;
  /** The function it lies in; "" at module level. */
  place: string;
  shown: string;
  at: string;
  share: number | null;
  entries: FieldEntry[];
}

/** Pairs of timings as they are drawn. */
export type DrawnPairs = Pick<Timing, "ratio" | "pairs" | "floor" | "logRatios">;

/** The program with every kept rewrite, against the program as it was. */
export interface Outcome {
  /** Null when nothing can be said of the whole program; `reason` says why. */
  speedup: Interval | null;
  /** Timed by whole runs in pairs; else predicted from the regions' shares. */
  measured: boolean;
  /** With `--repeat`: the gain for each run of the work. */
  perRepeat: ProgramProof["perRepeat"];
  reason: string | null;
  oldSeconds: number;
  newSeconds: number | null;
  /** The paired whole runs; null where the gain is predicted. */
  pairs: DrawnPairs | null;
  /** Whether the program's output was the same; null when it was not compared. */
  sameOutput: boolean | null;
  /** What of the output was compared, and what was not because two runs of the original differ in it. */
  compared: string[];
  notCompared: string[];
  /** Largest relative change of a printed number that floats may cause; 0 when every byte is the same. */
  largestEffect: number;
  /** Peak memory of new over old; null when not measured. */
  memoryRatio: number | null;
  /** What else the whole runs showed, and what limits their worth: sentences without a stop. */
  notes: string[];
}

export interface ReportModel {
  schema: "speedwell.report/1";
  /** ISO 8601, UTC. */
  created: string;
  /** Version of Speedwell that made the report. */
  version: string;
  /** The run directory. */
  directory: string;
  run: Run;
  diagnosis: Diagnosis;
  /** Facts about the machine and the environment, ready to be listed. */
  environment: { label: string; value: string }[];
  /** Where the cells of notebooks start, by absolute path: their lines are named by cell (see `lineName`). */
  cells: Record<string, CellLines>;
  flame: FlameView | null;
  timeline: TimelineView | null;
  sources: SourceView[];
  /** Null when only a diagnosis was asked for. */
  optimization: {
    /** Kept ones first, best first. */
    rewrites: RewriteView[];
    declined: DeclinedView[];
    /** Per region who was tried, who was refused and why, who won. */
    fields: FieldView[];
    /** Null when nothing was kept. */
    outcome: Outcome | null;
  } | null;
  /** Absolute paths of what was written. */
  patch: string | null;
  report: string | null;
}

/** The page of a judgement. */
export interface JudgementReport {
  schema: "speedwell.judgement-report/1";
  created: string;
  version: string;
  judgement: Judgement;
  /** Files that differ, as they are drawn. */
  files: { shown: string; hunks: DiffHunk[] }[];
}
