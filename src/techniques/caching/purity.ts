// Whether a function only computes: the same arguments give the same result, and nothing else happens.

import type { Call, ClassDef, expr, FunctionDef, Node } from "../../source/ast.generated.ts";
import { effectsOf, soleFunction } from "../../source/effects.ts";
import { changingMethods } from "../../source/known-calls.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap, useOf } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import { aliasesOf, isForeign } from "../analysis/aliases.ts";
import { loopsAround } from "../analysis/loops.ts";
import { reachableCode } from "../analysis/reach.ts";
import { isOnly, itemsOf, type Shape, shapeOfFacts, shapesIn, unknown } from "../analysis/shapes.ts";
import { boundValue, handlingOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import { isOwnMethod, type Subject } from "./subject.ts";
import { isImmutable } from "./values.ts";

/** Why a call may do more than give a result that only its arguments decide; null when it is pure. */
export function impurity(context: RegionContext, { node, method }: Subject): string | null {
  const { file } = context;
  const looked = new Set<Node>([node]);
  for (const one of looked) {
    const effects = effectsOf(file, one);
    for (const call of effects.calls) {
      const called = method && methodCalled(context, call, one as FunctionDef, method.owner);
      if (!called) return `it calls ${sourceText(file, call.func)}, which may give something else each time`;
      looked.add(called);
    }
    if (effects.io) return "it reads or writes something outside, or yields";
    const [outer] = effects.outerBinds;
    if (outer !== undefined) return `it binds ${outer}, which lies outside of it`;
  }
  const { bodies, unknown } = reachableCode(file, node);
  if (unknown !== null) return `it calls ${unknown}, which may be any function`;
  for (const body of new Set<Node>([node, ...bodies])) {
    const changed = changedInPlace(context, body);
    if (changed !== null) return `it may change ${changed}, which others may hold`;
    const obstacle = unsteadyRead(context, body);
    if (obstacle !== null) return obstacle;
  }
  return null;
}

/** The method of the same class that a call on the object of the method `within` runs. */
function methodCalled(
  context: RegionContext,
  { func }: Call,
  within: FunctionDef,
  owner: ClassDef,
): FunctionDef | null {
  const self = within.args.args[0];
  for (const member of owner.body)
    if (member.kind === "FunctionDef" && self && isOwnMethod(context, func, self, member.name))
      return member.decorator_list.length === 0 ? member : null;
  return null;
}

/** The name of what `body` may change in place though others may hold it: a parameter, or something outside. */
function changedInPlace(context: RegionContext, body: Node): string | null {
  const scopes = scopesOf(context.file);
  const shapeOf = shapesIn(context, body);
  let found: string | null = null;
  const change = (target: expr): void => {
    let root: Node = target;
    while (root.kind === "Subscript" || root.kind === "Attribute") root = root.value;
    if (isImmutable(shapeOf(target))) return;
    const variable = root.kind === "Name" ? scopes.variable(root) : undefined;
    if (variable === undefined || !isOwn(context, body, variable)) found ??= sourceText(context.file, target);
  };
  walk(body, (part) => {
    if (part.kind === "Call" && part.func.kind === "Attribute" && changingMethods.has(part.func.attr))
      change(part.func.value);
    else if (part.kind === "Call" && part.func.kind === "Name" && part.func.id === "next")
      part.args.slice(0, 1).forEach(change);
    else if (part.kind === "Call" && part.func.kind === "Name" && /^(set|del)attr$/.test(part.func.id))
      found ??= sourceText(context.file, part.args[0]!);
    else if ((part.kind === "Subscript" || part.kind === "Attribute") && part.ctx !== "Load")
      change(part.value);
    else if (part.kind === "AugAssign" && part.target.kind === "Name") change(part.target);
  });
  return found;
}

/** A local name that only means objects made in the body itself. */
function isOwn(context: RegionContext, body: Node, variable: Variable): boolean {
  const scopes = scopesOf(context.file);
  const isLocal = (one: Variable) =>
    one.scope === scopes.opened(body) && one.occurrences.every(({ node }) => node.kind !== "arg");
  if (!isLocal(variable) || isForeign(context, variable)) return false;
  const subject = { text: variable.name, name: variable.name, variable };
  return [...aliasesOf(context, subject)].every((other) => isLocal(other) && !isForeign(context, other));
}

/** A read of something outside `body` that may be another thing at the next call. */
export function unsteadyRead(context: RegionContext, body: Node): string | null {
  const { file } = context;
  const scopes = scopesOf(file);
  let found: string | null = null;
  const own = (variable: Variable) => {
    for (let at: Variable["scope"] | null = variable.scope; at; at = at.parent)
      if (at === scopes.opened(body)) return true;
    return false;
  };
  walk(body, (part) => {
    if (part.kind !== "Name" || part.ctx !== "Load") return;
    if (part.id === "id") found ??= "it uses id(), which is another number each time";
    const variable = scopes.variable(part);
    if (!variable || own(variable)) return;
    if (!isSteady(context, variable)) found ??= `it reads ${variable.name}, which may change between calls`;
  });
  return found;
}

/** Whether a variable outside means the same value, with the same content, for as long as the function is called. */
function isSteady(context: RegionContext, variable: Variable): boolean {
  const { file } = context;
  const scopes = scopesOf(file);
  const binds = variable.occurrences.filter(({ action }) => action !== "read");
  if (binds.length === 0) return !scopes.module.starImport; // a builtin
  if (binds.length > 1) return false;
  const [{ node }] = binds as [Variable["occurrences"][number]];
  if (node.kind === "alias" || soleFunction(variable) !== null) return true;
  const isParameter = node.kind === "arg" && variable.scope.kind === "function";
  const scope = variable.scope.node;
  const isPlain = node.kind === "Name" && boundValue(context, node) !== null;
  // What is bound again and again in a loop is another value each time.
  if (!isParameter && (!isPlain || loopsAround(file, node, scope).length > 0)) return false;
  const shape = shapeOfFacts(context.facts.liveIn[variable.name]);
  if (isImmutable(shape)) return true;
  const subject = { text: variable.name, name: variable.name, variable };
  if (holdsImmutables(shape)) {
    const handling = handlingOf(context, subject, scope, new Set([node]));
    return handling.changes.length === 0 && handling.escape === null;
  }
  return variable.occurrences.every(
    ({ node: place, action }) => action !== "read" || isReadDeep(file, place, shape),
  );
}

const holdsImmutables = (shape: Shape) =>
  [shape.elements, shape.values].every((inner) => inner === undefined || isImmutable(inner)) &&
  (shape.elements ?? shape.values) !== undefined &&
  shape.attributes === undefined;

/** `table[i][j]` as an operand: what is taken out of nested containers is only computed with. */
function isReadDeep(file: RegionContext["file"], place: Node, whole: Shape): boolean {
  const parents = parentMap(file);
  let at = place;
  let shape = whole;
  for (let up = parents.get(at); up?.kind === "Subscript" && up.value === at; up = parents.get(at)) {
    if (up.ctx !== "Load") return false;
    at = up;
    if (up.slice.kind === "Slice") continue;
    shape = isOnly(shape, "dict") ? (shape.values ?? unknown) : itemsOf(shape);
  }
  if (isImmutable(shape)) return true; // nobody can change what was taken out
  const use = useOf(file, at);
  if (use.kind === "container" || use.kind === "truth") return true;
  if (use.kind === "argument") return ["len", "min", "max", "sum", "abs", "int"].includes(use.callee ?? "");
  return use.kind === "other" && (use.node.kind === "BinOp" || use.node.kind === "Compare");
}
