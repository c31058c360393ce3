// The values of all variables at one point of the region.

import { join, same, type Value, widen } from "./values.ts";

export interface Variable {
  /** null when it would have two types that Numba cannot hold in one variable. */
  value: Value | null;
  /** Without a value: the integer literals that would have to be floats for it to have one. */
  literals?: readonly number[];
  /** Bound on every way that leads here. */
  certain: boolean;
}
export type State = ReadonlyMap<string, Variable>;
/** What holds where no execution comes. */
export type Reached = State | null;

export function bind(state: State, name: string, value: Value): State {
  return new Map(state).set(name, { value, certain: true });
}

export function joinStates(a: Reached, b: Reached, combine: typeof join = join): Reached {
  if (!a || !b) return a ?? b;
  const joined = new Map<string, Variable>();
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const [left, right] = [a.get(name), b.get(name)];
    if (!left || !right) joined.set(name, { value: (left ?? right)!.value, certain: false });
    else {
      const value = left.value && right.value ? combine(left.value, right.value) : null;
      const literals = value ? null : conflicting(left, right);
      joined.set(name, { value, certain: left.certain && right.certain, ...(literals ? { literals } : {}) });
    }
  }
  return joined;
}

function conflicting(left: Variable, right: Variable): readonly number[] | null {
  for (const [whole, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (whole.value?.type === "int" && whole.value.literals && other.value?.type === "float")
      return whole.value.literals;
  }
  return left.literals ?? right.literals ?? null;
}

export const widenStates = (before: Reached, after: Reached): Reached => joinStates(before, after, widen);

export function sameStates(a: Reached, b: Reached): boolean {
  if (!a || !b) return a === b;
  if (a.size !== b.size) return false;
  for (const [name, { value, certain }] of a) {
    const other = b.get(name);
    if (!other || other.certain !== certain || !same(value, other.value)) return false;
  }
  return true;
}
