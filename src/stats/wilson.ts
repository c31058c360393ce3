// The interval of a proportion seen in a sample.

import type { Interval } from "../schemas/index.ts";
import { normalQuantile } from "./normal.ts";

/** Wilson's score interval (JASA 22, 1927) of `successes` in `total` trials; [0, 1] when nothing was tried. */
export function wilsonInterval(successes: number, total: number, confidence = 0.95): Interval {
  if (total === 0) return { low: 0, estimate: 0.5, high: 1 };
  const z = normalQuantile(0.5 + confidence / 2);
  const share = successes / total;
  const centre = (share + (z * z) / (2 * total)) / (1 + (z * z) / total);
  const half =
    (z / (1 + (z * z) / total)) * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  // At the ends the formula is exact but its rounding is not.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    estimate: share,
    high: successes === total ? 1 : Math.min(1, centre + half),
  };
}
