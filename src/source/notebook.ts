// A Jupyter notebook as one Python text, cell after cell, with the way back: only the source of a changed cell is
// written anew, every other byte of the file stays.

import { ExitCode, Fault } from "../base/fault.ts";
import type { CellLines } from "./cell-lines.ts";
import { type JsonNode, parseJsonText } from "./json-text.ts";
import { plainCellOf, restoreLine } from "./magics.ts";

export interface Notebook {
  /** The code cells in order, as one module. A line like `# In[2]:` stands before each but the first. */
  text: string;
  /** IPython's commands that were left out, by name. */
  skipped: string[];
  cellLines: CellLines;
  /** The whole notebook, with the cells as `text`, after edits, has them. */
  write(text: string): string;
}

export const isNotebook = (path: string): boolean => path.endsWith(".ipynb");

/** @throws Fault (exit 2) for what is no notebook in format 4 with Python cells, with the cell and line where it has one. */
export function readNotebook(content: string, path: string): Notebook {
  const wrong = (reason: string) => new Fault(`${path} ${reason}.`, ExitCode.wrongUsage);
  const bom = content.startsWith("\ufeff") ? "\ufeff" : "";
  const json = content.slice(bom.length);
  const cells = codeCells(json, wrong);
  const sources = cells.map(sourceOf);
  const free = (start: string, end: string) => {
    let mark = start + end;
    while (sources.some((source) => source.includes(mark))) mark = `${start}~${mark.slice(start.length)}`;
    return mark;
  };
  const mark = free("# IPython: ", "");
  const header = free("# In[", "");
  const lines: string[] = [];
  const skipped = new Set<string>();
  const cellLines: number[] = [];
  sources.forEach((source, index) => {
    const cell = plainCellOf(source, mark);
    if ("reason" in cell)
      throw wrong(`cannot be run: in cell ${index + 1}, line ${cell.line + 1}, ${cell.reason}`);
    for (const name of cell.skipped) skipped.add(name);
    const newline = /\r\n?|\n/.exec(source)?.[0] ?? "\n";
    if (index > 0) lines.push(`${newline}${newline}${header}${index + 1}]:${newline}${newline}`);
    cellLines.push(lines.join("").split(/\r\n?|\n/).length);
    lines.push(...cell.lines, newline);
  });
  const separator = new RegExp(`(?:\\r\\n?|\\n){3}${escaped(header)}\\d+\\]:(?:\\r\\n?|\\n){2}`);
  return {
    text: lines.join(""),
    skipped: [...skipped],
    cellLines,
    write(text) {
      const parts = text.replace(/(\r\n?|\n)$/, "").split(separator);
      if (parts.length !== cells.length)
        throw new Error(`the cells of ${path} cannot be told apart any more`);
      let result = "";
      let at = 0;
      parts.forEach((part, index) => {
        const source = part
          .split(/(?<=\n|\r(?!\n))/)
          .map((line) => restoreLine(line, mark))
          .join("");
        if (source === sources[index]) return;
        const { start, end } = cells[index]!;
        result += json.slice(at, start) + sourceText(source, cells[index]!, json);
        at = end;
      });
      return bom + result + json.slice(at);
    },
  };
}

/** The `source` values of the code cells. */
function codeCells(json: string, wrong: (reason: string) => Fault): JsonNode[] {
  let root: JsonNode;
  try {
    root = parseJsonText(json);
  } catch (error) {
    throw wrong(`is not a notebook: it holds no valid JSON (${(error as Error).message})`);
  }
  const member = (node: JsonNode | undefined, name: string) =>
    node?.kind === "object" ? node.entries.get(name) : undefined;
  const format = member(root, "nbformat");
  const version = format?.kind === "other" ? Number(format.value) : Number.NaN;
  if (!(version >= 1)) throw wrong("is not a notebook: it has no nbformat");
  if (version < 4)
    throw wrong(
      `is a notebook in the old format ${version}. Bring it to format 4 first: jupyter nbconvert --to notebook --nbformat 4`,
    );
  const metadata = member(root, "metadata");
  const language =
    member(member(metadata, "language_info"), "name") ?? member(member(metadata, "kernelspec"), "language");
  if (language?.kind === "string" && !/python/i.test(language.value))
    throw wrong(`is a notebook of ${language.value}, not of Python`);
  const cells = member(root, "cells");
  if (cells?.kind !== "array") throw wrong("is not a notebook: it has no cells");
  const found: JsonNode[] = [];
  for (const cell of cells.items) {
    const type = member(cell, "cell_type");
    const source = member(cell, "source");
    if (type?.kind === "string" && type.value === "code" && source !== undefined) found.push(source);
  }
  if (found.length === 0) throw wrong("has no code cells");
  return found;
}

const sourceOf = (node: JsonNode): string =>
  node.kind === "string"
    ? node.value
    : node.kind === "array"
      ? node.items.map((item) => (item.kind === "string" ? item.value : "")).join("")
      : "";

/** The JSON of a cell's new source in the manner of the old: string or list, what stands between its lines, escapes. */
function sourceText(source: string, node: JsonNode, json: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant.
  const ascii = /^[\x00-\x7f]*$/.test(json) && /\\u00[89a-fA-F]|\\u0[1-9a-fA-F]|\\u[1-9a-fA-F]/.test(json);
  const quoted = (text: string) => {
    const plain = JSON.stringify(text);
    return ascii
      ? plain.replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`)
      : plain;
  };
  if (node.kind !== "array") return quoted(source);
  const lines = source.split(/(?<=\n)/);
  // A line that is as it was keeps its own spelling.
  const old = new Map(
    node.items.map((item) => [item.kind === "string" ? item.value : "", json.slice(item.start, item.end)]),
  );
  const [first, second] = node.items;
  const opening = first ? json.slice(node.start, first.start) : "[";
  const between =
    first && second ? json.slice(first.end, second.start) : first ? `,${opening.slice(1)}` : ", ";
  const closing = first ? json.slice(node.items.at(-1)!.end, node.end) : "]";
  return opening + lines.map((line) => old.get(line) ?? quoted(line)).join(between) + closing;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
