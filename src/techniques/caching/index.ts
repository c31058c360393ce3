// Functions that compute again what they have computed before: their results are kept.

import type { Declined, Rewrite } from "../../schemas/rewrite.ts";
import type { Proposals, RegionContext, Technique } from "../technique.ts";
import type { Draft } from "./draft.ts";
import { fileRead, keepFiles } from "./files.ts";
import { impurity } from "./purity.ts";
import { branches, keepSubproblems } from "./recursion.ts";
import { isRepeated, keepResults } from "./repeated.ts";
import { type Subject, subjectOf } from "./subject.ts";

const name = "caching";

export const technique: Technique = {
  name,
  title: "Results kept",
  packages: [],
  regions: ["function"],
  async propose(context): Promise<Proposals> {
    const outcome = look(context);
    if (outcome === null) return { rewrites: [], declined: [] };
    return typeof outcome === "string"
      ? { rewrites: [], declined: [declined(context, outcome)] }
      : { rewrites: [rewriteOf(context, outcome)], declined: [] };
  },
};

/** The change; why what is computed again must not be kept; null when nothing much is computed again. */
function look(context: RegionContext): Draft | string | null {
  const subject = subjectOf(context);
  if (subject === null) return null;
  if (typeof subject === "string") return isRepeated(context) ? left(subject) : null;
  const path = isRepeated(context) ? fileRead(context, subject) : null;
  if (path !== null) {
    const change = keepFiles(context, subject, path);
    return typeof change === "string" ? left(change) : change;
  }
  const change = changeOf(context, subject);
  if (change === null || typeof change === "string") return change && left(change);
  const impure = impurity(context, subject);
  return impure === null ? change : left(impure);
}

function changeOf(context: RegionContext, subject: Subject): Draft | string | null {
  if (branches(context, subject)) return keepSubproblems(context, subject);
  return isRepeated(context) ? keepResults(context, subject) : null;
}

const left = (reason: string) => `it is called again with arguments it has had before, but ${reason}`;

function declined({ region }: RegionContext, reason: string): Declined {
  return { technique: name, region: region.id, line: region.span.line, reason };
}

function rewriteOf({ file, region }: RegionContext, draft: Draft): Rewrite {
  return {
    id: `${region.id}:${name}:${draft.variant}`,
    technique: `${name}/${draft.variant}`,
    region: region.id,
    file: file.path,
    line: region.span.line,
    endLine: region.span.endLine,
    summary: `${draft.summary}.`,
    edits: [...draft.edits].sort((a, b) => a.start - b.start || a.end - b.end),
    requires: [],
    assumptions: draft.assumptions,
    tolerance: null,
    warmsUp: false,
    ...(draft.reuse === undefined ? {} : { reuse: draft.reuse }),
  };
}
