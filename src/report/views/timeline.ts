// What each thread did over time, in bins, and the memory that the program held.

import type { Profile } from "../../schemas/profile.ts";
import { KINDS, type Kind, type TimelineView } from "../model.ts";

const MOST_BINS = 240;
const MOST_THREADS = 12;
const MOST_POINTS = 480;

/** Null when there are no samples. The busiest threads are shown, main threads first. */
export function timelineView({ samples, threads, processes, memory, wall }: Profile): TimelineView | null {
  const count = samples.time.length;
  if (count === 0 || wall <= 0) return null;
  const bins = Math.max(1, Math.min(MOST_BINS, Math.ceil(count / 2)));
  const width = wall / bins;
  const activity = threads.name.map(() => KINDS.map(() => new Float64Array(bins)));
  const busy = new Float64Array(threads.name.length);
  for (let sample = 0; sample < count; sample++) {
    const thread = samples.thread[sample]!;
    const times = KINDS.map((kind) => samples[kind][sample]!);
    busy[thread]! += times[0]! + times[1]! + times[3]! + times[2]! * 1e-6;
    const to = samples.time[sample]!;
    const from = to - samples.duration[sample]!;
    spread(from, to, width, bins, (bin, share) => {
      for (let kind = 0; kind < KINDS.length; kind++) activity[thread]![kind]![bin]! += times[kind]! * share;
    });
  }
  const order = threads.name
    .map((_, thread) => thread)
    .filter((thread) => busy[thread]! > 0)
    .sort((a, b) => Number(threads.main[b]) - Number(threads.main[a]) || busy[b]! - busy[a]!);
  const several = processes.pid.length > 1;
  return {
    binSeconds: width / 1e9,
    threads: order.slice(0, MOST_THREADS).map((thread) => ({
      name: several
        ? `${threads.name[thread]}, process ${processes.pid[threads.process[thread]!]}`
        : threads.name[thread]!,
      shares: Object.fromEntries(
        KINDS.map((kind, index) => [
          kind,
          Array.from(
            activity[thread]![index]!,
            (time) => Math.round(Math.min(1, time / width) * 1000) / 1000,
          ),
        ]),
      ) as Record<Kind, number[]>,
    })),
    moreThreads: Math.max(0, order.length - MOST_THREADS),
    memory: memoryLine(memory),
  };
}

/** Give each bin that the interval touches its share of it. */
function spread(
  from: number,
  to: number,
  width: number,
  bins: number,
  give: (bin: number, share: number) => void,
): void {
  const size = to - from;
  const last = Math.min(bins - 1, Math.floor(to / width));
  if (size <= 0) {
    if (last >= 0) give(last, 1);
    return;
  }
  for (let bin = Math.max(0, Math.floor(from / width)); bin <= last; bin++) {
    const overlap = Math.min(to, (bin + 1) * width) - Math.max(from, bin * width);
    if (overlap > 0) give(bin, overlap / size);
  }
}

/** Resident memory of all processes together, thinned so that every peak stays. */
function memoryLine({ process, time, resident }: Profile["memory"]): TimelineView["memory"] {
  if (time.length < 2) return null;
  const order = time.map((_, index) => index).sort((a, b) => time[a]! - time[b]!);
  const latest = new Map<number, number>();
  let total = 0;
  const points = order.map((index) => {
    total += resident[index]! - (latest.get(process[index]!) ?? 0);
    latest.set(process[index]!, resident[index]!);
    return { seconds: time[index]! / 1e9, bytes: total };
  });
  const step = Math.ceil(points.length / MOST_POINTS);
  const kept = [];
  for (let at = 0; at < points.length; at += step)
    kept.push(points.slice(at, at + step).reduce((most, point) => (point.bytes > most.bytes ? point : most)));
  return {
    seconds: kept.map((point) => Math.round(point.seconds * 1e4) / 1e4),
    bytes: kept.map((point) => Math.round(point.bytes)),
  };
}
