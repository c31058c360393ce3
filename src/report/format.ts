// Numbers as people read them. Shared by the terminal and the page, so that both say the same.

import type { Interval } from "../schemas/index.ts";

/** Stands for a figure that is none: not a number, or without bound. */
const NONE = "–";

/** Seconds with two or three meaningful digits and the unit that fits: `380 µs`, `42 ms`, `6.4 s`, `3 min 20 s`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return NONE;
  const size = Math.abs(seconds);
  if (size === 0) return "0 s";
  if (size < 0.9995e-3) return `${digits(seconds * 1e6)} µs`;
  if (size < 0.9995) return `${digits(seconds * 1e3)} ms`;
  if (size < 99.5) return `${digits(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const digits = (value: number): string => {
  const size = Math.abs(value);
  return value.toFixed(size < 0.995 ? 2 : size < 9.95 ? 1 : 0);
};

/** A speed-up with the digits that matter near one: `1.07×`, `2.9×`, `41×`. */
export function formatRatio(ratio: number): string {
  if (!Number.isFinite(ratio)) return NONE;
  return `${ratio.toFixed(ratioDecimals(ratio))}×`;
}

/** Above this no sampling can tell one ceiling from another. */
export const HIGHEST_CEILING = 100;

/** A ceiling as a gain: `2.7×`, `over 100×`; null, where the part takes all the time, is over 100 as well. */
export function formatCeiling(ceiling: number | null): string {
  return ceiling === null || ceiling > HIGHEST_CEILING ? `over ${HIGHEST_CEILING}×` : formatRatio(ceiling);
}

/** `2.9× (2.7–3.1)`: an estimate and its interval, all with the same number of decimals. */
export function formatInterval(interval: Interval): string {
  return `${formatRatio(interval.estimate)} (${formatRange(interval)})`;
}

/** `2.7–3.1`: the interval alone, at the precision of its estimate. */
export function formatRange(interval: Interval): string {
  const spread = interval.high - interval.low;
  let decimals = ratioDecimals(interval.estimate);
  if (spread > 0 && spread < 10 ** -decimals && decimals < 2) decimals++;
  return `${interval.low.toFixed(decimals)}–${interval.high.toFixed(decimals)}`;
}

const ratioDecimals = (ratio: number): number => (ratio < 1.995 ? 2 : ratio < 9.95 ? 1 : 0);

/** A share from 0 to 1 as percent: `93%`, `7.2%`, `<0.1%`. */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return NONE;
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return "<0.1%";
  if (percent === 0) return "0%";
  return `${percent.toFixed(percent < 9.95 ? 1 : 0)}%`;
}

/** The half-width of a share's interval in percentage points, one decimal below one: `2`, `0.7`. */
export function formatError(error: number): string {
  const points = Math.max(0.1, error * 100);
  return points.toFixed(points < 0.95 ? 1 : 0);
}

/** Bytes in binary multiples: `812 B`, `48 MiB`, `3.2 GiB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NONE;
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(unit > 0 && value < 9.95 ? 1 : 0)} ${units[unit]}`;
}

/** A small positive quantity in scientific notation where plain digits would not do: `2.2e-16`, `0.01`. */
export function formatSmall(value: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return NONE;
  if (value >= 0.001 && value < 1000) return String(Number(value.toPrecision(2)));
  return value.toExponential(1).replace(".0e", "e");
}

/** `1 input`, `14 inputs`. */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
