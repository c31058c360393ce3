// Whether two runs of a program gave the same output: exit code, stdout, stderr and the files they wrote.
//
// What differs between runs of the original itself (timestamps, timings, addresses) is named and not compared: single
// numbers in a line where the rest of the line is the same, else the line, else the whole stream or file.

import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { Tolerance } from "../schemas/index.ts";
import { type FloatArray, readFloatArray } from "./npy.ts";

/** What one run gave, per facet: `exit code`, `stdout`, `stderr`, `file <path>`. */
export type Outputs = ReadonlyMap<string, Content>;

export interface Content {
  sha256: string;
  /** Null for bytes that are no UTF-8 text, and for more than `largestCompared` bytes: compared by hash alone. */
  text: string | null;
  /** A .npy file's numbers. */
  array: FloatArray | null;
}

export interface OutputComparison {
  same: boolean;
  /** The first difference, in a sentence; null when there is none. */
  difference: string | null;
  /** Largest relative difference of a printed number; 0 when every byte that was compared is the same. */
  largestEffect: number;
}

const largestCompared = 8 * 1024 * 1024;

export function content(bytes: Buffer): Content {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (bytes.length > largestCompared) return { sha256, text: null, array: null };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { sha256, text, array: null };
  } catch {
    return { sha256, text: null, array: readFloatArray(bytes) };
  }
}

/**
 * Text of a stream without the line numbers of the given source files, as warnings and tracebacks print them: edits above
 * a line move it.
 */
export function withoutLineNumbers(bytes: Buffer, sourceFiles: readonly string[]): Buffer {
  // Latin-1 keeps every byte, whatever the encoding.
  let text = bytes.toString("latin1");
  for (const path of sourceFiles) {
    const name = Buffer.from(basename(path))
      .toString("latin1")
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    text = text.replace(new RegExp(`(${name}(?:", line |:))\\d+`, "g"), "$1*");
  }
  return Buffer.from(text, "latin1");
}

/** What runs of the original have in common, learned from two or more of them. */
export class ExpectedOutputs {
  private readonly facets = new Map<string, Facet>();
  private first: Outputs | null = null;

  /** Learn from one more run of the original. */
  add(run: Outputs): void {
    if (this.first === null) {
      this.first = run;
      for (const [name, value] of run) this.facets.set(name, new Facet(value, name !== "stderr"));
      return;
    }
    for (const name of new Set([...this.facets.keys(), ...run.keys()])) {
      const facet = this.facets.get(name);
      const value = run.get(name);
      if (facet && value) facet.learn(value);
      else if (facet) facet.loose = true;
      else this.facets.set(name, Facet.unreliable());
    }
  }

  /** What is compared and is not empty: `exit code`, `stdout`, `file …`. */
  compared(): string[] {
    return [...this.facets].flatMap(([name, facet]) =>
      facet.loose || !facet.hasSomethingToCompare ? [] : [name],
    );
  }

  /** What differs between runs of the original, in plain words. */
  nondeterministic(): string[] {
    return [...this.facets].flatMap(([name, facet]) => facet.describe(name));
  }

  /** Compare a run of the rewritten program. Without a tolerance every compared byte must be the same. */
  compare(run: Outputs, tolerance: Tolerance | null): OutputComparison {
    let largestEffect = 0;
    // Where the original itself names its files differently each time, no name can be missing or extra.
    const fixedNames = ![...this.facets].some(([name, facet]) => name.startsWith("file ") && facet.loose);
    for (const name of new Set([...this.facets.keys(), ...run.keys()])) {
      const facet = this.facets.get(name);
      const value = run.get(name);
      if (facet?.loose) continue;
      if (!facet || !value) {
        if (!facet && !fixedNames) continue;
        const difference = facet ? `${name} is not written` : `${name} is written, and was not before`;
        return { same: false, difference, largestEffect };
      }
      const result = facet.compare(value, tolerance);
      if (result.difference !== null)
        return { same: false, difference: `${name} differs: ${result.difference}`, largestEffect };
      largestEffect = Math.max(largestEffect, result.effect);
    }
    return { same: true, difference: null, largestEffect };
  }
}

/** A line cut into numbers (odd places) and what stands between them (even places). */
type Tokens = string[];

const number = /(0x[0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/;
const tokens = (line: string): Tokens => line.split(number);

/** Lines as a terminal shows them: of a line redrawn with carriage returns (a progress bar) only the last state. */
const shownLines = (text: string): string[] =>
  text.split("\n").map((line) => {
    const whole = line.endsWith("\r") ? line.slice(0, -1) : line;
    return whole.slice(whole.lastIndexOf("\r") + 1);
  });

/** One stream or file, with what is known to vary in it. */
class Facet {
  /** Varies so much, or appears so irregularly, that nothing of it is compared. */
  loose = false;
  private readonly lines: string[] | null;
  private readonly looseLines = new Set<number>();
  private readonly looseNumbers = new Map<number, Set<number>>();
  private readonly reference: Content;

  /** Whether a line of which a number varies is compared for the rest: not in progress bars, whose units vary as well. */
  private readonly byNumber: boolean;

  constructor(reference: Content, byNumber: boolean) {
    this.reference = reference;
    this.byNumber = byNumber;
    this.lines = reference.text === null ? null : shownLines(reference.text);
  }

  static unreliable(): Facet {
    const facet = new Facet({ sha256: "", text: "", array: null }, false);
    facet.loose = true;
    return facet;
  }

  get hasSomethingToCompare(): boolean {
    return this.lines === null || this.lines.some((line, i) => line.trim() !== "" && !this.looseLines.has(i));
  }

  learn(other: Content): void {
    if (this.loose || other.sha256 === this.reference.sha256) return;
    const lines = other.text === null ? null : shownLines(other.text);
    if (this.lines === null || lines === null || lines.length !== this.lines.length) {
      this.loose = true;
      return;
    }
    for (const [i, line] of lines.entries()) {
      const expected = this.lines[i]!;
      if (line === expected || this.looseLines.has(i)) continue;
      const [a, b] = [tokens(expected), tokens(line)];
      if (
        !this.byNumber ||
        a.length !== b.length ||
        a.some((token, k) => k % 2 === 0 && squeezed(token) !== squeezed(b[k]!))
      ) {
        this.looseLines.add(i);
        continue;
      }
      const loose = this.looseNumbers.get(i) ?? new Set<number>();
      for (const [k, token] of a.entries()) if (k % 2 === 1 && token !== b[k]) loose.add(k);
      this.looseNumbers.set(i, loose);
    }
  }

  describe(name: string): string[] {
    if (this.loose) return [name];
    const lines = [...this.looseLines, ...this.looseNumbers.keys()].sort((a, b) => a - b).map((i) => i + 1);
    if (lines.length === 0) return [];
    const shown = lines.slice(0, 5).join(", ") + (lines.length > 5 ? ", …" : "");
    return [`${name}, ${lines.length === 1 ? "line" : "lines"} ${shown}`];
  }

  compare(other: Content, tolerance: Tolerance | null): { difference: string | null; effect: number } {
    if (other.sha256 === this.reference.sha256) return { difference: null, effect: 0 };
    if (tolerance && this.reference.array && other.array)
      return arrayDifference(this.reference.array, other.array, tolerance);
    if (this.lines === null || other.text === null)
      return { difference: "its bytes are not the same", effect: 0 };
    const lines = shownLines(other.text);
    if (lines.length !== this.lines.length)
      return { difference: `${lines.length} lines instead of ${this.lines.length}`, effect: 0 };
    let effect = 0;
    for (const [i, line] of lines.entries()) {
      const expected = this.lines[i]!;
      if (line === expected || this.looseLines.has(i)) continue;
      const found = lineDifference(expected, line, this.looseNumbers.get(i), tolerance);
      if (found === null)
        return {
          difference: `line ${i + 1} is ${excerpt(line, expected)} instead of ${excerpt(expected, line)}`,
          effect,
        };
      effect = Math.max(effect, found);
    }
    return { difference: null, effect };
  }
}

const squeezed = (text: string) => text.replace(/\s+/g, " ");

/** The line, or when it is long the part of it from shortly before where it leaves the other line. */
function excerpt(line: string, other: string): string {
  const most = 80;
  if (line.length <= most) return JSON.stringify(line);
  let same = 0;
  while (line[same] === other[same] && same < line.length) same++;
  const from = Math.max(0, same - most / 4);
  const part = line.slice(from, from + most);
  return JSON.stringify(`${from > 0 ? "…" : ""}${part}${from + most < line.length ? "…" : ""}`);
}

/** The largest relative difference of two lines' numbers; null when they differ in any other way or beyond tolerance. */
function lineDifference(
  expected: string,
  actual: string,
  loose: ReadonlySet<number> | undefined,
  tolerance: Tolerance | null,
): number | null {
  const [a, b] = [tokens(expected), tokens(actual)];
  if (a.length !== b.length) return null;
  const relaxed = tolerance !== null || loose !== undefined;
  const scale = Math.max(0, ...a.filter((_, k) => k % 2 === 1).map(Number));
  let largest = 0;
  for (const [k, token] of a.entries()) {
    const other = b[k]!;
    if (token === other) continue;
    if (k % 2 === 0) {
      // Numbers of another length move the blanks that align a column.
      if (!relaxed || squeezed(token) !== squeezed(other)) return null;
    } else if (!loose?.has(k)) {
      const difference = tolerance && withinTolerance(token, other, scale, tolerance);
      if (difference === null) return null;
      largest = Math.max(largest, difference);
    }
  }
  return largest;
}

/** The relative difference of two printed numbers when the tolerance allows it, else null. Integers must be the same. */
function withinTolerance(a: string, b: string, scale: number, tolerance: Tolerance): number | null {
  if (!/[.eE]/.test(a) && !/[.eE]/.test(b)) return null;
  return relativeDifference(Number(a), Number(b), scale, tolerance);
}

/** The relative difference of two floats when the tolerance allows it, else null. `scale` is for its absolute part. */
function relativeDifference(x: number, y: number, scale: number, tolerance: Tolerance): number | null {
  if (Object.is(x, y)) return 0;
  const relative = tolerance.kind === "ulp" ? tolerance.bound * 2 ** -52 : tolerance.bound;
  const absolute = tolerance.kind === "ulp" ? 0 : tolerance.absolute;
  const largest = Math.max(Math.abs(x), Math.abs(y));
  const difference = Math.abs(x - y);
  if (!Number.isFinite(largest) || !(difference <= relative * largest + absolute * scale)) return null;
  return largest === 0 ? 0 : difference / largest;
}

function arrayDifference(
  expected: FloatArray,
  actual: FloatArray,
  tolerance: Tolerance,
): { difference: string | null; effect: number } {
  if (expected.header !== actual.header) return { difference: "its type or shape is another", effect: 0 };
  let scale = 0;
  for (const value of expected.values) if (Number.isFinite(value)) scale = Math.max(scale, Math.abs(value));
  let effect = 0;
  for (const [i, value] of expected.values.entries()) {
    const other = actual.values[i] ?? Number.NaN;
    const found = relativeDifference(value, other, scale, tolerance);
    if (found === null) return { difference: `element ${i} is ${other} instead of ${value}`, effect };
    effect = Math.max(effect, found);
  }
  return { difference: null, effect };
}
