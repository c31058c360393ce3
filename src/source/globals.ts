// Which of a module's globals a piece of code may reach, through the functions and classes of the same module as well.

import type { Node } from "./ast.generated.ts";
import { builtinNames, moduleAttributes } from "./builtins.ts";
import type { SourceFile } from "./file.ts";
import { scopesOf, type Variable } from "./scopes.ts";
import { walk } from "./walk.ts";

export interface Globals {
  /** Sorted names of the module that code in `node`, or what it may call in this module, may read or write. */
  reachedFrom(node: Node): string[];
}

/**
 * The reachable globals of a file. A name leads to whatever its definitions and assigned values mention; an attribute leads
 * to every method of that name in the file, and any code at all to every special method (`__eq__`, `__iter__`, …).
 */
export function globalsOf(file: SourceFile): Globals {
  const scopes = scopesOf(file);
  const starred = scopes.module.starImport;
  const methods = new Map<string, Node[]>();
  const specials: Node[] = [];
  walk(file.tree, (node) => {
    if (node.kind !== "ClassDef") return;
    for (const member of node.body)
      if (member.kind === "FunctionDef" || member.kind === "AsyncFunctionDef") {
        methods.set(member.name, [...(methods.get(member.name) ?? []), member]);
        if (/^__\w+__$/.test(member.name)) specials.push(member);
      }
  });
  const values = assignedValues(file.tree);

  const mentions = new Map<Node, { variables: Set<Variable>; attributes: Set<string> }>();
  const mentionsOf = (root: Node) => {
    let found = mentions.get(root);
    if (!found) {
      const variables = new Set<Variable>();
      const attributes = new Set<string>();
      walk(root, (node) => {
        const variable = scopes.variable(node);
        if (variable?.scope === scopes.module) variables.add(variable);
        if (node.kind === "Attribute") attributes.add(node.attr);
      });
      found = { variables, attributes };
      mentions.set(root, found);
    }
    return found;
  };

  return {
    reachedFrom(start) {
      const reached = new Set<Variable>();
      const seen = new Set<Node>();
      const waiting: Node[] = [start, ...specials];
      for (let node = waiting.pop(); node; node = waiting.pop()) {
        if (seen.has(node)) continue;
        seen.add(node);
        const { variables, attributes } = mentionsOf(node);
        for (const attribute of attributes) waiting.push(...(methods.get(attribute) ?? []));
        for (const variable of variables) {
          if (reached.has(variable)) continue;
          reached.add(variable);
          for (const { node: at, action } of variable.occurrences) {
            if (action === "read") continue;
            if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef" || at.kind === "ClassDef")
              waiting.push(at);
            else waiting.push(...(values.get(at) ?? []));
          }
        }
      }
      return [...reached]
        .filter((variable) => isBound(variable) || (starred && !isPythons(variable.name)))
        .map((variable) => variable.name)
        .sort();
    },
  };
}

const isBound = (variable: Variable) => variable.occurrences.some(({ action }) => action !== "read");
const isPythons = (name: string) => builtinNames.has(name) || moduleAttributes.has(name);

/** For each Name that an assignment binds, functions and lambdas that the assigned value mentions may run later. */
function assignedValues(tree: Node): Map<Node, Node[]> {
  const values = new Map<Node, Node[]>();
  walk(tree, (node) => {
    const targets =
      node.kind === "Assign"
        ? node.targets
        : node.kind === "AnnAssign" || node.kind === "AugAssign"
          ? [node.target]
          : [];
    const value = "value" in node ? (node.value as Node | null) : null;
    if (!value) return;
    for (const target of targets)
      walk(target, (part) => {
        if (part.kind === "Name" && part.ctx === "Store")
          values.set(part, [...(values.get(part) ?? []), value]);
      });
  });
  return values;
}
