// Where the elements of an array, or of a part of it, stand: `a[1:, k]` has its element `row` at `a[row + 1, k]`.

import type { expr, Subscript } from "../../source/ast.generated.ts";
import { walk } from "../../source/walk.ts";
import { isEllipsis, isNewAxis } from "./array-subscripts.ts";
import { Assignments } from "./assignments.ts";
import type { State } from "./state.ts";
import {
  type ArrayValue,
  exactOf,
  type IntValue,
  isArray,
  type SymbolicBound,
  shift,
  upperBounds,
} from "./values.ts";

/** `text + offset`, either of which may be nothing. */
export interface Place {
  text: string;
  offset: bigint;
}

/** How long an axis is, as text and as far as it is known. */
export interface Length extends Place {
  symbol: SymbolicBound | null;
}

/** An array, or a part of one, by its elements. */
export interface Access {
  /** The array that has the elements. */
  name: string;
  /** Per axis of that array: an index, or which own axis runs along it and from where. */
  places: readonly (string | { axis: number; from: Place })[];
  /** Per own axis; null for a new one, which is as long as the others want it. */
  lengths: readonly (Length | null)[];
  /** What must not hold: there the part is another one than its elements say. */
  never: readonly string[];
}

/** Finds the elements of parts of arrays. */
export abstract class ElementAccess extends Assignments {
  /** The whole array of that name. */
  protected wholeAccess(name: string, { dimensions }: ArrayValue): Access {
    return {
      name,
      places: dimensions.map((_, axis) => ({ axis, from: { text: "", offset: 0n } })),
      lengths: dimensions.map((symbol, axis) =>
        symbol?.base === "" && symbol.offset === 1n ? null : lengthOf(name, axis, dimensions.length, symbol),
      ),
      never: [],
    };
  }

  /** The elements of `a[1:-1, k]` in `a`; null where they are not found so simply. */
  protected partAccess(node: Subscript, state: State): Access | null {
    if (node.value.kind !== "Name") return null;
    const owner = this.evaluate(node.value, state);
    if (!isArray(owner)) return null;
    const name = node.value.id;
    const rank = owner.dimensions.length;
    const places: (string | { axis: number; from: Place })[] = [];
    const lengths: (Length | null)[] = [];
    const never: string[] = [];
    const whole = (): void => {
      const axis = places.length;
      places.push({ axis: lengths.length, from: { text: "", offset: 0n } });
      lengths.push(lengthOf(name, axis, rank, owner.dimensions[axis]!));
    };
    for (const index of this.indicesOf(node)) {
      const length = lengthOf(name, places.length, rank, owner.dimensions[places.length] ?? null);
      if (isEllipsis(index)) return null;
      if (isNewAxis(this.text(index))) lengths.push(null);
      else if (index.kind === "Slice") {
        const part = this.sliceAccess(index, length, state);
        if (!part) return null;
        places.push({ axis: lengths.length, from: part.from });
        lengths.push(part.length);
        never.push(...part.never);
      } else {
        const place = this.indexAccess(index, length, state);
        if (!place) return null;
        places.push(place.text);
        never.push(...place.never);
      }
    }
    while (places.length < rank) whole();
    return { name, places, lengths, never };
  }

  private indexAccess(index: expr, length: Length, state: State): { text: string; never: string[] } | null {
    const value = this.evaluate(index, state);
    if (value.type !== "int" || !isPlain(index)) return null;
    const text = this.text(index);
    const shortest = this.shortest(length.symbol);
    if (value.range.lo >= 0n)
      return {
        text,
        never: isBelow(value, length.symbol, shortest, 0n) ? [] : [`${text} >= ${length.text}`],
      };
    if (value.range.lo !== value.range.hi) return null;
    const wanted = -value.range.lo;
    return { text, never: wanted <= shortest ? [] : [`${length.text} < ${wanted}`] };
  }

  private sliceAccess(
    { lower, upper, step }: expr & { kind: "Slice" },
    length: Length,
    state: State,
  ): { from: Place; length: Length; never: string[] } | null {
    if (step) return null;
    const from = lower ? this.placeOf(lower, state) : { text: "", offset: 0n };
    const to = upper ? this.placeOf(upper, state) : { text: length.text, offset: 0n };
    if (!from || !to || (from.value && from.value.range.lo < 0n)) return null;
    const never: string[] = [];
    let symbol = length.symbol;
    if (to.value && to.text === "" && to.offset < 0n) {
      to.text = length.text;
      symbol = shift(symbol, to.offset);
    } else if (to.value) {
      if (to.value.range.lo < 0n) return null;
      if (!isBelow(to.value, length.symbol, this.shortest(length.symbol), 1n))
        never.push(`${this.text(upper!)} > ${length.text}`);
      symbol = exactOf(to.value);
    }
    const long: Length = {
      text: from.text === "" || to.text === "" ? to.text : `${to.text} - ${from.text}`,
      offset: to.offset - from.offset,
      symbol: from.text === "" ? shift(symbol, -from.offset) : null,
    };
    if (from.text !== "" && to.text === "") return null;
    return { from: { text: from.text, offset: from.offset }, length: long, never };
  }

  /** `i - 1` as a name and an offset. */
  private placeOf(node: expr, state: State): (Place & { value?: IntValue }) | null {
    const value = this.evaluate(node, state);
    if (value.type !== "int") return null;
    if (isLiteral(node) && value.range.lo === value.range.hi)
      return { text: "", offset: value.range.lo, value };
    if (node.kind === "Name") return { text: node.id, offset: 0n, value };
    if (node.kind !== "BinOp" || node.left.kind !== "Name" || (node.op !== "Add" && node.op !== "Sub"))
      return null;
    const by = this.evaluate(node.right, state);
    if (by.type !== "int" || !isLiteral(node.right) || by.range.lo !== by.range.hi) return null;
    return { text: node.left.id, offset: node.op === "Add" ? by.range.lo : -by.range.lo, value };
  }
}

/** Text of the length of an axis. */
function lengthOf(name: string, axis: number, rank: number, symbol: SymbolicBound | null): Length {
  return { text: rank === 1 ? `len(${name})` : `${name}.shape[${axis}]`, offset: 0n, symbol };
}

/** Whether the integer is shown to be less than the length and `beyond`. */
function isBelow(value: IntValue, axis: SymbolicBound | null, shortest: bigint, beyond: bigint): boolean {
  if (value.range.hi < shortest + beyond) return true;
  return (
    axis !== null &&
    upperBounds(value).some((bound) => bound.base === axis.base && bound.offset < axis.offset + beyond)
  );
}

const isLiteral = (node: expr): boolean =>
  node.kind === "Constant" || (node.kind === "UnaryOp" && node.operand.kind === "Constant");

/** Names, literals, and their sums: may be written once per element. */
function isPlain(node: expr): boolean {
  let plain = true;
  walk(node, (part) => {
    if (!["Name", "Constant", "BinOp", "UnaryOp"].includes(part.kind)) plain = false;
  });
  return plain;
}

/** `text + offset` as text. */
export function placeText({ text, offset }: Place): string {
  if (text === "") return String(offset);
  if (offset === 0n) return text;
  return offset < 0n ? `${text} - ${-offset}` : `${text} + ${offset}`;
}
