// Random numbers drawn in a loop: the very same numbers in the same order, drawn at once before it.
//
// NumPy's generators give the same stream for one call with `size=` as for as many calls without, and Python's own
// generator is the Mersenne Twister of NumPy's `RandomState`, so its state can go there and back.

import type { Call, expr, Node } from "../../source/ast.generated.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import { atom, binary, type Code } from "./code.ts";
import { type Distribution, distributionOf, type Family } from "./distributions.ts";
import type { Expressions } from "./expressions.ts";
import { sizeOf } from "./reductions.ts";
import { refuse } from "./refusal.ts";
import { lift } from "./state.ts";
import { nonEmpty } from "./subscripts.ts";
import { type Axis, type Num, num } from "./values.ts";

/** A call that draws one number. */
interface Draw {
  node: Call;
  /** The generator as it is written: `rng`, `np.random`, `random`. */
  generator: string;
  family: Family;
  distribution: Distribution;
}

/** The draw that `node` is; null for other calls. Throws `Refusal` for other uses of a generator. */
export function drawOf(expressions: Expressions, node: Call): Draw | null {
  if (node.func.kind !== "Attribute") return null;
  const { value, attr } = node.func;
  const family = familyOf(expressions, value);
  if (family === null) return null;
  const distribution = distributionOf(family, attr);
  if (!distribution)
    return refuse(`\`${expressions.text(node.func)}\` is not drawn for all iterations at once`, node);
  return { node, generator: expressions.text(value), family, distribution };
}

function familyOf(expressions: Expressions, owner: expr): Family | null {
  const dotted = expressions.dotted(owner);
  if (dotted === "numpy.random") return "legacy";
  if (dotted === "random") return "twister";
  if (owner.kind !== "Name" && owner.kind !== "Attribute") return null;
  const held = expressions.state.env.get(expressions.text(owner));
  return held?.kind === "opaque" ? (held.family ?? null) : null;
}

/** The numbers that a draw gives in all iterations of the loops around it. */
export function drawn(expressions: Expressions, draw: Draw): Num {
  const { state, root } = expressions;
  const { node, distribution } = draw;
  const { type, origin } = distribution;
  // Outside of loops only its type is asked for.
  if (root === null) return num(type, atom(expressions.text(node)), { origin });
  if (expressions.isInlined) refuse("random numbers are drawn in a function that is called", node);
  if (state.masks.length > 0) refuse("random numbers are drawn under a condition", node);
  const draws = drawsIn(expressions, root, draw);
  const axes = [...state.stack];
  const parameters = draws.map((one) => parametersOf(expressions, one, axes));
  const own = parameters[draws.findIndex((one) => one.node === node)]!;
  const known = own.every(({ name }) => name === null) && distribution.range?.(own.map(({ value }) => value));
  const [lo, hi] = known || [-Infinity, Infinity];
  const k = draws.findIndex((one) => one.node === node);
  expressions.drawn ??= drawAll(expressions, draws, parameters, axes);
  const name = expressions.drawn;
  const column = axes.length === 1 ? `${name}[:, ${k}]` : `${name}[..., ${k}]`;
  const numbers = atom(draws.length === 1 ? name : column);
  const code =
    draw.family === "twister"
      ? scaled(
          own.map(({ value }) => value),
          numbers,
          node,
        )
      : numbers;
  return num(type, code, { origin, axes, lo, hi });
}

interface Parameter {
  name: string | null;
  value: Num;
  code: string;
}

function parametersOf(expressions: Expressions, draw: Draw, axes: readonly Axis[]): Parameter[] {
  const { node, family, distribution } = draw;
  const exact =
    family === "twister" && (node.args.length < distribution.parameters || node.keywords.length > 0);
  if (node.args.length > distribution.parameters || exact)
    refuse(`\`${expressions.text(node)}\` draws something else than one number`, node);
  const parameter = (name: string | null, source: expr): Parameter => {
    const value = expressions.number(source);
    return { name, value, code: lift(value, axes).text };
  };
  return [
    ...node.args.map((arg) => parameter(null, arg)),
    ...node.keywords.map(({ arg, value }) => {
      if (arg === null || arg === "size" || arg === "dtype")
        return refuse(`\`${expressions.text(node)}\` draws something else than one number`, node);
      return parameter(arg, value);
    }),
  ];
}

/** All draws of the loops, in their order: of one kind, once in each iteration of the innermost loop around them. */
function drawsIn(expressions: Expressions, root: Node, first: Draw): Draw[] {
  const { file } = expressions.state;
  const draws: Draw[] = [];
  let mentions = 0;
  walk(root, (node) => {
    if ((node.kind === "Name" || node.kind === "Attribute") && sourceText(file, node) === first.generator) {
      mentions++;
      return false;
    }
    const draw = node.kind === "Call" ? drawOf(expressions, node) : null;
    if (draw) draws.push(draw);
    return true;
  });
  if (mentions !== draws.length || draws.some(({ generator }) => generator !== first.generator))
    refuse(`\`${first.generator}\` is used in the loop for more than drawing numbers one by one`, first.node);
  draws.sort((a, b) => a.node.start - b.node.start);
  const loops = new Set(draws.map(({ node }) => loopAround(expressions, root, node)));
  const same = (one: Draw) => one.distribution.method === first.distribution.method;
  if (loops.size > 1 || !draws.every(same))
    refuse("random numbers of several kinds, or in several loops, are drawn in turns", first.node);
  if (draws.length > 1 && !first.distribution.broadcasts && first.family !== "twister") {
    const texts = new Set(draws.map(({ node }) => expressions.text(node)));
    if (texts.size > 1) refuse("random numbers of several kinds are drawn in turns", first.node);
  }
  return draws;
}

/** The loop whose every iteration comes to the draw exactly once. */
function loopAround({ state }: Expressions, root: Node, node: Call): Node {
  const parents = parentMap(state.file);
  let at: Node = node;
  for (let around = parents.get(at); around; at = around, around = parents.get(at)) {
    const always =
      (around.kind === "Assign" && around.value === at) ||
      (around.kind === "AugAssign" && around.value === at && around.target.kind === "Name") ||
      (around.kind === "AnnAssign" && around.value === at) ||
      (around.kind === "If" && around.test === at) ||
      (around.kind === "Compare" && around.ops.length === 1) ||
      (around.kind === "Call" && around.func !== at) ||
      ["Expr", "BinOp", "UnaryOp", "Tuple", "keyword"].includes(around.kind);
    if (around.kind === "For" && (around.body as Node[]).includes(at)) return around;
    if ((around.kind === "ListComp" || around.kind === "GeneratorExp") && around.elt === at) {
      const [only, ...more] = around.generators;
      const caller = parents.get(around);
      const stops =
        caller?.kind === "Call" && caller.func.kind === "Name" && /^(any|all|next)$/.test(caller.func.id);
      if (more.length === 0 && only!.ifs.length === 0 && !stops) return around;
    }
    if (!always || around === root) break;
  }
  return refuse("random numbers are drawn in some iterations only", node);
}

/** The line that draws all numbers; gives the name of the array. */
function drawAll(
  expressions: Expressions,
  draws: readonly Draw[],
  parameters: readonly (readonly Parameter[])[],
  axes: readonly Axis[],
): string {
  const { state } = expressions;
  const [{ generator, family, distribution, node }] = draws as [Draw];
  state.bound(axes);
  const sizes = [...axes.map(sizeOf), ...(draws.length > 1 ? [String(draws.length)] : [])];
  const size = sizes.length === 1 ? sizes[0]! : `(${sizes.join(", ")})`;
  const name = state.fresh("draws");
  const before = state.fresh("random_state");
  const { current } = state;
  const line = (text: string, defines: string | null = null) =>
    state.lines.push({ text, node: current, defines, commits: false, draws: true });
  if (family === "twister") {
    const [version, key, position, gauss, twister] = ["version", "key", "position", "gauss", "twister"].map(
      (base) => state.fresh(base),
    );
    line(`${version}, (*${key}, ${position}), ${gauss} = ${generator}.getstate()`);
    line(`${twister} = ${state.np}.random.RandomState(0)`);
    line(`${twister}.set_state(("MT19937", ${key}, ${position}))`);
    line(`${name} = ${twister}.random_sample(${size})`, name);
    line(`${key}, ${position} = ${twister}.get_state()[1:3]`);
    line(`${generator}.setstate((${version}, (*${key}.tolist(), ${position}), ${gauss}))`);
    state.undo = { keep: `${before} = ${generator}.getstate()`, restore: `${generator}.setstate(${before})` };
    return name;
  }
  const names = parameters.map((list) => list.map((one) => one.name).join());
  if (new Set(names).size > 1) refuse("random numbers of several kinds are drawn in turns", node);
  const steady = parameters.every((list) => list.every(({ value }) => value.constant !== null));
  // Parameters are looked at even where nothing is drawn.
  if (!steady) for (const axis of axes) nonEmpty(state, axis);
  const varying = parameters.some((list) => list.some(({ value }) => value.axes.length > 0));
  if (varying && (draws.length > 1 || !distribution.broadcasts))
    refuse("random numbers of several kinds are drawn in turns", node);
  const args = parameters[0]!.map(({ name: keyword }, i) => {
    const codes = parameters.map((list) => list[i]!.code);
    const text = new Set(codes).size === 1 ? codes[0]! : `[${codes.join(", ")}]`;
    return keyword === null ? text : `${keyword}=${text}`;
  });
  line(`${name} = ${generator}.${distribution.method}(${[...args, `size=${size}`].join(", ")})`, name);
  state.undo =
    family === "generator"
      ? {
          keep: `${before} = ${generator}.bit_generator.state`,
          restore: `${generator}.bit_generator.state = ${before}`,
        }
      : { keep: `${before} = ${generator}.get_state()`, restore: `${generator}.set_state(${before})` };
  return name;
}

/** `random.uniform(a, b)` is `a + (b - a) * random.random()`, as the standard library writes it. */
function scaled(parameters: readonly Num[], numbers: Code, node: Call): Code {
  if (parameters.length === 0) return numbers;
  const [a, b] = parameters as [Num, Num];
  if (a.axes.length + b.axes.length > 0) refuse("the bounds of a random number change in the loop", node);
  return binary("Add", a.code, binary("Mult", binary("Sub", b.code, a.code), numbers));
}
