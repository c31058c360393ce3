// Generators and comprehensions inside a loop: an axis for each of their loops, and reductions over them.

import type { comprehension, expr } from "../../source/ast.generated.ts";
import { atom } from "./code.ts";
import type { Expressions } from "./expressions.ts";
import { headerOf } from "./iteration.ts";
import { reduce } from "./reductions.ts";
import { refuse } from "./refusal.ts";
import { conjunction, type State } from "./state.ts";
import { type Axis, type Builder, type Num, num, seqOf, type Value } from "./values.ts";

/** `sum(…)`, `max(…)`, `any(…)` of a generator, a list comprehension or a row. */
export function evaluateReduction(expressions: Expressions, name: string, source: expr, node: expr): Num {
  const { state } = expressions;
  if (source.kind === "GeneratorExp" || source.kind === "ListComp")
    return reduceOver(
      expressions,
      source.generators,
      source,
      (axes) => {
        const value =
          name === "any" || name === "all" ? expressions.truth(source.elt) : expressions.number(source.elt);
        return { value, axes, mask: state.mask };
      },
      name,
      node,
    );
  const row = expressions.evaluate(source);
  if (row.kind === "builder" && row.content)
    return reduce(expressions, name, row.content, null, [ownAxis(expressions, row, node)], node);
  const ref = seqOf(row);
  if (!ref || ref.subs.length !== ref.seq.dims.length - 1)
    return refuse(`\`${name}\` of something unknown`, node);
  if (ref.subs.every(({ kind }) => kind === "fixed") && ref.seq.form !== "array") {
    // Over Python's own numbers the builtin is fast as it is.
    const { type, origin } = ref.seq.element ?? refuse(`\`${ref.seq.text}\` was empty`, node);
    if (name === "any" || name === "all") return num("bool", atom(expressions.text(node)));
    const whole = name === "sum" && type === "bool" ? "int" : type;
    return num(whole, atom(expressions.text(node)), { origin, soft: name === "sum" && type === "float" });
  }
  const item = "item";
  const { axis, bindings } = headerOf(
    expressions,
    { ...source, kind: "Name", id: item, ctx: "Store" } as expr,
    source,
  );
  state.stack.push(axis);
  try {
    const value = expressions.asNumber(bindings.get(item)!, source);
    return reduce(expressions, name, value, null, [axis], node);
  } finally {
    state.stack.pop();
  }
}

/** The axis that a list which the nest makes runs along. */
export function ownAxis({ state }: Expressions, { content }: Builder, node: expr): Axis {
  const own = content?.axes.filter(({ id }) => !state.stack.some((axis) => axis.id === id)) ?? [];
  return own.length === 1 ? own[0]! : refuse("a list that the loop makes has not one dimension", node);
}

/** A list comprehension: a row of its own in every iteration. */
export function evaluateRow(expressions: Expressions, node: Extract<expr, { kind: "ListComp" }>): Value {
  const { state } = expressions;
  if (node.generators.some(({ ifs }) => ifs.length > 0))
    return refuse("a list comprehension with a condition", node);
  return generate(expressions, node.generators, node, (axes) => {
    const inner = expressions.evaluate(node.elt);
    const value = inner.kind === "builder" ? inner.content! : expressions.asNumber(inner, node.elt);
    if (node.generators.length > 1) return refuse("a list comprehension with several loops", node);
    if (!axes.every(({ id }) => value.axes.some((axis) => axis.id === id)))
      return refuse("a list holds the same number again and again", node);
    return { kind: "builder", depth: state.stack.length, content: value };
  });
}

/** Run through the loops of a comprehension, evaluate inside, and reduce over them. */
function reduceOver(
  expressions: Expressions,
  generators: readonly comprehension[],
  source: expr,
  inside: (axes: Num["axes"]) => { value: Num; axes: Num["axes"]; mask: Num | null },
  name: string,
  node: expr,
): Num {
  return generate(expressions, generators, source, (axes) => {
    const outer = expressions.state.masks;
    const { value } = inside(axes);
    const own = outer.slice(expressions.outerMasks);
    const mask = own.length === 0 ? null : own.reduce((all, one) => conjunction(all, one));
    return reduce(expressions, name, value, mask, axes, node);
  });
}

/** Evaluate with the names of a comprehension bound, one axis for each of its loops. */
export function generate<T>(
  expressions: Expressions,
  generators: readonly comprehension[],
  source: expr,
  inside: (axes: Num["axes"]) => T,
): T {
  const { state } = expressions;
  const saved = new Map(state.env);
  const [depth, masks, outer] = [state.stack.length, state.masks.length, expressions.outerMasks];
  expressions.outerMasks = masks;
  const axes: Num["axes"][number][] = [];
  try {
    for (const generator of generators) {
      if (generator.is_async) return refuse("it is asynchronous", source);
      const { axis, bindings } = headerOf(expressions, generator.target, generator.iter);
      enterLoop(expressions, axis, bindings, true);
      axes.push(axis);
      for (const test of generator.ifs) state.masks.push(expressions.truth(test));
    }
    return inside(axes);
  } finally {
    state.stack.length = depth;
    state.masks.length = masks;
    expressions.outerMasks = outer;
    state.env = saved;
  }
}

/** Go into a loop: its names are bound, and its position is an array if anything asks for it. */
export function enterLoop(
  expressions: Expressions,
  axis: Num["axes"][number],
  bindings: ReadonlyMap<string, Value>,
  ownScope: boolean,
): void {
  const { state } = expressions;
  state.stack.push(axis);
  for (const [name, value] of bindings) {
    if (value.kind === "number" && value.affine && name === axis.index) {
      const local =
        expressions.within.length > 0 ? state.fresh(name) : ownScope ? state.options.localName(name) : name;
      const offset = value.affine.offset;
      state.emit({
        text: `${local} = ${arange(state, axis, offset)}`,
        defines: local,
        commits: false,
        harmless: true,
      });
      state.env.set(name, { ...value, code: atom(local) });
    } else state.env.set(name, value);
  }
}

/** The positions of an axis as an array, moved by `offset`. */
export function arange(state: State, axis: Num["axes"][number], offset = 0): string {
  const start = { ...axis.start, offset: axis.start.offset + offset };
  const stop = { ...axis.stop, offset: axis.stop.offset + offset };
  const text = (bound: typeof start) =>
    bound.symbol === null
      ? String(bound.offset)
      : bound.offset === 0
        ? bound.text
        : bound.offset > 0
          ? `${bound.text} + ${bound.offset}`
          : `${bound.text} - ${-bound.offset}`;
  const step = axis.step === 1 ? "" : `, ${axis.step}`;
  if (start.symbol === null && start.offset === 0 && step === "") return `${state.np}.arange(${text(stop)})`;
  return `${state.np}.arange(${text(start)}, ${text(stop)}${step})`;
}
