// What an analysis is given of the region's surroundings, and what it finds out besides types.

import type { TextEdit } from "../../schemas/index.ts";
import type { stmt } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import type { Range } from "../analysis/ranges.ts";
import type { Checked } from "./mathematics.ts";
import type { Layout } from "./records.ts";

/** An integer operation that may leave 64 bits, and the operands that would have to be checked before its statement. */
export interface Overflow {
  statement: stmt;
  /** Source text of names and elements; empty when a check cannot help. */
  operands: readonly string[];
  start: number;
}

/** Thrown to start again with these integer literals written as floats. */
export class WriteAsFloats extends Error {
  readonly literals: readonly number[];
  constructor(literals: readonly number[]) {
    super("literals to be written as floats");
    this.literals = literals;
  }
}

/** An element is read from what is still empty in this round. */
export class NothingYet extends Error {
  readonly start: number;
  constructor(start: number) {
    super("an element of a container that is still empty");
    this.start = start;
  }
}

/** Operands checked before a statement: source text to the number of bits it must fit. */
export type Checks = ReadonlyMap<stmt, ReadonlyMap<string, number>>;

/** What the analysis found out besides types. */
export interface Findings {
  edits: Map<string, TextEdit>;
  overflows: Overflow[];
  /** Exceptions that the kernel may raise. */
  raises: Set<string>;
  /** Why floats may differ in the last digits. */
  inexact: Set<string>;
  checked: Map<string, Checked>;
  /** Array accesses were not all shown to be in bounds. */
  boundsCheck: boolean;
  /** Inputs whose rows are unpacked, so that their width is guarded. */
  widths: Set<string>;
  /** Products of matrices: Numba takes them from SciPy. */
  linear: boolean;
  /** NumPy, under its local name, is used by the edits. */
  numpy: boolean;
}

export interface Surroundings {
  file: SourceFile;
  python: readonly [major: number, minor: number];
  /** The local name that NumPy will have. */
  numpy: string;
  /** The local name that `math` will have. */
  math: string;
  /** Names under which checked functions and other additions may go. */
  fresh(base: string): string;
  checks: Checks;
  floatLiterals: ReadonlySet<number>;
  /** How long the rows of an input were, where all were of one small length. */
  widths: ReadonlyMap<string, number>;
  /** Of inputs that are lists of tuples. */
  layouts: ReadonlyMap<string, Layout>;
  bases: Map<string, Range>;
}
