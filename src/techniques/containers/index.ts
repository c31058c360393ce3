// Lists that are searched, or used as queues, in loops: sets, dicts, deques and heaps in their place.

import type { Rewrite } from "../../schemas/rewrite.ts";
import { mergeEdits } from "../../source/edits.ts";
import type { Proposals, RegionContext, Technique } from "../technique.ts";
import { findComparisons } from "./comparison.ts";
import { findConcatenations } from "./concatenation.ts";
import { findCopies } from "./copies.ts";
import type { Draft, Findings } from "./draft.ts";
import { findFinders } from "./finders.ts";
import { findRepeatedWork } from "./hoist.ts";
import { findInsertions } from "./insertion.ts";
import { findMembership } from "./membership.ts";
import { findPriorityQueues } from "./priority-queue.ts";
import { findQueues } from "./queue.ts";
import { findSearches } from "./search.ts";
import { findTexts } from "./text.ts";

const name = "containers";
const finders: readonly ((context: RegionContext) => Findings)[] = [
  findMembership,
  findQueues,
  findPriorityQueues,
  findSearches,
  findFinders,
  findRepeatedWork,
  findConcatenations,
  findInsertions,
  findComparisons,
  findTexts,
  findCopies,
];

export const technique: Technique = {
  name,
  title: "Sets, dicts and queues",
  packages: [],
  regions: ["function", "loop", "statement"],
  async propose(context): Promise<Proposals> {
    const findings = finders.map((find) => find(context));
    const drafts = findings.flatMap((found) => found.drafts);
    const variants = [...new Set(drafts.map((draft) => draft.variant))];
    const sets = variants.map((variant) => drafts.filter((draft) => draft.variant === variant));
    // Together first: a region is rewritten once, and each change may pay only beside the others.
    if (sets.length > 1) sets.unshift(drafts);
    return {
      rewrites: sets.flatMap((set) => combine(context, set) ?? []),
      declined: findings.flatMap((found) =>
        found.refusals.map(({ line, reason }) => ({
          technique: name,
          region: context.region.id,
          line,
          reason,
        })),
      ),
    };
  },
};

/** Several changes of one region as one rewrite; null when they touch the same text. */
function combine({ file, region }: RegionContext, drafts: readonly Draft[]): Rewrite | null {
  const edits = mergeEdits(drafts.map((draft) => draft.edits));
  if (!edits) return null;
  const variants = [...new Set(drafts.map((draft) => draft.variant))];
  const technique = variants.length === 1 ? `${name}/${variants[0]}` : name;
  const clauses = [...new Set(drafts.map((draft) => draft.summary))];
  return {
    id: `${region.id}:${technique.replace("/", ":")}`,
    technique,
    region: region.id,
    file: file.path,
    line: region.span.line,
    endLine: region.span.endLine,
    summary: `${clauses.map((clause, i) => (i === 0 ? clause : clause[0]!.toLowerCase() + clause.slice(1))).join("; ")}.`,
    edits,
    requires: [],
    assumptions: [...new Set(drafts.flatMap((draft) => draft.assumptions))],
    tolerance: null,
    warmsUp: false,
  };
}
