// Names that a rewrite may introduce.

import { builtinNames, keywords, moduleAttributes } from "./builtins.ts";
import type { SourceFile } from "./file.ts";
import { scopesOf } from "./scopes.ts";

/** `base`, or `base_2`, `base_3`, … : a name that no scope of the file uses and that is neither builtin nor keyword. */
export function freshName(file: SourceFile, base: string, taken: ReadonlySet<string> = new Set()): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (!taken.has(name) && isUnused(file, name)) return name;
  }
}

function isUnused(file: SourceFile, name: string): boolean {
  if (builtinNames.has(name) || keywords.has(name) || moduleAttributes.has(name)) return false;
  const scopes = scopesOf(file);
  return (
    !scopes.variables.some((variable) => variable.name === name) &&
    !scopes.all.some((scope) => scope.globals.has(name) || scope.nonlocals.has(name))
  );
}
