// Whether the keys of items, and the value that is searched for, stay the same while a loop runs.

import type { expr, For, Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { changingMethods, pureBuiltins, pureMethods } from "../../source/known-calls.ts";
import type { Located } from "../../source/node.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { dottedName, useOf } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import { reachableCode } from "../analysis/reach.ts";
import { isOnly, type Shape } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import { type Key, textMethods } from "./keys.ts";

/** Items that a loop looks through, and the key that it asks of each. */
export interface Searching {
  /** The loop or comprehension that asks. */
  node: Node;
  /** The names of an item in it. */
  targets: readonly Node[];
  key: Key;
}

/** Why the keys of the items may change while `loop` runs; null when they stay. */
export function keyObstacle(
  context: RegionContext,
  search: Searching,
  item: Shape,
  loop: Node,
): string | null {
  const { file } = context;
  const rebound = search.key.reads.find((variable) => isBoundIn(context, variable, loop));
  if (rebound) return `${rebound.name} is bound anew during the loop`;
  if (isOnly(item, "tuple", "str", "int", "float")) return null;
  const { bodies, unknown: callback } = reachableCode(file, loop);
  if (callback) return `${callback} is called in the loop and may change the items`;
  for (const body of [loop, ...bodies]) {
    const change = keyChange(context, body, search.key);
    if (change) return change;
  }
  return handedOn(context, search);
}

function isBoundIn({ file }: RegionContext, variable: Variable, loop: Node): boolean {
  const scopes = scopesOf(file);
  // Code that the loop calls could bind it only where it is not its own.
  if (variable.occurrences.some(({ action, scope }) => action !== "read" && scope !== variable.scope))
    return true;
  if (variable.scope === scopes.module && scopes.around(loop) !== scopes.module) {
    const binds = variable.occurrences.filter(({ action }) => action !== "read");
    return binds.length > 1;
  }
  let found = false;
  walk(loop, (node) => {
    if (node.kind === "Name" && node.ctx !== "Load" && scopes.variable(node) === variable) found = true;
  });
  return found;
}

/** A statement in `body` that may give some item another key. */
function keyChange(context: RegionContext, body: Node, { parts }: Key): string | null {
  let found: string | null = null;
  const say = (node: Node & { lineno: number }) => {
    found ??= `line ${node.lineno} may change the key of an item`;
  };
  const isAttribute = (name: string) => parts.some((part) => "attribute" in part && part.attribute === name);
  const indexes = parts.flatMap((part) => ("index" in part ? [part.index] : []));
  walk(body, (node) => {
    if (node.kind === "Attribute" && node.ctx !== "Load" && isAttribute(node.attr))
      if (!isInConstruction(context, node.value)) say(node);
    if (
      node.kind === "Subscript" &&
      node.ctx !== "Load" &&
      indexes.some((index) => mayBeIndex(context, node.slice, index)) &&
      !isMadeHere(context, node.value)
    )
      say(node);
    // `row |= {…}` changes a dict; `+=` only adds behind all that a list holds.
    if (node.kind === "AugAssign" && node.op === "BitOr" && indexes.length > 0) say(node);
    if (node.kind !== "Call") return;
    const { func } = node;
    if (func.kind === "Name" && (func.id === "setattr" || func.id === "vars")) say(node);
    if (func.kind === "Attribute" && func.attr === "__dict__") say(node);
    if (
      func.kind === "Attribute" &&
      indexes.length > 0 &&
      changingItems.has(func.attr) &&
      !isMadeHere(context, func.value)
    )
      say(node);
  });
  return found;
}

/** `self` in `__init__`, which makes a new object and so no item yet; unless something calls it by that name. */
function isInConstruction({ file }: RegionContext, node: expr): boolean {
  const scopes = scopesOf(file);
  const around = scopes.around(node).node;
  if (around.kind !== "FunctionDef" || around.name !== "__init__") return false;
  const [self] = around.args.args;
  if (!self || scopes.variable(self) !== scopes.variable(node)) return false;
  let isCalled = false;
  walk(file.tree, (part) => {
    if (part.kind !== "Attribute" || part.attr !== "__init__") return;
    const isSuper = part.value.kind === "Call" && dottedName(part.value.func) === "super";
    if (!isSuper) isCalled = true;
  });
  return !isCalled;
}

/** Methods that change what an index gives, of dicts and of lists; `append` adds behind all that is there. */
const changingItems: ReadonlySet<string> = new Set(
  "clear insert pop popitem remove reverse setdefault sort update __setitem__ __delitem__".split(" "),
);

function mayBeIndex({ file }: RegionContext, index: expr, key: string | null): boolean {
  return (
    index.kind !== "Constant" ||
    key === null ||
    sourceText(file, index).replace(/^["']|["']$/g, "") === key.replace(/^["']|["']$/g, "")
  );
}

/** A local name that only ever means containers made in its own scope, so never an item of the list. */
export function isMadeHere({ file }: RegionContext, node: expr): boolean {
  if (node.kind !== "Name") return false;
  const variable = scopesOf(file).variable(node);
  const binds = variable?.occurrences.filter(({ action }) => action !== "read") ?? [];
  return binds.length > 0 && binds.every(({ node: at }) => at.kind === "Name" && isFreshValue(file, at));
}

function isFreshValue(file: RegionContext["file"], name: Node): boolean {
  const use = useOf(file, name);
  if (use.kind !== "bound" || (use.node.kind !== "Assign" && use.node.kind !== "AnnAssign")) return false;
  if (use.node.kind === "Assign" && use.node.targets.length > 1) return false;
  const { value } = use.node;
  if (!value) return false;
  if (["Dict", "List", "Set", "DictComp", "ListComp", "SetComp"].includes(value.kind)) return true;
  const callee = value.kind === "Call" ? dottedName(value.func)?.split(".").at(-1) : undefined;
  return (
    callee !== undefined &&
    ["dict", "list", "set", "defaultdict", "Counter", "OrderedDict", "deque"].includes(callee)
  );
}

/** Code outside the file that is given an item may change it. */
function handedOn({ file }: RegionContext, { node: search, targets }: Searching): string | null {
  const scopes = scopesOf(file);
  const variables = targets.map((target) => scopes.variable(target));
  let found: string | null = null;
  walk(search, (node) => {
    if (node.kind !== "Name" || node.ctx !== "Load" || !variables.includes(scopes.variable(node))) return;
    const use = useOf(file, node);
    if (use.kind === "argument") {
      const called = use.node.func;
      const known =
        (use.callee !== null && (pureBuiltins.has(use.callee) || use.callee === "print")) ||
        (called.kind === "Name" &&
          scopes.variable(called)?.occurrences.some((o) => o.node.kind === "FunctionDef")) ||
        (called.kind === "Attribute" && (pureMethods.has(called.attr) || changingMethods.has(called.attr)));
      if (!known) found ??= `an item is handed to ${use.callee ?? "other code"}, which may change its key`;
    }
  });
  return found;
}

/** Why the value searched for may change, or do something, each time it is computed; null when it is one value. */
export function probeObstacle({ file }: RegionContext, probe: expr, search: Node): string | null {
  if (!isPlain(probe)) return "what is searched for is computed anew for every item";
  const scopes = scopesOf(file);
  const names = new Set<unknown>();
  const parts = new Set<string>();
  walk(probe, (node) => {
    if (node.kind === "Name") names.add(scopes.variable(node));
    if (node.kind === "Attribute") parts.add(node.attr);
    if (node.kind === "Subscript") parts.add("[]");
  });
  let changed = false;
  walk(search, (node) => {
    if (node.kind === "Name" && node.ctx !== "Load" && names.has(scopes.variable(node))) changed = true;
    if (node.kind === "Attribute" && node.ctx !== "Load" && parts.has(node.attr)) changed = true;
    if (node.kind === "Subscript" && node.ctx !== "Load" && parts.has("[]"))
      changed ||= !isMadeElsewhere(node.value, names, scopes);
    if (node.kind === "Call" && parts.size > 0 && reachableCode(file, node).bodies.length > 0) changed = true;
  });
  return changed ? "what is searched for may change during the search" : null;
}

/** A store into something that the probe does not mention. */
function isMadeElsewhere(
  container: expr,
  names: ReadonlySet<unknown>,
  scopes: ReturnType<typeof scopesOf>,
): boolean {
  return container.kind === "Name" && !names.has(scopes.variable(container));
}

function isPlain(node: expr): boolean {
  if (node.kind === "Name" || node.kind === "Constant") return true;
  if (node.kind === "Attribute") return isPlain(node.value);
  if (node.kind === "Subscript") return isPlain(node.value) && isPlain(node.slice);
  if (node.kind === "Call" && node.func.kind === "Attribute" && textMethods.has(node.func.attr))
    return node.args.length + node.keywords.length === 0 && isPlain(node.func.value);
  if (node.kind === "BinOp") return isPlain(node.left) && isPlain(node.right);
  return node.kind === "Tuple" && node.elts.every(isPlain);
}

/** Whether a name that `loop` binds is read where that loop, or one around it, may have given it its value last. */
export function isReadOutside({ file }: RegionContext, loop: For, target: Node): boolean {
  const variable = scopesOf(file).variable(target);
  const others = loopsThatBind(file, variable).filter((one) => one === loop || !isWithin(loop, one));
  return isReadBeyond(variable, others);
}

/** Whether lines before `statement` may bind the variable for themselves: whoever reads it has bound it anew. */
export function isFreeAt({ file }: RegionContext, variable: Variable, statement: Located): boolean {
  const loops = loopsThatBind(file, variable);
  return (
    variable.scope.kind === "function" &&
    variable.occurrences.every(({ scope }) => scope === variable.scope) &&
    !loops.some((loop) => isWithin(statement, loop)) &&
    !isReadBeyond(variable, loops)
  );
}

function isReadBeyond(variable: Variable | undefined, loops: readonly For[]): boolean {
  const inside = new Set<Node>();
  for (const { body } of loops)
    for (const statement of body)
      walk(statement, (part) => {
        inside.add(part);
      });
  return (variable?.occurrences ?? []).some(({ node, action }) => action !== "bind" && !inside.has(node));
}

const isWithin = (inner: Located, outer: Located) => outer.start <= inner.start && inner.end <= outer.end;

/** The loops that have the variable as a target, alone or in a tuple. */
export function loopsThatBind(file: SourceFile, variable: Variable | undefined): For[] {
  const scopes = scopesOf(file);
  const found: For[] = [];
  if (variable)
    walk(variable.scope.node, (node) => {
      if (node.kind !== "For") return;
      const targets = node.target.kind === "Tuple" ? node.target.elts : [node.target];
      if (targets.some((one) => scopes.variable(one) === variable)) found.push(node);
    });
  return found;
}
