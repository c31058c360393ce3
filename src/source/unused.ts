// What a rewrite leaves without any use: imports, and functions that nobody else can have imported.

import type { TextEdit } from "../schemas/common.ts";
import type { FunctionDef, Node, stmt } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";
import { beginsLine, firstCommentAbove } from "./layout.ts";
import { scopesOf, type Variable } from "./scopes.ts";
import { isLocated } from "./tree.ts";
import { parentMap } from "./uses.ts";
import { walk } from "./walk.ts";

/** Edits that take away every import and function whose only uses are `gone`. */
export function withoutUnused(file: SourceFile, gone: ReadonlySet<Node>): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const variable of scopesOf(file).variables) {
    const reads = variable.occurrences.filter(({ action }) => action === "read");
    const [bind, ...others] = variable.occurrences.filter(({ action }) => action !== "read");
    if (!bind || others.length > 0 || reads.length === 0 || !reads.every(({ node }) => gone.has(node)))
      continue;
    const { node } = bind;
    if (isNamedInText(file, variable.name)) continue;
    if (node.kind === "alias") edits.push(...withoutImport(file, node));
    else if (node.kind === "FunctionDef" && isOwnAffair(file, variable, node))
      edits.push(...withoutLines(file, node));
  }
  return edits;
}

/** `__all__ = ["name"]` and `getattr(module, "name")`. */
function isNamedInText(file: SourceFile, name: string): boolean {
  let found = false;
  walk(file.tree, (node) => {
    if (node.kind === "Constant" && node.value.type === "str" && node.value.value === name) found = true;
  });
  return found;
}

/** Whether no other file can use the function: it is local or private, or the file is a script that runs when imported. */
function isOwnAffair(file: SourceFile, { scope, name }: Variable, { decorator_list }: FunctionDef): boolean {
  if (decorator_list.length > 0 || (scope.kind !== "module" && scope.kind !== "function")) return false;
  const runs = file.tree.body.some(
    (one) => one.kind === "For" || (one.kind === "Expr" && one.value.kind === "Call"),
  );
  return scope.kind === "function" || /^_[^_]/.test(name) || runs;
}

function withoutImport(file: SourceFile, node: Extract<Node, { kind: "alias" }>): TextEdit[] {
  const statement = parentMap(file).get(node);
  if (statement?.kind !== "Import" && statement?.kind !== "ImportFrom") return [];
  const { names } = statement;
  if (names.length === 1) return withoutLines(file, statement);
  const at = names.indexOf(node);
  const neighbour = names[at + 1] ?? names[at - 1]!;
  if (!isLocated(node) || !isLocated(neighbour)) return []; // before Python 3.10
  return at + 1 < names.length
    ? [{ start: node.start, end: neighbour.start, text: "" }]
    : [{ start: neighbour.end, end: node.end, text: "" }];
}

/** Takes the lines of a statement away, with the comments above it and the blank lines that set it apart. */
function withoutLines(file: SourceFile, statement: stmt): TextEdit[] {
  const block = (parentMap(file).get(statement) as { body?: readonly Node[] } | undefined)?.body ?? [];
  const startOf = (line: number) => file.lineStarts[line - 1] ?? file.text.length;
  const rest = file.text.slice(statement.end, startOf(statement.endLineno + 1)).trim();
  if (!beginsLine(file, statement) || rest !== "" || block.length < 2) return [];
  const isBlank = (line: number) =>
    line >= 1 &&
    line <= file.lineStarts.length &&
    file.text.slice(startOf(line), startOf(line + 1)).trim() === "";
  const first = firstCommentAbove(file, statement.lineno);
  let last = statement.endLineno;
  let above = first - 1;
  while (last < file.lineStarts.length && isBlank(last + 1) && (isBlank(above) || above < 1)) {
    last++;
    if (above >= 1) above--;
  }
  return [{ start: startOf(first), end: startOf(last + 1), text: "" }];
}
