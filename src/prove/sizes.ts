// How a region's gain depends on the size of its input, and the size from which on a rewrite pays.

import type { Interval, SizedRatio, Sizes } from "../schemas/index.ts";
import { median, ratioInterval } from "../stats/index.ts";

/** One recorded call, or a recorded one cut down, with its seconds on both sides in each pair. */
export interface TimedCall {
  /** Candidates for "the size": `len(name)`, or the value of a whole number. */
  sizes: Readonly<Record<string, number>>;
  recorded: boolean;
  old: readonly number[];
  new: readonly number[];
}

/** More points than this say no more. */
const mostPoints = 12;
/** A ratio nearer to 1 than this decides nothing about sizes. */
const indifferent = 0.03;

export const clearlySlower = (ratio: Interval): boolean => ratio.high < 1 - indifferent;
const clearlyFaster = (ratio: Interval): boolean => ratio.low > 1 + indifferent;

/** The gain by size; null when no size varies, or there are too few pairs. */
export function sizesOf(calls: readonly TimedCall[]): Sizes | null {
  const name = tellingSize(calls);
  if (name === null) return null;
  const ratios = [true, false]
    .flatMap((recorded) =>
      binned(
        calls.filter((call) => call.recorded === recorded),
        name,
      ),
    )
    .flatMap((bin) => sizedRatio(bin, name) ?? [])
    .sort((a, b) => a.size - b.size);
  return ratios.length > 1 ? { of: name, ratios, crossover: crossover(ratios) } : null;
}

/** The size that goes best with what the original takes: the largest rank correlation. */
function tellingSize(calls: readonly TimedCall[]): string | null {
  const names = Object.keys(calls[0]?.sizes ?? {}).filter((name) =>
    calls.every((call) => call.sizes[name] !== undefined),
  );
  const seconds = ranks(calls.map((call) => median(call.old)));
  let best: { name: string; correlation: number } | null = null;
  for (const name of names) {
    const sizes = calls.map((call) => call.sizes[name]!);
    if (new Set(sizes).size < 2) continue;
    const found = correlation(ranks(sizes), seconds);
    if (found > 0 && found > (best?.correlation ?? 0)) best = { name, correlation: found };
  }
  return best?.name ?? null;
}

/** Mean ranks: equal values share theirs. */
function ranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], meanX: number, y: readonly number[], meanY: number) =>
    x.reduce((sum, one, i) => sum + (one - meanX) * (y[i]! - meanY), 0);
  const scale = Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
  return scale > 0 ? product(a, meanA, b, meanB) / scale : 0;
}

/** Calls of equal size together, and neighbours too where there are many sizes. */
function binned(calls: readonly TimedCall[], name: string): TimedCall[][] {
  const sorted = [...new Set(calls.map((call) => call.sizes[name]!))].sort((a, b) => a - b);
  const bySize = sorted.map((size) => calls.filter((call) => call.sizes[name] === size));
  const perBin = Math.ceil(bySize.length / mostPoints);
  const bins: TimedCall[][] = [];
  for (let i = 0; i < bySize.length; i += perBin) bins.push(bySize.slice(i, i + perBin).flat());
  return bins;
}

function sizedRatio(bin: readonly TimedCall[], name: string): SizedRatio | null {
  const sum = (side: "old" | "new", pair: number) =>
    bin.reduce((total, call) => total + call[side][pair]!, 0);
  const pairs = bin[0]!.old.map((_, pair) => [sum("old", pair), sum("new", pair)] as const);
  const ratio = ratioInterval(pairs.map(([old, fresh]) => Math.log(old / fresh)));
  return (
    ratio && {
      size: median(bin.map((call) => call.sizes[name]!)),
      recorded: bin[0]!.recorded,
      calls: bin.length,
      ratio,
      oldSeconds: median(pairs.map(([old]) => old)) / bin.length,
      newSeconds: median(pairs.map(([, fresh]) => fresh)) / bin.length,
    }
  );
}

/**
 * The size at which the faster side changes, between the last size at which one is clearly faster and the first at which the
 * other is. Null when one side is never clearly faster, or the sides change more than once.
 */
function crossover(ratios: readonly SizedRatio[]): Sizes["crossover"] {
  const slower = ratios.flatMap(({ ratio }, i) => (clearlySlower(ratio) ? [i] : []));
  const faster = ratios.flatMap(({ ratio }, i) => (clearlyFaster(ratio) ? [i] : []));
  if (slower.length === 0 || faster.length === 0) return null;
  if (slower.at(-1)! < faster[0]!)
    return { size: equalSize(ratios.slice(slower.at(-1)!, faster[0]! + 1)), faster: "above" };
  if (faster.at(-1)! < slower[0]!)
    return { size: equalSize(ratios.slice(faster.at(-1)!, slower[0]! + 1)), faster: "below" };
  return null;
}

/** Where the ratio's logarithm, a straight line over the size's logarithm between neighbours, passes zero. */
function equalSize(between: readonly SizedRatio[]): number {
  const points = between.map(({ size, ratio }) => ({ x: Math.log1p(size), y: Math.log(ratio.estimate) }));
  const start = Math.sign(points[0]!.y);
  const after = points.findIndex(({ y }) => Math.sign(y) !== start);
  const [a, b] = [points[after - 1]!, points[after]!];
  return Math.round(Math.expm1(a.x + ((b.x - a.x) * a.y) / (a.y - b.y)));
}

/** In the middle of a sentence, when the crossover lies among the recorded sizes or just below: `slower where …`. */
export function crossoverPhrase(sizes: Sizes | null | undefined): string | null {
  if (!sizes?.crossover) return null;
  const { size, faster } = sizes.crossover;
  const recorded = sizes.ratios.filter((one) => one.recorded).map((one) => one.size);
  if (faster === "below") return `slower where ${sizes.of} is above about ${size}`;
  return size >= Math.min(...recorded) / 4 ? `slower where ${sizes.of} is below about ${size}` : null;
}
