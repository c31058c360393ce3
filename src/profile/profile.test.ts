// What the profile says of programs whose behaviour is known, with bounds loose enough for a busy machine.

import { describe, expect, test } from "vitest";
import { allPythons } from "../../test/python.ts";
import { secondsIn, withRecording } from "../../test/recording.ts";
import { Classifier } from "./classify.ts";
import { callTree, peakMemory, timeline, timesOfRun, totalOf, usagePerLine } from "./index.ts";
import type { TickLine } from "./spool.ts";

const forSeconds = (seconds: number, statement: string) =>
  `    end = time.perf_counter() + ${seconds}\n    while time.perf_counter() < end:\n        ${statement}\n`;

test("Python, native code with and without the lock, waiting, and files are told apart", { retry: 2 }, () =>
  withRecording(
    `import random, time
import numpy as np
def loops():
${forSeconds(0.5, "for i in range(1000): i * i")}
def sorts():
    values = [random.random() for _ in range(200000)]
${forSeconds(0.5, "sorted(values)")}
def svd():
    matrix = np.random.rand(200, 200)
${forSeconds(0.5, "np.linalg.svd(matrix)")}
def sleeps():
    time.sleep(0.5)
def naps():
${forSeconds(0.5, "time.sleep(0.002); sum(range(20000))")}
loops(); sorts(); svd(); sleeps(); naps()
`,
    ({ profile }) => {
      const loops = secondsIn(profile, "loops");
      expect(loops.total).toBeGreaterThan(0.4);
      expect(loops.python / loops.total).toBeGreaterThan(0.8);
      const sorts = secondsIn(profile, "sorts");
      expect(sorts.native / sorts.total).toBeGreaterThan(0.6);
      const svd = secondsIn(profile, "svd");
      expect(svd.python / svd.total).toBeLessThan(0.3);
      const sleeps = secondsIn(profile, "sleeps");
      expect(sleeps.waiting / sleeps.total).toBeGreaterThan(0.9);
      const naps = secondsIn(profile, "naps");
      expect(naps.waiting).toBeGreaterThan(0.15);
      expect(naps.total).toBeGreaterThan(0.4);
      expect(peakMemory(profile)!).toBeGreaterThan(20e6);
      expect(totalOf(timesOfRun(profile))).toBeCloseTo(profile.wall, -7);
    },
  ),
);

describe.each(allPythons())("Python $version", ({ path: python }) => {
  test("time stands at the lines where it is spent, and calls add up", () =>
    withRecording(
      `import time
def light(n):
    return n
def heavy(n):
    total = 0
    for i in range(n):
        total += i * i % 7
    return total
def run():
    end = time.perf_counter() + 0.5
    while time.perf_counter() < end:
        light(1)
        heavy(2000)
run()
`,
      ({ root, profile }) => {
        const heavy = secondsIn(profile, "heavy");
        const run = secondsIn(profile, "run");
        expect(run.total).toBeGreaterThan(0.4);
        expect(heavy.total / run.total).toBeGreaterThan(0.8);
        expect(run.python / run.total).toBeGreaterThan(0.8);
        const lines = usagePerLine(profile, `${root}/main.py`);
        const loop = [6, 7].reduce((sum, line) => sum + totalOf(lines.get(line)?.self ?? timesOfNothing), 0);
        expect(loop / 1e9 / run.total).toBeGreaterThan(0.75);
        expect(totalOf(lines.get(13)!.total)).toBeGreaterThanOrEqual(totalOf(lines.get(7)!.total));
      },
      { python },
    ));

  test("threads share the wall time; waiting for them is not counted twice", () =>
    withRecording(
      `import threading, time
def work():
    end = time.perf_counter() + 0.5
    while time.perf_counter() < end:
        sum(range(100))
def coordinate():
    threads = [threading.Thread(target=work, name=f"worker-{i}") for i in range(3)]
    for t in threads: t.start()
    for t in threads: t.join()
coordinate()
`,
      ({ profile }) => {
        const work = secondsIn(profile, "work");
        expect(work.total).toBeGreaterThan(0.15);
        expect(secondsIn(profile, "coordinate").total).toBeLessThan(profile.wall / 1e9 - work.total + 0.01);
        expect(totalOf(timesOfRun(profile))).toBeCloseTo(profile.wall, -7);
        expect(profile.threads.name).toEqual(expect.arrayContaining(["MainThread", "worker-0", "worker-2"]));
        const view = timeline(profile, 10);
        expect(view.threads).toHaveLength(4);
        expect(view.memory.every((bytes) => bytes > 1e6)).toBe(true);
      },
      { python },
    ));

  test("recursion counts once per stack, generators stand under their callers", () =>
    withRecording(
      `import time
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
def numbers():
    for i in range(20): yield fib(i % 12)
def consume():
    end = time.perf_counter() + 0.4
    while time.perf_counter() < end:
        sum(numbers())
consume()
`,
      ({ profile }) => {
        const fib = secondsIn(profile, "fib");
        const consume = secondsIn(profile, "consume");
        expect(fib.total).toBeLessThanOrEqual(consume.total + 1e-9);
        expect(fib.total / consume.total).toBeGreaterThan(0.5);
        const tree = callTree(profile);
        expect(totalOf(tree.total[0]!)).toBeCloseTo(profile.wall, -7);
        tree.parent.forEach((parent, node) => {
          if (node > 0) expect(parent).toBeLessThan(node);
        });
      },
      { python },
    ));
});

describe("classification", () => {
  const MS = 1e6;
  const tick = (lock: number, over: number, cpu: number, running: number): TickLine => [
    "tick",
    0,
    10 * MS,
    lock,
    over,
    cpu,
    0,
    [[0, 0, -1, cpu, running, 0]],
  ];

  test.each([
    ["bytecode that gives the lock up in time", tick(1, 0.2 * MS, 10 * MS, 0), { python: 10 * MS }],
    ["a C function that keeps the lock", tick(1, 3 * MS, 10 * MS, 0), { native: 10 * MS }],
    ["native code that released the lock", tick(0, 0, 10 * MS, 1), { native: 10 * MS }],
    ["waiting", tick(0, 0, 0, 0), { waiting: 10 * MS }],
  ])("%s", (_, line, expected) => {
    const [activity] = new Classifier(true).classify(line);
    expect(activity).toEqual({ python: 0, native: 0, waiting: 0, system: 0, ...expected });
  });

  test("work done before a wait is charged where the thread is next seen working, and nothing is lost", () => {
    const classifier = new Classifier(true);
    const [waits] = classifier.classify(tick(0, 0, 3 * MS, 0));
    expect(waits).toEqual({ python: 0, native: 0, waiting: 7 * MS, system: 0 });
    const [works] = classifier.classify(tick(1, 0.1 * MS, 4 * MS, 0));
    expect(works).toEqual({ python: 7 * MS, native: 0, waiting: 0, system: 0 });
    expect(classifier.rest(0)).toEqual({ python: 0, native: 0, waiting: 6 * MS, system: 0 });
  });

  test("without the interpreter lock, a thread that works runs Python", () => {
    const [activity] = new Classifier(false).classify(tick(0, 0, 10 * MS, 1));
    expect(activity).toMatchObject({ python: 10 * MS, native: 0 });
  });
});

const timesOfNothing = { python: 0, native: 0, waiting: 0, system: 0 };
