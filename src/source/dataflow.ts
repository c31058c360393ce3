// Which variables may still be read, at every loop and simple statement of a body: live-variable analysis over the syntax tree, backwards.
// Structured form of the textbook equations (Aho et al., §9.2.5); wherever control flow is uncertain, more is live.

import type { expr, Node, pattern, stmt } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";
import { type Scope, type Scopes, scopesOf, type Variable } from "./scopes.ts";
import { walk } from "./walk.ts";

export type Loop = Extract<Node, { kind: "For" | "AsyncFor" | "While" }>;

type Live = ReadonlySet<Variable>;

/** What is live where control goes when it leaves a statement by other ways than its end. */
interface Exits {
  break: Live;
  continue: Live;
  return: Live;
  except: Live;
}

export interface Liveness {
  /** Variables of the body's own scope that may be read after a loop or simple statement, whichever way control goes on. */
  after(node: stmt): Live;
  /** Variables of the body's own scope that may be read from its beginning on before they are bound anew. */
  before(node: stmt): Live;
}

/** A statement that binds or evaluates, and holds no other statement. */
export type Simple = Extract<Node, { kind: "Assign" | "AugAssign" | "AnnAssign" | "Expr" }>;

/** Whether a statement binds or evaluates, and holds no other statement. */
export const isSimple = (node: Node): node is Simple =>
  node.kind === "Assign" || node.kind === "AugAssign" || node.kind === "AnnAssign" || node.kind === "Expr";

const calledByName = new Set(["locals", "globals", "vars", "eval", "exec", "dir"]);

/** Whether names may be looked up by their text in `scope`: then every name counts as read. */
export function readsByText(scopes: Scopes, scope: Scope): boolean {
  return scopes.variables.some(
    (variable) =>
      calledByName.has(variable.name) &&
      variable.scope.kind === "module" &&
      variable.occurrences.some((occurrence) => isWithin(occurrence.scope, scope)),
  );
}

function isWithin(inner: Scope, outer: Scope): boolean {
  for (let at: Scope | null = inner; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** Liveness of the body that opens `scope` (a function or the module). */
export function livenessOf(file: SourceFile, scope: Scope): Liveness {
  const scopes = scopesOf(file);
  const own = scopes.variables.filter((variable) => variable.scope === scope);
  const atOnce = consumedAtOnce(scopes, scope.node);
  const always = new Set(
    readsByText(scopes, scope) ? own : own.filter((v) => isReadLater(v, scopes, atOnce)),
  );
  const afterEach = new Map<stmt, Set<Variable>>();
  const beforeEach = new Map<stmt, Set<Variable>>();

  const readsOf = new Map<Node, Live>();
  /** Variables of the scope that nodes may read when they are evaluated. What runs later (functions) is in `always`. */
  const reads = (...nodes: (Node | null)[]): Live =>
    union(
      ...nodes.map((root) => {
        if (!root) return new Set<Variable>();
        const known = readsOf.get(root);
        if (known) return known;
        const found = new Set<Variable>();
        walk(root, (node) => {
          const variable = node.kind === "Name" && node.ctx !== "Store" ? scopes.variable(node) : undefined;
          if (variable?.scope === scope) found.add(variable);
        });
        readsOf.set(root, found);
        return found;
      }),
    );

  /** Variables that a target binds for certain: plain names, also in tuples. */
  const binds = (...targets: (Node | null)[]): Set<Variable> => {
    const found = new Set<Variable>();
    const waiting = [...targets];
    for (let target = waiting.pop(); target !== undefined; target = waiting.pop()) {
      if (target === null) continue;
      if (target.kind === "Tuple" || target.kind === "List") waiting.push(...target.elts);
      else if (target.kind === "Starred") waiting.push(target.value);
      else {
        const variable = scopes.variable(target);
        if (variable?.scope === scope && target.kind !== "NamedExpr") found.add(variable);
      }
    }
    return found;
  };

  const block = (statements: readonly stmt[], after: Live, exits: Exits): Live =>
    statements.reduceRight((live, statement) => {
      const before = union(step(statement, live, exits), exits.except);
      if (isSimple(statement)) {
        add(afterEach, statement, union(live, exits.except, always));
        add(beforeEach, statement, union(before, always));
      }
      return before;
    }, after);

  const step = (node: stmt, after: Live, exits: Exits): Live => {
    switch (node.kind) {
      case "Assign":
        return union(without(after, binds(...node.targets)), reads(node.value, ...node.targets));
      case "AnnAssign":
        return union(node.value ? without(after, binds(node.target)) : after, reads(node));
      case "AugAssign":
        return union(after, reads(node), binds(node.target));
      case "Import":
      case "ImportFrom":
        return without(after, binds(...node.names));
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
        return union(without(after, binds(node)), reads(node));
      case "Return":
        return union(exits.return, reads(node));
      case "Raise":
        return union(exits.except, reads(node));
      case "Break":
        return exits.break;
      case "Continue":
        return exits.continue;
      case "If":
        return union(reads(node.test), block(node.body, after, exits), block(node.orelse, after, exits));
      case "For":
      case "AsyncFor":
      case "While":
        return loop(node, after, exits);
      case "With":
      case "AsyncWith": {
        // A context manager may swallow an exception: then control goes on after the statement.
        const inner = block(node.body, after, { ...exits, except: union(exits.except, after) });
        return node.items.reduceRight<Live>(
          (live, item) => union(without(live, binds(item.optional_vars)), reads(item), after),
          inner,
        );
      }
      case "Try":
      case "TryStar": {
        const leaving = union(after, exits.break, exits.continue, exits.return, exits.except);
        const last = node.finalbody.length > 0 ? block(node.finalbody, leaving, exits) : null;
        const out: Exits = last ? { break: last, continue: last, return: last, except: last } : exits;
        const end = last ?? after;
        const handlers = node.handlers.map((handler) =>
          union(block(handler.body, end, out), reads(handler.type)),
        );
        const caught = union(out.except, ...handlers);
        const orelse = block(node.orelse, end, out);
        return union(block(node.body, orelse, { ...out, except: caught }), caught);
      }
      case "Match":
        return union(
          after,
          reads(node.subject),
          ...node.cases.map((branch) =>
            union(block(branch.body, after, exits), reads(branch.guard, ...valuesIn(branch.pattern))),
          ),
        );
      default:
        return union(after, reads(node));
    }
  };

  const loop = (node: Loop, after: Live, exits: Exits): Live => {
    const forever = node.kind === "While" && isTrue(node.test);
    const orelse = forever ? new Set<Variable>() : block(node.orelse, after, exits);
    let head: Live = orelse;
    for (;;) {
      const body = block(node.body, head, { ...exits, break: after, continue: head });
      const next = union(
        head,
        node.kind === "While"
          ? union(body, reads(node.test))
          : union(without(body, binds(node.target)), reads(node.target)),
      );
      if (next.size === head.size) break;
      head = next;
    }
    const before = node.kind === "While" ? head : union(head, reads(node.iter));
    // Exceptions, and returns through `finally`, leave the loop as well.
    add(afterEach, node, union(after, exits.except, exits.return, always));
    add(beforeEach, node, union(before, exits.except, always));
    return before;
  };

  const node = scope.node;
  if (node.kind === "Module" || node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef")
    block(node.body, always, { break: always, continue: always, return: always, except: always });
  const empty: Live = new Set();
  return {
    after: (at) => afterEach.get(at) ?? empty,
    before: (at) => beforeEach.get(at) ?? empty,
  };
}

const consumers: ReadonlySet<string> = new Set(
  "sum min max any all sorted list tuple set frozenset dict".split(" "),
);

/** Generators that a builtin runs to their end or drops, and keys of orders: nothing of them is left after their statement. */
function consumedAtOnce(scopes: Scopes, root: Node): ReadonlySet<Node> {
  const found = new Set<Node>();
  walk(root, (node) => {
    if (node.kind !== "Call" || node.func.kind !== "Name" || !consumers.has(node.func.id)) return;
    const called = scopes.variable(node.func);
    if (called?.scope !== scopes.module || called.occurrences.some(({ action }) => action !== "read")) return;
    for (const argument of node.args) if (argument.kind === "GeneratorExp") found.add(argument);
    for (const { arg, value } of node.keywords)
      if (arg === "key" && value.kind === "Lambda") found.add(value);
  });
  return found;
}

/** Read from a function, class or generator that may run at any later time. */
function isReadLater(variable: Variable, scopes: Scopes, atOnce: ReadonlySet<Node>): boolean {
  return variable.occurrences.some((occurrence) => {
    for (let at: Scope | null = occurrence.scope; at && at !== variable.scope; at = at.parent) {
      if (atOnce.has(at.node)) continue;
      if (at.kind === "function" || at.kind === "lambda" || at.node.kind === "GeneratorExp") return true;
    }
    // A module's variable that is bound from a function by `global` changes between any two statements.
    return (
      occurrence.scope !== variable.scope && variable.scope === scopes.module && occurrence.action !== "read"
    );
  });
}

function valuesIn(matched: pattern): expr[] {
  const found: expr[] = [];
  walk(matched, (node) => {
    if (node.kind === "MatchValue") found.push(node.value);
    else if (node.kind === "MatchClass") found.push(node.cls);
    else if (node.kind === "MatchMapping") found.push(...node.keys);
  });
  return found;
}

function isTrue(test: expr): boolean {
  if (test.kind !== "Constant") return false;
  return test.value.type === "bool" ? test.value.value : test.value.type === "int" && test.value.text !== "0";
}

function union(...sets: Live[]): Live {
  const result = new Set<Variable>();
  for (const set of sets) for (const variable of set) result.add(variable);
  return result;
}

function without(live: Live, bound: Live): Live {
  return new Set([...live].filter((variable) => !bound.has(variable)));
}

function add(map: Map<stmt, Set<Variable>>, node: stmt, live: Live): void {
  const known = map.get(node) ?? new Set();
  for (const variable of live) known.add(variable);
  map.set(node, known);
}
