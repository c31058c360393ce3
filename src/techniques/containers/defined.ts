// Whether a list certainly has its value when a statement begins.

import type { stmt } from "../../source/ast.generated.ts";
import { blockOf, statementOf } from "../../source/layout.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { placesOf, type Subject } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";

/**
 * Whether the subject has a value whenever control reaches `statement`: it had one at the region's entry on every recorded
 * call, or a statement that always runs before binds or uses it.
 */
export function isDefinedBefore(context: RegionContext, subject: Subject, statement: stmt): boolean {
  const { file, facts } = context;
  const { variable } = subject;
  const scopes = scopesOf(file);
  const isParameter = variable.occurrences.some(
    ({ node, action }) => node.kind === "arg" && action === "bind",
  );
  const isName = subject.text === variable.name;
  const rebound = variable.occurrences.some(({ action }) => action === "delete");
  if (rebound) return false;
  if (isName && (isParameter || facts.liveIn[variable.name] !== undefined)) return true;
  const attributes = facts.liveIn[variable.name];
  const path = subject.text.split(".").slice(1);
  if (!isName && path.length === 1 && attributes?.every((fact) => fact.attributes?.[path[0]!] !== undefined))
    return true;
  for (let at: stmt = statement; ; ) {
    for (const earlier of blockOf(file, at)) {
      if (earlier === at) break;
      const simple = ["Assign", "AnnAssign", "Expr", "AugAssign"].includes(earlier.kind);
      if (
        simple &&
        placesOf(context, subject, earlier).some((place) => scopes.around(place) === scopes.around(earlier))
      )
        return true;
    }
    const parent = parentMap(file).get(at);
    if (!parent || parent.kind === "Module" || parent.kind.endsWith("Def")) return false;
    at = statementOf(file, parent);
  }
}
