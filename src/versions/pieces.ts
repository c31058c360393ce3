// A piece of what changed: something that can be judged by itself, with where it lies in both versions.

import type { Region } from "../schemas/index.ts";
import type { SourceFile } from "../source/file.ts";

/** One file in both versions, parsed; null where a version does not have it. */
export interface FilePair {
  path: string;
  shown: string;
  old: SourceFile | null;
  new: SourceFile | null;
}

/** Where a region lies in the new text, and what is special about calling it there. */
export interface NewRegion extends Region {
  /** New names of parameters by their old ones. */
  renamed: Record<string, string>;
  /** Names of the module whose values are part of the change: each side has its own, and no recorded one. */
  own: string[];
  /** Of a function that moved: the only data of its module that is compared; default: all. */
  observed?: string[];
}

/** Where a region lies in the old text, and which of its live-in names it binds before it reads them. */
export interface OldRegion extends Region {
  rebound: string[];
  own: string[];
  observed?: string[];
}

export interface Piece {
  pair: FilePair;
  /** `module` is code outside of functions; `unpaired` is what only one version has and nothing here reads. */
  kind: "function" | "loop" | "module" | "unpaired";
  /** Qualified name; "" for code outside of functions. */
  place: string;
  /** Lines in the old text, and in the new; null where a text does not have it. */
  line: number | null;
  endLine: number | null;
  newLine: number | null;
  newEndLine: number | null;
  /** Why it is judged: `its code changed`, `it reads LIMIT, which changed`. */
  because: string;
  /** What is recorded in the old text. Null for what cannot be called on its own: it is judged by whole runs. */
  old: Region | null;
  /** What is replayed in the old text: with a loop, the plain assignments before it too. */
  replayed: OldRegion | null;
  new: NewRegion | null;
  /** What the pairing takes for granted, in plain words. */
  assumptions: string[];
  /** Pieces of one group stand for one change: it is enough that one of them is exercised, or the one that leads it. */
  group: string | null;
  /** The group that it leads: then no other stands for it. */
  leads: string | null;
  /** The piece around a nested function, which may be judged in its place. */
  around: string | null;
}

export interface Changes {
  pieces: Piece[];
  /** Functions and modules of which only the docstring changed. */
  docstrings: string[];
  /** New functions and classes, which have nothing to be compared with. */
  added: string[];
}
