// A list that a program keeps under one name (`items`, `self.items`): where it stands, and whether it can change.

import type { expr, Node } from "../../source/ast.generated.ts";
import { changingMethods, pureBuiltins, pureMethods } from "../../source/known-calls.ts";
import { enclosingBody, type Scopes, scopesOf, type Variable } from "../../source/scopes.ts";
import { dottedName, parentMap, type Use, useOf } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { aliasesOf, isForeign } from "./aliases.ts";
import { keyedBy } from "./loops.ts";
import { reachableCode } from "./reach.ts";

export interface Subject {
  /** The expression, for example `self.items`. */
  text: string;
  /** The last name in it, from which other names are made: `items`. */
  name: string;
  /** The variable at its root. */
  variable: Variable;
}

/** The subject that an expression is, when it is a name or a chain of attributes on a name. */
export function subjectOf(context: RegionContext, node: expr): Subject | null {
  const text = dottedName(node);
  if (text === null) return null;
  let root: Node = node;
  while (root.kind === "Attribute") root = root.value;
  const variable = scopesOf(context.file).variable(root);
  if (!variable) return null;
  return { text, name: text.split(".").at(-1)!.replace(/^_+/, "") || "items", variable };
}

/** Every place in `within` where the subject's expression stands, nested functions included. */
export function placesOf(context: RegionContext, subject: Subject, within: Node): expr[] {
  const scopes = scopesOf(context.file);
  const found: expr[] = [];
  walk(within, (node) => {
    if (node.kind !== "Name" && node.kind !== "Attribute") return;
    if (dottedName(node) !== subject.text) return;
    let root: Node = node;
    while (root.kind === "Attribute") root = root.value;
    if (scopes.variable(root) === subject.variable) found.push(node);
  });
  return found;
}

/** Uses of the list in `within`: those that only read it, those that change it in place, and the first one beyond both. */
export interface Handling {
  reads: { place: expr; use: Use }[];
  changes: { place: expr; use: Use }[];
  /** A use after which other code may hold the list, or which binds the name anew; null when there is none. */
  escape: { place: expr; use: Use } | null;
}

/** How the subject is handled in `within`, leaving out `binding` places that the caller knows about. */
export function handlingOf(
  context: RegionContext,
  subject: Subject,
  within: Node,
  known: ReadonlySet<Node> = new Set(),
): Handling {
  const handling: Handling = { reads: [], changes: [], escape: null };
  for (const place of placesOf(context, subject, within)) {
    if (known.has(place)) continue;
    const use = useOf(context.file, place);
    const entry = { place, use };
    if (onlyReads(context, place, use)) handling.reads.push(entry);
    else if (changesInPlace(use)) handling.changes.push(entry);
    else handling.escape ??= entry;
  }
  return handling;
}

function onlyReads(context: RegionContext, place: expr, use: Use): boolean {
  switch (use.kind) {
    case "container":
    case "iterated":
    case "truth":
      return true;
    case "subscript":
      return !use.stored;
    case "method":
      return pureMethods.has(use.method);
    case "attribute": // `sorted(values, key=order.index)`
      return !use.stored && pureMethods.has(use.attribute) && keyedBy(context.file, use.node) !== null;
    case "argument":
      return use.callee !== null && pureBuiltins.has(use.callee) && isBuiltin(context, use.callee);
    case "returned":
      return use.node.kind === "Return";
    case "other": {
      const { kind } = use.node;
      if (kind === "BinOp" || kind === "Compare" || kind === "FormattedValue") return true;
      if (kind !== "Starred") return false;
      const around = parentMap(context.file).get(use.node)?.kind;
      return place !== use.node && around !== undefined && ["Call", "List", "Tuple", "Set"].includes(around);
    }
    default:
      return false;
  }
}

function changesInPlace(use: Use): boolean {
  if (use.kind === "method") return changingMethods.has(use.method);
  return use.kind === "subscript" && use.stored;
}

function isBuiltin(context: RegionContext, name: string): boolean {
  const { module } = scopesOf(context.file);
  const variable = scopesOf(context.file).lookup(module, name);
  return !variable?.occurrences.some(({ action }) => action !== "read");
}

/** Whether the subject is a local name whose every value is a list made on the spot and that no other code can hold. */
export function isPrivate(context: RegionContext, subject: Subject): boolean {
  const { variable } = subject;
  if (subject.text !== variable.name) return false;
  const scopes = scopesOf(context.file);
  const binds = variable.occurrences.filter(({ action }) => action !== "read");
  const fresh =
    binds.length > 0 && binds.every(({ node, action }) => action === "bind" && isFreshBinding(context, node));
  if (!fresh) return false;
  if (variable.scope === scopes.module && isReachedElsewhere(variable)) return false;
  const known = new Set<Node>(binds.map(({ node }) => node));
  const handling = handlingOf(context, subject, variable.scope.node, known);
  // Once returned by a generator-like early exit the list is gone; within this scope nothing else holds it.
  return (
    handling.escape === null &&
    handling.reads.every(({ use }) => use.kind !== "returned" || use.node.kind === "Return")
  );
}

/** Module variables that a function binds by `global` may be any object at any time. */
const isReachedElsewhere = (variable: Variable) =>
  variable.occurrences.some(({ scope, action }) => action !== "read" && scope !== variable.scope);

function isFreshBinding(context: RegionContext, node: Node): boolean {
  const value = boundValue(context, node);
  return value !== null && isFreshList(value);
}

/** The value that a plain assignment `name = value` gives to the Name `node`; null for any other kind of binding. */
export function boundValue(context: RegionContext, node: Node): expr | null {
  const parent = parentMap(context.file).get(node);
  if (parent?.kind === "AnnAssign") return parent.value;
  return parent?.kind === "Assign" && parent.targets.length === 1 && parent.targets[0] === node
    ? parent.value
    : null;
}

/** An expression that makes a new list each time. */
export function isFreshList(value: expr): boolean {
  if (value.kind === "List" || value.kind === "ListComp") return true;
  if (value.kind === "BinOp")
    return (
      (value.op === "Add" || value.op === "Mult") && (isFreshList(value.left) || isFreshList(value.right))
    );
  if (value.kind === "Subscript") return value.slice.kind === "Slice";
  if (value.kind !== "Call") return false;
  if (value.func.kind === "Name") return value.func.id === "list" || value.func.id === "sorted";
  return (
    value.func.kind === "Attribute" && ["split", "splitlines", "copy", "tolist"].includes(value.func.attr)
  );
}

/**
 * Why the list may be changed by code in `within` other than `direct` uses of its own name; null when it cannot, or when
 * only an alias that was never seen could do it (then `assumed` is called with a sentence that says so).
 */
export function otherChanges(
  context: RegionContext,
  subject: Subject,
  within: Node,
  assumed: (sentence: string) => void,
): string | null {
  const own = isPrivate(context, subject);
  if (own && !isChangedByFunctions(context, subject)) return null;
  const { facts } = context;
  const scopes = scopesOf(context.file);
  const { bodies, unknown } = reachableCode(context.file, within);
  if (unknown !== null) return `${unknown} is called in the loop and may change ${subject.text}`;
  for (const body of bodies)
    if (bindsOrChanges(context, scopes, subject, body))
      return `${subject.text} may be changed by a function that the loop calls`;
  if (own) return null;
  if (givesUpControl(within))
    return `other code runs whenever the loop yields, and may change ${subject.text}`;
  for (const alias of aliasesOf(context, subject)) {
    const handling = handlingOf(context, { text: alias.name, name: alias.name, variable: alias }, within);
    if (handling.changes.length > 0 || handling.escape)
      return `${alias.name} may be the same list as ${subject.text}, and it changes in the loop`;
  }
  const changed = changedNames(within);
  if (isForeign(context, subject.variable) && changesUnknownList(context, subject, within))
    return `${subject.text} may be one of the lists that change in the loop`;
  for (const [a, b] of facts.aliases) {
    const other = a === subject.variable.name ? b : b === subject.variable.name ? a : null;
    if (other !== null && changed.has(other))
      return `${other} is the same list as ${subject.text}, and it changes in the loop`;
  }
  if (facts.recorded === 0)
    return `no call was recorded that shows whether ${subject.text} changes during the loop`;
  assumed(`Nothing but the loop itself changes \`${subject.text}\` while it runs (nothing was seen to).`);
  return null;
}

function givesUpControl(within: Node): boolean {
  let found = false;
  walk(within, (node) => {
    if (["Yield", "YieldFrom", "Await", "AsyncFor", "AsyncWith"].includes(node.kind)) found = true;
  });
  return found;
}

/** Whether `within` changes, by a method or operation that lists have, something that is not known to be made on the spot. */
function changesUnknownList(context: RegionContext, subject: Subject, within: Node): boolean {
  let found = false;
  const look = (target: expr) => {
    const changed = subjectOf(context, target);
    if (changed?.text === subject.text) return;
    if (!changed || !isPrivate(context, changed)) found ||= !changed || mayBeList(changed.variable, context);
  };
  walk(within, (node) => {
    if (node.kind === "Call" && node.func.kind === "Attribute" && listChanges.has(node.func.attr))
      look(node.func.value);
    else if (node.kind === "Subscript" && node.ctx !== "Load") look(node.value);
    else if (node.kind === "AugAssign" && node.target.kind !== "Name") look(node.target);
  });
  return found;
}

const listChanges: ReadonlySet<string> = new Set(
  "append clear extend insert pop remove reverse sort".split(" "),
);

/** Not a local that only ever means a dict or set made on the spot. */
function mayBeList(variable: Variable, context: RegionContext): boolean {
  const binds = variable.occurrences.filter(({ action }) => action !== "read");
  return !binds.every(({ node }) => {
    const value = boundValue(context, node);
    return value !== null && ["Dict", "DictComp", "Set", "SetComp"].includes(value.kind);
  });
}

/** Whether a function that shares the variable changes the list. */
function isChangedByFunctions(context: RegionContext, subject: Subject): boolean {
  const scopes = scopesOf(context.file);
  const { variable } = subject;
  return handlingOf(context, subject, variable.scope.node).changes.some(
    ({ place }) => enclosingBody(scopes.around(place)) !== variable.scope,
  );
}

/** Whether the body of a called function binds or changes the subject: the same variable, or the same attribute of anything. */
function bindsOrChanges(context: RegionContext, scopes: Scopes, subject: Subject, body: Node): boolean {
  const isAttribute = subject.text !== subject.variable.name;
  let found = false;
  walk(body, (node) => {
    const same = isAttribute
      ? node.kind === "Attribute" && node.attr === subject.text.split(".").at(-1)
      : node.kind === "Name" && scopes.variable(node) === subject.variable;
    if (!same) return;
    const use = useOf(context.file, node);
    if (!onlyReads(context, node as expr, use)) found = true;
  });
  return found;
}

/** Names at the root of whatever `within` changes in place. */
function changedNames(within: Node): Set<string> {
  const found = new Set<string>();
  const root = (node: Node) => {
    const name = dottedName(node)?.split(".")[0];
    if (name) found.add(name);
  };
  walk(within, (node) => {
    if (node.kind === "Call" && node.func.kind === "Attribute" && changingMethods.has(node.func.attr))
      root(node.func.value);
    else if (node.kind === "Subscript" && node.ctx !== "Load") root(node.value);
    else if (node.kind === "AugAssign") root(node.target);
  });
  return found;
}
