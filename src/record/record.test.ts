// Recording real programs: how they end, what is kept, and what a user is told.

import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { allPythons, testPython } from "../../test/python.ts";
import { folderWith, interpreterAt, secondsIn, withRecording } from "../../test/recording.ts";
import { Fault } from "../base/fault.ts";
import { buildProfile } from "../profile/build.ts";
import { timesOfRun, totalOf } from "../profile/index.ts";
import type { Program } from "../schemas/run.ts";
import { createRunDirectory, listRuns, pruneRuns, readRun, recordProgram, writeRun } from "./index.ts";

const busy = (seconds: number) => `
import time
def work():
    end = time.perf_counter() + ${seconds}
    while time.perf_counter() < end:
        sum(range(100))
`;

describe("how a program ends", () => {
  test("finished: own sources are kept, time adds up", () =>
    withRecording(
      `${busy(0.5)}\nimport other\nwork()`,
      ({ run, profile, root, directory }) => {
        expect(run).toMatchObject({ status: "finished", exit: 0, signal: null });
        expect(Object.keys(run.sources).sort()).toEqual([join(root, "main.py"), join(root, "other.py")]);
        expect(readdirSync(join(directory, "sources"))).toHaveLength(2);
        expect(totalOf(timesOfRun(profile))).toBeCloseTo(profile.wall, -7);
        expect(secondsIn(profile, "work").total).toBeGreaterThan(0.4);
        expect(profile.processes.complete).toEqual([true]);
      },
      { files: { "other.py": "x = 1\n" } },
    ));

  test("failed: the exit code is data", () =>
    withRecording(`${busy(0.2)}\nwork()\nraise SystemExit(7)`, ({ run, profile }) => {
      expect(run).toMatchObject({ status: "failed", exit: 7 });
      expect(secondsIn(profile, "work").total).toBeGreaterThan(0.1);
    }));

  test("killed: all but the last half second is there", () =>
    withRecording(
      `${busy(1.5)}\nwork()\nimport os, signal\nos.kill(os.getpid(), signal.SIGKILL)`,
      ({ run, profile }) => {
        expect(run).toMatchObject({ status: "killed", exit: null, signal: "SIGKILL" });
        expect(profile.processes.complete).toEqual([false]);
        expect(secondsIn(profile, "work").total).toBeGreaterThan(0.9);
      },
    ));

  test("interrupted", () =>
    withRecording(`${busy(0.2)}\nwork()\nraise KeyboardInterrupt`, ({ run }) => {
      expect(run).toMatchObject({ status: "interrupted", signal: "SIGINT" });
    }));

  test("replaced by exec, and left by os._exit", async () => {
    const programs = ["os.execv(sys.executable, [sys.executable, '-c', 'pass'])", "os._exit(0)"];
    for (const leave of programs)
      await withRecording(`${busy(1.2)}\nimport os, sys\nwork()\n${leave}`, ({ run, profile }) => {
        expect(run.status).toBe("finished");
        expect(profile.processes.complete).toEqual([false]);
        expect(secondsIn(profile, "work").total).toBeGreaterThan(0.6);
      });
  });

  test("syntax error: no samples, no complaint of ours", () =>
    withRecording("x = (\n", ({ run, profile }) => {
      expect(run).toMatchObject({ status: "failed", exit: 1 });
      expect(totalOf(timesOfRun(profile))).toBeLessThan(0.5e9);
    }));
});

test("forked processes are recorded each, and share the wall time", () =>
  withRecording(
    `${busy(0.6)}
import os
pid = os.fork()
work()
if pid == 0: os._exit(0)
os.waitpid(pid, 0)
`,
    ({ profile }) => {
      expect(profile.processes.pid).toHaveLength(2);
      expect(profile.processes.parent).toEqual([-1, 0]);
      const { total } = secondsIn(profile, "work");
      expect(total).toBeGreaterThan(0.4);
      expect(total).toBeLessThan(profile.wall / 1e9 + 0.05);
    },
  ));

describe.each(allPythons())("Python $version", ({ path: python }) => {
  test("processes of multiprocessing are recorded whatever starts them; interpreters are counted", () =>
    withRecording(
      `import multiprocessing, subprocess, sys, time
from concurrent.futures import ProcessPoolExecutor
def work(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        sum(range(100))
if __name__ == "__main__":
    for method in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context(method)
        process = context.Process(target=work, args=(0.2,))
        process.start()
        process.join()
        with ProcessPoolExecutor(1, mp_context=context) as executor:
            executor.submit(work, 0.2).result()
    subprocess.run([sys.executable, "-c", "pass"])
    sys.exit(process.exitcode)
`,
      ({ run, profile, root }) => {
        const { pid, parent, complete } = profile.processes;
        expect(run.status).toBe("finished");
        expect(pid).toHaveLength(7);
        expect(parent).toEqual([-1, 0, 0, 0, 0, 0, 0]);
        expect(complete).toEqual(pid.map(() => true));
        expect(profile.functions.file[profile.functions.name.indexOf("work")]).toBe(
          profile.files.path.indexOf(join(root, "main.py")),
        );
        expect(secondsIn(profile, "work").total).toBeGreaterThan(0.7);
        expect(profile.processes.interpreters!.reduce((sum, count) => sum + count)).toBe(1);
      },
      { python },
    ));
});

test("a recording cut off in the middle of a line is read up to there", () =>
  withRecording(`${busy(0.8)}\nwork()`, async ({ directory }) => {
    const [name] = readdirSync(join(directory, "spool"));
    const path = join(directory, "spool", name!);
    truncateSync(path, Math.floor(statSync(path).size * 0.7));
    const profile = await buildProfile(directory);
    expect(secondsIn(profile, "work").total).toBeGreaterThan(0.2);
    expect(profile.processes.complete).toEqual([false]);
  }));

test("deep recursion is recorded with its middle left out", () =>
  withRecording(
    `import sys, threading
sys.setrecursionlimit(100000)
threading.stack_size(512 * 1024 * 1024)
def deep(n):
    if n: return deep(n - 1)
    for i in range(6000000): pass
def outer(): deep(12000)
t = threading.Thread(target=outer); t.start(); t.join()
`,
    ({ run, profile }) => {
      expect(run.status).toBe("finished");
      expect(profile.functions.name).toContain("<frames left out>");
      expect(secondsIn(profile, "outer").total).toBeGreaterThan(0.05);
    },
  ));

describe("what cannot be run", () => {
  const folder = folderWith({ "data.bin": Buffer.from([1, 0, 2, 0]), "folder/x.txt": "", file: "" });
  afterAll(folder.remove);
  const program = (target: string): Program => ({ kind: "script", target, arguments: [], cwd: folder.path });
  const record = (target: string, root = folder.path, python = testPython()) =>
    recordProgram({ program: program(target), interpreter: interpreterAt(python), root }).then(
      () => null,
      (error) => error,
    );

  test.each([
    ["missing.py", "There is no file missing.py."],
    ["folder", "folder is a folder without a __main__.py; name the script to run."],
    ["data.bin", "data.bin is not a Python program: it holds binary data."],
  ])("%s", async (target, message) => {
    const fault = await record(target);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ message, exitCode: 2 });
    expect(await listRuns(folder.path)).toEqual([]);
  });

  test("a place that cannot hold records", async () => {
    const fault = await record("file", join(folder.path, "file"));
    expect(fault).toMatchObject({ exitCode: 3 });
    expect(fault.message).toContain("which cannot be written: a part of the path is not a folder.");
  });

  test("a Python that is not there", async () => {
    expect(await record("file", folder.path, "/nowhere/python")).toMatchObject({ exitCode: 3 });
  });
});

test("run directories: newest first, found by a part of the id, pruned", async () => {
  const folder = folderWith({});
  try {
    const ids: string[] = [];
    for (const minute of [1, 2, 3]) {
      const { id } = await createRunDirectory(folder.path, new Date(Date.UTC(2026, 10, 23, 1, minute)));
      ids.unshift(id);
      await writeRun(folder.path, {
        schema: "speedwell.run/1",
        id,
        created: new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString(),
        program: { kind: "script", target: "x.py", arguments: [], cwd: folder.path },
        interpreter: interpreterAt("python"),
        status: "finished",
        exit: 0,
        signal: null,
        seconds: 1,
        sources: {},
      });
    }
    expect(ids[0]).toMatch(/^2026-11-23-0103-[0-9a-f]{4}$/);
    expect(readFileSync(join(folder.path, ".speedwell/.gitignore"), "utf8")).toBe("*\n");
    expect((await listRuns(folder.path)).map((run) => run.id)).toEqual(ids);
    expect((await readRun(folder.path)).id).toBe(ids[0]);
    expect((await readRun(folder.path, ids[1]!.slice(-4))).id).toBe(ids[1]);
    expect((await readRun(folder.path, "2026-11-23-0102")).id).toBe(ids[1]);
    await expect(readRun(folder.path, "2026")).rejects.toThrow("names 3 runs");
    await expect(readRun(folder.path, "nothing")).rejects.toThrow("There is no run nothing");
    expect(await pruneRuns(folder.path, 1)).toEqual(ids.slice(1));
    expect(await listRuns(folder.path)).toHaveLength(1);
  } finally {
    folder.remove();
  }
});

test("SIGTERM sent to the recorder reaches the program, which may handle it", async () => {
  const folder = folderWith({
    "main.py": `import signal, sys, time
def stop(*_):
    print('stopped', flush=True); sys.exit(5)
signal.signal(signal.SIGTERM, stop)
print('ready', flush=True)
time.sleep(30)
`,
    "record.ts": `import { recordProgram } from ${JSON.stringify(join(import.meta.dirname, "record.ts"))};
const [python, cwd] = process.argv.slice(2);
recordProgram({
  program: { kind: "script", target: "main.py", arguments: [], cwd: cwd! },
  interpreter: { path: python! } as never,
  root: cwd!,
}).then((run) => console.log(run.status, run.exit));
`,
  });
  try {
    const tsx = join(import.meta.dirname, "../../node_modules/.bin/tsx");
    const child = spawn(tsx, [join(folder.path, "record.ts"), testPython(), folder.path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    let stopping = false;
    child.stdout.on("data", (chunk) => {
      output += chunk;
      if (!stopping && output.includes("ready")) {
        stopping = true;
        execFileSync("kill", ["-TERM", String(child.pid)]);
      }
    });
    await new Promise((resolve) => child.on("close", resolve));
    expect(output).toBe("ready\nstopped\nfailed 5\n");
  } finally {
    folder.remove();
  }
});
