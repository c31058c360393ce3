// Work that is in native code already, asked of it in a cheaper way.

import { isDeepStrictEqual } from "node:util";
import type { Declined, Rewrite } from "../../schemas/rewrite.ts";
import { definitionEdit } from "../../source/definitions.ts";
import { mergeEdits } from "../../source/edits.ts";
import { declined, rewriteOf } from "../draft.ts";
import type { Proposals, Technique } from "../technique.ts";
import { findDiagonals } from "./diagonal.ts";
import type { Draft, Found } from "./draft.ts";
import { findEinsums } from "./einsum.ts";
import { findInvariants } from "./invariants.ts";
import { findMemoryForms } from "./memory.ts";
import { findPowers } from "./power.ts";
import { findProductOrders } from "./product-order.ts";
import { findRepeated } from "./repeated.ts";
import { findSelections } from "./selection.ts";
import { findInverses } from "./solve.ts";
import { findStacks } from "./stacked.ts";
import { Subject } from "./subject.ts";

const name = "native";
const finders: readonly ((subject: Subject) => Found[])[] = [
  findMemoryForms,
  findStacks,
  findInvariants,
  findRepeated,
  findEinsums,
  findInverses,
  findDiagonals,
  findProductOrders,
  findPowers,
  findSelections,
];

export const technique: Technique = {
  name,
  title: "Cheaper native calls",
  packages: ["numpy", "scipy"],
  regions: ["function", "loop", "statement"],
  async propose(context): Promise<Proposals> {
    if (context.region.notReplayable !== null || context.facts.calls === 0)
      return { rewrites: [], declined: [] };
    const subject = new Subject(context);
    const drafts: Draft[] = [];
    const place = { ...context, technique: name };
    const left: Declined[] = [];
    for (const find of finders)
      for (const one of find(subject)) {
        if ("variant" in one) drafts.push(one);
        else left.push(declined(place, one));
      }
    const variants = [...new Set(drafts.map(({ variant }) => variant))];
    const alone = variants.map((variant) => drafts.filter((draft) => draft.variant === variant));
    // Together first: each change may pay only beside the others. Where two touch the same text, either may be the better.
    const together = alone.map((set) => [...set, ...drafts.filter((draft) => !set.includes(draft))]);
    const sets = variants.length > 1 ? [...together, ...alone] : alone;
    const rewrites = sets.flatMap((set, ordinal) => combine(subject, set, ordinal) ?? []);
    const distinct = rewrites.filter(
      ({ edits }, at) => !rewrites.slice(0, at).some((other) => isDeepStrictEqual(other.edits, edits)),
    );
    return { rewrites: distinct, declined: left };
  },
};

/** Several changes of one region as one rewrite; those that touch the same text as an earlier one are left out. */
function combine(
  { context, file, region: node }: Subject,
  all: readonly Draft[],
  ordinal: number,
): Rewrite | null {
  const place = { ...context, technique: name };
  const drafts: Draft[] = [];
  for (const draft of all) if (mergeEdits([...drafts, draft].map(({ edits }) => edits))) drafts.push(draft);
  drafts.sort((a, b) => a.line - b.line);
  const definitions = [...new Set(drafts.flatMap((draft) => draft.definitions))];
  const added = definitions.length > 0 ? [definitionEdit(file, node, definitions.join("\n\n\n"))] : [];
  return rewriteOf(place, drafts, { ordinal, added });
}
