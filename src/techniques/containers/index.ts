// Lists that are searched, or used as queues, in loops: sets, dicts, deques and heaps in their place.

import { declined, rewriteOf } from "../draft.ts";
import type { Proposals, RegionContext, Technique } from "../technique.ts";
import { findComparisons } from "./comparison.ts";
import { findConcatenations } from "./concatenation.ts";
import { findCopies } from "./copies.ts";
import type { Findings } from "./draft.ts";
import { findFinders } from "./finders.ts";
import { findRepeatedWork } from "./hoist.ts";
import { findInsertions } from "./insertion.ts";
import { findMembership } from "./membership.ts";
import { findPriorityQueues } from "./priority-queue.ts";
import { findQueues } from "./queue.ts";
import { findSearches } from "./search.ts";
import { findTexts } from "./text.ts";
import { findWindows } from "./windows.ts";

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
  findWindows,
];

export const technique: Technique = {
  name,
  title: "Sets, dicts and queues",
  packages: [],
  regions: ["function", "loop", "statement"],
  async propose(context): Promise<Proposals> {
    const place = { ...context, technique: name };
    const findings = finders.map((find) => find(context));
    const drafts = findings.flatMap((found) => found.drafts);
    const variants = [...new Set(drafts.map((draft) => draft.variant))];
    const sets = variants.map((variant) => drafts.filter((draft) => draft.variant === variant));
    // Together first: a region is rewritten once, and each change may pay only beside the others.
    if (sets.length > 1) sets.unshift(drafts);
    return {
      rewrites: sets.flatMap((set) => rewriteOf(place, set) ?? []),
      declined: findings.flatMap(({ refusals }) => refusals.map((left) => declined(place, left))),
    };
  },
};
