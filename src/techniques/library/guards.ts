// Conditions under which a library function is the same as code that goes on where the function would object.
//
// A loop over an empty list, over rows of unequal length or over NaN still gives something; the function raises or gives
// something else. Where that is the only difference, the call stands behind a condition and the original after it.

import type { Match } from "./match.ts";
import { isListOrTuple, isMatrix, isSquare, isVector, lengthOf, type Shape } from "./shapes.ts";

export interface Condition {
  text: string;
  imports: readonly string[];
}

const NUMPY = ["import numpy as np"];
const condition = (text: string, imports: readonly string[] = []): Condition => ({ text, imports });

/** Conditions that may make the match hold, in the order in which they must be asked; at most about six. */
export function conditionsOf({ filling, imports }: Match): Condition[] {
  const sources = [...new Map(filling.map(({ source }) => [source.text, source])).values()];
  const vectors = sources.filter(({ shape }) => isVector(shape));
  const matrices = sources.filter(({ shape }) => isMatrix(shape));
  const counts = sources.filter(({ shape }) => shape.is === "number" && shape.number === "int");
  const found: Condition[] = [];
  if (matrices.length > 0) found.push(...shapeConditions(matrices));
  else
    for (const { text, shape } of vectors)
      found.push(condition(shape.is === "array" ? `len(${text}) > 0` : text));
  const [first, second] = vectors;
  if (first && second && sameLengths(lengthOf(first.shape), lengthOf(second.shape)))
    found.push(condition(`len(${first.text}) == len(${second.text})`));
  const [matrix] = matrices;
  if (first && matrix && sameLengths(lengthOf(first.shape), lengthOf(matrix.shape)))
    found.push(condition(`len(${matrix.text}) == len(${first.text})`));
  const [count] = counts;
  if (first && count) found.push(condition(`0 < ${count.text} <= len(${first.text})`));
  const plain = !imports.some((statement) => /\b(numpy|scipy)\b/.test(statement));
  for (const { text, shape } of [...vectors, ...matrices])
    if (hasFloats(shape))
      found.push(
        plain && isVector(shape)
          ? condition(`all(map(isfinite, ${text}))`, ["from math import isfinite"])
          : condition(`np.all(np.isfinite(${text}))`, NUMPY),
      );
  return found.slice(0, 6);
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

/** All non-empty choices of the conditions that hold together, fewest first. */
export function choices(conditions: readonly Condition[]): Condition[][] {
  const all = Array.from({ length: 2 ** conditions.length - 1 }, (_, bits) =>
    conditions.filter((_one, at) => ((bits + 1) >> at) & 1),
  );
  return all.sort((a, b) => a.length - b.length);
}
