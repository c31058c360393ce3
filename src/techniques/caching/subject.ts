// The function that a region is, as far as keeping its results is concerned.

import type { arg, Call, ClassDef, FunctionDef, Node } from "../../source/ast.generated.ts";
import { soleFunction } from "../../source/effects.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap, useOf } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";

export interface Subject {
  node: FunctionDef;
  variable: Variable;
  /** Positional parameters, in order; there are no others but the object of a method. */
  parameters: readonly arg[];
  /** Of a method: the parameter that is its object, and its class. */
  method: { self: arg; owner: ClassDef } | null;
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
  if (node.decorator_list.length > 0) return "it has a decorator";
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  if (vararg || kwarg || kwonlyargs.length > 0)
    return "it takes other arguments than a fixed number of positional ones";
  const parameters = [...posonlyargs, ...args];
  const selfCalls: Call[] = [];
  if (scopes.around(node).kind === "class") {
    const owner = parentMap(file).get(node) as ClassDef;
    const [self, ...others] = parameters;
    if (!self) return null;
    const obstacle = overridden(context, node, owner, self);
    if (obstacle !== null) return obstacle;
    walk(node, (part) => {
      if (part.kind === "Call" && isOwnMethod(context, part.func, self, node.name)) selfCalls.push(part);
    });
    return { node, variable, parameters: others, method: { self, owner }, selfCalls };
  }
  if (variable.scope.kind !== "module" && variable.scope.kind !== "function") return null;
  if (soleFunction(variable) !== node) return "its name is bound more than once";
  walk(node, (part) => {
    if (part.kind === "Call" && part.func.kind === "Name" && scopes.variable(part.func) === variable)
      selfCalls.push(part);
  });
  return { node, variable, parameters, method: null, selfCalls };
}

/** `self.name`. */
export function isOwnMethod({ file }: RegionContext, node: Node, self: arg, name: string): boolean {
  const scopes = scopesOf(file);
  return (
    node.kind === "Attribute" &&
    node.attr === name &&
    node.value.kind === "Name" &&
    scopes.variable(node.value) === scopes.variable(self)
  );
}

/** Why `self.name` may be another method than this one, or `self.attribute` run code; null when neither can be. */
function overridden(
  { file, facts }: RegionContext,
  node: FunctionDef,
  owner: ClassDef,
  self: arg,
): string | null {
  const types = new Set((facts.liveIn[self.arg] ?? []).map(({ type }) => type.split(".").at(-1)));
  if (types.size !== 1 || !types.has(owner.name)) return "it is a method of objects of several classes";
  const isPlain = owner.bases.every((base) => base.kind === "Name" && base.id === "object");
  if (!isPlain || owner.keywords.length > 0 || owner.decorator_list.length > 0)
    return "it is a method of a class that inherits from another";
  const names = owner.body.flatMap((member) => (member.kind === "FunctionDef" ? [member.name] : []));
  if (names.filter((name) => name === node.name).length > 1) return "its name is bound more than once";
  if (names.some((name) => /^__(get|set)(attr|attribute)__$/.test(name)))
    return "its class decides what attributes are";
  let found: string | null = null;
  walk(file.tree, (part) => {
    if (part.kind === "Attribute" && part.ctx !== "Load" && part.attr === node.name)
      found = "its name is bound more than once";
    if (
      part.kind === "Name" &&
      part.ctx !== "Load" &&
      scopesOf(file).variable(part) === scopesOf(file).variable(self)
    )
      found = `${self.arg} is bound anew`;
  });
  return found;
}

/** Why the name of the function must go on meaning a plain function; null when it is only ever called. */
export function handedOn({ file }: RegionContext, { variable, method }: Subject): string | null {
  if (method !== null) return null; // a method stays what it is
  for (const { node, action } of variable.occurrences) {
    if (action !== "read" || isCalled(file, node)) continue;
    const use = useOf(file, node);
    const isCallback =
      use.kind === "argument" && /^(map|filter|max|min|sorted|.+\.sort)$/.test(use.callee ?? "");
    if (!isCallback) return "it is also handed on as a value, to code that may need a plain function";
  }
  return null;
}

function isCalled(file: RegionContext["file"], node: Node): boolean {
  const use = useOf(file, node);
  return use.kind === "other" && use.node.kind === "Call" && use.node.func === node;
}
