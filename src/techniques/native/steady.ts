// What a loop leaves as it is: expressions that give the same in every turn.

import type { expr, Node, stmt } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { dottedName as attributeChain } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import { reachableCode } from "../analysis/reach.ts";
import { isPlain, onlyComputes } from "./reads.ts";
import { areApart } from "./sharing.ts";
import type { Subject } from "./subject.ts";

export type Loop = Extract<Node, { kind: "For" | "While" | "ListComp" }>;

/**
 * Whether `node` gives the same in every turn of a loop, or wherever it stands in a stretch of statements; `assumed` are the
 * sentences on which that rests.
 */
export function isSteady(
  subject: Subject,
  code: Loop | readonly stmt[],
  node: expr,
  assumed: Set<string>,
): boolean {
  if (!isPlain(subject, node)) return false;
  const stretch = "kind" in code ? [code] : code;
  const writes = writesIn(subject, stretch);
  if (writes === null) return false;
  const scopes = scopesOf(subject.file);
  let steady = true;
  walk(node, (part) => {
    if (part.kind === "Attribute") {
      const chain = attributeChain(part);
      if (chain !== null && writes.attributes.has(part.attr)) steady = false;
    }
    if (part.kind !== "Name") return;
    const variable = scopes.variable(part);
    if (!variable || isBoundIn(variable, stretch) || isBoundElsewhere(variable)) steady = false;
    else if (mayHold(subject, part)) {
      for (const written of writes.variables) {
        const apart = areApart(subject, variable, written);
        if (apart === false) steady = false;
        else if (apart !== true) assumed.add(apart);
      }
    }
  });
  return steady;
}

/** Numbers cannot be changed in place. */
function mayHold(subject: Subject, node: Extract<expr, { kind: "Name" }>): boolean {
  if (dottedName(subject.file, node) !== null) return false;
  const type = subject.type(node);
  return !(type?.is === "array" && type.sizes.length === 0);
}

const isBoundIn = (variable: Variable, stretch: readonly (Loop | stmt)[]): boolean =>
  variable.occurrences.some(
    ({ node, action }) =>
      action !== "read" &&
      "start" in node &&
      stretch[0]!.start <= node.start &&
      node.end <= stretch.at(-1)!.end,
  );

/** Bound by `global` or `nonlocal` in another function: a call may do it. */
const isBoundElsewhere = (variable: Variable): boolean =>
  variable.occurrences.some(({ action, scope }) => action !== "read" && scope !== variable.scope);

interface Writes {
  /** Variables whose arrays may be changed in place. */
  variables: Set<Variable>;
  /** Names of attributes that are bound, or whose values may be changed. */
  attributes: Set<string>;
}

const known = new WeakMap<Node, Writes | null>();

/** What the code may change in place; null when it may be anything. */
function writesIn(subject: Subject, stretch: readonly (Loop | stmt)[]): Writes | null {
  if (stretch.length > 1) return collect(subject, stretch);
  const [loop] = stretch;
  let writes = known.get(loop!);
  if (writes === undefined) {
    writes = collect(subject, stretch);
    known.set(loop!, writes);
  }
  return writes;
}

function collect(subject: Subject, stretch: readonly (Loop | stmt)[]): Writes | null {
  const scopes = scopesOf(subject.file);
  const reached = stretch.map((one) => reachableCode(subject.file, one));
  if (reached.some(({ unknown }) => unknown !== null)) return null;
  const bodies = [...new Set(reached.flatMap((one) => one.bodies))];
  const writes: Writes = { variables: new Set(), attributes: new Set() };
  let anything = false;
  const write = (target: Node): void => {
    let at = target;
    while (at.kind === "Subscript" || at.kind === "Starred") at = at.value;
    if (at.kind === "Attribute") writes.attributes.add(at.attr);
    while (at.kind === "Attribute" || at.kind === "Subscript") at = at.value;
    const variable = at.kind === "Name" ? scopes.variable(at) : undefined;
    if (variable) writes.variables.add(variable);
    else if (at.kind !== "Call" && at.kind !== "BinOp" && at.kind !== "Constant") anything = true;
  };
  for (const body of [...stretch, ...bodies])
    walk(body, (node) => {
      switch (node.kind) {
        case "Yield":
        case "YieldFrom":
        case "Await":
        case "AsyncFor":
        case "AsyncWith":
          anything = true;
          break;
        case "Subscript":
          if (node.ctx !== "Load") write(node.value);
          break;
        case "Attribute":
          if (node.ctx !== "Load") writes.attributes.add(node.attr);
          break;
        case "AugAssign": {
          const type = node.target.kind === "Name" ? subject.type(node.target) : null;
          if (!(type?.is === "array" && type.sizes.length === 0)) write(node.target);
          break;
        }
        case "Call":
          for (const target of changedBy(subject, node)) write(target);
          break;
      }
    });
  // A function that changes what it is given changes what its callers hold.
  for (const variable of writes.variables)
    if (bodies.includes(variable.scope.node) && variable.scope.node !== subject.region)
      anything ||= isGiven(variable);
  return anything ? null : writes;
}

/** A parameter, or what came out of one. */
const isGiven = (variable: Variable): boolean =>
  variable.occurrences.some(({ action, node }) => action !== "read" && node.kind === "arg");

const harmless = new Set(
  "append add extend items keys values get format join strip split lower upper startswith endswith count index perf_counter normal random uniform integers standard_normal choice".split(
    " ",
  ),
);

/** What a call may change in place of what it is given. */
function changedBy(subject: Subject, node: Extract<Node, { kind: "Call" }>): Node[] {
  const out = node.keywords.filter(({ arg }) => arg === "out").map(({ value }) => value);
  if (out.length > 0) return out;
  if (onlyComputes(subject, node)) return [];
  const { file } = subject;
  const name = dottedName(file, node.func);
  if (name !== null && /^(range|enumerate|zip|len|list|tuple|isinstance|sorted|set|dict|type)$/.test(name))
    return [];
  if (node.func.kind === "Name") {
    const definition = scopesOf(file)
      .variable(node.func)
      ?.occurrences.some(({ node: bound }) => bound.kind === "FunctionDef" || bound.kind === "ClassDef");
    if (definition) return []; // its body is looked at
  }
  const arrays = node.args.filter((argument) => {
    const type = subject.type(argument);
    return !(type?.is === "array" && type.sizes.length === 0) && argument.kind !== "Constant";
  });
  if (node.func.kind !== "Attribute" || name !== null) return arrays;
  // Lists that arrays are put into do not change the arrays, and a generator draws without looking.
  if (harmless.has(node.func.attr))
    return node.func.attr === "append" || node.func.attr === "extend" ? [node.func.value] : [];
  return [node.func.value, ...arrays];
}
