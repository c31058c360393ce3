// The functions, classes and module-level statements of one file, each as the code that is its own.

import type { AsyncFunctionDef, alias, ClassDef, FunctionDef, Node, stmt } from "../source/ast.generated.ts";
import type { SourceFile } from "../source/file.ts";
import { scopesOf } from "../source/scopes.ts";
import { walk } from "../source/walk.ts";
import { dump } from "./dump.ts";

type Function_ = FunctionDef | AsyncFunctionDef;

export interface Definition {
  /** Python's qualified name; a second definition of the same name has `#2` behind it. */
  key: string;
  qualname: string;
  node: Function_ | ClassDef;
  /** Its own code, without that of functions inside it. */
  code: string;
  /** Key of the function around it; null when there is none. */
  around: string | null;
  /** Qualified name of the class that it is a member of; null when it is no member. */
  owner: string | null;
}

/** A statement of the module, or one name of an import. */
export interface Statement {
  code: string;
  node: stmt;
  /** Of the statement in the module. */
  index: number;
  /** Names of the module that it binds. */
  binds: string[];
  isImport: boolean;
}

export interface Definitions {
  functions: ReadonlyMap<string, Definition>;
  classes: ReadonlyMap<string, Definition>;
  statements: readonly Statement[];
}

export const isFunction = (node: Node): node is Function_ =>
  node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef";

export function definitionsOf(file: SourceFile): Definitions {
  const scopes = scopesOf(file);
  const functions = new Map<string, Definition>();
  const classes = new Map<string, Definition>();
  const keyOf = new Map<Node, string>();
  const add = (to: Map<string, Definition>, node: Function_ | ClassDef) => {
    const { qualname } = scopes.opened(node)!;
    let key = qualname;
    for (let n = 2; to.has(key); n++) key = `${qualname}#${n}`;
    let around: string | null = null;
    let owner: string | null = null;
    for (let scope = scopes.around(node); scope.kind !== "module"; scope = scope.parent!) {
      if (scope.kind === "class" && around === null) owner ??= scope.qualname;
      if (scope.kind === "function") around ??= keyOf.get(scope.node) ?? null;
    }
    keyOf.set(node, key);
    to.set(key, { key, qualname, node, code: dump([node], { classesApart: false }), around, owner });
  };
  walk(file.tree, (node) => {
    if (isFunction(node)) add(functions, node);
    else if (node.kind === "ClassDef") add(classes, node);
  });
  return { functions, classes, statements: statementsOf(file) };
}

function statementsOf(file: SourceFile): Statement[] {
  const scopes = scopesOf(file);
  return file.tree.body.flatMap((node, index): Statement[] => {
    if (isFunction(node) || node.kind === "ClassDef" || node.kind === "Pass") return [];
    if (index === 0 && node.kind === "Expr" && node.value.kind === "Constant") return []; // the docstring
    if (node.kind === "Import" || node.kind === "ImportFrom")
      return node.names.map((one) => ({
        code: importCode(node, one),
        node,
        index,
        binds: [one.asname ?? (node.kind === "Import" ? one.name.split(".")[0]! : one.name)],
        isImport: true,
      }));
    const binds = new Set<string>();
    walk(node, (part) => {
      if (isFunction(part) || part.kind === "ClassDef" || part.kind === "Lambda") return false;
      const variable = scopes.variable(part);
      const bound = variable?.occurrences.some(({ node: at, action }) => at === part && action !== "read");
      if (variable?.scope === scopes.module && bound) binds.add(variable.name);
      return true;
    });
    return [{ code: dump([node], { classesApart: true }), node, index, binds: [...binds], isImport: false }];
  });
}

const importCode = (
  node: Extract<stmt, { kind: "Import" | "ImportFrom" }>,
  { name, asname }: alias,
): string =>
  node.kind === "Import"
    ? `import ${name} as ${asname}`
    : `from ${".".repeat(node.level ?? 0)}${node.module ?? ""} import ${name} as ${asname}`;
