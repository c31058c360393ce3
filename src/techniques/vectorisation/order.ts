// Whether the statements of a nest may run one after the other, each for all iterations.

import { conflictIn, orderProblem } from "./dependence.ts";
import type { Nest } from "./nest.ts";
import { refuse } from "./refusal.ts";

/** Whether the statements may run one after the other, each for all iterations. */
export function checkOrder(nest: Nest): undefined {
  const { state } = nest;
  const { accesses } = state;
  const conflict = conflictIn(accesses, () => false);
  if (conflict) refuse(`\`${conflict.write.seq.text}\` ${conflict.reason}`, conflict.write);
  const [overlaps, guarded] = [new Set<string>(), new Set<string>()];
  for (const write of accesses) {
    if (!write.write) continue;
    for (const other of accesses) {
      const [a, b] = [write.seq, other.seq];
      if (a.id === b.id) {
        if (!other.write && a.form !== "array" && other.order > write.order)
          refuse(`\`${a.text}\` is read again after it is written`, other);
        continue;
      }
      if (a.fresh || b.fresh) continue;
      const harmless = orderProblem(write, { ...other, seq: a }) === null;
      if (harmless) {
        if (a.form === "array" && b.form === "array") overlaps.add([a.text, b.text].sort().join(" "));
        continue;
      }
      if (a.form === "array" && b.form === "array") {
        const [one, two] = [a.text, b.text].sort();
        guarded.add(`${one} ${two}`);
        state.conditions.add(`not ${state.np}.may_share_memory(${one}, ${two})`);
      } else if (a.form === b.form) state.conditions.add(`${a.text} is not ${b.text}`);
    }
  }
  noteOverlaps(nest, overlaps, guarded);
  // A list that grows must not be one that is read.
  for (const [id, { name, fresh }] of nest.appended)
    for (const { seq } of accesses)
      if (seq.id !== id && seq.form !== "array" && !fresh && !seq.fresh)
        state.conditions.add(`${name} is not ${seq.text}`);
}

function noteOverlaps(nest: Nest, overlaps: ReadonlySet<string>, guarded: ReadonlySet<string>): undefined {
  for (const pair of overlaps) {
    if (guarded.has(pair)) continue;
    const [a, b] = pair.split(" ");
    nest.state.assumptions.add(
      `\`${a}\` and \`${b}\` do not overlap in memory, unless they are the same array.`,
    );
  }
}
