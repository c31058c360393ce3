// Inputs that tell a function from its look-alikes: ties, negatives, even and odd lengths, one-sided edges.
//
// The generic generator varies what was recorded; it cannot know that ties matter to a rank or a one-sided edge to a
// component. What is listed here must agree, whatever the recorded values were.

import type { Entry, Example } from "./entry.ts";
import { isListOrTuple, lengthOf, type Shape } from "./shapes.ts";
import type { SlotKind } from "./slots.ts";

/** One slot as it was filled: the live-in behind it, when it is one (and not, say, an attribute of one). */
export interface Filled {
  slot: string;
  kind: SlotKind;
  name: string | null;
  shape: Shape;
}

/** Lengths that code may rely on (a point's coordinates) are kept; longer ones are data and may vary. */
const COORDINATES = 16;

/**
 * Ties; negatives and an even length; runs of ties; large values, so that a cap or a threshold in the code shows; a
 * longer list with repeats, so that a window or a reset does.
 */
const VALUES: readonly (readonly number[])[] = [
  [3, 1, 2, 3, 1],
  [4, -1, 3, -2],
  [-2, -2, -3, -2, -1, 5],
  [4000, 250, -1700, 90_000, 3, 61],
  [7, 3, 3, 9, 1, 0, 4, 4, 8, 2, 6, 5, 5, 1, 9, 9, 0, 2, 7, 3, 8, 6, 1, 4, 4, 2, 7, 0, 5, 3],
];
/** The same for a second value beside the first. */
const SECOND: readonly (readonly number[])[] = [
  [1, 4, 2, 2, 7],
  [-3, 2, 5, 1],
  [6, 1, -4, 3, 3, -2],
  [17, 5200, 33, -80_000, 640, 9],
  [2, 8, 1, 1, 5, 9, 3, 7, 0, 6, 6, 4, 2, 8, 1, 5, 3, 3, 9, 7, 0, 4, 2, 6, 8, 1, 5, 7, 9, 0],
];
/** Rows of a matrix start here in the values; in the third family all rows are the same. */
const STARTS = [
  [0, 3, 1, 4, 2],
  [0, 1, 3, 2, 5],
  [0, 0, 0, 0, 0],
  [0, 2, 1, 3, 5],
  [0, 7, 13, 19, 3],
] as const;

/** Python expressions for dicts from live-in name to value, to be tried with the entry filled so. */
export function refutersOf(entry: Entry, filled: readonly Filled[]): string[] {
  const inputs = [...(entry.refuters ?? []), ...families(filled)].map((examples) => {
    const items = new Map<string, string>();
    for (const { slot, name, shape } of filled) {
      const example = examples[slot];
      if (example === undefined) continue;
      const text = name === null ? null : render(example, shape);
      // A value that the input cannot carry would leave the slots at odds with each other.
      if (text === null || (items.has(name!) && items.get(name!) !== text)) return null;
      items.set(name!, text);
    }
    if (items.size === 0) return null;
    return `{${[...items].map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(", ")}}`;
  });
  return [...new Set(inputs.filter((input) => input !== null))];
}

/** What every entry over plain vectors, matrices or adjacency is tried with. */
function families(filled: readonly Filled[]): Record<string, Example>[] {
  const numeric = filled.filter(({ kind }) => NUMERIC.has(kind));
  // An integer beside them may be a length or an index that the examples would not fit.
  if (numeric.length === 0 || filled.some(({ kind }) => kind === "int" || kind === "callable")) return [];
  const rows = numeric.find(({ kind }) => MATRICES.has(kind));
  const side = rows ? (columnsOf(rows.shape) ?? 3) : null;
  return VALUES.map((_, family) => {
    const examples: Record<string, Example> = {};
    const given = new Map<string | null, Example>();
    for (const { slot, kind, name, shape } of numeric) {
      const known = given.get(name);
      const values = (given.size === 0 ? VALUES : SECOND)[family]!;
      const example =
        known ??
        (MATRICES.has(kind)
          ? matrixOf(kind, values, STARTS[family]!, side ?? 3, columnsOf(shape) ?? side ?? 3)
          : vectorOf(values, side ?? fixedLength(shape) ?? values.length, 0));
      given.set(name, example);
      examples[slot] = example;
    }
    return examples;
  });
}

const NUMERIC = new Set<SlotKind>([
  "vector",
  "array1",
  "numbers",
  "integers",
  "items",
  "hashable items",
  "matrix",
  "square",
  "array2",
  "rows",
]);
const MATRICES = new Set<SlotKind>(["matrix", "square", "array2", "rows"]);

const vectorOf = (values: readonly number[], length: number, start: number): number[] =>
  Array.from({ length }, (_item, at) => values[(start + at) % values.length]!);

function matrixOf(
  kind: SlotKind,
  values: readonly number[],
  starts: readonly number[],
  rows: number,
  columns: number,
): number[][] {
  // Solvers amplify rounding on matrices that are nearly singular; a heavy diagonal keeps them apart from that.
  const diagonal = kind === "square" ? 4 * rows * Math.max(...values.map(Math.abs)) : 0;
  return Array.from({ length: rows }, (_row, row) =>
    vectorOf(values, columns, starts[row % starts.length]!).map((value, column) =>
      row === column ? value + diagonal : value,
    ),
  );
}

function fixedLength(shape: Shape): number | null {
  const length = lengthOf(shape);
  return length && length.min === length.max && length.max <= COORDINATES && length.max > 0
    ? length.max
    : null;
}

function columnsOf(shape: Shape): number | null {
  if (shape.is === "array") {
    const columns = new Set(shape.shapes.map((one) => one[1] ?? 0));
    const [only] = columns;
    return columns.size === 1 && only! > 0 && only! <= COORDINATES ? only! : null;
  }
  return isListOrTuple(shape) && shape.element ? fixedLength(shape.element) : null;
}

/** The example as Python text of the observed types; null when it cannot have them. */
function render(example: Example, shape: Shape): string | null {
  if (shape.is === "array") {
    const text = plain(example);
    const floats = shape.dtype === "f";
    if (!floats && /inf|nan/.test(text)) return null;
    if (shape.dtype === "u" && /-/.test(text)) return null;
    if (!"iuf".includes(shape.dtype)) return null;
    return `__import__("numpy").array(${text}, dtype=${floats ? "float" : "int"})`;
  }
  if (isListOrTuple(shape)) {
    if (!Array.isArray(example)) return null;
    const parts = example.map((item: Example) => (shape.element ? render(item, shape.element) : plain(item)));
    if (parts.some((part) => part === null)) return null;
    return shape.type === "tuple"
      ? `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`
      : `[${parts.join(", ")}]`;
  }
  if (shape.is === "number" && !shape.numpy && shape.number !== "bool" && !Array.isArray(example)) {
    const text = plain(example);
    if (/inf|nan/.test(text)) return shape.number === "float" ? text : null;
    const whole = typeof example === "number" && Number.isInteger(example);
    if (!whole && shape.number === "int") return null;
    return shape.number === "float" && !shape.integersOrInfinity && whole ? `${text}.0` : text;
  }
  // A dict is given as a list of its items.
  if (shape.is === "mapping" && shape.type === "dict" && Array.isArray(example)) {
    const parts = example.map((item: Example) => {
      const [key, value] =
        Array.isArray(item) && item.length === 2 && shape.key && shape.value
          ? [render(item[0]!, shape.key), render(item[1]!, shape.value)]
          : [null, null];
      return key === null || value === null ? null : `${key}: ${value}`;
    });
    return parts.includes(null) ? null : `{${parts.join(", ")}}`;
  }
  if (shape.is === "text" && typeof example === "number") return JSON.stringify(`k${example}`);
  if (shape.is === "text" && typeof example === "string") return JSON.stringify(example);
  return null;
}

const plain = (example: Example): string =>
  Array.isArray(example) ? `[${example.map(plain).join(", ")}]` : String(example);
