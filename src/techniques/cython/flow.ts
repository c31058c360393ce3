// Which variables may be read before they are bound, and which get their values only from unpacking: both stay Python objects.

import type { expr, FunctionDef, Node, stmt, Tuple } from "../../source/ast.generated.ts";
import { walk } from "../../source/walk.ts";

/** Names that some way through `body` may read, or leave, before they are bound. */
export function maybeUnbound(body: readonly stmt[], parameters: Iterable<string>): Set<string> {
  const local = new Set<string>();
  const own = new Set<Node>();
  for (const statement of body)
    walk(statement, (node) => {
      // The targets of a comprehension are its own.
      if (node.kind === "comprehension") walk(node.target, (part) => own.add(part));
      if (node.kind === "Name" && node.ctx !== "Load" && !own.has(node)) local.add(node.id);
    });
  const found = new Set<string>();
  const read = (node: Node | null, bound: ReadonlySet<string>) => {
    if (!node) return;
    const inner = new Set(bound);
    walk(node, (part) => {
      if (part.kind === "comprehension") for (const name of namesIn(part.target)) inner.add(name);
    });
    walk(node, (part) => {
      if (part.kind === "Name" && part.ctx === "Load" && local.has(part.id) && !inner.has(part.id))
        found.add(part.id);
    });
  };
  /** The names bound after `statements`; null when control never gets there. */
  const flow = (statements: readonly stmt[], before: ReadonlySet<string>): Set<string> | null => {
    let bound: Set<string> | null = new Set(before);
    for (const statement of statements) {
      if (bound === null) return null;
      bound = after(statement, bound);
    }
    return bound;
  };
  const after = (statement: stmt, bound: Set<string>): Set<string> | null => {
    switch (statement.kind) {
      case "Assign":
        read(statement.value, bound);
        for (const target of statement.targets) bind(target, bound);
        return bound;
      case "AnnAssign":
        read(statement.value, bound);
        if (statement.value) bind(statement.target, bound);
        return bound;
      case "AugAssign":
        read(statement.value, bound);
        if (statement.target.kind === "Name" && !bound.has(statement.target.id))
          found.add(statement.target.id);
        else read(statement.target, bound);
        return bound;
      case "For": {
        read(statement.iter, bound);
        const inside = new Set(bound);
        bind(statement.target, inside);
        flow(statement.body, inside);
        flow(statement.orelse, bound);
        return bound;
      }
      case "While":
        read(statement.test, bound);
        flow(statement.body, bound);
        flow(statement.orelse, bound);
        return bound;
      case "If": {
        read(statement.test, bound);
        const [yes, no] = [flow(statement.body, bound), flow(statement.orelse, bound)];
        if (yes === null || no === null) return yes ?? no;
        return new Set([...yes].filter((name) => no.has(name)));
      }
      case "Return":
      case "Raise":
        read(statement, bound);
        return null;
      case "Break":
      case "Continue":
        return null;
      default:
        read(statement, bound);
        return bound;
    }
  };
  const bind = (target: expr, bound: Set<string>) => {
    for (const name of namesIn(target)) bound.add(name);
    if (target.kind !== "Name") read(target, bound);
  };
  flow(body, new Set(parameters));
  return found;
}

/** The names that a target binds. */
export function namesIn(target: expr): string[] {
  if (target.kind === "Name") return [target.id];
  if (target.kind === "Tuple" || target.kind === "List") return target.elts.flatMap(namesIn);
  if (target.kind === "Starred") return namesIn(target.value);
  return [];
}

/** Whether every way through `body` ends in a `return` or an exception. */
export function alwaysReturns(body: readonly stmt[]): boolean {
  const last = body.at(-1);
  if (!last) return false;
  if (last.kind === "Return" || last.kind === "Raise") return true;
  if (last.kind === "If") return alwaysReturns(last.body) && alwaysReturns(last.orelse);
  if (last.kind === "While" && last.test.kind === "Constant" && last.test.value.type === "bool") {
    let leaves = !last.test.value.value;
    for (const statement of last.body)
      walk(statement, (node) => {
        if (node.kind === "Break") leaves = true;
      });
    return !leaves;
  }
  return false;
}

/** Names that get a value by being unpacked from some other object. */
export function unpackedNames(
  body: readonly stmt[],
  startsWithCounter: (iter: expr) => boolean,
): Set<string> {
  const found = new Set<string>();
  const add = (target: expr) => {
    for (const name of namesIn(target)) found.add(name);
  };
  for (const statement of body)
    walk(statement, (node) => {
      if (node.kind === "For") {
        const first = node.target.kind === "Tuple" && startsWithCounter(node.iter);
        for (const item of first ? (node.target as Tuple).elts.slice(1) : [node.target])
          if (item.kind !== "Name") add(item);
      }
      if (node.kind === "Assign")
        for (const target of node.targets)
          if (target.kind !== "Name" && !itemsOf(target, node.value)) add(target);
    });
  return found;
}

/** The parts of an assignment between tuples written out, pair by pair; null where a value is taken apart. */
export function itemsOf(target: expr, value: expr): [expr, expr][] | null {
  if (target.kind !== "Tuple" && target.kind !== "List") return [[target, value]];
  if (value.kind !== "Tuple" && value.kind !== "List") return null;
  if (value.elts.length !== target.elts.length) return null;
  if ([...value.elts, ...target.elts].some(({ kind }) => kind === "Starred")) return null;
  const pairs: [expr, expr][] = [];
  for (const [i, item] of target.elts.entries()) {
    if (item.kind === "Tuple" || item.kind === "List") return null;
    pairs.push([item, value.elts[i]!]);
  }
  return pairs;
}

/** The statements of a function without its docstring. */
export function withoutDocstring(node: FunctionDef): readonly stmt[] {
  const [first, ...rest] = node.body;
  const documented =
    first?.kind === "Expr" && first.value.kind === "Constant" && first.value.value.type === "str";
  return documented ? rest : node.body;
}
