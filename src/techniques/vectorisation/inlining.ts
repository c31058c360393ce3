// Functions of the module, followed into their calls.

import type { expr, FunctionDef } from "../../source/ast.generated.ts";
import type { Expressions } from "./expressions.ts";
import { refuse } from "./refusal.ts";
import type { Value } from "./values.ts";

/** A call of a function of the module that only computes: its result with the arguments in place. */
export function inlineCall(
  expressions: Expressions,
  definition: FunctionDef,
  node: Extract<expr, { kind: "Call" }>,
): Value {
  const { args } = definition;
  const plain =
    args.posonlyargs.length + args.kwonlyargs.length + args.defaults.length === 0 &&
    !args.vararg &&
    !args.kwarg;
  if (
    !plain ||
    args.args.length !== node.args.length ||
    node.keywords.length > 0 ||
    definition.decorator_list.length > 0
  )
    return refuse(`\`${definition.name}\` takes its arguments in a way that is not followed`, node);
  if (expressions.within.includes(definition)) return refuse(`\`${definition.name}\` calls itself`, node);
  const values = node.args.map((arg, i) => {
    const value = expressions.evaluate(arg);
    return value.kind === "number" && value.axes.length > 0 && !value.affine
      ? expressions.state.named(value, args.args[i]!.arg)
      : value;
  });
  return followFunction(expressions, definition, values, node);
}

/** What a function gives for values in place of its parameters. */
export function followFunction(
  expressions: Expressions,
  definition: FunctionDef | Extract<expr, { kind: "Lambda" }>,
  values: readonly Value[],
  node: expr,
): Value {
  const parameters = definition.args.args;
  if (parameters.length !== values.length || expressions.within.includes(definition))
    return refuse("its function takes other arguments", node);
  const saved = expressions.state.env;
  // A lambda sees the names around it, a function those of the module.
  const seen =
    definition.kind === "Lambda"
      ? [...saved]
      : [...saved].filter(([name]) => expressions.state.options.isGlobal(name));
  expressions.state.env = new Map(seen);
  for (const [i, value] of values.entries()) expressions.state.env.set(parameters[i]!.arg, value);
  expressions.within.push(definition);
  try {
    if (definition.kind === "Lambda") return expressions.evaluate(definition.body);
    const body = definition.body.filter((statement, i) => !(i === 0 && isDocstring(statement)));
    const [only] = body;
    if (body.length === 1 && only!.kind === "Return" && only!.value) return expressions.evaluate(only!.value);
    return expressions.runBody(body, node);
  } finally {
    expressions.within.pop();
    expressions.state.env = saved;
  }
}

const isDocstring = (statement: { kind: string }): boolean =>
  statement.kind === "Expr" && (statement as { value?: { kind: string } }).value?.kind === "Constant";
