// What is read off a profile: totals, time per function and line, the call tree, the timeline.

import type {
  Bytes,
  IndexIntoFunctions,
  IndexIntoStacks,
  IndexIntoThreads,
  Nanoseconds,
  Profile,
} from "../schemas/profile.ts";

/** Wall time of the run by what it went to. */
export interface Times {
  python: Nanoseconds;
  native: Nanoseconds;
  waiting: Nanoseconds;
  system: Nanoseconds;
}

export const noTime = (): Times => ({ python: 0, native: 0, waiting: 0, system: 0 });
export const totalOf = (times: Times): Nanoseconds =>
  times.python + times.native + times.waiting + times.system;

function addSample(times: Times, { samples }: Profile, i: number): void {
  times.python += samples.runPython[i]!;
  times.native += samples.runNative[i]!;
  times.waiting += samples.runWaiting[i]!;
  times.system += samples.runSystem[i]!;
}

/** The whole run. */
export function timesOfRun(profile: Profile): Times {
  const times = noTime();
  for (let i = 0; i < profile.samples.time.length; i++) addSample(times, profile, i);
  return times;
}

/** Time per stack, callees not included; index by stack. Time without any frame of the program is left out. */
export function timesPerStack(profile: Profile): Times[] {
  const table = profile.stacks.frame.map(noTime);
  profile.samples.stack.forEach((stack, i) => {
    if (stack >= 0) addSample(table[stack]!, profile, i);
  });
  return table;
}

/** Samples that carry time, per stack. */
export function samplesPerStack({ stacks, samples }: Profile): number[] {
  const counts = stacks.frame.map(() => 0);
  samples.stack.forEach((stack, i) => {
    const time =
      samples.runPython[i]! + samples.runNative[i]! + samples.runWaiting[i]! + samples.runSystem[i]!;
    if (stack >= 0 && time > 0) counts[stack]!++;
  });
  return counts;
}

/** Time in one thing, without and with what it called. A recursive function counts once in each stack. */
export interface Usage {
  self: Times;
  total: Times;
  /** Samples behind `total`. */
  samples: number;
}

/**
 * Usage of whatever `keysOf` sees in the frames of a stack: called once per frame with the frame's index; the same key
 * twice in a stack counts once.
 */
export function usageBy<Key>(profile: Profile, keysOf: (frame: number) => readonly Key[]): Map<Key, Usage> {
  const times = timesPerStack(profile);
  const counts = samplesPerStack(profile);
  const { parent, frame } = profile.stacks;
  const keysOfFrame = profile.frames.line.map((_, index) => keysOf(index));
  const usages = new Map<Key, Usage>();
  const usageOf = (key: Key) => {
    let usage = usages.get(key);
    if (usage === undefined) {
      usage = { self: noTime(), total: noTime(), samples: 0 };
      usages.set(key, usage);
    }
    return usage;
  };
  for (let stack = 0; stack < frame.length; stack++) {
    if (counts[stack] === 0) continue;
    for (const key of keysOfFrame[frame[stack]!]!) addTimes(usageOf(key).self, times[stack]!);
    const seen = new Set<Key>();
    for (let at: IndexIntoStacks = stack; at >= 0; at = parent[at]!)
      for (const key of keysOfFrame[frame[at]!]!) seen.add(key);
    for (const key of seen) {
      const usage = usageOf(key);
      addTimes(usage.total, times[stack]!);
      usage.samples += counts[stack]!;
    }
  }
  return usages;
}

/** Usage per function. */
export function usagePerFunction(profile: Profile): Map<IndexIntoFunctions, Usage> {
  return usageBy(profile, (frame) => [profile.frames.function[frame]!]);
}

/** Usage per line of one file. */
export function usagePerLine(profile: Profile, path: string): Map<number, Usage> {
  const { frames, functions, files } = profile;
  return usageBy(profile, (frame) =>
    files.path[functions.file[frames.function[frame]!]!] === path ? [frames.line[frame]!] : [],
  );
}

/** The call tree by function: stacks that differ only in lines are merged. Node 0 is the run, and its own parent. */
export interface CallTree {
  /** A parent stands before its children. */
  parent: number[];
  /** −1 for the run itself. */
  function: IndexIntoFunctions[];
  /** Line in the function where most of the node's time was seen. */
  line: number[];
  self: Times[];
  total: Times[];
}

/** Merge all stacks into a call tree. `order` of children is that of first appearance. */
export function callTree(profile: Profile): CallTree {
  const { stacks, frames } = profile;
  const times = timesPerStack(profile);
  const tree: CallTree = { parent: [0], function: [-1], line: [0], self: [noTime()], total: [noTime()] };
  const children = new Map<string, number>();
  const lines: Map<number, Nanoseconds>[] = [new Map()];
  const nodeOfStack: number[] = [];
  for (let stack = 0; stack < stacks.frame.length; stack++) {
    const frame = stacks.frame[stack]!;
    const parent = stacks.parent[stack]! < 0 ? 0 : nodeOfStack[stacks.parent[stack]!]!;
    const fn = frames.function[frame]!;
    const key = `${parent} ${fn}`;
    let node = children.get(key);
    if (node === undefined) {
      node = tree.parent.length;
      children.set(key, node);
      tree.parent.push(parent);
      tree.function.push(fn);
      tree.line.push(frames.line[frame]!);
      tree.self.push(noTime());
      tree.total.push(noTime());
      lines.push(new Map());
    }
    nodeOfStack.push(node);
    addTimes(tree.self[node]!, times[stack]!);
  }
  // Cumulative time per stack, from the leaves down, gives each node's time per line as well.
  const cumulative = times.map(totalOf);
  for (let stack = stacks.frame.length - 1; stack >= 0; stack--) {
    const parent = stacks.parent[stack]!;
    if (parent >= 0) cumulative[parent]! += cumulative[stack]!;
    const perLine = lines[nodeOfStack[stack]!]!;
    const line = frames.line[stacks.frame[stack]!]!;
    perLine.set(line, (perLine.get(line) ?? 0) + cumulative[stack]!);
  }
  lines.forEach((perLine, node) => {
    const [most] = [...perLine].sort(([, a], [, b]) => b - a);
    if (most) tree.line[node] = most[0];
  });
  profile.samples.stack.forEach((stack, i) => {
    if (stack < 0) addSample(tree.self[0]!, profile, i);
  });
  for (let node = tree.parent.length - 1; node >= 0; node--) {
    addTimes(tree.total[node]!, tree.self[node]!);
    if (node > 0) addTimes(tree.total[tree.parent[node]!]!, tree.total[node]!);
  }
  return tree;
}

/** What each thread did over time. */
export interface Timeline {
  binWidth: Nanoseconds;
  bins: number;
  threads: {
    thread: IndexIntoThreads;
    name: string;
    /** Per bin, nanoseconds of each kind. */
    activity: Times[];
  }[];
  /** Resident memory of all recorded processes together, at the end of each bin. */
  memory: Bytes[];
}

/** Cut the run into `bins` equal bins. Threads stand in the order in which they appeared. */
export function timeline(profile: Profile, bins: number): Timeline {
  const { samples, threads, memory, processes } = profile;
  const binWidth = Math.max(1, profile.wall / bins);
  const binOf = (time: Nanoseconds) => Math.min(bins - 1, Math.max(0, Math.floor(time / binWidth)));
  const rows = threads.name.map((name, thread) => ({
    thread,
    name: processes.pid.length > 1 ? `${name} (process ${processes.pid[threads.process[thread]!]})` : name,
    activity: Array.from({ length: bins }, noTime),
  }));
  samples.time.forEach((time, i) => {
    const start = Math.max(0, time - samples.duration[i]!);
    const { activity } = rows[samples.thread[i]!]!;
    for (let bin = binOf(start); bin <= binOf(time); bin++) {
      const overlap = Math.min(time, (bin + 1) * binWidth) - Math.max(start, bin * binWidth);
      const part = time > start ? Math.max(0, overlap) / (time - start) : 1;
      activity[bin]!.python += part * samples.python[i]!;
      activity[bin]!.native += part * samples.native[i]!;
      activity[bin]!.waiting += part * samples.waiting[i]!;
      activity[bin]!.system += part * samples.system[i]!;
    }
  });
  const resident = processes.pid.map(() => 0);
  const sums: Bytes[] = [];
  const order = memory.time.map((_, i) => i).sort((a, b) => memory.time[a]! - memory.time[b]!);
  let next = 0;
  for (let bin = 0; bin < bins; bin++) {
    for (; next < order.length && memory.time[order[next]!]! <= (bin + 1) * binWidth; next++)
      resident[memory.process[order[next]!]!] = memory.resident[order[next]!]!;
    const alive = resident.filter((_, p) => processes.end[p]! >= bin * binWidth);
    sums.push(alive.reduce((sum, bytes) => sum + bytes, 0));
  }
  return { binWidth, bins, threads: rows, memory: sums };
}

/** Greatest resident memory of any one process, or null when none was read. */
export function peakMemory({ memory }: Profile): Bytes | null {
  const peak = memory.peak.reduce((most, bytes) => Math.max(most, bytes), 0);
  return peak > 0 ? peak : null;
}

function addTimes(into: Times, times: Times): void {
  into.python += times.python;
  into.native += times.native;
  into.waiting += times.waiting;
  into.system += times.system;
}
