// Put lines of code before or after a statement, in the layout of the file.

import type { TextEdit } from "../schemas/common.ts";
import type { Node, stmt } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";
import { parentMap } from "./uses.ts";

/** The statement that holds `node`. */
export function statementOf(file: SourceFile, node: Node): stmt {
  const parents = parentMap(file);
  let at = node;
  while (!isStatement(at, parents.get(at))) at = parents.get(at)!;
  return at as stmt;
}

function isStatement(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false;
  return ["body", "orelse", "finalbody"].some((field) => {
    const block = (parent as unknown as Record<string, unknown>)[field];
    return Array.isArray(block) && block.includes(node);
  });
}

/** The statements among which `statement` stands. */
export function blockOf(file: SourceFile, statement: stmt): readonly stmt[] {
  const parent = parentMap(file).get(statement) as unknown as Record<string, unknown>;
  for (const field of ["body", "orelse", "finalbody"]) {
    const block = parent[field];
    if (Array.isArray(block) && block.includes(statement)) return block as stmt[];
  }
  return [statement];
}

/** Whether the statement begins its line: not after `;` or `if x:`, and no `elif`. */
export function beginsLine(file: SourceFile, statement: stmt): boolean {
  return /^[ \t\f]*$/.test(lead(file, statement)) && !file.text.startsWith("elif", statement.start);
}

const lead = (file: SourceFile, { lineno, start }: stmt) =>
  file.text.slice(file.lineStarts[lineno - 1], start);

/** Inserts a line before a statement that begins its line; inside the region when the statement is the region. */
export function lineBefore(file: SourceFile, statement: stmt, line: string): TextEdit {
  return { start: statement.start, end: statement.start, text: line + file.newline + lead(file, statement) };
}

/** Inserts a line after a simple statement; `; line` where the statement shares its line with others. */
export function lineAfter(file: SourceFile, statement: stmt, line: string): TextEdit {
  const at = (text: string): TextEdit => ({ start: statement.end, end: statement.end, text });
  const rest = /^[^\r\n]*/.exec(file.text.slice(statement.end, statement.end + 2000))![0].trim();
  if (!beginsLine(file, statement) || rest.startsWith(";")) return at(`; ${line}`);
  if (rest !== "") return lineBefore(file, statement, line); // keeps the comment beside the statement it is about
  return at(file.newline + lead(file, statement) + line);
}

/** The nearest statement, from the one that holds `node` outwards, before which a line can be put; null at a `def`. */
export function placeBefore(file: SourceFile, node: Node): stmt | null {
  let statement = statementOf(file, node);
  while (!beginsLine(file, statement)) {
    const parent = parentMap(file).get(statement)!;
    if (parent.kind === "Module" || parent.kind.endsWith("Def")) return null;
    statement = statementOf(file, parent);
  }
  // Decorators and defaults stand within the statement, but a line before it would come between them.
  if (statement.kind.endsWith("Def")) return null;
  return statement;
}

/** The first of the lines of comments right above a line; the line itself where there are none. */
export function firstCommentAbove(file: SourceFile, line: number): number {
  const comments = new Set(file.comments.map(({ lineno }) => lineno));
  const isComment = (number: number) =>
    comments.has(number) &&
    /^\s*#/.test(file.text.slice(file.lineStarts[number - 1], file.lineStarts[number]));
  let first = line;
  while (isComment(first - 1)) first--;
  return first;
}

/** One level of indentation as the file has it; four spaces where nothing is indented. */
export function indentationStep(file: SourceFile): string {
  return /^( {2,8}|\t)\S/m.exec(file.text)?.[1] ?? "    ";
}

/** Replace the indentation `from` of every line by `to`; lines that are less indented (comments) get `to` alone. */
export function reindent(text: string, from: string, to: string): string {
  return text
    .split("\n")
    .map((line) => {
      if (line.trim() === "") return "";
      return line.startsWith(from) ? to + line.slice(from.length) : to + line.trimStart();
    })
    .join("\n");
}
