// Functions that compute again what they have computed before: their results are kept.

import { declined, rewriteOf } from "../draft.ts";
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
    const place = { ...context, technique: name };
    if (typeof outcome === "string") {
      const left = { line: context.region.span.line, reason: outcome };
      return { rewrites: [], declined: [declined(place, left)] };
    }
    const rewrite = rewriteOf(place, [outcome]);
    const { reuse } = outcome;
    const rewrites = rewrite === null ? [] : [{ ...rewrite, ...(reuse === undefined ? {} : { reuse }) }];
    return { rewrites, declined: [] };
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
