// `peak = max(peak, value)` where the loop reads the peak as it rises: all of them at once.

import type { stmt } from "../../source/ast.generated.ts";
import { occurrences } from "./accumulate.ts";
import { atom, call } from "./code.ts";
import type { Nest } from "./nest.ts";
import { covering } from "./reductions.ts";
import { refuse } from "./refusal.ts";
import { nonEmpty } from "./subscripts.ts";
import { type Num, num } from "./values.ts";

/** Whether the loop reads the name in other places than the one that updates it. */
export const isReadBeside = (nest: Nest, name: string, place: stmt): boolean =>
  (nest.loops.at(-1)!.readers.get(name) ?? 0) > occurrences(place, name);

/** The largest or the smallest so far, for every iteration. */
export function runningExtreme(
  nest: Nest,
  name: string,
  base: Num,
  value: Num,
  sign: "<" | ">",
  place: stmt,
): undefined {
  const { state } = nest;
  const over = state.stack;
  if (over.length !== 1 || nest.branches > 0 || nest.maskOver())
    refuse(`\`${name}\` carries a value from one iteration to the next`, place);
  if (value.type !== base.type || value.origin !== base.origin || value.soft)
    refuse(`\`${name}\` changes its type`, place);
  if (value.type !== "int" && value.type !== "float")
    refuse(`\`${name}\` is no number that has an order`, place);
  const limit = 2 ** state.options.bits;
  if (base.type === "int" && !(base.lo > -limit && base.hi < limit))
    state.require(`abs(${name}) < 2**${state.options.bits}`);
  const whole = covering(state, value, over, place);
  const candidates = state.named(
    num(value.type, call(`${state.np}.append`, name, whole.code), { axes: over }),
    "candidates",
  ).code.text;
  // Of equal numbers Python keeps the first, which shows in the sign of zero; NaN is larger and smaller than none.
  if (value.type === "float")
    state.check(
      `not (${state.np}.isnan(${candidates}) | (${candidates} == 0) & ${state.np}.signbit(${candidates})).any()`,
    );
  const fn = sign === ">" ? "maximum" : "minimum";
  const running = state.fresh(`running_${name}`);
  state.emit({
    text: `${running} = ${state.np}.${fn}.accumulate(${candidates})[1:]`,
    defines: running,
    commits: false,
  });
  nonEmpty(state, over[0]!);
  const last = value.origin === "python" ? `${value.type}(${running}[-1])` : `${running}[-1]`;
  if (nest.isLive(name)) state.commit(`${name} = `, "", last);
  nest.results.set(name, num(value.type, atom(name), { origin: value.origin }));
  const range = { lo: Math.min(base.lo, value.lo), hi: Math.max(base.hi, value.hi) };
  state.env.set(name, num(value.type, atom(running), { axes: over, origin: value.origin, ...range }));
}
