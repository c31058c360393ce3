// Loops over the rows of data frames: whole columns in their place, or at least no Series made of every row.

import type { Declined, Rewrite } from "../../schemas/rewrite.ts";
import { regionNode } from "../../source/regions.ts";
import { declined, rewriteOf } from "../draft.ts";
import type { Proposals, Technique } from "../technique.ts";
import { findApplications } from "./apply.ts";
import { findGroups } from "./groups.ts";
import { findGrowing } from "./growing.ts";
import { fitted } from "./layout.ts";
import { findRowLoops } from "./loops.ts";

const name = "pandas";

export const technique: Technique = {
  name,
  title: "Whole columns",
  packages: [],
  regions: ["function", "loop", "statement"],
  async propose(context): Promise<Proposals> {
    if (context.region.notReplayable !== null || context.facts.calls === 0)
      return { rewrites: [], declined: [] };
    const region = regionNode(context.file, context.region);
    const found = [
      ...findApplications(context, region),
      ...findRowLoops(context, region),
      ...findGrowing(context, region),
      ...findGroups(context, region),
    ];
    const rewrites: Rewrite[] = [];
    const place = { ...context, technique: name };
    const left: Declined[] = [];
    for (const one of found) {
      if ("reason" in one) {
        left.push(declined(place, one));
        continue;
      }
      const draft = { ...one, edits: fitted(context.file, one.edits) };
      const rewrite = rewriteOf(place, [draft], { ordinal: rewrites.length });
      if (rewrite !== null) rewrites.push(rewrite);
    }
    return { rewrites, declined: left };
  },
};
