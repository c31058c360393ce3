// Who in a file reads a name of its module, or an attribute by its name.

import type { Node } from "../source/ast.generated.ts";
import type { SourceFile } from "../source/file.ts";
import { scopesOf } from "../source/scopes.ts";
import { children } from "../source/walk.ts";
import { type Definitions, isFunction } from "./definitions.ts";

export interface Readers {
  /** Keys of the functions that read the module's variable themselves; `null` stands for code outside of functions. */
  ofName(name: string): Set<string | null>;
  /** The same for an attribute of this name, whatever it is an attribute of. */
  ofAttribute(name: string): Set<string | null>;
  /** Whether something in the file changes the variable after its first value, or the value in place. */
  changes(name: string): boolean;
}

const mutators =
  /^(append|extend|insert|remove|pop|popleft|appendleft|clear|sort|reverse|add|discard|update|setdefault|popitem|fill|resize|put|write)$/;

export function readersOf(file: SourceFile, { functions }: Definitions): Readers {
  const scopes = scopesOf(file);
  const keys = new Map<Node, string>([...functions.values()].map(({ node, key }) => [node, key]));
  const names = new Map<string, Set<string | null>>();
  const attributes = new Map<string, Set<string | null>>();
  const changing = new Set<string>();
  const bindings = new Map<string, number>();
  const note = (to: Map<string, Set<string | null>>, name: string, key: string | null) =>
    to.set(name, (to.get(name) ?? new Set()).add(key));
  const ofModule = (node: Node): string | null => {
    const variable = scopes.variable(node);
    return variable?.scope === scopes.module ? variable.name : null;
  };
  const waiting: [Node, string | null][] = [[file.tree, null]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, around] = next;
    const key = isFunction(node) ? keys.get(node)! : around;
    const name = ofModule(node);
    if (node.kind === "Name" && name !== null) {
      if (node.ctx === "Load") note(names, name, key);
      else bindings.set(name, (bindings.get(name) ?? 0) + (around === null ? 1 : 2));
    }
    if (node.kind === "Attribute") {
      note(attributes, node.attr, key);
      const base = node.value.kind === "Name" ? ofModule(node.value) : null;
      if (base !== null && (mutators.test(node.attr) || node.ctx !== "Load")) changing.add(base);
    }
    if (node.kind === "Subscript" && node.ctx !== "Load") {
      const base = ofModule(node.value);
      if (base !== null) changing.add(base);
    }
    for (const child of children(node)) waiting.push([child, key]);
  }
  return {
    ofName: (name) => names.get(name) ?? new Set(),
    ofAttribute: (name) => attributes.get(name) ?? new Set(),
    changes: (name) => changing.has(name) || (bindings.get(name) ?? 0) > 1,
  };
}
