// A judgement on a character screen: the verdict first, then what was compared, on what, how strongly, how much faster.

import type { JudgedPiece, Judgement, ProgramProof } from "../schemas/index.ts";
import { Canvas } from "./canvas.ts";
import { programCommand, shellQuoted } from "./command.ts";
import { inputsTried, largestDifference, STRONG, strength } from "./evidence.ts";
import { formatCount, formatInterval, formatRatio, formatSeconds } from "./format.ts";
import type { Paint, TerminalStyle } from "./style.ts";

export const JUDGEMENT_WORDS: Record<Judgement["verdict"], string> = {
  same: "same",
  different: "different",
  cannot_tell: "cannot tell",
};

const PAINTS: Record<Judgement["verdict"], Paint> = { same: "good", different: "bad", cannot_tell: "bold" };

/** Pieces and lines of one kind that are listed; the page has them all. */
const PIECES = 8;
const LINES = 4;

/** The whole judgement as text that fits `style.width` cells, ending in a newline. */
export function renderJudgement(judgement: Judgement, style: TerminalStyle): string {
  const canvas = new Canvas(style);
  canvas.blank();
  const { verdict, reason } = judgement;
  canvas.line(0, [
    { text: JUDGEMENT_WORDS[verdict], paint: PAINTS[verdict] },
    { text: `  ${judgement.old} → ${judgement.new}`, paint: "bold" },
  ]);
  canvas.paragraph(2, sentence(reason));
  const call = judgement.pieces.find((piece) => piece.call !== null)?.call;
  if (call) {
    canvas.blank();
    canvas.paragraph(2, "Paste this to see it:", "dim");
    for (const line of call.split("\n")) canvas.line(4, [{ text: line }]);
  }
  program(canvas, judgement.program);
  pieces(canvas, judgement);
  rest(canvas, judgement);
  return canvas.toString();
}

const sentence = (text: string): string =>
  text.slice(0, 1).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

function program(canvas: Canvas, proof: ProgramProof | null): void {
  if (proof === null) return;
  canvas.blank();
  canvas.line(0, [{ text: "Whole program  ", paint: "bold" }, { text: programGain(proof) }]);
  const { compared, nondeterministic, largestEffect } = proof.outputs;
  if (compared.length > 0) canvas.labelled(2, "compared", 14, compared.join(", "));
  if (nondeterministic.length > 0)
    canvas.labelled(2, "not compared", 14, `${nondeterministic.join(", ")}: varies by itself`);
  if (largestEffect > 0) canvas.labelled(2, "differs by", 14, `${largestEffect.toExponential(1)} at most`);
}

/** `2.9× (2.7–3.1) faster, 6.4 s → 2.2 s, 12 pairs`, or why there is no figure. */
export function programGain(proof: ProgramProof): string {
  if (!proof.measured || proof.speedup === null) return `not timed: ${proof.reason}`;
  const seconds = `${formatSeconds(proof.oldSeconds!)} → ${formatSeconds(proof.newSeconds!)}`;
  const noise = `noise hides less than ${formatRatio(proof.floor ?? 1)}`;
  return `${formatInterval(proof.speedup)} as fast, ${seconds}, ${formatCount(proof.pairs, "pair")}; ${noise}`;
}

function pieces(canvas: Canvas, { pieces: all }: Judgement): void {
  if (all.length === 0) return;
  const order = { different: 0, cannot_tell: 1, same: 2 };
  const sorted = [...all].sort((a, b) => order[a.verdict] - order[b.verdict]);
  canvas.blank();
  for (const one of sorted.slice(0, PIECES)) {
    const line = pieceLine(one);
    canvas.line(
      0,
      [
        { text: JUDGEMENT_WORDS[one.verdict].padEnd(13), paint: PAINTS[one.verdict] },
        { text: pieceName(one), paint: "bold" },
        { text: `  ${one.shown}${line === null ? "" : `:${line}`}`, paint: "dim" },
      ],
      one.timing ? { text: formatInterval(one.timing.ratio) } : undefined,
    );
    canvas.paragraph(2, pieceEvidence(one), "dim");
  }
  if (sorted.length > PIECES) canvas.paragraph(0, `and ${sorted.length - PIECES} more in the report`, "dim");
}

/** What a piece is called. */
export const pieceName = (piece: JudgedPiece): string =>
  piece.place !== ""
    ? piece.place
    : piece.kind === "loop"
      ? `loop in ${piece.cell ? "" : "line "}${pieceLine(piece)}`
      : piece.kind === "module"
        ? "module code"
        : "file";

/** Its line in OLD, or in NEW where OLD has none: `12`, in a notebook `cell 3:2`; null for what has no line. */
export function pieceLine({ line, newLine, cell, newCell }: JudgedPiece): string | null {
  const at = line === null ? newCell : cell;
  if (at) return `cell ${at.cell}:${at.line}`;
  return line === null && newLine === null ? null : `${line ?? newLine}`;
}

/** On what a piece's verdict rests, in one line. */
export function pieceEvidence(piece: JudgedPiece): string {
  const { equivalence, verdict, reason, because, through } = piece;
  const parts = because === "its code changed" ? [] : [because];
  if (through) parts.push(throughCaller(through));
  if (verdict !== "same" || equivalence === null) parts.push(reason);
  else {
    parts.push(`${inputsTried(equivalence)}, ${largestDifference(equivalence)}, ${strength(equivalence)}`);
    if (equivalence.strength !== null && equivalence.strength < STRONG)
      parts.push(weakness(equivalence.strength));
    parts.push(...equivalence.assumptions.map((one) => one.replace(/\.$/, "")));
    if (equivalence.nondeterministic.length > 0)
      parts.push(`not compared: ${equivalence.nondeterministic.join(", ")}`);
    if (piece.notTimed) parts.push(`not timed: ${piece.notTimed}`);
  }
  return sentence(parts.join("; "));
}

/** Why it is not its own calls that were replayed. */
export const throughCaller = ({ place, line, shown, why }: NonNullable<JudgedPiece["through"]>): string =>
  `judged through its caller ${place} (${shown}:${line}), since ${why}`;

/** How little a weak `same` says. */
export const weakness = (strength: number): string =>
  `of small mistakes put into OLD on purpose, these inputs show only ${Math.round(100 * strength)}%`;

function rest(canvas: Canvas, judgement: Judgement): void {
  const { notCompared, added, docstrings, workload, report, run } = judgement;
  canvas.blank();
  const lines = (label: string, items: readonly string[]) => {
    if (items.length === 0) return;
    const more = items.length > LINES ? ` and ${items.length - LINES} more` : "";
    canvas.labelled(0, label, 15, items.slice(0, LINES).join(", ") + more);
  };
  lines(
    "Not compared",
    notCompared.map(({ what, why }) => `${what} (${why})`),
  );
  lines("New", added);
  lines("Docstrings", docstrings);
  if (workload) lines("Workload", [programCommand(workload.program)]);
  else if (judgement.pieces.length > 0)
    lines("Workload", ["none: inputs from annotations and defaults alone"]);
  if (report) canvas.line(0, [{ text: "Report         ", paint: "dim" }, { text: `speedwell open ${run}` }]);
}

/** The command as it was given, for lists of runs. */
export function proveCommand({ old, new: other, workload }: Judgement): string {
  const words = ["prove", old, other === "the working tree" ? "" : other]
    .filter((word) => word !== "")
    .map(shellQuoted);
  return `${words.join(" ")}${workload ? ` -- ${programCommand(workload.program)}` : ""}`;
}
