// The dependence test: may all iterations of a statement run at once, statement after statement?
//
// A nest is rewritten as its statements one after the other, each for all iterations (loop distribution, Allen & Kennedy
// §2). That is right when no value goes from an iteration to a later one against the order of the statements.

import type { Axis, Seq, Sub } from "./values.ts";

export interface Access {
  seq: Seq;
  subs: readonly Sub[];
  write: boolean;
  /** Position of the statement in the nest. */
  order: number;
  axes: readonly Axis[];
  /** Where in the file. */
  start: number;
  /** Later writes to the same element add to it, or give the same value: their order does not matter. */
  orderly: boolean;
}

type Step = number | "any";

export interface Conflict {
  write: Access;
  other: Access;
  reason: string;
}

/** The first pair of accesses whose order would change; null when there is none. */
export function conflictIn(
  accesses: readonly Access[],
  mayAlias: (a: Seq, b: Seq) => boolean,
): Conflict | null {
  for (const write of accesses) {
    if (!write.write) continue;
    for (const other of accesses) {
      const same = write.seq.id === other.seq.id;
      if (!same && !mayAlias(write.seq, other.seq)) continue;
      if (other.write && accesses.indexOf(other) < accesses.indexOf(write)) continue;
      const reason = same ? orderProblem(write, other) : other === write ? null : "may share its memory";
      if (reason !== null) return { write, other, reason };
    }
  }
  return null;
}

/** Why the write and the other access cannot be taken apart; null when they can. */
export function orderProblem(write: Access, other: Access): string | null {
  const common = write.axes.filter((axis) => other.axes.some(({ id }) => id === axis.id));
  const steps = distance(write, other, common);
  if (steps === null) return null;
  if (write === other) {
    // One statement that writes an element more than once.
    if (write.orderly) return null;
    return steps.every((step) => step === 0) ? null : "is written more than once in the same place";
  }
  const signs = signsOf(steps);
  const inLater = signs.has(1); // the other access comes in a later iteration than the write
  const inEarlier = signs.has(-1);
  const name = other.write ? "is also written" : "is also read";
  if (inLater && write.order >= other.order)
    return `${name} in a later iteration, which needs what this one writes`;
  if (inEarlier && other.order > write.order)
    return `${name} in an earlier iteration, before this one writes it`;
  return null;
}

/** By how much each common loop must move on from the write to reach the other access; null when they never meet. */
function distance(write: Access, other: Access, common: readonly Axis[]): Step[] | null {
  const steps = new Map<number, Step>(common.map((axis) => [axis.id, "any"]));
  const dimensions = Math.min(write.subs.length, other.subs.length);
  for (let d = 0; d < dimensions; d++) {
    const [w, o] = [write.subs[d]!, other.subs[d]!];
    if (w.kind === "axis" && o.kind === "axis" && w.axis.id === o.axis.id) {
      const step = (w.offset - o.offset) / w.axis.step;
      if (!Number.isInteger(step)) return null;
      const known = steps.get(w.axis.id);
      if (known !== "any" && known !== step) return null;
      steps.set(w.axis.id, step);
    } else if (w.kind === "fixed" && o.kind === "fixed") {
      const [a, b] = [w.value.linear, o.value.linear];
      const gap = a && b && a.symbol === b.symbol ? a.offset - b.offset : null;
      // `a[0]` and `a[-1]` may be one element.
      const oneSided = a?.symbol !== null || a.offset >= 0 === b!.offset >= 0;
      if (gap !== null && gap !== 0 && oneSided) return null;
    } else if ((w.kind === "axis" && isBeside(o, w)) || (o.kind === "axis" && isBeside(w, o))) return null;
  }
  return common.map((axis) => steps.get(axis.id)!);
}

/** Whether an index that stays the same lies before or behind all that a loop runs through: `a[0]` beside `a[k + 1]`. */
function isBeside(one: Sub, run: Extract<Sub, { kind: "axis" }>): boolean {
  if (one.kind !== "fixed" || !one.value.linear) return false;
  const { linear } = one.value;
  const { start, stop } = run.axis;
  const before = linear.symbol === null && linear.offset >= 0 && start.symbol === null;
  if (before && linear.offset < start.offset + run.offset) return true;
  const behind = linear.symbol === stop.symbol && linear.offset >= stop.offset + run.offset;
  return behind && (linear.symbol !== null || linear.offset >= 0);
}

/** Which orders of the two iterations are possible. */
function signsOf(steps: readonly Step[]): Set<number> {
  const found = new Set<number>();
  for (const step of steps) {
    if (step === "any") {
      found.add(1).add(-1);
      continue;
    }
    if (step !== 0) {
      found.add(Math.sign(step));
      return found;
    }
  }
  found.add(0);
  return found;
}
