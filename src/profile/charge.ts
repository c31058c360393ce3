// Charges the run's wall time to samples, so that shares of a program with threads and processes add up to one.
//
// Time is cut into bins. In each bin the threads that worked share the wall time by how much they worked; what is left
// over was waited for. Waiting is charged to threads that wait for something outside (a file, a socket, a clock); a thread
// that waits for other threads is charged only when there is no such.

import type { Nanoseconds, Profile } from "../schemas/profile.ts";

const BIN: Nanoseconds = 20e6;

interface Bin {
  /** Work and waiting of all threads that falls into the bin. */
  work: Nanoseconds;
  outside: Nanoseconds;
  parked: Nanoseconds;
}

/** Fill the `run…` columns of the samples from the threads' own activity. */
export function chargeRun(profile: Profile): void {
  const { samples, threads } = profile;
  const shared = threads.name.length > 1 ? shareWall(profile) : null;
  for (let i = 0; i < samples.time.length; i++) {
    const work = shared === null ? 1 : shared.work[i]!;
    samples.runPython.push(samples.python[i]! * work);
    samples.runNative.push(samples.native[i]! * work);
    samples.runSystem.push(samples.system[i]! * work);
    samples.runWaiting.push(shared === null ? samples.waiting[i]! : shared.waiting[i]!);
  }
}

/** Per sample: the factor by which its work counts as the run's wall time, and the waiting that is charged to it. */
function shareWall(profile: Profile): { work: number[]; waiting: number[] } {
  const { samples } = profile;
  const bins: Bin[] = Array.from({ length: Math.ceil(profile.wall / BIN) + 1 }, () => ({
    work: 0,
    outside: 0,
    parked: 0,
  }));
  const parked = parkedStacks(profile);
  const isParked = (sample: number) => parked[samples.stack[sample]!] ?? true;
  for (let i = 0; i < samples.time.length; i++)
    spread(samples.time[i]!, samples.duration[i]!, (bin, part) => {
      bins[bin]!.work += part * workOf(profile, i);
      bins[bin]![isParked(i) ? "parked" : "outside"] += part * awayOf(profile, i);
    });
  const width = (bin: number) => Math.max(0, Math.min(BIN, profile.wall - bin * BIN));
  const shares: { work: number[]; waiting: Nanoseconds[] } = { work: [], waiting: [] };
  let total = 0;
  for (let i = 0; i < samples.time.length; i++) {
    let work = 0;
    let waiting = 0;
    spread(samples.time[i]!, samples.duration[i]!, (index, part) => {
      const bin = bins[index]!;
      work += part * (bin.work > width(index) ? width(index) / bin.work : 1);
      const idle = Math.max(0, width(index) - bin.work);
      const waiters = bin.outside > 0 ? bin.outside : bin.parked;
      if (waiters > 0 && (bin.outside === 0 || !isParked(i))) waiting += part * Math.min(1, idle / waiters);
    });
    shares.work.push(work);
    shares.waiting.push(waiting * awayOf(profile, i));
    total += work * workOf(profile, i) + waiting * awayOf(profile, i);
  }
  // Work that was kept back for a later sample may crowd one bin and leave another empty: the sum is what is certain.
  const whole = total > 0 ? profile.wall / total : 1;
  return { work: shares.work.map((x) => x * whole), waiting: shares.waiting.map((x) => x * whole) };
}

const workOf = ({ samples }: Profile, i: number): Nanoseconds =>
  samples.python[i]! + samples.native[i]! + samples.system[i]!;

/** Time in which the thread did not work, for whatever reason: among threads also because another had the lock or the core. */
const awayOf = (profile: Profile, i: number): Nanoseconds =>
  Math.max(0, profile.samples.duration[i]! - workOf(profile, i));

/** Call `visit` with each bin that the interval before `time` touches, and the part of the interval in it (sum 1). */
function spread(time: Nanoseconds, duration: Nanoseconds, visit: (bin: number, part: number) => void): void {
  const start = Math.max(0, time - duration);
  if (time <= start) {
    visit(Math.floor(start / BIN), 1);
    return;
  }
  for (let bin = Math.floor(start / BIN); bin * BIN < time; bin++) {
    const overlap = Math.min(time, (bin + 1) * BIN) - Math.max(start, bin * BIN);
    if (overlap > 0) visit(bin, overlap / (time - start));
  }
}

/** Modules of the standard library in which a thread waits for another thread or process. */
const WAITING_ROOMS =
  /[\\/](threading|queue|selectors|subprocess|_base|thread|process|connection|popen_\w+|pool|synchronize|managers|base_events)\.py$/;

/** Per stack: whether its innermost frame is the standard library's way to wait for another thread or process. */
function parkedStacks({ stacks, frames, functions, files }: Profile): boolean[] {
  return stacks.frame.map((frame) => {
    const file = functions.file[frames.function[frame]!]!;
    return files.origin[file] === "standard" && WAITING_ROOMS.test(files.path[file]!);
  });
}
