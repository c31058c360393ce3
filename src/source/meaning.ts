// What a name in the source stands for: a variable of the region, a builtin, something imported, a function of the module.

import type { expr, FunctionDef, Name, Node } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";
import { scopesOf } from "./scopes.ts";
import { parentMap } from "./uses.ts";

export type Meaning =
  | { kind: "variable" }
  | { kind: "builtin"; name: string }
  /** `math.sqrt`, `numpy`, `numpy.zeros`: dotted, as imported, whatever it is called here. */
  | { kind: "imported"; path: string }
  | { kind: "function"; node: FunctionDef };

/**
 * What `name` stands for. Anything bound to more than one thing is a variable; so is what a function imports, unless
 * `within` it such names count as well.
 */
export function meaningOf(file: SourceFile, name: Name, within = false): Meaning {
  const variable = scopesOf(file).variable(name);
  if (!variable) return { kind: "variable" };
  const bindings = variable.occurrences.filter(({ action }) => action !== "read");
  if (bindings.length === 0) {
    return variable.scope.kind === "module" ? { kind: "builtin", name: name.id } : { kind: "variable" };
  }
  if (variable.scope.kind !== "module" && !within) return { kind: "variable" };
  const [first, ...others] = bindings.map(({ node }) => node);
  if (variable.scope.kind === "module" && first!.kind === "FunctionDef" && others.length === 0)
    return { kind: "function", node: first! };
  const path = importedPath(file, first!);
  // The same import again, as notebooks have it in several cells, changes nothing.
  return path !== null && others.every((node) => importedPath(file, node) === path)
    ? { kind: "imported", path }
    : { kind: "variable" };
}

function importedPath(file: SourceFile, node: Node): string | null {
  if (node.kind !== "alias") return null;
  const statement = parentMap(file).get(node);
  if (statement?.kind === "Import") return node.asname ? node.name : node.name.split(".")[0]!;
  return statement?.kind === "ImportFrom" && statement.level === 0 && statement.module
    ? `${statement.module}.${node.name}`
    : null;
}

/** `math.sqrt` for what is imported, `len` for builtins; null for variables and what is computed. */
export function dottedName(file: SourceFile, node: expr, within = false): string | null {
  if (node.kind === "Attribute") {
    const owner = dottedName(file, node.value, within);
    return owner !== null && isImported(file, node.value, within) ? `${owner}.${node.attr}` : null;
  }
  if (node.kind !== "Name") return null;
  const meaning = meaningOf(file, node, within);
  if (meaning.kind === "imported") return meaning.path;
  return meaning.kind === "builtin" ? meaning.name : null;
}

function isImported(file: SourceFile, node: expr, within: boolean): boolean {
  if (node.kind === "Attribute") return isImported(file, node.value, within);
  return node.kind === "Name" && meaningOf(file, node, within).kind === "imported";
}
