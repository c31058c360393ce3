import { expect, test } from "vitest";
import type { Profile } from "../../schemas/profile.ts";
import { libraryPath } from "./flame.ts";
import { profileViews } from "./index.ts";

const MS = 1e6;

/** A profile drawn as text: `milliseconds kind function:line function:line …`, root first, one sample a line. */
function profileOf(drawing: string): Profile {
  const functions = ["main", "load", "solve", "svd", "<module>", "_find_and_load"];
  const files = [0, 0, 0, 1, 1, 2];
  const profile: Profile = {
    schema: "speedwell.profile/1",
    wall: 0,
    files: {
      path: [
        "/home/ada/app.py",
        "/env/lib/python3.11/site-packages/numpy/linalg.py",
        "<frozen importlib._bootstrap>",
      ],
      origin: ["own", "library", "standard"],
    },
    functions: { name: functions, file: files, line: [1, 10, 20, 5, 1, 1022] },
    frames: { function: [], line: [] },
    stacks: { parent: [], frame: [] },
    processes: {
      pid: [7],
      parent: [-1],
      start: [0],
      end: [1e12],
      complete: [true],
      cpu: [0],
      childrenCpu: [0],
    },
    threads: { process: [0], name: ["MainThread"], main: [true] },
    samples: {
      ...{ thread: [], time: [], duration: [], stack: [], entered: [] },
      ...{ python: [], native: [], waiting: [], system: [] },
      ...{ runPython: [], runNative: [], runWaiting: [], runSystem: [] },
    },
    memory: { process: [0, 0, 0], time: [0, 5 * MS, 10 * MS], resident: [10, 30, 20], peak: [10, 30, 30] },
    parallelism: 1,
  };
  const frameOf = (text: string): number => {
    const [name, line] = text.split(":");
    const called = functions.indexOf(name!);
    const { frames } = profile;
    const known = frames.function.findIndex(
      (one, index) => one === called && frames.line[index] === Number(line),
    );
    if (known >= 0) return known;
    frames.line.push(Number(line));
    return frames.function.push(called) - 1;
  };
  for (const row of drawing.trim().split("\n")) {
    const [time, kind, ...frames] = row.trim().split(/\s+/);
    let stack = -1;
    for (const frame of frames.map(frameOf)) {
      const { stacks } = profile;
      const parent = stack;
      const known = stacks.parent.findIndex((above, at) => above === parent && stacks.frame[at] === frame);
      stack = known;
      if (known < 0) {
        stacks.frame.push(frame);
        stack = stacks.parent.push(parent) - 1;
      }
    }
    const duration = Number(time) * MS;
    profile.wall += duration;
    const { samples } = profile;
    samples.thread.push(0);
    samples.time.push(profile.wall);
    samples.duration.push(duration);
    samples.stack.push(stack);
    samples.entered.push(-1);
    for (const one of ["python", "native", "waiting", "system"] as const) {
      const run = `run${one.slice(0, 1).toUpperCase()}${one.slice(1)}` as "runPython";
      samples[one].push(one === kind ? duration : 0);
      samples[run].push(one === kind ? duration : 0);
    }
  }
  return profile;
}

const drawing = `
  2 waiting main:3 load:11
  4 python  main:4 solve:21
  1 python  main:4 solve:22 solve:21
  8 native  main:4 solve:23 svd:6
  1 system  main:5
`;
const text = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join("\n");
const views = profileViews(profileOf(drawing), new Map([["/home/ada/app.py", text]]), "/home/ada");

test("the flame graph joins lines of a function and keeps callers apart", () => {
  const { nodes, frames, files } = views.flame!;
  const rows = nodes.parent.map((parent, node) => [
    frames.name[nodes.frame[node]!],
    parent,
    nodes.microseconds[node]! / 1000,
    nodes.selfMicroseconds[node]! / 1000,
  ]);
  expect(rows).toEqual([
    ["whole program", 0, 16, 0],
    ["main", 0, 16, 1],
    ["load", 1, 2, 2],
    ["solve", 1, 13, 4],
    ["solve", 3, 1, 1],
    ["svd", 3, 8, 8],
  ]);
  expect(files).toEqual(["app.py", "numpy/linalg.py"]);
  expect(nodes.kind).toEqual([1, 1, 2, 1, 0, 1]);
});

test("imports lead straight from the importing function to the module, which is named by its file", () => {
  const imports = profileOf(`
    1 python main:3 _find_and_load:1022
    2 python main:3 _find_and_load:1022 _find_and_load:1030 <module>:1
    4 native main:3 _find_and_load:1022 <module>:2 svd:6
  `);
  const { nodes, frames } = profileViews(imports, new Map(), "/home/ada").flame!;
  expect(nodes.frame.map((frame) => frames.name[frame])).toEqual([
    "whole program",
    "main",
    "numpy/linalg.py",
    "svd",
  ]);
  expect(nodes.parent).toEqual([0, 0, 1, 2]);
  expect(nodes.microseconds.map((time) => time / 1000)).toEqual([7, 7, 6, 4]);
  expect(nodes.selfMicroseconds.map((time) => time / 1000)).toEqual([0, 1, 2, 4]);
});

test("a line counts once per stack, however often it recurs", () => {
  const [source] = views.sources;
  const lines = source!.lines.line.map((line, index) => [
    line,
    source!.lines.microseconds[index]! / 1000,
    source!.lines.selfMicroseconds[index]! / 1000,
  ]);
  expect(source!.shown).toBe("app.py");
  expect(lines).toEqual([
    [3, 2, 0],
    [4, 13, 0],
    [5, 1, 1],
    [11, 2, 2],
    [21, 5, 5],
    [22, 1, 0],
    [23, 8, 0],
  ]);
});

test("the timeline spreads every sample over the bins that it covers", () => {
  const { threads, binSeconds, memory } = views.timeline!;
  const bins = threads[0]!.shares.python.length;
  expect(bins * binSeconds).toBeCloseTo(0.016, 9);
  const seconds = (kind: "python" | "native" | "waiting" | "system") =>
    threads[0]!.shares[kind].reduce((sum, share) => sum + share * binSeconds, 0);
  expect(seconds("waiting")).toBeCloseTo(0.002, 4);
  expect(seconds("python")).toBeCloseTo(0.005, 4);
  expect(seconds("native")).toBeCloseTo(0.008, 4);
  expect(Math.max(...memory!.bytes)).toBe(30);
  expect(memory!.seconds.at(-1)).toBeCloseTo(0.016, 9);
});

test("a large tree is cut to what can be seen, and says how much was left out", () => {
  const stacks = Array.from(
    { length: 40_000 },
    (_, index) => `${index < 5 ? 100 : 0.001} python main:3 solve:${20 + index}`,
  );
  const profile = profileOf(stacks.slice(0, 300).join("\n"));
  // Every line as a function of its own, many more than are kept.
  const base = profile.stacks.parent.length;
  for (let index = 0; index < 60_000; index++) {
    profile.functions.name.push(`f${index}`);
    profile.functions.file.push(0);
    profile.functions.line.push(index);
    profile.frames.function.push(profile.functions.name.length - 1);
    profile.frames.line.push(index);
    profile.stacks.parent.push(0);
    profile.stacks.frame.push(profile.frames.line.length - 1);
    profile.samples.thread.push(0);
    profile.samples.time.push(profile.wall);
    profile.samples.duration.push(index);
    profile.samples.stack.push(base + index);
    for (const column of ["python", "native", "waiting", "system"] as const) profile.samples[column].push(0);
    profile.samples.runPython.push(100_000 + index);
    for (const column of ["runNative", "runWaiting", "runSystem"] as const) profile.samples[column].push(0);
  }
  const { flame } = profileViews(profile, new Map(), "/");
  expect(flame!.nodes.parent.length).toBeLessThanOrEqual(20_001);
  expect(flame!.nodes.parent.length).toBeGreaterThan(15_000);
  expect(flame!.merged).toBe(60_003 - flame!.nodes.parent.length);
  flame!.nodes.parent.forEach((parent, node) => {
    expect(parent).toBeLessThanOrEqual(node);
  });
});

test("paths of libraries and of Python itself are shown without what they share", () => {
  expect(libraryPath("/env/lib/python3.11/site-packages/numpy/fft.py", "library", "/")).toBe("numpy/fft.py");
  expect(libraryPath("/usr/lib/python3.13t/json/decoder.py", "standard", "/")).toBe("json/decoder.py");
  expect(libraryPath("/home/ada/src/python3.11/a.py", "own", "/home/ada")).toBe("src/python3.11/a.py");
});
