// What a nest gathers while it is turned into array expressions: lines, conditions, conversions, accesses.

import type { stmt } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { freshName } from "../../source/names.ts";
import { atom, both, type Code, Level, namesIn } from "./code.ts";
import type { Access } from "./dependence.ts";
import { type Linear, textOf } from "./linear.ts";
import { refuse } from "./refusal.ts";
import { type Axis, joinAxes, type Num, num, type Seq, type Value } from "./values.ts";

export interface Line {
  text: string;
  /** The statement that it stands for, whose comments it keeps. */
  node: stmt | null;
  /** The temporary name that it binds; the line goes when nothing reads it. */
  defines: string | null;
  /** It changes what is seen outside: an array, a list, a result. */
  commits: boolean;
  /** What it computes, apart from what it does with that: so that all is computed before anything changes. */
  split?: readonly [before: string, value: string, after: string];
  /** Computing it cannot raise. */
  harmless?: boolean;
  /** A condition without which the original is to run: raised when it does not hold. */
  check?: boolean;
  /** It draws random numbers: it stays, and once. */
  draws?: boolean;
  /** Elements of the array that it binds. */
  size?: number;
}

export interface Conversion {
  name: string;
  seq: Seq;
}

/** Sums in the order of the loop, bit for bit; or as NumPy does them best, within a tolerance. */
export type Sums = "ordered" | "fast";

export interface Options {
  numpy: string;
  sums: Sums;
  python: readonly [number, number];
  /** Integers of Python's own that take part in arithmetic have at most so many bits, by a check. */
  bits: number;
  /** Most elements of one temporary array. */
  memory: number;
  fresh(base: string): string;
  /** A name for what a comprehension calls so: the same, unless code around uses it. */
  localName(base: string): string;
  isGlobal(name: string): boolean;
  /** A list's elements may have changed: arrays made of lists before are out of date. */
  stored(): void;
  /** An array that already holds the elements of a list. */
  known(seq: Seq): string | null;
  /** The largest value seen of a symbol. */
  seen: ReadonlyMap<string, number>;
}

export class State {
  readonly file: SourceFile;
  readonly options: Options;
  env: Map<string, Value>;
  /** The loops around the place that is evaluated. */
  stack: Axis[] = [];
  masks: Num[] = [];
  lines: Line[] = [];
  /** Conditions over what is there before the loop, without which the original runs. */
  readonly conditions = new Set<string>();
  /** Conditions without which the loop does nothing. */
  readonly skips = new Set<string>();
  /** The lengths that are needed, by the text of the length and the symbol of the bound: the largest bound counts. */
  private readonly lengths = new Map<string, { length: string; bound: Linear }>();
  readonly hazards = new Set<string>();
  readonly conversions = new Map<number, Conversion>();
  readonly accesses: Access[] = [];
  readonly reasons = new Set<string>();
  readonly assumptions = new Set<string>();
  /** Random numbers are drawn: what keeps the generator as it was, and what takes it back for the original loop. */
  undo: { keep: string; restore: string } | null = null;
  /** Floats were added by `sum`, which since Python 3.12 makes up for its rounding. */
  compensated = false;
  /** Integers of Python's own were computed with. */
  integers = false;
  order = 0;
  current: stmt | null = null;
  axes = 0;
  largest = 0;

  constructor(file: SourceFile, options: Options, env: ReadonlyMap<string, Value>) {
    this.file = file;
    this.options = options;
    this.env = new Map(env);
  }

  get np(): string {
    return this.options.numpy;
  }

  /** The condition under which the place that is evaluated is reached; null when always. */
  get mask(): Num | null {
    const [first, ...rest] = this.masks;
    if (!first) return null;
    return rest.reduce((all, one) => conjunction(all, one), first);
  }

  emit(line: Omit<Line, "node">): void {
    this.lines.push({ ...line, node: this.current });
  }

  /** A line that changes what is seen outside: `before + value + after`. */
  commit(before: string, value: string, after = ""): void {
    this.emit({ text: before + value + after, defines: null, commits: true, split: [before, value, after] });
  }

  /** A condition over what was computed so far, without which the original runs. */
  check(condition: string): void {
    this.hazards.add("ValueError");
    this.emit({ text: condition, defines: null, commits: false, check: true });
  }

  /** The same, asked before the loop where it is over what is there by then. */
  require(condition: string): void {
    if (this.isComputed(condition)) this.check(condition);
    else this.conditions.add(condition);
  }

  /** Whether the code reads what the new text itself computes. */
  private isComputed(code: string): boolean {
    const names = namesIn(code);
    return (
      this.lines.some(({ defines }) => defines !== null && names.has(defines)) ||
      [...this.conversions.values()].some(({ name }) => names.has(name))
    );
  }

  /** The array that holds the elements of a sequence: itself, or what a list is converted to. */
  arrayOf(seq: Seq): string {
    if (seq.form === "array") return seq.text;
    const known = this.conversions.get(seq.id)?.name ?? this.options.known(seq);
    if (known) {
      this.conversions.set(seq.id, { name: known, seq });
      this.sameRows(seq);
      return known;
    }
    const plain = seq.text.replaceAll(/\W+/g, "_").replaceAll(/^_+|_+$/g, "") || "values";
    const name = this.options.fresh(`${plain}_array`);
    this.conversions.set(seq.id, { name, seq });
    this.sameRows(seq);
    return name;
  }

  /** Rows of several lengths are no array. */
  sameRows(seq: Seq): void {
    if (seq.form !== "rows") return;
    this.conditions.add(
      seq.sameWidth !== null
        ? `set(map(len, ${seq.text})) == {${seq.sameWidth}}`
        : `len(set(map(len, ${seq.text}))) == 1`,
    );
  }

  /** `bound` must not be more than `length`, so that slices end where indices would. */
  needLength(length: string, bound: Linear): void {
    const key = `${length} ${bound.symbol}`;
    const known = this.lengths.get(key);
    if (!known || known.bound.offset < bound.offset) this.lengths.set(key, { length, bound });
  }

  /** All conditions over what is there before the loop. */
  allConditions(): string[] {
    const lengths = [...this.lengths.values()].map(({ length, bound }) => `${textOf(bound)} <= ${length}`);
    const all = [...new Set([...this.skips, ...this.conditions, ...lengths])];
    if (all.some((condition) => this.isComputed(condition)))
      refuse("its loops run as far as is computed in them");
    return rowsFirst(all.filter((condition) => !all.some((other) => follows(condition, other))));
  }

  /** Take out the conditions that may as well be asked further out. */
  takeConditions(outside: (condition: string) => boolean): string[] {
    const taken: string[] = [];
    for (const condition of this.conditions)
      if (outside(condition)) {
        this.conditions.delete(condition);
        taken.push(condition);
      }
    for (const [key, { length, bound }] of this.lengths) {
      const condition = `${textOf(bound)} <= ${length}`;
      if (!outside(condition)) continue;
      this.lengths.delete(key);
      taken.push(condition);
    }
    return taken;
  }

  /** Whether the original must stand beside for other cases. */
  get needsOriginal(): boolean {
    return this.conditions.size + this.lengths.size > 0;
  }

  /** A temporary array of these axes must fit into memory. */
  bound(axes: readonly Axis[]): void {
    const size = sizeOf(axes);
    if (axes.length < 2) return;
    if (size > this.options.memory)
      refuse(`an array of ${axes.map((axis) => axis.size ?? "?").join(" × ")} numbers would be too large`);
    this.largest = Math.max(this.largest, size);
  }

  /** A name of the file's style that nothing uses. */
  fresh(base: string): string {
    return this.options.fresh(base);
  }

  /** Bind the value to a name when it is more than a name, so that it can be written several times. */
  named(value: Num, base: string): Num {
    if (value.code.level === Level.atom && /^[\w.]+$/.test(value.code.text)) return value;
    const name = this.fresh(base);
    this.emit({ text: `${name} = ${value.code.text}`, defines: name, commits: false });
    return { ...value, code: atom(name), factors: null, viewOf: value.viewOf };
  }
}

/**
 * Conditions in an order in which none raises: a first row is asked for where it is known that there are rows. Without those
 * that always hold.
 */
export function rowsFirst(conditions: readonly string[]): string[] {
  const isOfRows = (condition: string) => condition.includes("set(map(len, ");
  const isOpen = (condition: string) => !/^(.+) (==|<=) \1$/.test(condition);
  return [...conditions.filter(isOfRows), ...conditions.filter((one) => !isOfRows(one) && isOpen(one))];
}

/** Elements of an array of these axes, as far as is known. */
export const sizeOf = (axes: readonly Axis[]): number =>
  axes.reduce((size, axis) => size * (axis.size ?? 1000), 1);

/** Both conditions hold. */
export function conjunction(a: Num, b: Num): Num {
  const axes = joinAxes(a.axes, b.axes);
  if (axes.length === 0)
    return num("bool", { text: `${wrap(a.code)} and ${wrap(b.code)}`, level: Level.and });
  return num("bool", both(lift(a, axes), lift(b, axes)), { axes });
}

const wrap = (code: Code): string => (code.level > Level.and ? code.text : `(${code.text})`);

/** The code of a value with its dimensions in place for an operation over `axes`. */
export function lift(value: Num, axes: readonly Axis[]): Code {
  if (value.axes.length === 0) return value.code;
  const own = new Set(value.axes.map(({ id }) => id));
  const first = axes.findIndex(({ id }) => own.has(id));
  const places = axes.slice(first).map(({ id }) => own.has(id));
  if (places.every(Boolean)) return value.code;
  const index = places.map((present) => (present ? ":" : "None"));
  const base = value.code.level === Level.atom ? value.code.text : `(${value.code.text})`;
  return atom(`${base}[${index.join(", ")}]`);
}

/** `freshName` that also keeps clear of the names given before. */
export function freshNames(file: SourceFile): (base: string) => string {
  const taken = new Set<string>();
  return (base) => {
    const name = freshName(file, base, taken);
    taken.add(name);
    return name;
  };
}

/** For looking only: nothing comes of it. */
export const lookingOptions: Options = {
  numpy: "np",
  sums: "fast",
  python: [3, 9],
  bits: 31,
  memory: 0,
  fresh: (base) => base,
  localName: (base) => base,
  isGlobal: () => true,
  seen: new Map(),
  stored: () => {},
  known: () => null,
};

/** Whether `n >= 1` is said by `n >= 3` already. */
function follows(condition: string, other: string): boolean {
  const [one, two] = [condition, other].map((text) => /^(.+) >= (\d+)$/.exec(text));
  return !!one && !!two && one[1] === two[1] && Number(one[2]) < Number(two[2]);
}
