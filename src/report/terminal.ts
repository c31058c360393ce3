// The report on a character screen: the gain first, then what was done, what was refused, and where the time goes.

import type { Proof } from "../schemas/index.ts";
import { lineName } from "../source/cell-lines.ts";
import { Canvas } from "./canvas.ts";
import { programCommand, shownPath } from "./command.ts";
import {
  buildWords,
  hotspotName,
  inputsTried,
  largestDifference,
  mainHotspots,
  onceWords,
  outcomeWords,
  STRONG,
  strength,
  VERDICT_WORDS,
} from "./evidence.ts";
import {
  formatCeiling,
  formatCount,
  formatError,
  formatInterval,
  formatPercent,
  formatRange,
  formatRatio,
  formatSeconds,
} from "./format.ts";
import { KINDS, type Outcome, type ReportModel, type RewriteView } from "./model.ts";
import { declinedByReason, refusedByReason } from "./refusals.ts";
import type { TerminalStyle } from "./style.ts";
import { cutEnd, cutStart, padEnd, padStart, textWidth } from "./text.ts";

/** Hotspots, refused rewrites and refusals listed; the page has them all. */
const HOTSPOTS = 8;
const REFUSED = 4;
const DECLINED = 3;
const RIVALS = 2;
/** Further places that are named for one reason. */
const PLACES = 3;

/** The whole outcome as text that fits `style.width` cells, ending in a newline. */
export function renderTerminal(model: ReportModel, style: TerminalStyle): string {
  const canvas = new Canvas(style);
  canvas.blank();
  programState(canvas, model);
  if (model.optimization !== null) {
    headline(canvas, model);
    for (const view of model.optimization.rewrites) if (view.verdict === "kept") kept(canvas, model, view);
    refused(canvas, model);
  }
  if (model.optimization === null) verdict(canvas, model);
  whereTimeGoes(canvas, model);
  if (model.optimization !== null) verdict(canvas, model);
  next(canvas, model);
  return canvas.toString();
}

/** Said first when the program did not end well, since all figures are then of a part of it. */
function programState(canvas: Canvas, { run }: ReportModel): void {
  if (run.status === "finished" && run.exit === 0) return;
  const how =
    run.signal !== null
      ? `was ended by ${run.signal}`
      : run.status === "interrupted"
        ? "was interrupted"
        : run.exit === null
          ? "did not end"
          : `ended with exit code ${run.exit}`;
  canvas.paragraph(
    0,
    `The program ${how} after ${formatSeconds(run.seconds)}. What follows is what was seen until then.`,
    "bad",
  );
  canvas.blank();
}

function headline(canvas: Canvas, model: ReportModel): void {
  const outcome = model.optimization?.outcome;
  if (!outcome) {
    const tried = model.optimization?.rewrites.length ?? 0;
    const text =
      tried === 0
        ? "No rewrite fits this program."
        : `Nothing was changed: of ${formatCount(tried, "rewrite")} tried, none was proved both the same and faster.`;
    canvas.paragraph(0, text, "bold");
    return;
  }
  if (outcome.speedup === null || outcome.newSeconds === null) {
    canvas.paragraph(0, "Parts of the program are faster; what the whole gains is not known.", "bold");
  } else {
    const each = outcome.perRepeat;
    if (each !== null)
      canvas.line(0, [
        { text: `${formatRatio(each.speedup.estimate)} faster`, paint: "good" },
        {
          text: ` (${formatRange(each.speedup)})  for each of ${each.runs} runs of its work per start; for one:`,
        },
      ]);
    const seconds = `${formatSeconds(outcome.oldSeconds)} → ${formatSeconds(outcome.newSeconds)}`;
    canvas.line(0, [
      { text: `${formatRatio(outcome.speedup.estimate)} faster`, paint: "good" },
      { text: ` (${formatRange(outcome.speedup)})  ` },
      { text: `${seconds}, ${outcomeWords(outcome)}`, paint: "bold" },
    ]);
  }
  canvas.paragraph(0, howMeasured(model, outcome), "dim");
}

/** How the whole program was judged: which runs, what was compared, what was not. */
function howMeasured(model: ReportModel, outcome: Outcome): string {
  const program = programCommand(model.run.program);
  const parts = [
    outcome.pairs === null
      ? `For ${program}, ${outcome.speedup === null ? "not measured" : "predicted from each region's gain and share"}.`
      : `Whole runs of ${program}, ${formatCount(outcome.pairs.pairs, "pair")}.`,
  ];
  if (outcome.reason !== null) parts.push(sentence(outcome.reason));
  if (outcome.compared.length > 0) parts.push(`Compared: ${outcome.compared.join(", ")}.`);
  if (outcome.notCompared.length > 0)
    parts.push(`Not compared, as it varies by itself: ${outcome.notCompared.join(", ")}.`);
  return [...parts, ...outcome.notes.map(sentence)].join(" ");
}

const sentence = (text: string): string =>
  text.slice(0, 1).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

/** A file's name and lines in `width` cells; a long path loses its start. */
function place(canvas: Canvas, shown: string, at: string, width: number): string {
  const tail = canvas.clean(`:${at}`);
  return cutStart(canvas.clean(shown), Math.max(8, width - textWidth(tail)), canvas.mark) + tail;
}

/** The rewrites of the same region by other techniques that were tried, in a few words. */
function rivalsOf(model: ReportModel, { rewrite }: RewriteView): string {
  const field = model.optimization!.fields.find(
    ({ file, line, endLine }) =>
      file === rewrite.file && line === rewrite.line && endLine === rewrite.endLine,
  );
  const others =
    field?.entries.filter(
      ({ outcome, technique }) => outcome === "refused" && family(technique) !== family(rewrite.technique),
    ) ?? [];
  const named = others.map(({ title, region, needs }) => {
    const notes = [
      ...(region ? [`${formatRatio(region.estimate)} here`] : []),
      ...(needs.length > 0 ? [`needs ${needs.join(", ")}`] : []),
    ];
    return notes.length > 0 ? `${title} (${notes.join(", ")})` : title;
  });
  // Variants of one technique of which nothing more is known are named once.
  const distinct = [...new Set(named)];
  const shown = distinct.slice(0, RIVALS);
  if (distinct.length > RIVALS) shown.push(`${distinct.length - RIVALS} more`);
  return shown.join(", ");
}

function kept(canvas: Canvas, model: ReportModel, view: RewriteView): void {
  const { rewrite, proof } = view;
  canvas.blank();
  const gain = proof?.region ? `${formatInterval(proof.region.ratio)} here` : "";
  const at = place(canvas, view.shown, view.at, Math.floor(canvas.style.width * 0.5));
  canvas.line(
    0,
    [
      { text: "✓ ", paint: "good" },
      { text: at, paint: "bold" },
      { text: view.place === "" ? "" : `  ${view.place}` },
    ],
    { text: gain, paint: "good" },
  );
  canvas.paragraph(2, rewrite.summary);
  if (proof) {
    canvas.paragraph(2, evidence(proof), "dim");
    const measured = proof.equivalence.strength;
    if (measured !== null && measured < STRONG)
      canvas.paragraph(2, "These inputs would miss many mistakes, so read the change.", "dim");
  }
  if (proof?.once) canvas.labelled(2, "once", 9, onceWords(proof.once));
  const rivals = rivalsOf(model, view);
  if (rivals !== "") canvas.labelled(2, "against", 9, rivals);
  for (const assumption of [...rewrite.assumptions, ...(proof?.equivalence.assumptions ?? [])])
    canvas.labelled(2, "assumes", 9, assumption);
  if (rewrite.requires.length > 0)
    canvas.labelled(2, "needs", 9, rewrite.requires.map((one) => one.package + one.version).join(", "));
  if (view.added.length > 0) canvas.labelled(2, "adds", 9, view.added.map(({ shown }) => shown).join(", "));
  if (rewrite.build)
    canvas.labelled(2, "build", 9, buildWords(rewrite.build, view.buildFolder, proof?.build));
}

/** The evidence on one line: how many inputs, how much they weigh, how far the results lie apart. */
function evidence(proof: Proof): string {
  const { equivalence } = proof;
  return `same on ${inputsTried(equivalence)}, ${strength(equivalence)}, ${largestDifference(equivalence).replace(/ \(.*/, "")}`;
}

function refused(canvas: Canvas, model: ReportModel): void {
  const { rewrites, declined } = model.optimization!;
  const kept = rewrites.filter((view) => view.verdict === "kept");
  // A part of what is kept, proposed by itself for the same lines, is news to nobody.
  const isPart = ({ rewrite }: RewriteView) =>
    kept.some(
      (one) =>
        one.rewrite.region === rewrite.region && family(one.rewrite.technique) === family(rewrite.technique),
    );
  const rejected = rewrites.filter((view) => view.verdict === "refused" && !isPart(view));
  if (rejected.length > 0) {
    canvas.blank();
    canvas.line(0, [{ text: "Refused", paint: "bold" }]);
    const reasons = refusedByReason(rejected);
    for (const { groups, reason } of reasons.slice(0, REFUSED)) {
      const told = (view: RewriteView) => lineName(model.cells[view.rewrite.file], view.rewrite.line);
      canvas.paragraph(2, `✗ ${named(canvas, groups, told)}: ${reason}`);
    }
    more(canvas, reasons.length - REFUSED);
  }
  if (declined.length > 0) {
    canvas.blank();
    canvas.line(0, [{ text: "Left alone", paint: "bold" }]);
    const reasons = declinedByReason(declined);
    for (const { groups, reason } of reasons.slice(0, DECLINED))
      canvas.paragraph(2, `${named(canvas, groups, ({ at }) => at)}: ${reason}`, "dim");
    more(canvas, reasons.length - DECLINED);
  }
}

/** `main.py:12 Array expressions, Library functions; main.py:30 Sets`: what one reason holds for. */
function named<View extends { shown: string }>(
  canvas: Canvas,
  groups: readonly { title: string; views: readonly View[] }[],
  at: (view: View) => string,
): string {
  const titles = new Map<string, string[]>();
  for (const { title, views } of groups) {
    const [first, ...others] = [
      ...new Map(views.map((view) => [`${view.shown}:${at(view)}`, view])).values(),
    ];
    const further = others
      .slice(0, PLACES)
      .map((view) => (view.shown === first!.shown ? at(view) : place(canvas, view.shown, at(view), 34)));
    if (others.length > PLACES) further.push("…");
    const places = [place(canvas, first!.shown, at(first!), 34), ...further].join(", ");
    titles.set(places, [...(titles.get(places) ?? []), title]);
  }
  return [...titles].map(([places, them]) => `${places} ${them.join(", ")}`).join("; ");
}

/** The technique without its variant. */
const family = (technique: string) => technique.split("/")[0];

function more(canvas: Canvas, count: number): void {
  if (count > 0) canvas.paragraph(2, `and ${count} more, in the report`, "dim");
}

/** The marks that a stacked bar is made of, told apart without colour. */
const FILL = { python: "█", native: "▓", waiting: "░", system: "▒" } as const;

function whereTimeGoes(canvas: Canvas, model: ReportModel): void {
  const { diagnosis } = model;
  canvas.blank();
  canvas.line(0, [{ text: "Where the time goes", paint: "bold" }], {
    text: `${formatSeconds(diagnosis.seconds)}, ${formatCount(diagnosis.samples, "sample")}`,
    paint: "dim",
  });
  if (diagnosis.samples > 0) {
    const width = Math.min(60, canvas.style.width - 4);
    const sizes = barSizes(
      KINDS.map((kind) => diagnosis.shares[kind]),
      width,
    );
    canvas.line(
      2,
      KINDS.map((kind, index) => ({ text: FILL[kind].repeat(sizes[index]!), paint: kind })),
    );
    canvas.line(
      2,
      KINDS.flatMap((kind) => [
        { text: FILL[kind], paint: kind },
        { text: ` ${kind} ${formatPercent(diagnosis.shares[kind])}   ` },
      ]),
    );
  }
  hotspotTable(canvas, model);
  for (const note of diagnosis.notes) canvas.labelled(2, "note", 6, note);
}

/** Cells per share, adding up to the width of their sum; a share that is not nothing gets at least one. */
function barSizes(shares: readonly number[], width: number): number[] {
  const total = Math.max(
    1,
    shares.reduce((sum, share) => sum + share, 0),
  );
  const sizes = shares.map((share) => (share <= 0 ? 0 : Math.max(1, Math.floor((share / total) * width))));
  const used = sizes.reduce((sum, size) => sum + size, 0);
  const largest = sizes.indexOf(Math.max(...sizes));
  const wanted = Math.round((shares.reduce((sum, share) => sum + share, 0) / total) * width);
  sizes[largest] = Math.max(0, sizes[largest]! + wanted - used);
  return sizes;
}

/** Widths of the columns before the place; `kind` and `at most` give way on narrow screens. */
const COLUMNS = { time: 8, share: 11, ceiling: 8, kind: 7 } as const;
const GAP = 2;
const NARROW = 64;

function hotspotTable(canvas: Canvas, model: ReportModel): void {
  const { diagnosis, run } = model;
  if (diagnosis.hotspots.length === 0) return;
  const wide = canvas.style.width >= NARROW;
  const row = (time: string, share: string, ceiling: string, kind: string): string => {
    const cells = [padStart(canvas.clean(time), COLUMNS.time), padStart(canvas.clean(share), COLUMNS.share)];
    if (wide) cells.push(padStart(canvas.clean(ceiling), COLUMNS.ceiling), padEnd(kind, COLUMNS.kind));
    return cells.join(" ".repeat(GAP)) + " ".repeat(GAP);
  };
  const head = row("time", "share", "at most", "kind");
  const room = canvas.style.width - 2 - head.length;
  canvas.blank();
  canvas.line(2, [{ text: `${head}place`, paint: "dim" }]);
  const hotspots = mainHotspots(diagnosis.hotspots).slice(0, HOTSPOTS);
  for (const hotspot of hotspots) {
    const path = canvas.clean(shownPath(hotspot.file, run.program.cwd));
    const tail = canvas.clean(`:${lineName(model.cells[hotspot.file], hotspot.line)}`);
    const name = cutEnd(
      canvas.clean(hotspotName(hotspot)),
      Math.max(10, room - Math.min(textWidth(path), 12) - textWidth(tail) - GAP),
      canvas.mark,
    );
    const left = room - textWidth(name) - GAP - textWidth(tail);
    const where = left < 6 ? name : `${name}  ${cutStart(path, left, canvas.mark)}${tail}`;
    const figures = row(
      formatSeconds(hotspot.share * diagnosis.seconds),
      `${formatPercent(hotspot.share)} ± ${formatError(hotspot.shareError)}`,
      formatCeiling(hotspot.ceiling).replace("over ", ">"),
      hotspot.kind,
    );
    canvas.line(2, [{ text: figures + where }]);
    if (hotspot.dominatedBy !== null)
      canvas.line(2 + head.length, [{ text: `mostly ${hotspot.dominatedBy}`, paint: "dim" }]);
  }
  more(canvas, diagnosis.hotspots.length - hotspots.length);
}

function verdict(canvas: Canvas, { diagnosis }: ReportModel): void {
  canvas.blank();
  const words = VERDICT_WORDS[diagnosis.verdict];
  const reason = diagnosis.reason.startsWith(words) ? diagnosis.reason : `${words}: ${diagnosis.reason}`;
  canvas.paragraph(0, reason, "bold");
}

function next(canvas: Canvas, model: ReportModel): void {
  const { program } = model.run;
  canvas.blank();
  const width = 8;
  if (model.patch !== null) canvas.labelled(0, "Patch", width, shownPath(model.patch, program.cwd));
  if (model.report !== null) canvas.labelled(0, "Report", width, shownPath(model.report, program.cwd));
  const id = model.run.id;
  const command =
    model.optimization?.outcome != null
      ? `speedwell apply ${id}`
      : model.optimization === null && model.diagnosis.verdict === "worth_it"
        ? `speedwell optimize ${programCommand(program)}`
        : `speedwell open ${id}`;
  canvas.labelled(0, "Next", width, command, "accent");
}
