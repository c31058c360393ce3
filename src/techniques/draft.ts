// From the changes that a technique found in a region to the rewrite that the proof takes: one way for all techniques.

import type { TextEdit } from "../schemas/common.ts";
import type { Declined, Rewrite, Tolerance } from "../schemas/rewrite.ts";
import { mergeEdits } from "../source/edits.ts";
import type { RegionContext } from "./technique.ts";

/** One finished change within a region. `Variant` names the technique's own forms; "" where it has only one. */
export interface Draft<Variant extends string = string> {
  variant: Variant;
  /** Line of what changes; default: the region's first. */
  line?: number;
  /** What the change does, as a clause without a full stop. */
  summary: string;
  edits: TextEdit[];
  assumptions: readonly string[];
  /** Distributions that the new text imports. */
  packages?: readonly string[];
  tolerance?: Tolerance | null;
}

/** A place that resembles what a technique changes, and is left as it is. */
export interface Left {
  line: number;
  reason: string;
}

interface Place extends Pick<RegionContext, "file" | "region"> {
  /** Name of the technique's folder. */
  technique: string;
}

/**
 * Changes of one region as one rewrite, named by their variant when they have one in common; null when two of them change the
 * same text differently. `ordinal` tells apart rewrites of one name, from 0; `added` are edits that all of them share.
 */
export function rewriteOf(
  { file, region, technique: name }: Place,
  drafts: readonly Draft[],
  { ordinal = 0, added = [] }: { ordinal?: number; added?: readonly TextEdit[] } = {},
): Rewrite | null {
  const edits = mergeEdits([...drafts.map((draft) => draft.edits), added]);
  if (edits === null || drafts.length === 0) return null;
  const variants = new Set(drafts.map((draft) => draft.variant));
  const [variant] = variants;
  const technique = variants.size > 1 || !variant ? name : `${name}/${variant}`;
  return {
    id: `${region.id}:${technique.replace("/", ":")}${ordinal > 0 ? `-${ordinal + 1}` : ""}`,
    technique,
    region: region.id,
    file: file.path,
    line: Math.min(...drafts.map(({ line }) => line ?? region.span.line)),
    endLine: region.span.endLine,
    summary: `${distinct(drafts, ({ summary }) => [summary])
      .map((clause, i) => (i === 0 ? clause : clause[0]!.toLowerCase() + clause.slice(1)))
      .join("; ")}.`,
    edits,
    requires: distinct(drafts, ({ packages = [] }) => packages).map((one) => ({ package: one, version: "" })),
    assumptions: distinct(drafts, ({ assumptions }) => assumptions),
    tolerance: widest(drafts.flatMap(({ tolerance }) => tolerance ?? [])),
    warmsUp: false,
  };
}

export const declined = (
  { region, technique }: Pick<Place, "region" | "technique">,
  { line, reason }: Left,
): Declined => ({ technique, region: region.id, line, reason });

/** A tolerance for floats; the reason is a sentence of the reasons given. */
export const relative = (bound: number, absolute: number, reasons: Iterable<string>): Tolerance => {
  const [first = "", ...rest] = [...reasons].join("; ");
  return { kind: "relative", bound, absolute, reason: `${first.toUpperCase()}${rest.join("")}.` };
};

const distinct = (drafts: readonly Draft[], of: (draft: Draft) => readonly string[]): string[] => [
  ...new Set(drafts.flatMap(of)),
];

/** The widest of the tolerances, with all their reasons; null when there are none. */
function widest(tolerances: readonly Tolerance[]): Tolerance | null {
  const [first, ...others] = tolerances;
  if (!first || others.length === 0) return first ?? null;
  return {
    kind: "relative",
    bound: Math.max(...tolerances.map(({ bound }) => bound)),
    absolute: Math.max(...tolerances.map(({ absolute }) => absolute)),
    reason: [...new Set(tolerances.map(({ reason }) => reason))].join(" "),
  };
}
