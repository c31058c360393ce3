// How long a list stays as it is: the widest loop in which nothing changes it.

import type { Node } from "../../source/ast.generated.ts";
import { scopesOf } from "../../source/scopes.ts";
import { walk } from "../../source/walk.ts";
import type { Repeating } from "../analysis/loops.ts";
import { handlingOf, otherChanges, type Subject } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";

/** Shorter lists are scanned about as fast as a set or a dict is asked. */
export const fewestItems = 8;

/** The outermost loop around every one of `places` for which `fits` holds, from the inside outwards; else why none does. */
export function widest(
  places: readonly { loops: readonly Repeating[] }[],
  fits: (loop: Repeating) => string | null,
): Repeating | string {
  const [first, ...others] = places;
  let found: Repeating | null = null;
  let reason = "the list is not asked from one loop";
  for (const loop of first!.loops) {
    const misfit = fits(loop);
    if (misfit !== null) {
      reason = misfit;
      break;
    }
    if (others.every(({ loops }) => loops.includes(loop))) found = loop;
  }
  return found ?? reason;
}

/** Why the subject may change or be bound anew while `loop` runs, other than at `known` places; null when it stays. */
export function stays(
  context: RegionContext,
  subject: Subject,
  loop: Node,
  assumptions: Set<string>,
  known: ReadonlySet<Node> = new Set(),
): string | null {
  const handling = handlingOf(context, subject, loop, known);
  if (handling.changes.length > 0) return `${subject.text} changes during the loop`;
  if (handling.escape)
    return handling.escape.use.kind === "bound"
      ? `${subject.text} is bound anew during the loop`
      : `${subject.text} is handed on to other code during the loop, which may change it`;
  if (rebindsRoot(context, subject, loop)) return `${subject.text} is bound anew during the loop`;
  return otherChanges(context, subject, loop, (sentence) => assumptions.add(sentence));
}

/** For `self.items`: whether `self` itself is bound in the loop. */
export function rebindsRoot({ file }: RegionContext, { variable }: Subject, loop: Node): boolean {
  let found = false;
  walk(loop, (node) => {
    if (node.kind === "Name" && node.ctx !== "Load" && scopesOf(file).variable(node) === variable)
      found = true;
  });
  return found;
}

/** The name of a local made from that of a constant: `STOP_WORDS` → `stop_words`. */
export const localForm = (name: string) => (name === name.toUpperCase() ? name.toLowerCase() : name);
