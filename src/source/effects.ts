// What running a piece of code may do besides giving a value. When unsure, the effect is there. Two things are taken for
// granted, since types are known only at run time: operators do what they do on Python's own types, and an iterator that is
// advanced by a loop is not listed as changed.

import type { Call, Node } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";
import { changingMethods, pureBuiltins, pureMethods, pureModules } from "./known-calls.ts";
import { type Scopes, scopesOf, type Variable } from "./scopes.ts";
import { dottedName } from "./uses.ts";
import { walk } from "./walk.ts";

export interface Effects {
  /** Names read, builtins included. */
  reads: Set<string>;
  /** Names bound, updated or deleted. */
  binds: Set<string>;
  /** Names whose objects may be changed in place, and every name that may share those objects. */
  mutates: Set<string>;
  /** Names bound by `global` or `nonlocal` in the code itself or in a function of the module that it calls. */
  outerBinds: Set<string>;
  /** Calls whose effect is not known: they may do anything to what they are given and to what is global. */
  calls: Call[];
  /** Reads or writes files, the terminal, the clock, or random state. */
  io: boolean;
}

/** The effects of `node` and of the functions of the same module that it calls by name. */
export function effectsOf(file: SourceFile, node: Node): Effects {
  return collect(file, node, new Set());
}

/** Whether evaluating `node` only gives a value: nothing bound, nothing changed, no unknown call, no input or output. */
export function isPure(file: SourceFile, node: Node): boolean {
  const { binds, mutates, outerBinds, calls, io } = effectsOf(file, node);
  return binds.size === 0 && mutates.size === 0 && outerBinds.size === 0 && calls.length === 0 && !io;
}

/** Whether evaluating `node` can neither raise nor run any code of a class: constants, and names that are bound for sure. */
export function isInert(node: Node, isBound: (name: string) => boolean): boolean {
  if (node.kind === "Constant") return true;
  if (node.kind === "Name") return isBound(node.id);
  if (node.kind === "Tuple" || node.kind === "List") return node.elts.every((item) => isInert(item, isBound));
  return false;
}

function collect(file: SourceFile, root: Node, within: Set<Node>): Effects {
  const scopes = scopesOf(file);
  const effects: Effects = {
    reads: new Set(),
    binds: new Set(),
    mutates: new Set(),
    outerBinds: new Set(),
    calls: [],
    io: false,
  };
  const around = scopes.opened(root) ?? scopes.around(root);
  const changed = new Set<Variable>();
  const change = (target: Node) => {
    for (const variable of heldBy(target, scopes)) changed.add(variable);
  };
  walk(root, (node) => {
    switch (node.kind) {
      case "Name": {
        (node.ctx === "Load" ? effects.reads : effects.binds).add(node.id);
        const variable = scopes.variable(node);
        if (
          node.ctx !== "Load" &&
          variable &&
          variable.scope !== scopes.around(node) &&
          variable.scope !== around
        )
          effects.outerBinds.add(node.id);
        break;
      }
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
        if (node !== root) effects.binds.add(node.name);
        break;
      case "alias":
        effects.binds.add(node.asname ?? node.name.split(".")[0]!);
        // An import runs a module.
        effects.io ||= !pureModules.has(moduleOf(node, scopes) || node.name);
        break;
      case "ExceptHandler":
      case "MatchAs":
      case "MatchStar":
        if (node.name) effects.binds.add(node.name);
        break;
      case "Attribute":
      case "Subscript":
        if (node.ctx !== "Load") change(node.value);
        break;
      case "AugAssign":
        change(node.target);
        break;
      case "Await":
      case "Yield":
      case "YieldFrom":
        effects.io = true; // other code runs in between
        break;
      case "Call":
        call(node);
        break;
    }
  });
  for (const variable of sharing(changed, file, scopes)) effects.mutates.add(variable.name);
  return effects;

  function call(node: Call): void {
    const name = dottedName(node.func);
    const variable = node.func.kind === "Name" ? scopes.variable(node.func) : undefined;
    const definition = variable && soleFunction(variable);
    if (definition) include(definition, node);
    else if (name !== null && isBuiltin(node, variable) && pureBuiltins.has(name)) callbacks(node);
    else if (name !== null && isBuiltin(node, variable) && ioBuiltins.has(name)) effects.io = true;
    else if (name !== null && isBuiltin(node, variable) && changingBuiltins.has(name))
      node.args.forEach(change);
    else if (name !== null && importedPure(name, scopes, node)) callbacks(node);
    else if (node.func.kind === "Attribute" && isForeignMethod(node.func.attr, pureMethods)) callbacks(node);
    else if (node.func.kind === "Attribute" && isForeignMethod(node.func.attr, changingMethods)) {
      change(node.func.value);
      callbacks(node);
    } else unknown(node);
  }

  function unknown(node: Call): void {
    if (node.func.kind === "Attribute") change(node.func.value);
    node.args.forEach(change);
    for (const keyword of node.keywords) change(keyword.value);
    effects.calls.push(node);
  }

  /** A known method name counts only when no class of this file has a method of that name. */
  function isForeignMethod(name: string, methods: ReadonlySet<string>): boolean {
    return methods.has(name) && !methodNames(file.tree).has(name);
  }

  /** What a known function calls back: `key=…`, the first argument of `map`, `filter`, `reduce` and the like. */
  function callbacks(node: Call): void {
    const name = dottedName(node.func)?.split(".").at(-1);
    const first = name !== undefined && callingFirst.has(name) ? node.args.slice(0, 1) : [];
    const keys = node.keywords.filter((keyword) => keyword.arg === "key" || keyword.arg === "func");
    for (const callee of [...first, ...keys.map((keyword) => keyword.value)]) {
      if (callee.kind === "Lambda" || (callee.kind === "Constant" && callee.value.type === "None")) continue;
      const variable = callee.kind === "Name" ? scopes.variable(callee) : undefined;
      const definition = variable && soleFunction(variable);
      const bound = variable?.occurrences.some(({ action }) => action !== "read");
      if (definition) include(definition, node);
      else if (callee.kind !== "Name" || bound || !pureBuiltins.has(callee.id)) effects.calls.push(node);
    }
  }

  /** The effects of a function of this module, with what it does to its parameters done to the arguments. */
  function include(definition: Node, node: Call): void {
    if (within.has(definition)) return;
    const inner = collect(file, definition, new Set([...within, definition]));
    effects.io ||= inner.io;
    effects.calls.push(...inner.calls);
    const scope = scopes.opened(definition)!;
    for (const name of inner.outerBinds) effects.outerBinds.add(name);
    let changesParameter = false;
    for (const name of inner.mutates) {
      const variable = scopes.lookup(scope, name);
      if (variable && variable.scope !== scope) changed.add(variable);
      else changesParameter = true;
    }
    if (changesParameter) {
      node.args.forEach(change);
      for (const keyword of node.keywords) change(keyword.value);
    }
  }
}

const ioBuiltins: ReadonlySet<string> = new Set(["print", "input", "open"]);
const changingBuiltins: ReadonlySet<string> = new Set(["next", "setattr", "delattr"]);
const callingFirst: ReadonlySet<string> = new Set([
  "map",
  "filter",
  "reduce",
  "starmap",
  "partial",
  "takewhile",
  "dropwhile",
  "filterfalse",
  "groupby",
  "accumulate",
]);

const methodNamesByTree = new WeakMap<Node, Set<string>>();

/** Names of all methods that classes of the file define. */
function methodNames(tree: Node): Set<string> {
  let names = methodNamesByTree.get(tree);
  if (!names) {
    const found = new Set<string>();
    walk(tree, (node) => {
      if (node.kind === "ClassDef")
        for (const member of node.body) if (member.kind === "FunctionDef") found.add(member.name);
    });
    names = found;
    methodNamesByTree.set(tree, names);
  }
  return names;
}

const isBuiltin = (node: Call, variable: Variable | undefined) =>
  node.func.kind === "Name" && !variable?.occurrences.some(({ action }) => action !== "read");

/** The function that a variable always means: bound once, by an undecorated `def`. */
export function soleFunction(variable: Variable): Extract<Node, { kind: "FunctionDef" }> | null {
  const binds = variable.occurrences.filter(({ action }) => action !== "read");
  const node = binds.length === 1 ? binds[0]!.node : null;
  return node?.kind === "FunctionDef" && node.decorator_list.length === 0 ? node : null;
}

/** A function of a module of pure functions (`math.sqrt`), under whatever name the file imports it. */
function importedPure(name: string, scopes: Scopes, node: Call): boolean {
  const [first, ...rest] = name.split(".");
  const variable = scopes.lookup(scopes.around(node), first!);
  const binds = variable?.occurrences.filter(({ action }) => action !== "read") ?? [];
  const item = binds.length === 1 ? binds[0]!.node : null;
  if (item?.kind !== "alias") return false;
  const called = rest.at(-1) ?? item.name;
  if (/^(insort|setitem|delitem|i[a-z]+$)/.test(called) && !/^is/.test(called)) return false; // these change an argument
  if (rest.length === 1) return pureModules.has(item.name);
  return rest.length === 0 && pureModules.has(importedFrom.get(item) ?? moduleOf(item, scopes));
}

const importedFrom = new WeakMap<Node, string>();

function moduleOf(item: Node, scopes: Scopes): string {
  walk(scopes.module.node, (node) => {
    if (node.kind === "ImportFrom")
      for (const other of node.names) importedFrom.set(other, node.level ? "." : (node.module ?? ""));
  });
  return importedFrom.get(item) ?? "";
}

/** Variables through which the object of an expression may be reached: all that the expression mentions. */
function heldBy(target: Node, scopes: Scopes): Variable[] {
  const found: Variable[] = [];
  walk(target, (node) => {
    const variable = node.kind === "Name" ? scopes.variable(node) : undefined;
    if (variable) found.push(variable);
  });
  return found;
}

/** All variables that may share an object with `changed`: linked by assignments, loops and `with`, however indirectly. */
function sharing(changed: ReadonlySet<Variable>, file: SourceFile, scopes: Scopes): Set<Variable> {
  if (changed.size === 0) return new Set();
  const links = linksOf(file, scopes);
  const found = new Set(changed);
  const waiting = [...changed];
  for (let next = waiting.pop(); next; next = waiting.pop())
    for (const other of links.get(next) ?? [])
      if (!found.has(other)) {
        found.add(other);
        waiting.push(other);
      }
  return found;
}

const linksByTree = new WeakMap<Node, Map<Variable, Set<Variable>>>();

function linksOf(file: SourceFile, scopes: Scopes): Map<Variable, Set<Variable>> {
  let links = linksByTree.get(file.tree);
  if (links) return links;
  links = new Map();
  const link = (target: Node | null, value: Node | null) => {
    if (!target || !value || givesFreshValue(value)) return;
    for (const a of heldBy(target, scopes))
      for (const b of heldBy(value, scopes)) {
        links!.set(a, (links!.get(a) ?? new Set()).add(b));
        links!.set(b, (links!.get(b) ?? new Set()).add(a));
      }
  };
  walk(file.tree, (node) => {
    if (node.kind === "Assign") for (const target of node.targets) link(target, node.value);
    else if (node.kind === "AnnAssign" || node.kind === "NamedExpr" || node.kind === "AugAssign")
      link(node.target, node.value);
    else if (node.kind === "For" || node.kind === "comprehension") link(node.target, node.iter);
    else if (node.kind === "withitem") link(node.optional_vars, node.context_expr);
    else if (node.kind === "Call" && node.func.kind === "Attribute")
      for (const argument of node.args) link(node.func.value, argument); // `a.append(b)`: b is now within a
  });
  linksByTree.set(file.tree, links);
  return links;
}

/** Whether the value is a new object that holds nothing of its operands: a number, text, a truth value. */
function givesFreshValue(value: Node): boolean {
  if (value.kind === "Constant" || value.kind === "JoinedStr" || value.kind === "Compare") return true;
  if (value.kind === "UnaryOp") return true;
  if (value.kind === "Call" && value.func.kind === "Name")
    return ["len", "int", "float", "str", "bool", "abs", "round", "range", "ord", "chr", "repr"].includes(
      value.func.id,
    );
  return false;
}
