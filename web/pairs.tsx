// The evidence of a timing, drawn: every pair as a dot, the interval as a bar, the noise floor as a band around 1×.

import { formatInterval, formatRatio } from "../src/report/format.ts";
import type { DrawnPairs } from "../src/report/model.ts";
import { useWidth } from "./hooks.ts";

const HEIGHT = 84;
const SIDE = 14;
/** A gain above this is drawn without 1×, which would press all dots into a corner. */
const FAR = 2.5;

export function Pairs({ timing }: { timing: DrawnPairs }) {
  const [element, width] = useWidth<HTMLDivElement>();
  const { low, estimate, high } = timing.ratio;
  const ratios = timing.logRatios.map(Math.exp);
  const near = low < FAR;
  const smallest = Math.min(low, ...ratios, ...(near ? [1 / timing.floor] : []));
  const largest = Math.max(high, ...ratios, ...(near ? [timing.floor] : []));
  const margin = (largest / smallest) ** 0.06 || 1.02;
  const from = Math.log(smallest / margin);
  const to = Math.log(largest * margin);
  const x = (ratio: number): number =>
    SIDE + ((Math.log(ratio) - from) / (to - from || 1)) * (width - 2 * SIDE);
  const marks = ticks(Math.exp(from), Math.exp(to), Math.max(3, Math.floor(width / 90)));
  const decimals = Math.max(
    0,
    ...marks.map((tick) => (String(Number(tick.toPrecision(6))).split(".")[1] ?? "").length),
  );
  return (
    <div class="pairs" ref={element}>
      <svg
        role="img"
        aria-label={`${timing.pairs} pairs, ${formatInterval(timing.ratio)} faster, noise floor ${formatRatio(timing.floor)}`}
        width={width}
        height={HEIGHT}
      >
        {near && (
          <>
            <rect
              class="floor"
              x={x(1 / timing.floor)}
              y={4}
              width={x(timing.floor) - x(1 / timing.floor)}
              height={56}
            />
            <line class="one" x1={x(1)} x2={x(1)} y1={4} y2={60} />
          </>
        )}
        {ratios.map((ratio, index) => (
          <circle key={index} class="pair" cx={x(ratio)} cy={12 + (index % 4) * 8} r={3.5}>
            <title>{`pair ${index + 1}: ${ratio.toFixed(3)}×`}</title>
          </circle>
        ))}
        <line class="interval" x1={x(low)} x2={x(high)} y1={50} y2={50} />
        <circle class="estimate" cx={x(estimate)} cy={50} r={6} />
        <line class="axis" x1={SIDE} x2={width - SIDE} y1={60.5} y2={60.5} />
        {marks.map((tick) => (
          <g key={tick}>
            <line class="axis" x1={x(tick)} x2={x(tick)} y1={60} y2={64} />
            <text x={x(tick)} y={78} text-anchor="middle">
              {`${tick.toFixed(decimals)}×`}
            </text>
          </g>
        ))}
      </svg>
      {!near && <p class="small">No change (1×) lies far to the left of this drawing.</p>}
    </div>
  );
}

/** Round values between two bounds, at most `most` of them. */
export function ticks(low: number, high: number, most: number): number[] {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const result: number[] = [];
  for (let index = Math.ceil(low / step); index * step <= high; index++) result.push(index * step);
  return result;
}
