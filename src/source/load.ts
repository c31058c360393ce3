// Read Python source with the user's own interpreter, and write text back in the file's encoding.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import { AgentError, type PythonService } from "../interpreter/service.ts";
import { commentsOf } from "./comments.ts";
import type { SourceFile } from "./file.ts";
import { isNotebook, readNotebook } from "./notebook.ts";
import { lineStartsOf, offsetsOf } from "./positions.ts";
import { buildTree, type KindOfRow, type Row, spreadFStrings } from "./tree.ts";

interface ParseAnswer {
  rows: Row[];
  kinds: KindOfRow[];
  version: [number, number];
  text?: string;
  sha256?: string;
  encoding: string;
  bom: boolean;
  characters?: Record<string, string>;
}

/**
 * Read and parse a file. A file that cannot be read or is not valid for this Python is a Fault that says where and why.
 * A copy of a file is loaded `as` what it is a copy of: the path that it stands for, and its name for people.
 */
export async function loadSource(
  service: PythonService,
  path: string,
  as: { path: string; shown: string } = { path: resolve(path), shown: path },
): Promise<SourceFile> {
  const absolute = resolve(path);
  if (isNotebook(absolute)) return loadNotebook(service, absolute, as);
  const answer = await parse(service, { path: absolute }, as.shown);
  return sourceFile(answer, answer.text!, as.path);
}

/** Parse text as if it were the content of `path`, which need not exist; the encoding is that of its coding line. */
export async function parseSource(
  service: PythonService,
  text: string,
  path: string,
  shown = path,
): Promise<SourceFile> {
  const bom = text.startsWith("\ufeff");
  const content = bom ? text.slice(1) : text;
  const answer = await parse(service, { text: content, path }, shown);
  const file = sourceFile({ ...answer, bom }, content, path);
  file.sha256 = createHash("sha256").update(encodeSource(file, content)).digest("hex");
  return file;
}

async function loadNotebook(
  service: PythonService,
  copy: string,
  { path, shown }: { path: string; shown: string },
): Promise<SourceFile> {
  const bytes = await readFile(copy);
  const notebook = readNotebook(bytes.toString("utf8"), shown);
  const file = await parseSource(service, notebook.text, path, shown);
  return { ...file, notebook, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/**
 * The bytes of `text` in the file's encoding and with its BOM, of a notebook the whole notebook with it. A Fault when the
 * encoding has no such character.
 */
export function encodeSource(file: SourceFile, text: string): Buffer {
  if (file.notebook) return Buffer.from(file.notebook.write(text), "utf8");
  if (file.encoding === "utf-8") return Buffer.from(file.bom ? `\ufeff${text}` : text, "utf8");
  const limit = { "iso-8859-1": 0xff, ascii: 0x7f }[file.encoding];
  const pieces: string[] = [];
  for (const character of text) {
    const bytes =
      limit === undefined
        ? file.characters?.[character]
        : character.codePointAt(0)! <= limit
          ? character
          : undefined;
    if (bytes === undefined)
      throw new Fault(
        `${file.path} is written in ${file.encoding}, which has no character “${character}”.`,
        ExitCode.programFailed,
      );
    pieces.push(bytes);
  }
  return Buffer.from(pieces.join(""), "latin1");
}

async function parse(service: PythonService, params: object, shown: string): Promise<ParseAnswer> {
  try {
    return (await service.call("parse", params)) as ParseAnswer;
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    if (syntaxErrors.has(error.type)) {
      const place = error.line === null ? "" : `, line ${error.line}`;
      throw new Fault(`${shown}${place} is not valid Python: ${error.message}.`, ExitCode.programFailed);
    }
    throw new Fault(`${shown} cannot be read: ${error.message}.`, ExitCode.wrongUsage);
  }
}

const syntaxErrors: ReadonlySet<string> = new Set(["SyntaxError", "IndentationError", "TabError"]);

function sourceFile(answer: ParseAnswer, text: string, path: string): SourceFile {
  const lineStarts = lineStartsOf(text);
  const tree = buildTree(answer.rows, answer.kinds, offsetsOf(text, lineStarts));
  const [major, minor] = answer.version;
  const nestedFStrings = major > 3 || minor >= 12;
  return {
    path,
    text,
    encoding: answer.encoding,
    bom: answer.bom,
    newline: usualNewline(text),
    sha256: answer.sha256 ?? "",
    lineStarts,
    tree,
    comments: commentsOf(text, lineStarts, nestedFStrings),
    fStringParts: nestedFStrings ? new Set() : spreadFStrings(tree),
    ...(answer.characters ? { characters: answer.characters } : {}),
  };
}

function usualNewline(text: string): SourceFile["newline"] {
  const counts = { "\n": 0, "\r\n": 0, "\r": 0 };
  for (const [newline] of text.matchAll(/\r\n?|\n/g)) counts[newline as SourceFile["newline"]]++;
  if (counts["\r\n"] > counts["\n"] && counts["\r\n"] >= counts["\r"]) return "\r\n";
  return counts["\r"] > counts["\n"] ? "\r" : "\n";
}
