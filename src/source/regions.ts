// The regions of a file: every function, every loop, and the repeating statements of the top level and of functions that
// print or read, with the names that go in and come out.

import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Span } from "../schemas/common.ts";
import type { Region } from "../schemas/region.ts";
import { isReducibleStatement } from "./array-forms.ts";
import type { AsyncFunctionDef, FunctionDef, Node } from "./ast.generated.ts";
import { builtinNames, moduleAttributes } from "./builtins.ts";
import { isSimple, type Liveness, type Loop, livenessOf, readsByText, type Simple } from "./dataflow.ts";
import { effectsOf } from "./effects.ts";
import type { SourceFile } from "./file.ts";
import { type Globals, globalsOf } from "./globals.ts";
import type { Located } from "./node.ts";
import { enclosingBody, type Scope, type Scopes, scopesOf, type Variable } from "./scopes.ts";
import { children, walk } from "./walk.ts";

export type RegionNode = FunctionDef | AsyncFunctionDef | Loop | Simple;

const known = new WeakMap<Node, Region[]>();

/** All regions of a file in source order, outer before inner; computed once per tree. */
export function regionsOf(file: SourceFile): Region[] {
  let regions = known.get(file.tree);
  if (!regions) {
    regions = findRegions(file);
    known.set(file.tree, regions);
  }
  return regions;
}

/** The `def`, the loop or the statement that `region` is. Throws when the file has no such region (it is another version of the file). */
export function regionNode(file: SourceFile, region: Region): RegionNode {
  let found: RegionNode | undefined;
  walk(file.tree, (node) => {
    // A span may begin before its loop, with what is set up for it.
    if ((isRegion(node) || isSimple(node)) && node.start >= region.span.start && node.end === region.span.end)
      found ??= node;
    return found === undefined;
  });
  if (!found) throw new Error(`${file.path} has no region ${region.id}`);
  return found;
}

/** The smallest region that holds `line` (from 1), of the given kind where one is given. */
export function innermostRegion(
  regions: readonly Region[],
  line: number,
  kind?: Region["kind"],
): Region | null {
  const around = regions.filter(
    ({ span, kind: own }) => span.line <= line && line <= span.endLine && (kind ?? own) === own,
  );
  return around.reduce<Region | null>(
    (best, region) => (best && size(best) < size(region) ? best : region),
    null,
  );
}

/** The span of a node, as schemas have it. */
export function spanOf(node: Located): Span {
  const { start, end, lineno, endLineno, column, endColumn } = node;
  return { line: lineno, column, endLine: endLineno, endColumn, start, end };
}

const size = ({ span }: Region) => span.end - span.start;

/** Variables of the module that a loop at module level binds and that nothing in the module reads after it. */
export function leftBehind(file: SourceFile, region: Region): string[] {
  const node = regionNode(file, region);
  const scopes = scopesOf(file);
  if (!isLoop(node) || enclosingBody(scopes.around(node)) !== scopes.module) return [];
  const bound = [...boundIn(node, scopes)].filter(({ scope }) => scope === scopes.module);
  return namesOf(bound).filter((name) => !region.liveOut.includes(name));
}

function isRegion(node: Node): node is FunctionDef | AsyncFunctionDef | Loop {
  return isFunction(node) || isLoop(node);
}

function isFunction(node: Node): node is FunctionDef | AsyncFunctionDef {
  return node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef";
}

function isLoop(node: Node): node is Loop {
  return node.kind === "For" || node.kind === "AsyncFor" || node.kind === "While";
}

/** Whether a statement runs code many times: a comprehension, or one of the file's functions handed on. */
function isRepeating(node: Simple, scopes: Scopes): boolean {
  let found = false;
  walk(node, (part) => {
    if (part.kind === "ListComp" || part.kind === "SetComp" || part.kind === "DictComp") found = true;
    if (part.kind === "GeneratorExp") found = true;
    if (part.kind !== "Call") return;
    for (const given of [...part.args, ...part.keywords.map(({ value }) => value)]) {
      const variable = scopes.variable(given);
      found ||= given.kind === "Lambda" || (variable !== undefined && isFunctionOf(variable));
    }
  });
  return found;
}

/** A statement of the top level with array code for which a cheaper call may exist. */
function isHeavyArrayStatement(file: SourceFile, node: Simple, scopes: Scopes): boolean {
  return enclosingBody(scopes.around(node)) === scopes.module && isReducibleStatement(file, node);
}

const isFunctionOf = (variable: Variable) => variable.occurrences.some(({ node }) => isFunction(node));

function findRegions(file: SourceFile): Region[] {
  const scopes = scopesOf(file);
  const globals = globalsOf(file);
  const liveness = new Map<Scope, Liveness>();
  const module = moduleName(file.path);
  const regions: Region[] = [];
  let inside = 0;
  let looping = 0;
  walk(file.tree, (node) => {
    if (
      isRegion(node) ||
      (isSimple(node) &&
        (node.start >= inside || (node.start >= looping && talks(node))) &&
        (isRepeating(node, scopes) || isHeavyArrayStatement(file, node, scopes)))
    ) {
      const names = isFunction(node) ? functionNames(node, scopes, globals) : statementNames(node);
      const id = `${module}:${node.lineno}:${names.kind}`;
      regions.push({ id, file: file.path, span: spanOf(node), ...names });
    }
    // The loop or the function is the region for what stands inside, unless the function cannot be replayed as a whole.
    if (isRegion(node)) inside = Math.max(inside, node.end);
    if (isLoop(node)) looping = Math.max(looping, node.end);
  });
  return regions;

  /** Whether the function around a statement prints or reads, so that it cannot be replayed as a whole. */
  function talks(node: Simple): boolean {
    const { kind, node: body } = enclosingBody(scopes.around(node));
    return kind === "function" && body.kind === "FunctionDef" && effectsOf(file, body).io;
  }

  function statementNames(node: Loop | Simple) {
    const scope = enclosingBody(scopes.around(node));
    const live = liveness.get(scope) ?? livenessOf(file, scope);
    liveness.set(scope, live);
    const inside = variablesIn(node, scopes);
    const own = inside.filter((variable) => variable.scope === scope && !isDefinition(variable, scopes));
    const before = live.before(node);
    const after = live.after(node);
    const bound = boundIn(node, scopes);
    const liveOut = own.filter((variable) => bound.has(variable) && after.has(variable));
    const liveIn = own.filter(
      (variable) =>
        isKnownName(variable) && (before.has(variable) || (isLoop(node) && liveOut.includes(variable))),
    );
    return {
      kind: isSimple(node) ? ("statement" as const) : ("loop" as const),
      qualname: scope.qualname,
      liveIn: namesOf(liveIn),
      liveOut: namesOf(liveOut),
      closure: namesOf(inside.filter((v) => isClosure(v, scope, scopes))),
      globals: globals
        .reachedFrom(node)
        .filter((name) => scope !== scopes.module || !own.some((variable) => variable.name === name)),
      notReplayable: statementObstacle(node, scope, scopes),
    };
  }
}

function functionNames(node: FunctionDef | AsyncFunctionDef, scopes: Scopes, globals: Globals) {
  const scope = scopes.opened(node)!;
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  const parameters = [
    ...posonlyargs,
    ...args,
    ...(vararg ? [vararg] : []),
    ...kwonlyargs,
    ...(kwarg ? [kwarg] : []),
  ];
  const inside = variablesIn(node, scopes).filter((variable) => isClosure(variable, scope, scopes));
  const bodyReads = inside.filter((variable) => variable.occurrences.some((o) => isInside(o.scope, scope)));
  return {
    kind: "function" as const,
    qualname: scope.qualname,
    liveIn: parameters.map((parameter) => scopes.variable(parameter)!.name),
    liveOut: [],
    closure: namesOf(bodyReads),
    globals: globals.reachedFrom(node),
    notReplayable: functionObstacle(node, scope, scopes),
  };
}

function namesOf(variables: readonly Variable[]): string[] {
  return [...new Set(variables.map((variable) => variable.name))].sort();
}

function isInside(inner: Scope, outer: Scope): boolean {
  for (let at: Scope | null = inner; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** Owned by a function around `scope`: neither the module's, nor of a class, nor of `scope` or what it holds. */
function isClosure(variable: Variable, scope: Scope, scopes: Scopes): boolean {
  return (
    variable.scope !== scopes.module &&
    variable.scope !== scope &&
    variable.scope.kind !== "class" &&
    variable.scope.kind !== "type parameters" &&
    isInside(scope, variable.scope)
  );
}

function variablesIn(node: Node, scopes: Scopes): Variable[] {
  const found = new Set<Variable>();
  walk(node, (part) => {
    const variable = scopes.variable(part);
    if (variable) found.add(variable);
  });
  return [...found];
}

/** Variables that code inside `node` may bind or delete, leaving out what only runs in functions defined there. */
function boundIn(node: Node, scopes: Scopes): Set<Variable> {
  const inside = new Set<Node>();
  walk(node, (part) => {
    inside.add(part);
  });
  const found = new Set<Variable>();
  for (const variable of variablesIn(node, scopes))
    if (variable.occurrences.some(({ node: at, action }) => action !== "read" && inside.has(at)))
      found.add(variable);
  return found;
}

/** A module's function, class or import, bound by nothing else: part of the namespace, not of the data. */
function isDefinition(variable: Variable, scopes: Scopes): boolean {
  if (variable.scope !== scopes.module) return false;
  const binds = variable.occurrences.filter(({ action }) => action !== "read");
  return binds.every(({ node }) => isFunction(node) || node.kind === "ClassDef" || node.kind === "alias");
}

function isKnownName(variable: Variable): boolean {
  if (variable.scope.kind !== "module" || variable.occurrences.some(({ action }) => action !== "read"))
    return true;
  return !builtinNames.has(variable.name) && !moduleAttributes.has(variable.name);
}

function statementObstacle(loop: Loop | Simple, scope: Scope, scopes: Scopes): string | null {
  if (loop.kind === "AsyncFor") return "it is an asynchronous loop";
  if (scope.kind === "class") return "it runs in the body of a class";
  let obstacle: string | null = null;
  const look = (node: Node): void => {
    walk(node, (part) => {
      if (part !== node && (isFunction(part) || part.kind === "Lambda" || part.kind === "ClassDef"))
        return false;
      if (part.kind === "Yield" || part.kind === "YieldFrom") obstacle ??= "it yields";
      if (part.kind === "Await" || part.kind === "AsyncFor" || part.kind === "AsyncWith")
        obstacle ??= "it awaits";
      if (part.kind === "comprehension" && part.is_async) obstacle ??= "it awaits";
      if (part.kind === "Name" && part.id === "super") obstacle ??= "it uses super()";
      return true;
    });
  };
  look(loop);
  return obstacle ?? textObstacle(loop, scope, scopes) ?? deletionObstacle(loop, scopes);
}

/** Why an `async def` is not rewritten; a replay can run it nevertheless, in an event loop of its own. */
export const asynchronous = "it is an asynchronous function";

function functionObstacle(node: FunctionDef | AsyncFunctionDef, scope: Scope, scopes: Scopes): string | null {
  if (node.kind === "AsyncFunctionDef") return asynchronous;
  return textObstacle(node, scope, scopes) ?? deletionObstacle(node, scopes);
}

function textObstacle(node: Node, scope: Scope, scopes: Scopes): string | null {
  if (!readsByText(scopes, scope)) return null;
  const names = new Set(
    variablesIn(node, scopes)
      .filter((v) => v.scope === scopes.module)
      .map((v) => v.name),
  );
  const used = ["eval", "exec", "globals", "locals", "vars", "dir"].find((name) => names.has(name));
  return used ? `it uses ${used}(), which can reach any name` : null;
}

function deletionObstacle(node: Node, scopes: Scopes): string | null {
  const scope = children(node).length > 0 ? enclosingBody(scopes.around(node)) : scopes.module;
  if (scope === scopes.module && !isFunction(node)) return null;
  for (const variable of variablesIn(node, scopes)) {
    if (variable.scope !== scopes.module) continue;
    const deleted = variable.occurrences.some(
      ({ action, node: at }) =>
        action === "delete" &&
        "start" in at &&
        "start" in node &&
        at.start >= node.start &&
        at.end <= node.end,
    );
    if (deleted) return `it deletes the global ${variable.name}`;
  }
  return null;
}

/** The dotted name by which the file would be imported: packages are the folders with an `__init__.py`. */
function moduleName(path: string): string {
  const parts = [basename(path).replace(/\.pyw?$/, "")];
  let folder = dirname(path);
  while (existsSync(join(folder, "__init__.py")) && dirname(folder) !== folder) {
    parts.unshift(basename(folder));
    folder = dirname(folder);
  }
  return parts.join(".").replace(/[^\w.-]/g, "_");
}
