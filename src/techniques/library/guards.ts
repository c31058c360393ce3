// Conditions under which a library function is the same as code that goes on where the function would object.
//
// A loop over an empty list, over rows of unequal length or over NaN still gives something; the function raises or gives
// something else. Where that is the only difference, the call stands behind a condition and the original after it.

import type { Match } from "./match.ts";
import { isListOrTuple, isMatrix, isSquare, isVector, lengthOf, type Shape } from "./shapes.ts";
import type { SlotKind } from "./slots.ts";

export interface Condition {
  text: string;
  imports: readonly string[];
}

const NUMPY = ["import numpy as np"];
const condition = (text: string, imports: readonly string[] = []): Condition => ({ text, imports });

/** Conditions that may make the match hold, in the order in which they must be asked. */
export function conditionsOf(match: Match): Condition[] {
  const { filling, imports } = match;
  const sources = [...new Map(filling.map(({ source }) => [source.text, source])).values()];
  const vectors = sources.filter(({ shape }) => isVector(shape));
  const matrices = sources.filter(({ shape }) => isMatrix(shape));
  const mappings = sources.filter(({ shape }) => shape.is === "mapping");
  const counts = sources.filter(({ shape }) => shape.is === "number" && shape.number === "int");
  const found: Condition[] = [];
  if (matrices.length > 0) found.push(...shapeConditions(matrices));
  else
    for (const { text, shape } of vectors)
      found.push(condition(shape.is === "array" ? `len(${text}) > 0` : text));
  found.push(...mappings.map(({ text }) => condition(text)));
  const [first, second] = vectors;
  if (first && second && sameLengths(lengthOf(first.shape), lengthOf(second.shape)))
    found.push(condition(`len(${first.text}) == len(${second.text})`));
  const [matrix] = matrices;
  if (first && matrix && sameLengths(lengthOf(first.shape), lengthOf(matrix.shape)))
    found.push(condition(`len(${matrix.text}) == len(${first.text})`));
  const [count] = counts;
  if (first && count) found.push(condition(`0 < ${count.text} <= len(${first.text})`));
  const plain = !imports.some((statement) => /\b(numpy|scipy)\b/.test(statement));
  for (const source of [...vectors, ...matrices]) found.push(...elementConditions(source, plain));
  if (vectors.length > 1) found.push(...vectors.map(({ text }) => condition(`min(${text}) < max(${text})`)));
  return [...found, ...nodeConditions(match)];
}

/** The condition that every number is finite, which data may well break: distances with "no path". */
export const isFiniteness = ({ text }: Condition): boolean => text.includes("isfinite");

function elementConditions({ text, shape }: { text: string; shape: Shape }, plain: boolean): Condition[] {
  const found: Condition[] = [];
  if (shape.is === "array") {
    if (shape.dtype === "f") found.push(condition(`${text}.dtype == np.float64`, NUMPY));
  } else if (!plain) {
    // NumPy reads digits in strings as numbers, and makes objects of integers beyond 64 bits.
    found.push(condition(`np.asarray(${text}).dtype.kind in "if"`, NUMPY));
    const integers = hasFloats(shape) ? null : isVector(shape) ? text : `chain.from_iterable(${text})`;
    if (integers)
      found.push(
        condition(
          `max(map(abs, ${integers})) < 2**20`,
          integers === text ? [] : ["from itertools import chain"],
        ),
      );
  }
  if (hasFloats(shape))
    found.push(
      plain && isVector(shape)
        ? condition(`all(map(isfinite, ${text}))`, ["from math import isfinite"])
        : condition(`np.all(np.isfinite(${text}))`, NUMPY),
    );
  return found;
}

const LINKS = new Set<SlotKind>(["edges", "graph", "digraph", "weighted graph", "weighted digraph"]);

/** Every node that an edge names is one of the nodes. */
function nodeConditions({ entry, filling }: Match): Condition[] {
  const count = filling.find(
    ({ slot, source: { shape } }) =>
      /^(nodes|int)$/.test(entry.slots[slot]!) && shape.is === "number" && shape.number === "int",
  );
  return filling
    .filter(({ slot }) => LINKS.has(entry.slots[slot]!))
    .flatMap(({ source: { text, shape } }) => {
      if (shape.is === "mapping") {
        const near = shape.value;
        const isPair = isListOrTuple(near) && isListOrTuple(near.element) && near.element.length.max === 2;
        const node = isPair && shape.key?.is !== "sequence" ? "v, _" : "v";
        return [condition(`all(v in ${text} for near in ${text}.values() for ${node} in near)`)];
      }
      if (!count || !isListOrTuple(shape) || !isListOrTuple(shape.element)) return [];
      const nodes = `range(${count.source.text})`;
      if (shape.element.length.max === 2)
        return [condition(`all(node in ${nodes} for edge in ${text} for node in edge)`)];
      return shape.element.length.max === 3
        ? [condition(`all(u in ${nodes} and v in ${nodes} for u, v, _ in ${text})`)]
        : [];
    });
}

function shapeConditions(matrices: readonly { text: string; shape: Shape }[]): Condition[] {
  const lists = matrices.filter(({ shape }) => isListOrTuple(shape));
  const [one, two] = matrices;
  const conditions = lists.map(({ text }) => condition(`len(set(map(len, ${text}))) == 1`));
  const arrays = matrices.filter(({ shape }) => shape.is === "array");
  for (const { text } of arrays) conditions.push(condition(`${text}.size > 0`));
  const square = one !== undefined && isSquare(one.shape);
  if (square) conditions.push(condition(`len(${one.text}) == len(${one.text}[0])`));
  if (one && two) {
    const width = widthOf(one.shape);
    if (sameLengths(width, widthOf(two.shape)))
      conditions.push(condition(`len(${one.text}[0]) == len(${two.text}[0])`));
    if (sameLengths(width, lengthOf(two.shape)))
      conditions.push(condition(`len(${one.text}[0]) == len(${two.text})`));
  }
  return conditions;
}

type Length = { min: number; max: number };

/** Lengths that were equal as far as the facts tell; a condition that they are can then hold on what was recorded. */
const sameLengths = (a: Length | null, b: Length | null): boolean =>
  a !== null && b !== null && a.min === b.min && a.max === b.max;

function widthOf(shape: Shape): Length | null {
  if (isListOrTuple(shape)) return shape.element && lengthOf(shape.element);
  if (shape.is !== "array") return null;
  const widths = shape.shapes.map((one) => one[1] ?? 0);
  return { min: Math.min(...widths), max: Math.max(...widths) };
}

function hasFloats(shape: Shape): boolean {
  if (shape.is === "array") return shape.dtype === "f";
  if (!isListOrTuple(shape) || shape.element === null) return false;
  return shape.element.is === "number" ? shape.element.number === "float" : hasFloats(shape.element);
}
