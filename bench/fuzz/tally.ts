// Counts over all rows of a fuzz run, and how they are told.

import type { Row } from "./further.ts";
import type { Found } from "./stages.ts";

export interface Tally {
  programs: number;
  rows: Row[];
  regions: number;
  declined: number;
  errors: string[];
  slow: string[];
}

export const emptyTally = (): Tally => ({
  programs: 0,
  rows: [],
  regions: 0,
  declined: 0,
  errors: [],
  slow: [],
});

export function add(tally: Tally, programs: number, { found, rows }: { found: Found; rows: Row[] }): void {
  tally.programs += programs;
  tally.rows.push(...rows);
  tally.regions += found.regions;
  tally.declined += found.declined;
  tally.errors.push(...found.errors);
  tally.slow.push(...found.slow);
}

type Difference = NonNullable<Row["further"]>["differences"][number];

/**
 * Whether the rewrite comes with a sentence that covers a difference: nobody can miss an exception on what the run never had,
 * and where the original could not go on, the rewrite may.
 */
function isStated({ assumptions }: Row, { kind, input }: Difference): boolean {
  if (/\bnan\b/.test(input) && assumptions.some((one) => /no number among them is NaN/.test(one)))
    return true;
  const narrow = /dtype=(u?int(8|16|32)|float32)\b/.test(input);
  if (narrow && assumptions.some((one) => /an array of (int64|float64)/.test(one))) return true;
  if (kind === "raises") return assumptions.some((one) => /raise|as in all/.test(one));
  if (kind === "type") return assumptions.some((one) => /another d?type/.test(one));
  return (
    kind !== "silent" && assumptions.some((one) => one.includes(kind.replace("raised ", "original raises ")))
  );
}

/** Kept rewrites that differ from the original on a further input, beyond what they state. */
export const wrong = (rows: readonly Row[]): Row[] =>
  rows.filter(
    (row) => row.verdict === "same" && (row.further?.differences.some((one) => !isStated(row, one)) ?? false),
  );

/** Proposals that were wrong, and that the judge refused: a technique should know better. */
export const refused = (rows: readonly Row[]): Row[] => rows.filter(({ verdict }) => verdict === "different");

/** Those that differ only as they state. */
const stated = (rows: readonly Row[]): Row[] =>
  rows.filter(
    (row) =>
      row.verdict === "same" && (row.further?.differences.length ?? 0) > 0 && wrong([row]).length === 0,
  );

const count = (rows: readonly Row[], verdict: Row["verdict"]) =>
  rows.filter((row) => row.verdict === verdict).length;

/** The figures in lines; `unit` is what a program is called. */
export function told(tally: Tally, unit = "programs"): string {
  const { rows } = tally;
  const techniques = [...new Set(rows.map(({ technique }) => technique))].sort();
  const compared = rows.reduce((sum, { further }) => sum + (further?.compared ?? 0), 0);
  return [
    `${tally.programs} ${unit}, ${tally.regions} regions; ${new Set(rows.map(({ program, region }) => `${program} ${region}`)).size} regions of ${new Set(rows.map(({ program }) => program)).size} with a proposal; ${tally.declined} refusals by techniques`,
    `${rows.length} rewrites: ${count(rows, "not asked")} agree on all further inputs before the judge is asked, ${count(rows, "same")} kept, ${count(rows, "different")} refused as different, ${count(rows, "cannot_tell")} undecided`,
    ...techniques.map((technique) => {
      const own = rows.filter((row) => row.technique === technique);
      return `  ${technique.padEnd(28)} agree ${count(own, "not asked")}  kept ${count(own, "same")}  different ${count(own, "different")}  undecided ${count(own, "cannot_tell")}`;
    }),
    `kept rewrites that differ on further inputs: ${wrong(rows).length}; only as they state: ${stated(rows).length} (${compared} comparisons)`,
    `errors in techniques: ${tally.errors.length}; slow: ${tally.slow.length}`,
  ].join("\n");
}

/** A difference with everything that is needed to look into it. */
export const shown = ({ program, source, technique, region, assumptions, text, further }: Row): string =>
  [
    `${program} (${source}) ${technique} ${region}`,
    ...assumptions.map((one) => `  assumes: ${one}`),
    ...(further?.differences ?? [])
      .slice(0, 3)
      .map(({ input, told: what }) => `  on ${input.slice(0, 400)}\n    ${what}`),
    text,
  ].join("\n");
