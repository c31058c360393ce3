// Do two samples come from one distribution? The two-sample Kolmogorov–Smirnov test.

/** Largest distance between the two empirical distribution functions; ties count at once. */
export function largestGap(a: readonly number[], b: readonly number[]): number {
  const one = [...a].sort((x, y) => x - y);
  const two = [...b].sort((x, y) => x - y);
  let [i, j, gap] = [0, 0, 0];
  while (i < one.length && j < two.length) {
    const at = Math.min(one[i]!, two[j]!);
    while (i < one.length && one[i]! <= at) i++;
    while (j < two.length && two[j]! <= at) j++;
    gap = Math.max(gap, Math.abs(i / one.length - j / two.length));
  }
  return gap;
}

/** Asymptotic p-value of the two-sample test; conservative where values repeat. */
export function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const size = (a.length * b.length) / (a.length + b.length);
  const t = largestGap(a, b) * Math.sqrt(size);
  if (t < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * t * t);
    sum += term;
    if (Math.abs(term) < 1e-12) break;
  }
  return Math.min(1, Math.max(0, sum));
}
