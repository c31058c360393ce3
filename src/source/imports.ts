// Add an import the way the file writes its own, or find the one that is there already.

import type { TextEdit } from "../schemas/common.ts";
import type { alias, Import, ImportFrom, stmt } from "./ast.generated.ts";
import { standardLibrary } from "./builtins.ts";
import type { SourceFile } from "./file.ts";
import { freshName } from "./names.ts";
import { scopesOf, type Variable } from "./scopes.ts";
import { isLocated } from "./tree.ts";

export interface WantedImport {
  /** Dotted module name. */
  module: string;
  /** The name to take from the module; without it the module itself is imported. */
  name?: string;
  /** The local name to use where the file has no import of its own yet, for example `np`. */
  asName?: string;
  /** UTF-16 offset of the first use: an existing import counts only when it stands before. */
  before?: number;
}

export interface ImportEdit {
  /** Null when the file has the import already. */
  edit: TextEdit | null;
  /** The expression by which the imported thing goes, for example `np`, `deque` or `collections.deque`. */
  local: string;
}

type ImportStatement = Import | ImportFrom;

/** The edit that makes `wanted` available everywhere in the module, and the expression to use for it. */
export function importEdit(file: SourceFile, wanted: WantedImport): ImportEdit {
  const present = existing(file, wanted);
  if (present !== null) return { edit: null, local: present };
  const natural = wanted.asName ?? wanted.name ?? wanted.module.split(".")[0]!;
  const local = freshName(file, natural);
  const renamed = local !== natural || wanted.asName !== undefined;
  if (wanted.name !== undefined) {
    const listed = local === wanted.name ? wanted.name : `${wanted.name} as ${local}`;
    const edit =
      extension(file, wanted, listed) ?? insertion(file, wanted, `from ${wanted.module} import ${listed}`);
    return { edit, local };
  }
  if (!renamed) return { edit: insertion(file, wanted, `import ${wanted.module}`), local: wanted.module };
  return { edit: insertion(file, wanted, `import ${wanted.module} as ${local}`), local };
}

/** How the file calls the wanted thing already, by an import at module level that nothing rebinds or hides. */
function existing(file: SourceFile, wanted: WantedImport): string | null {
  for (const statement of file.tree.body) {
    if (statement.kind !== "Import" && statement.kind !== "ImportFrom") continue;
    if (wanted.before !== undefined && statement.end > wanted.before) continue;
    for (const item of statement.names) {
      const local = localExpression(statement, item, wanted);
      if (local !== null && isStable(file, item)) return local;
    }
  }
  return null;
}

function localExpression(statement: ImportStatement, item: alias, wanted: WantedImport): string | null {
  if (statement.kind === "Import") {
    if (item.name !== wanted.module) return null;
    const module = item.asname ?? item.name;
    return wanted.name === undefined ? module : `${module}.${wanted.name}`;
  }
  if (statement.level) return null;
  const local = item.asname ?? item.name;
  if (wanted.name !== undefined) {
    if (statement.module === wanted.module && item.name === wanted.name) return local;
    return `${statement.module}.${item.name}` === wanted.module ? `${local}.${wanted.name}` : null;
  }
  return `${statement.module}.${item.name}` === wanted.module ? local : null;
}

/** Whether the imported name means the same everywhere: bound by imports of one module only, and by no inner scope. */
function isStable(file: SourceFile, item: alias): boolean {
  const scopes = scopesOf(file);
  const variable = scopes.variable(item);
  if (!variable) return false;
  const binds = (other: Variable) => other.occurrences.some(({ action }) => action !== "read");
  return (
    !scopes.variables.some((other) => other !== variable && other.name === variable.name && binds(other)) &&
    variable.occurrences.every(
      ({ action, node }) =>
        action === "read" || (node.kind === "alias" && topModule(node) === topModule(item)),
    )
  );
}

const topModule = (item: alias) => (item.asname === null ? item.name.split(".")[0] : item.name);

/** `from m import a` becomes `from m import a, b` where it is one short line in the head of the file. */
function extension(file: SourceFile, wanted: WantedImport, listed: string): TextEdit | null {
  for (const statement of head(file).imports) {
    if (statement.kind !== "ImportFrom" || statement.module !== wanted.module || statement.level) continue;
    if (statement.names.some((item) => item.name === "*")) continue;
    const last = statement.names.at(-1)!;
    const lineEnd = endOfLine(file, statement.end);
    const width = lineEnd - file.lineStarts[statement.lineno - 1]!;
    if (statement.lineno === statement.endLineno && width + listed.length + 2 <= 88 && isLocated(last)) {
      const names = statement.names.map((item) => item.name);
      const sorted = names.every((name, i) => i === 0 || names[i - 1]! <= name);
      const next = statement.names.find((item) => sorted && item.name > listed);
      if (next && isLocated(next)) return { start: next.start, end: next.start, text: `${listed}, ` };
      return { start: last.end, end: last.end, text: `, ${listed}` };
    }
  }
  return null;
}

/** The statements before the program's own: docstring, `__future__`, imports. */
function head(file: SourceFile): { docstring: stmt | null; imports: ImportStatement[]; first: stmt | null } {
  const imports: ImportStatement[] = [];
  let docstring: stmt | null = null;
  for (const [index, statement] of file.tree.body.entries()) {
    if (statement.kind === "Import" || statement.kind === "ImportFrom") imports.push(statement);
    else if (
      index === 0 &&
      statement.kind === "Expr" &&
      statement.value.kind === "Constant" &&
      statement.value.value.type === "str"
    )
      docstring = statement;
    else return { docstring, imports, first: statement };
  }
  return { docstring, imports, first: null };
}

/** Groups in the order of PEP 8: `__future__`, standard library, other packages, the program's own. */
function groupOf(module: string, level: number): number {
  if (level > 0) return 3;
  if (module === "__future__") return 0;
  return standardLibrary.has(module.split(".")[0]!) ? 1 : 2;
}

function groupOfStatement(statement: ImportStatement): number {
  return statement.kind === "Import"
    ? groupOf(statement.names[0]!.name, 0)
    : groupOf(statement.module ?? "", statement.level ?? 0);
}

function insertion(file: SourceFile, wanted: WantedImport, line: string): TextEdit {
  const { docstring, imports, first } = head(file);
  const { newline } = file;
  const group = groupOf(wanted.module, 0);
  const own = imports.filter((statement) => groupOfStatement(statement) === group);
  const earlier = imports.filter((statement) => groupOfStatement(statement) < group);
  const inserted = (offset: number, text: string): TextEdit => ({ start: offset, end: offset, text });
  if (own.length > 0) {
    const place = own.findLast((statement) => sortKey(statement) <= keyOf(line)) ?? null;
    if (place) return inserted(endOfLine(file, place.end), newline + line);
    return inserted(file.lineStarts[own[0]!.lineno - 1]!, line + newline);
  }
  if (earlier.length > 0) return inserted(endOfLine(file, earlier.at(-1)!.end), newline + newline + line);
  if (imports.length > 0) return inserted(file.lineStarts[imports[0]!.lineno - 1]!, line + newline + newline);
  if (docstring) return inserted(endOfLine(file, docstring.end), newline + newline + line);
  if (!first) return inserted(file.text.length, line + newline);
  const spaced = first.kind.endsWith("Def") ? newline.repeat(3) : newline.repeat(2);
  return inserted(file.lineStarts[startLine(file, first) - 1]!, line + spaced);
}

/** Inserts statements that import more than a plain `import` does, a block of their own after the file's imports. */
export function blockAfterImports(file: SourceFile, lines: readonly string[]): TextEdit {
  const { docstring, imports, first } = head(file);
  const { newline } = file;
  const block = lines.join(newline);
  const before = imports.at(-1) ?? docstring;
  if (before) {
    const at = endOfLine(file, before.end);
    return { start: at, end: at, text: newline + newline + block };
  }
  if (!first) return { start: file.text.length, end: file.text.length, text: block + newline };
  const at = file.lineStarts[startLine(file, first) - 1]!;
  return { start: at, end: at, text: block + newline.repeat(first.kind.endsWith("Def") ? 3 : 2) };
}

/** `import a` before `from a import b`, each by module, as isort and Black-formatted files have it. */
function sortKey(statement: ImportStatement): string {
  return statement.kind === "Import" ? `0 ${statement.names[0]!.name}` : `1 ${statement.module}`;
}

function keyOf(line: string): string {
  const [form, module] = line.split(" ");
  return `${form === "import" ? 0 : 1} ${module}`;
}

/** The line at which a statement begins with its decorators and the comment lines that belong to it. */
function startLine(file: SourceFile, statement: stmt): number {
  const decorators = "decorator_list" in statement ? statement.decorator_list : [];
  const own = Math.min(statement.lineno, ...decorators.map((decorator) => decorator.lineno));
  const comments = new Set(file.comments.map((comment) => comment.lineno));
  let line = own;
  while (comments.has(line - 1)) line--;
  // Comment lines from the top of the file are its header (`#!`, coding, licence), which stays first.
  return line === 1 ? own : line;
}

function endOfLine(file: SourceFile, offset: number): number {
  const rest = /[\r\n]|$/.exec(file.text.slice(offset, offset + 10_000));
  return rest ? offset + rest.index : file.text.length;
}
