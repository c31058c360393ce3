// Where functions that a rewrite adds stand in a file.

import type { TextEdit } from "../schemas/common.ts";
import type { Node } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";

/** Adds the text of functions at module level, before the statement that holds `node` runs. */
export function definitionEdit(
  file: SourceFile,
  node: Node & { start: number },
  definitions: string,
): TextEdit {
  const place = placeOf(file, node);
  const text = spaced(place.where, definitions) + blankLines(file, place);
  return { start: place.at, end: place.at, text: text.replaceAll("\n", file.newline) };
}

type Where = "after a statement" | "after the function" | "before everything";

/** Where they go: after the statement that stands before the one with the region, at module level. */
function placeOf(file: SourceFile, node: Node & { start: number }): { at: number; where: Where } {
  const { body } = file.tree;
  let index = body.findIndex((statement) => statement.start <= node.start && node.start < statement.end);
  // A loop of a script: after the last definition or import before it, not amid the script's own work.
  if (body[index] && !body[index]!.kind.endsWith("Def")) {
    const heading = body
      .slice(0, index)
      .findLastIndex(({ kind }) => kind.endsWith("Def") || kind.startsWith("Import"));
    index = heading + 1;
  }
  const before = body[index - 1];
  if (before) return { at: endOfLine(file, before.end), where: "after a statement" };
  const first = body[0]!;
  if (first.kind === "FunctionDef") return { at: nextLine(file, first.end), where: "after the function" };
  return { at: file.lineStarts[first.lineno - 1]!, where: "before everything" };
}

/** What is missing to two blank lines between them and what follows. */
function blankLines(file: SourceFile, { at, where }: { at: number; where: Where }): string {
  if (where !== "after a statement") return "";
  const following = /^\s*/.exec(file.text.slice(at).replaceAll(/\r\n?/g, "\n"))![0];
  return "\n".repeat(Math.max(0, 3 - following.split("\n").length + 1));
}

function spaced(where: Where, definitions: string): string {
  if (where === "after a statement") return `\n\n\n${definitions}`;
  return where === "after the function" ? `\n\n${definitions}\n` : `${definitions}\n\n\n`;
}

function endOfLine(file: SourceFile, offset: number): number {
  return offset + /[\r\n]|$/.exec(file.text.slice(offset))!.index;
}

function nextLine(file: SourceFile, offset: number): number {
  return file.lineStarts.find((start) => start > offset) ?? file.text.length;
}
