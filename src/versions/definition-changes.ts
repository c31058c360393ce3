// Functions and classes that changed, paired by qualified name; for what has no counterpart, its users.

import type { ClassDef } from "../source/ast.generated.ts";
import type { Definition } from "./definitions.ts";
import { docstring, dump } from "./dump.ts";
import { groupOf, type Move } from "./moved.ts";
import type { PairChanges } from "./pair-changes.ts";
import { renamedParameters } from "./signature.ts";

export function findFunctions(changes: PairChanges): void {
  const [old, fresh] = [changes.before.has.functions, changes.after.has.functions];
  // What changed itself comes first, so that it is not said to be judged for what it uses.
  const unpaired: [Definition, string][] = [];
  const left = changes.moves.filter(({ from }) => from === changes);
  const isMoved = (key: string) => left.some(({ one }) => one.key === key);
  for (const [key, one] of old) {
    const other = fresh.get(key);
    if (isMoved(key)) continue;
    if (!other) unpaired.push([one, "is gone"]);
    else if (one.code !== other.code) {
      const renamed = renamedParameters(one.node as never, other.node as never);
      if (renamed === null) unpaired.push([one, "is called in another way"]);
      else changes.addFunction(key, "its code changed");
    } else if (docstring(one.node) !== docstring(other.node)) changes.docstrings.push(one.qualname);
  }
  for (const [key, other] of fresh)
    if (!old.has(key) && !changes.moves.some(({ to, other: moved }) => to === changes && moved.key === key)) {
      changes.added.push(other.qualname);
      unpaired.push([other, "is new"]);
    }
  for (const [one, what] of unpaired) withoutCounterpart(changes, one, what);
  for (const move of left) readersOfMoved(changes, move);
}

/** What uses a function that moved, and is as it was, needs no calls of its own where the function has some. */
function readersOfMoved(changes: PairChanges, move: Move): void {
  const { node, owner } = move.one;
  const why = `it uses ${node.name}, which moved`;
  if (owner === null) changes.readersChange(node.name, why, "here", false, groupOf(move));
  else changes.attributeChange(node.name, why);
}

/** Judge what calls a function that cannot be held against another; the function around a nested one. */
function withoutCounterpart(changes: PairChanges, one: Definition, what: string): void {
  const { name } = one.node;
  const why = `it uses ${name}, which ${what}`;
  if (one.around !== null && one.owner === null) {
    if (!changes.addFunction(one.around, why)) changes.addUnpaired(one, why);
    return;
  }
  const judged =
    one.owner === null ? changes.readersChange(name, why, "here") : changes.attributeChange(name, why);
  if (/^__\w+__$/.test(name) && one.owner !== null)
    methodsChange(changes, one.owner, `${one.qualname} ${what}`);
  else if (!judged && what !== "is new") changes.addUnpaired(one, `${one.qualname} ${what}`);
}

export function findClasses(changes: PairChanges): void {
  const [old, fresh] = [changes.before.has.classes, changes.after.has.classes];
  for (const [key, one] of old) {
    const other = fresh.get(key);
    if (!other) classChange(changes, one, "is gone");
    else if (one.code !== other.code) findInClass(changes, one, other);
    else if (docstring(one.node) !== docstring(other.node)) changes.docstrings.push(one.qualname);
  }
  for (const [key, other] of fresh)
    if (!old.has(key) && !changes.moves.some(({ to, other: moved }) => to === changes && moved.key === key)) {
      changes.added.push(other.qualname);
      changes.readersChange(other.node.name, `it uses ${other.node.name}, which is new`, "here");
    }
}

/** Attributes of a class that changed are judged by what reads them; all else by the methods of the class. */
function findInClass(changes: PairChanges, one: Definition, other: Definition): void {
  const [was, is] = [one.node as ClassDef, other.node as ClassDef];
  const head = ({ bases, keywords, decorator_list }: ClassDef) =>
    dump([...bases, ...keywords, ...decorator_list], { classesApart: false });
  const attributes = changedAttributes(was, is);
  if (head(was) !== head(is)) classChange(changes, one, "changed");
  else if (attributes === null) classChange(changes, one, "changed");
  else
    for (const name of attributes)
      if (!changes.attributeChange(name, `it reads ${one.qualname}.${name}, which changed`))
        classChange(changes, one, "changed");
}

function classChange(changes: PairChanges, one: Definition, what: string): void {
  const why = `it uses ${one.qualname}, which ${what}`;
  const methods = methodsChange(changes, one.qualname, `its class ${what}`);
  const read = changes.readersChange(one.node.name, why, "here");
  if (!methods && !read) changes.addUnpaired(one, `${one.qualname} ${what}`);
}

function methodsChange(changes: PairChanges, owner: string, why: string): boolean {
  let any = false;
  for (const [key, method] of changes.before.has.functions)
    if (method.owner === owner)
      any = changes.addFunction(key, why, `class ${owner} of ${changes.pair.shown}`) || any;
  return any;
}

/** Names of the class attributes that differ; null when a statement differs that is no plain assignment of names. */
function changedAttributes(was: ClassDef, is: ClassDef): string[] | null {
  const coded = ({ body }: ClassDef) =>
    new Map(
      body
        .filter(({ kind }) => kind !== "FunctionDef" && kind !== "AsyncFunctionDef" && kind !== "Pass")
        .map((node) => [dump([node], { classesApart: true }), node]),
    );
  const [before, after] = [coded(was), coded(is)];
  const names: string[] = [];
  for (const [mine, theirs] of [
    [before, after],
    [after, before],
  ] as const)
    for (const [code, node] of mine) {
      if (theirs.has(code)) continue;
      if (node.kind === "Expr" && node.value.kind === "Constant") continue; // a docstring
      const targets = node.kind === "Assign" ? node.targets : node.kind === "AnnAssign" ? [node.target] : [];
      if (targets.length === 0 || !targets.every((t) => t.kind === "Name" && !/^__\w+__$/.test(t.id)))
        return null;
      // An annotation without a value is a field of a dataclass or the like.
      if (node.kind === "AnnAssign") return null;
      names.push(...targets.map((target) => (target as { id: string }).id));
    }
  return names.length > 0 ? names : null;
}
