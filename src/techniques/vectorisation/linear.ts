// Lengths and bounds of ranges: a symbol that stands for one number at run time, and a constant added to it.

export interface Linear {
  /** What the number is; two with the same symbol differ by their offsets. Null for a plain constant. */
  symbol: string | null;
  /** How the symbol is written here. */
  text: string;
  offset: number;
  /** The symbol is a length: never negative. */
  length: boolean;
}

export const fixed = (offset: number): Linear => ({ symbol: null, text: "", offset, length: false });

export const plus = (value: Linear, offset: number): Linear => ({ ...value, offset: value.offset + offset });

/** The difference `a - b` where it is known. */
export function difference(a: Linear, b: Linear): number | null {
  return a.symbol === b.symbol ? a.offset - b.offset : null;
}

/** The least that the number can be; null when nothing is known. */
export function least(value: Linear): number | null {
  if (value.symbol === null || value.length) return value.offset;
  return null;
}

/** Python for the number: `n - 1`, `len(a)`, `3`. */
export function textOf({ symbol, text, offset }: Linear): string {
  if (symbol === null) return String(offset);
  if (offset === 0) return text;
  const base = /^[\w.[\]()]+$/.test(text) ? text : `(${text})`;
  return offset > 0 ? `${base} + ${offset}` : `${base} - ${-offset}`;
}
