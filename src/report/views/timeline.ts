// What each thread did over time, in bins, and the memory that the program held.

import { timeline } from "../../profile/index.ts";
import type { Profile } from "../../schemas/profile.ts";
import { KINDS, type Kind, type TimelineView } from "../model.ts";

const MOST_BINS = 240;
const MOST_THREADS = 12;

/** Null when there are no samples. The busiest threads are shown, main threads first. */
export function timelineView(profile: Profile): TimelineView | null {
  const count = profile.samples.time.length;
  if (count === 0 || profile.wall <= 0) return null;
  const { bins, binWidth, threads, memory } = timeline(profile, Math.min(MOST_BINS, Math.ceil(count / 2)));
  const isMain = (thread: number): number => Number(profile.threads.main[thread]);
  const ordered = threads
    .map((row) => ({
      ...row,
      seen: row.activity.some((times) => KINDS.some((kind) => times[kind] > 0)),
      work: row.activity.reduce((sum, times) => sum + times.python + times.native + times.system, 0),
    }))
    .filter((row) => row.seen)
    .sort((a, b) => isMain(b.thread) - isMain(a.thread) || b.work - a.work);
  return {
    binSeconds: binWidth / 1e9,
    threads: ordered.slice(0, MOST_THREADS).map(({ name, activity }) => ({
      name,
      shares: Object.fromEntries(
        KINDS.map((kind) => [
          kind,
          activity.map((times) => Math.round(Math.min(1, times[kind] / binWidth) * 1000) / 1000),
        ]),
      ) as Record<Kind, number[]>,
    })),
    moreThreads: Math.max(0, ordered.length - MOST_THREADS),
    memory: memory.some((bytes) => bytes > 0)
      ? {
          seconds: Array.from({ length: bins }, (_, bin) => ((bin + 1) * binWidth) / 1e9),
          bytes: memory.map(Math.round),
        }
      : null,
  };
}
