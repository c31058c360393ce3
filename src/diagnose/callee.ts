// The names of library functions that the user's own code calls.

import type { IndexIntoFunctions, Profile } from "../schemas/profile.ts";
import type { expr } from "../source/ast.generated.ts";
import { builtinNames } from "../source/builtins.ts";
import type { SourceFile } from "../source/file.ts";
import { walk } from "../source/walk.ts";

/** Functions that only pass a call on. */
const WRAPPER = /^(_?wrapp(er|ed)\w*|inner(_f)?|decorated|decorator|<lambda>|__call__|.*<locals>\..*)$/;

export const isWrapper = (name: string): boolean => WRAPPER.test(name);

/**
 * A library function's dotted name as users know it: `numpy.linalg.svd` for `svd` in `…/numpy/linalg/_linalg.py`. Private
 * modules are left out, since packages export their functions one level up. Null for code without a file.
 */
export function libraryName({ functions, files }: Profile, fn: IndexIntoFunctions): string | null {
  const path = files.path[functions.file[fn]!]!;
  const name = functions.name[fn]!;
  const module = modulePath(path);
  if (module === null || name === "<module>") return module === null ? null : module.join(".");
  return [...module.filter((part) => !part.startsWith("_")), name].join(".");
}

/** The top-level package or module a library file belongs to. */
export const packageOf = (path: string): string | null => modulePath(path)?.[0] ?? null;

function modulePath(path: string): string[] | null {
  const match =
    /[\\/](?:site|dist)-packages[\\/](.+)\.py$/.exec(path) ??
    /[\\/](?:lib[\\/])?python[\d.]*t?[\\/](?:Lib[\\/])?(.+)\.py$/i.exec(path);
  const parts = match?.[1]?.split(/[\\/]/);
  if (!parts) return null;
  return parts.at(-1) === "__init__" ? parts.slice(0, -1) : parts;
}

/** What the calls on one line name. */
export interface NamedCalls {
  /** Dotted names with import aliases resolved: functions of imported modules, and built-in functions. */
  imported: string[];
  builtin: string[];
  /** Whether the line multiplies matrices with `@`. */
  matrixProduct: boolean;
}

const known = new WeakMap<SourceFile, Map<number, NamedCalls>>();

/** The calls that start on `line` of `file`. */
export function callsOnLine(file: SourceFile, line: number): NamedCalls {
  let table = known.get(file);
  if (!table) {
    table = namedCalls(file);
    known.set(file, table);
  }
  return table.get(line) ?? { imported: [], builtin: [], matrixProduct: false };
}

function namedCalls(file: SourceFile): Map<number, NamedCalls> {
  const aliases = new Map<string, string>();
  const defined = new Set<string>();
  walk(file.tree, (node) => {
    if (node.kind === "Import")
      for (const { name, asname } of node.names)
        aliases.set(asname ?? name.split(".")[0]!, asname ? name : name.split(".")[0]!);
    if (node.kind === "ImportFrom" && node.module !== null && !node.level)
      for (const { name, asname } of node.names) aliases.set(asname ?? name, `${node.module}.${name}`);
    if (node.kind === "FunctionDef" || node.kind === "ClassDef") defined.add(node.name);
  });
  const table = new Map<number, NamedCalls>();
  const at = (line: number) => {
    let calls = table.get(line);
    if (!calls) {
      calls = { imported: [], builtin: [], matrixProduct: false };
      table.set(line, calls);
    }
    return calls;
  };
  walk(file.tree, (node) => {
    if (node.kind === "BinOp" && node.op === "MatMult") at(node.lineno).matrixProduct = true;
    if (node.kind !== "Call") return;
    const name = dotted(node.func);
    if (name === null) return;
    const [root, ...rest] = name.split(".");
    const module = aliases.get(root!);
    if (module !== undefined) at(node.lineno).imported.push([module, ...rest].join("."));
    else if (rest.length === 0 && builtinNames.has(root!) && !defined.has(root!))
      at(node.lineno).builtin.push(root!);
  });
  return table;
}

function dotted(node: expr): string | null {
  if (node.kind === "Name") return node.id;
  if (node.kind !== "Attribute") return null;
  const value = dotted(node.value);
  return value === null ? null : `${value}.${node.attr}`;
}
