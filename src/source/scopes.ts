// Python's scoping rules: which name belongs to which scope, and where each variable is bound and used.

import type { expr, Node } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";
import { children } from "./walk.ts";

export type ScopeKind = "module" | "class" | "function" | "lambda" | "comprehension" | "type parameters";

export interface Scope {
  kind: ScopeKind;
  /** The node that opens the scope: Module, FunctionDef, Lambda, ListComp, … */
  node: Node;
  parent: Scope | null;
  children: Scope[];
  /** Python's `__qualname__`; "" for the module. */
  qualname: string;
  /** Names that this scope itself binds (declared `global` and `nonlocal` names are not among them). */
  bound: Set<string>;
  /** Names declared `global` here. */
  globals: Set<string>;
  /** Names declared `nonlocal` here. */
  nonlocals: Set<string>;
  /** Holds `from m import *`: any name may come from there. */
  starImport: boolean;
}

/** One place where a variable stands in the source. */
export interface Occurrence {
  /** A Name, or what binds without one: arg, alias (no place on 3.9), FunctionDef, ClassDef, ExceptHandler, MatchAs, … */
  node: Node;
  /** The innermost scope around the place. */
  scope: Scope;
  /** `update` is the target of `+=` and the like: read, then bound. */
  action: "read" | "bind" | "update" | "delete";
}

/** A variable: a name in the scope that owns it. Builtins are module variables that nothing binds. */
export interface Variable {
  name: string;
  scope: Scope;
  occurrences: Occurrence[];
}

export interface Scopes {
  module: Scope;
  all: readonly Scope[];
  variables: readonly Variable[];
  /** The scope in which the names of `node` itself are looked up. For a `def` that is the scope around it. */
  around(node: Node): Scope;
  /** The scope that `node` opens, if it opens one. */
  opened(node: Node): Scope | undefined;
  /** The variable that a Name (or another binding node) stands for; an import or a pattern may stand for none. */
  variable(node: Node): Variable | undefined;
  /** The variable that `name` would mean in `scope`; undefined when neither the module binds it nor anything uses it. */
  lookup(scope: Scope, name: string): Variable | undefined;
}

const known = new WeakMap<Node, Scopes>();

/** The scopes of a file; computed once per tree. */
export function scopesOf(file: Pick<SourceFile, "tree">): Scopes {
  let scopes = known.get(file.tree);
  if (!scopes) {
    scopes = analyse(file.tree);
    known.set(file.tree, scopes);
  }
  return scopes;
}

/** The nearest scope, from `scope` outwards, that is not a comprehension. */
export function enclosingBody(scope: Scope): Scope {
  let body = scope;
  while (body.kind === "comprehension") body = body.parent!;
  return body;
}

const comprehensionNames = {
  ListComp: "<listcomp>",
  SetComp: "<setcomp>",
  DictComp: "<dictcomp>",
  GeneratorExp: "<genexpr>",
};

type Pair = [Node, Scope];

function analyse(tree: Node): Scopes {
  const all: Scope[] = [];
  const openedBy = new Map<Node, Scope>();
  const aroundNode = new Map<Node, Scope>();
  const occurrences: (Occurrence & { name: string })[] = [];

  const open = (kind: ScopeKind, node: Node, parent: Scope | null, name: string): Scope => {
    const scope: Scope = {
      kind,
      node,
      parent,
      children: [],
      qualname:
        parent === null ? "" : kind === "type parameters" ? parent.qualname : qualnameIn(parent, name),
      bound: new Set(),
      globals: new Set(),
      nonlocals: new Set(),
      starImport: false,
    };
    parent?.children.push(scope);
    all.push(scope);
    if (kind !== "type parameters") openedBy.set(node, scope);
    return scope;
  };

  const record = (name: string, node: Node, scope: Scope, action: Occurrence["action"]) => {
    const mangled = mangle(name, scope);
    occurrences.push({ name: mangled, node, scope, action });
    if (action !== "read") scope.bound.add(mangled);
  };

  const visit = (node: Node, scope: Scope): Pair[] => {
    aroundNode.set(node, scope);
    const here = (nodes: readonly (Node | null)[]): Pair[] =>
      nodes.filter((child) => child !== null).map((child) => [child, scope]);
    switch (node.kind) {
      case "Name":
        record(node.id, node, scope, node.ctx === "Load" ? "read" : node.ctx === "Del" ? "delete" : "bind");
        if (node.id === "super" && node.ctx === "Load" && scope.kind === "function")
          record("__class__", node, scope, "read");
        return [];
      case "NamedExpr": {
        const body = enclosingBody(scope);
        const target = node.target as Extract<expr, { kind: "Name" }>;
        aroundNode.set(target, scope);
        occurrences.push({ name: mangle(target.id, scope), node: target, scope, action: "bind" });
        body.bound.add(mangle(target.id, scope));
        return here([node.value]);
      }
      case "AugAssign":
        if (node.target.kind !== "Name") return here([node.target, node.value]);
        aroundNode.set(node.target, scope);
        record(node.target.id, node.target, scope, "update");
        return here([node.value]);
      case "FunctionDef":
      case "AsyncFunctionDef": {
        record(node.name, node, scope, "bind");
        const generic = typeParameters(node.type_params, node, scope, node.name);
        const inner = open("function", node, generic ?? scope, node.name);
        const { args } = node;
        aroundNode.set(args, scope);
        return [
          ...here([...args.defaults, ...args.kw_defaults, ...node.decorator_list]),
          ...parameters(args, inner, generic ?? scope),
          ...(node.returns ? [[node.returns, generic ?? scope] as Pair] : []),
          ...(node.type_params ?? []).map((parameter): Pair => [parameter, generic ?? scope]),
          ...node.body.map((statement): Pair => [statement, inner]),
        ];
      }
      case "Lambda": {
        const inner = open("lambda", node, scope, "<lambda>");
        aroundNode.set(node.args, scope);
        return [
          ...here([...node.args.defaults, ...node.args.kw_defaults]),
          ...parameters(node.args, inner, scope),
          [node.body, inner],
        ];
      }
      case "ClassDef": {
        record(node.name, node, scope, "bind");
        const generic = typeParameters(node.type_params, node, scope, node.name);
        const inner = open("class", node, generic ?? scope, node.name);
        return [
          ...here(node.decorator_list),
          ...[...node.bases, ...node.keywords, ...(node.type_params ?? [])].map(
            (child): Pair => [child, generic ?? scope],
          ),
          ...node.body.map((statement): Pair => [statement, inner]),
        ];
      }
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp": {
        const inner = open("comprehension", node, scope, comprehensionNames[node.kind]);
        const [first, ...others] = node.generators;
        aroundNode.set(first!, inner);
        return [
          [first!.iter, scope],
          [first!.target, inner],
          ...first!.ifs.map((test): Pair => [test, inner]),
          ...others.map((generator): Pair => [generator, inner]),
          ...(node.kind === "DictComp" ? [node.key, node.value] : [node.elt]).map(
            (part): Pair => [part, inner],
          ),
        ];
      }
      case "TypeAlias": {
        const generic = typeParameters(node.type_params, node, scope, "") ?? scope;
        return [
          [node.name, scope],
          ...node.type_params.map((p): Pair => [p, generic]),
          [node.value, open("type parameters", node, generic, "")],
        ];
      }
      case "TypeVar":
      case "TypeVarTuple":
      case "ParamSpec":
        record(node.name, node, scope, "bind");
        return here(children(node));
      case "ExceptHandler":
        if (node.name !== null) record(node.name, node, scope, "bind");
        return here(children(node));
      case "MatchAs":
      case "MatchStar":
        if (node.name !== null) record(node.name, node, scope, "bind");
        return here(children(node));
      case "MatchMapping":
        if (node.rest !== null) record(node.rest, node, scope, "bind");
        return here(children(node));
      case "Import":
      case "ImportFrom":
        for (const alias of node.names) {
          aroundNode.set(alias, scope);
          if (alias.name === "*") scope.starImport = true;
          else
            record(
              alias.asname ?? (node.kind === "Import" ? alias.name.split(".")[0]! : alias.name),
              alias,
              scope,
              "bind",
            );
        }
        return [];
      case "Global":
        for (const name of node.names) scope.globals.add(mangle(name, scope));
        return [];
      case "Nonlocal":
        for (const name of node.names) scope.nonlocals.add(mangle(name, scope));
        return [];
      case "AnnAssign":
        // `(x): int` alone binds nothing, while `x: int` makes x a local without a value.
        return here([node.annotation, node.value, node.simple || node.value ? node.target : null]);
      default:
        return here(children(node));
    }
  };

  const parameters = (args: Extract<Node, { kind: "arguments" }>, inner: Scope, outer: Scope): Pair[] => {
    const annotations: Pair[] = [];
    for (const arg of [...args.posonlyargs, ...args.args, args.vararg, ...args.kwonlyargs, args.kwarg]) {
      if (!arg) continue;
      aroundNode.set(arg, inner);
      record(arg.arg, arg, inner, "bind");
      if (arg.annotation) annotations.push([arg.annotation, outer]);
    }
    return annotations;
  };

  const typeParameters = (
    params: readonly Node[] | undefined,
    node: Node,
    scope: Scope,
    name: string,
  ): Scope | null => (params && params.length > 0 ? open("type parameters", node, scope, name) : null);

  const module = open("module", tree, null, "");
  const waiting: Pair[] = [[tree, module]];
  aroundNode.set(tree, module);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const below = next[0] === tree ? children(tree).map((child): Pair => [child, module]) : visit(...next);
    for (let i = below.length - 1; i >= 0; i--) waiting.push(below[i]!);
  }
  for (const scope of all)
    if (scope !== module)
      for (const name of [...scope.globals, ...scope.nonlocals]) {
        scope.bound.delete(name);
        if (
          scope.globals.has(name) &&
          occurrences.some((o) => o.scope === scope && o.name === name && o.action !== "read")
        )
          module.bound.add(name);
      }

  const variables = new Map<Scope, Map<string, Variable>>();
  const ofNode = new Map<Node, Variable>();
  for (const { name, ...occurrence } of occurrences) {
    const owner = ownerOf(occurrence.scope, name, module);
    const owned = variables.get(owner) ?? new Map<string, Variable>();
    variables.set(owner, owned);
    const variable = owned.get(name) ?? { name, scope: owner, occurrences: [] };
    owned.set(name, variable);
    // `super` also reads `__class__`, which must not stand for the Name itself.
    if (name !== "__class__" || occurrence.node.kind !== "Name" || occurrence.node.id === "__class__")
      ofNode.set(occurrence.node, variable);
    variable.occurrences.push(occurrence);
  }

  return {
    module,
    all,
    variables: [...variables.values()].flatMap((owned) => [...owned.values()]),
    around: (node) => aroundNode.get(node) ?? module,
    opened: (node) => openedBy.get(node),
    variable: (node) => ofNode.get(node),
    lookup: (scope, name) => {
      const mangled = mangle(name, scope);
      return variables.get(ownerOf(scope, mangled, module))?.get(mangled);
    },
  };
}

/** The scope that owns `name` as seen from `scope`: CPython's rule, where class bodies are invisible to what they hold. */
function ownerOf(scope: Scope, name: string, module: Scope): Scope {
  let direct = true; // nothing but type parameters between `scope` and `at`
  for (let at: Scope | null = scope; at; at = at.parent) {
    if (at.kind === "class" && name === "__class__" && at !== scope) return at;
    if (at.globals.has(name)) return module;
    if (at.bound.has(name) && (at.kind !== "class" || direct)) return at;
    direct &&= at.kind === "type parameters";
  }
  return module;
}

function qualnameIn(parent: Scope, name: string): string {
  const scope = parent.kind === "type parameters" ? parent.parent! : parent;
  if (scope.qualname === "" || scope.globals.has(name)) return name;
  return `${scope.qualname}${scope.kind === "class" ? "" : ".<locals>"}.${name}`;
}

/** A private name in a class is stored under the name of the class (`__x` in `class C` is `_C__x`). */
function mangle(name: string, scope: Scope): string {
  if (!name.startsWith("__") || name.endsWith("__")) return name;
  for (let at: Scope | null = scope; at; at = at.parent)
    if (at.node.kind === "ClassDef" && at.kind === "class") {
      const owner = at.node.name.replace(/^_+/, "");
      return owner === "" ? name : `_${owner}${name}`;
    }
  return name;
}
