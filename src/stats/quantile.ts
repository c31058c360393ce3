// Summaries of a list of numbers.

/** Sample quantile, 0 ≤ p ≤ 1, interpolated linearly (Hyndman and Fan's type 7, NumPy's default). NaN when empty. */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

/** NaN when empty. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Of positive numbers; NaN when empty. */
export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
