// Loops over the rows of data frames: whole columns in their place, or at least no Series made of every row.

import type { Declined, Rewrite } from "../../schemas/rewrite.ts";
import { regionNode } from "../../source/regions.ts";
import type { Proposals, RegionContext, Technique } from "../technique.ts";
import { findApplications } from "./apply.ts";
import type { Draft } from "./draft.ts";
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
    const declined: Declined[] = [];
    for (const one of found) {
      if ("variant" in one) rewrites.push(rewriteOf(context, one, rewrites.length));
      else declined.push({ technique: name, region: context.region.id, line: one.line, reason: one.reason });
    }
    return { rewrites, declined };
  },
};

function rewriteOf({ file, region }: RegionContext, draft: Draft, ordinal: number): Rewrite {
  return {
    id: `${region.id}:${name}:${draft.variant}${ordinal > 0 ? `-${ordinal + 1}` : ""}`,
    technique: `${name}/${draft.variant}`,
    region: region.id,
    file: file.path,
    line: draft.line,
    endLine: region.span.endLine,
    summary: `${draft.summary}.`,
    edits: fitted(file, draft.edits),
    requires: draft.packages.map((one) => ({ package: one, version: "" })),
    assumptions: draft.assumptions,
    tolerance: draft.tolerance,
    warmsUp: false,
  };
}
