// One changed piece on its way to its verdict.

import type { Equivalence, JudgedPiece, Region, RegionFacts, Timing, Verdict } from "../schemas/index.ts";
import { cellPlaceOf, lineName } from "../source/cell-lines.ts";
import type { SourceFile } from "../source/file.ts";
import { asynchronous } from "../source/regions.ts";
import type { FilePair, NewRegion, OldRegion, Piece } from "../versions/pieces.ts";
import type { CounterExample, Replay } from "./replay.ts";

/** What is replayed for a piece: itself, or a caller that stands for it. */
export interface Subject {
  pair: FilePair;
  old: OldRegion;
  new: NewRegion;
  facts: RegionFacts;
  /** Folder of a run: the calls lie in `capture/<region id>/` of it. */
  runDirectory: string;
}

export class PieceJudge {
  readonly piece: Piece;
  readonly id: string;
  /** The region under an id of its own; null for what is judged by whole runs. */
  readonly region: Region | null;
  readonly replayed: OldRegion | null;
  readonly newRegion: NewRegion | null;
  facts: RegionFacts | null = null;
  /** Why the run that records calls may have missed some of it: it did not end as it usually does. */
  cutShort: string | null = null;
  /** The caller through which it is judged, where its own calls cannot be recorded. */
  through: JudgedPiece["through"] = null;
  /** What was replayed. */
  subject: Subject | null = null;
  replay: Replay | null = null;
  equivalence: Equivalence | null = null;
  timing: Timing | null = null;
  notTimed: string | null = null;
  counterExample: CounterExample | null = null;
  evidence: JudgedPiece["evidence"] = "none";
  verdict: Verdict = "cannot_tell";
  reason = "it was not checked";

  constructor(piece: Piece, id: string) {
    this.piece = piece;
    this.id = id;
    const obstacle = piece.old?.notReplayable ?? null;
    const notReplayable = obstacle === asynchronous ? null : obstacle;
    this.region = piece.old && { ...piece.old, id, notReplayable };
    this.replayed = piece.replayed && { ...piece.replayed, id, notReplayable };
    this.newRegion = piece.new && { ...piece.new, id };
  }

  /** Say what came out, and on what it rests. */
  conclude(verdict: Verdict, reason: string, evidence: JudgedPiece["evidence"]): void {
    Object.assign(this, { verdict, reason, evidence });
  }

  /** Its line in OLD as people name it: `line 12`, in a notebook `cell 3:2`. */
  get lineInOld(): string {
    const { line, pair } = this.piece;
    const { notebook } = pair.old ?? {};
    return `${notebook ? "" : "line "}${lineName(notebook?.cellLines, line ?? 1)}`;
  }

  /** Drop what was replayed: the verdict will rest on something else. */
  async forget(): Promise<void> {
    await this.replay?.close();
    this.replay = this.subject = this.through = this.equivalence = null;
  }

  /** The code that changed, in OLD; null for what is judged by whole runs. */
  get changed(): { path: string; text: string; region: Region } | null {
    const { old } = this.piece.pair;
    return old && this.replayed && { path: old.path, text: old.text, region: this.replayed };
  }

  get exercised(): boolean {
    return (this.facts?.calls ?? 0) > 0;
  }

  judged(): JudgedPiece {
    const { pair, kind, place, line, endLine, newLine, newEndLine, because, assumptions } = this.piece;
    const { id, verdict, reason, evidence, timing, notTimed, counterExample, equivalence, through } = this;
    return {
      id,
      file: pair.path,
      shown: pair.shown,
      kind,
      place,
      line,
      endLine,
      newLine,
      newEndLine,
      ...cellOf("cell", pair.old, line),
      ...cellOf("newCell", pair.new, newLine),
      because,
      through,
      evidence,
      verdict,
      reason,
      calls: evidence === "annotations" ? null : (this.facts?.calls ?? null),
      callsEstimated: evidence !== "annotations" && this.facts?.estimated === true,
      equivalence: equivalence && {
        ...equivalence,
        assumptions: [
          ...assumptions,
          ...(through ? [onlyThrough(place, through.place)] : []),
          ...equivalence.assumptions,
        ],
      },
      timing,
      notTimed,
      call: counterExample?.call ?? null,
      entry: counterExample?.entry ?? null,
    };
  }
}

/** Of a notebook: the cell and the line in it. */
const cellOf = (name: "cell" | "newCell", file: SourceFile | null, line: number | null) =>
  file?.notebook && line !== null ? { [name]: cellPlaceOf(file.notebook.cellLines, line) } : {};

const onlyThrough = (place: string, caller: string): string =>
  `only what calls of ${caller} show of ${place} was compared, not its calls from elsewhere`;

/** Judges with ids that are unique, of which each may be a folder's name. */
export function judgesOf(pieces: readonly Piece[]): PieceJudge[] {
  const used = new Set<string>();
  return pieces.map((piece) => {
    const plain =
      piece.old?.id ??
      `${piece.pair.shown.replace(/[^\w.-]+/g, ".")}:${piece.line ?? piece.newLine ?? 0}:${piece.kind}`;
    let id = plain;
    for (let n = 2; used.has(id); n++) id = `${plain}-${n}`;
    used.add(id);
    return new PieceJudge(piece, id);
  });
}
