// The function that a region is, as far as keeping its results is concerned.

import type { arg, Call, FunctionDef, Node } from "../../source/ast.generated.ts";
import { soleFunction } from "../../source/effects.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { useOf } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";

export interface Subject {
  node: FunctionDef;
  variable: Variable;
  /** Positional parameters, in order; there are no others. */
  parameters: readonly arg[];
  /** Calls of itself, in source order. */
  selfCalls: readonly Call[];
}

/** The function of the region; a sentence when its results cannot be kept whatever it computes; null when it is a loop. */
export function subjectOf(context: RegionContext): Subject | string | null {
  const { file } = context;
  const node = regionNode(file, context.region);
  if (node.kind !== "FunctionDef") return null;
  const scopes = scopesOf(file);
  const variable = scopes.variable(node);
  if (!variable) return null;
  if (scopes.around(node).kind === "class")
    return "it is a method, and results kept for it would keep its objects alive";
  if (variable.scope.kind !== "module" && variable.scope.kind !== "function") return null;
  if (node.decorator_list.length > 0) return "it has a decorator";
  if (soleFunction(variable) !== node) return "its name is bound more than once";
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  if (vararg || kwarg || kwonlyargs.length > 0)
    return "it takes other arguments than a fixed number of positional ones";
  const selfCalls: Call[] = [];
  walk(node, (part) => {
    if (part.kind === "Call" && part.func.kind === "Name" && scopes.variable(part.func) === variable)
      selfCalls.push(part);
  });
  return { node, variable, parameters: [...posonlyargs, ...args], selfCalls };
}

/** Why the name of the function must go on meaning a plain function; null when it is only ever called. */
export function handedOn({ file }: RegionContext, { variable }: Subject): string | null {
  for (const { node, action } of variable.occurrences) {
    if (action !== "read" || isCalled(file, node)) continue;
    const use = useOf(file, node);
    const isCallback = use.kind === "argument" && ["map", "filter"].includes(use.callee ?? "");
    if (!isCallback) return "it is also handed on as a value, to code that may need a plain function";
  }
  return null;
}

function isCalled(file: RegionContext["file"], node: Node): boolean {
  const use = useOf(file, node);
  return use.kind === "other" && use.node.kind === "Call" && use.node.func === node;
}
