// Where a choice hangs on numbers, they must be those of the loop to the last digit: sums in its own order.

import { namesIn } from "./code.ts";
import { Refusal, refuse } from "./refusal.ts";
import type { State } from "./state.ts";
import type { Num } from "./values.ts";

/** A choice depends on sums that NumPy takes in another order; in the loop's own order it may be made. */
export class Rounded extends Refusal {}

/** Demand that the value is rounded as in the loop. */
export function exactly(state: State, value: Num, node: { start: number }): void {
  if (value.type !== "float") return;
  if (state.compensated)
    refuse("a choice depends on the last digit of what `sum` gives, which rounds otherwise", node);
  if (state.options.sums === "ordered") return;
  if (isReassociated(state, value.code.text, new Set()))
    throw new Rounded("a choice depends on how sums are rounded", node.start);
}

function isReassociated(state: State, text: string, seen: Set<string>): boolean {
  if (/\.sum\(|\.prod\(| @ /.test(text)) return true;
  for (const name of namesIn(text)) {
    if (seen.has(name)) continue;
    seen.add(name);
    const lines = state.lines.filter(({ defines }) => defines === name);
    if (lines.some((line) => isReassociated(state, line.text.slice(line.text.indexOf("=") + 1), seen)))
      return true;
  }
  return false;
}
