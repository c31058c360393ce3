// What is known of each name: how it is compared, joined, renamed and forgotten.

import { atom, namesIn } from "./code.ts";
import { lengthOf } from "./facts.ts";
import { type Num, newId, num, type Seq, type Value } from "./values.ts";

export type Env = Map<string, Value>;

export function replace(env: Env, by: Env): undefined {
  const next = new Map(by);
  env.clear();
  for (const [name, value] of next) env.set(name, value);
}

export function alike(a: Value, b: Value | undefined): boolean {
  if (!b) return false;
  if (a.kind === "opaque") return true;
  if (a.kind === "number") return b.kind === "number" && a.type === b.type && a.origin === b.origin;
  if (a.kind === "sequence")
    return (
      b.kind === "sequence" &&
      a.form === b.form &&
      a.element?.type === b.element?.type &&
      a.dims.length === b.dims.length
    );
  return a === b;
}

export function sameLength(a: Value, b: Value | undefined): boolean {
  if (a.kind !== "sequence" || b?.kind !== "sequence") return true;
  return a.dims.every((dim, d) => dim.symbol === b.dims[d]?.symbol && dim.offset === b.dims[d]?.offset);
}

export function joined(a: Env, b: Env): Env {
  const both = new Map<string, Value>();
  for (const [name, value] of a) {
    const other = b.get(name);
    if (value === other) both.set(name, value);
    else if (value.kind === "number" && other?.kind === "number" && alike(value, other))
      both.set(name, num(value.type, atom(name), { origin: value.origin }));
    else if (value.kind === "sequence" && other?.kind === "sequence" && alike(value, other))
      both.set(name, { ...withNewLength(value, name), fresh: value.fresh && other.fresh });
  }
  return both;
}

/** The same list with a length of its own. */
export function withNewLength(value: Seq, name: string): Seq {
  const id = newId();
  return {
    ...value,
    id,
    text: name,
    dims: value.dims.map((_, d) => lengthOf(id, name, value.form, d)),
    sameWidth: null,
    distinctRows: false,
  };
}

/** A value under the name that it is bound to. */
export function renamed(value: Value, name: string): Value {
  if (value.kind === "number") {
    let { linear, below } = value;
    if (linear?.symbol != null) {
      const own = linear.offset === 0;
      if (own) linear = { ...linear, text: name };
      else if (namesIn(linear.text).has(name))
        linear = { symbol: `value ${newId()}`, text: name, offset: 0, length: false };
    }
    if (below?.symbol != null && namesIn(below.text).has(name)) below = null;
    return { ...value, code: atom(name), axes: [], linear, below, viewOf: null, factors: null };
  }
  if (value.kind === "sequence") return { ...value, text: name };
  if (value.kind === "opaque") return { ...value, text: name };
  return value;
}

/** The name no longer means what it did: nothing may be written with it. */
export function forget(env: Env, name: string): undefined {
  for (const [key, value] of env) {
    if (key === name) continue;
    if (value.kind === "number") {
      const stale = (one: Num["linear"]) =>
        one !== null && one.symbol !== null && one.text !== key && namesIn(one.text).has(name);
      if (stale(value.linear) || stale(value.below))
        env.set(key, {
          ...value,
          linear: stale(value.linear) ? null : value.linear,
          below: stale(value.below) ? null : value.below,
        });
    } else if (
      value.kind === "sequence" &&
      value.dims.some((dim) => namesIn(dim.text).has(name)) &&
      value.text !== name
    ) {
      env.set(key, {
        ...value,
        dims: value.dims.map((dim, d) =>
          namesIn(dim.text).has(name) && dim.symbol !== null
            ? {
                ...dim,
                text: lengthOf(value.id, value.text, value.form, d).text,
                offset: 0,
                symbol: `${dim.symbol} ${dim.offset}`,
              }
            : dim,
        ),
      });
    }
  }
  env.delete(name);
}
