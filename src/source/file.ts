// A Python source file as data: its exact text, its syntax tree, its comments.

import type { Module } from "./ast.generated.ts";
import type { Located } from "./node.ts";
import type { Notebook } from "./notebook.ts";

export interface Comment {
  start: number;
  end: number;
  lineno: number;
  /** The comment with its `#`. */
  text: string;
}

export interface SourceFile {
  /** Absolute path. */
  path: string;
  /** Decoded text with the file's own newlines; a BOM is not part of it. */
  text: string;
  /** As `tokenize.detect_encoding` names it. */
  encoding: string;
  bom: boolean;
  /** The newline the file mostly uses. */
  newline: "\n" | "\r\n" | "\r";
  /** SHA-256 of the file's bytes, hexadecimal. */
  sha256: string;
  /** UTF-16 offset at which each line starts; `lineStarts[0]` is line 1. */
  lineStarts: number[];
  tree: Module;
  comments: Comment[];
  /**
   * Nodes inside f-strings whose own place Python does not tell (before 3.12): their span is that of the whole f-string,
   * so they must not be edited one by one. See `isEditable`.
   */
  fStringParts: ReadonlySet<Located>;
  /** The notebook that `text` was made of; its path and hash are the notebook's. */
  notebook?: Notebook;
  /** For encodings other than UTF-8, Latin-1 and ASCII: the bytes of every character it may be written with, as Latin-1. */
  characters?: Readonly<Record<string, string>>;
}
