// A disk that fills up while a program is recorded or optimized: on a small file system where one can be mounted here,
// and under a limit of file sizes everywhere.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runChild } from "../src/base/process.ts";
import { commandLine, emptyFolder } from "./cli.ts";
import { testPython } from "./python.ts";

/** What gives a process a mount namespace of its own, or null where that is not allowed. */
const namespace = [
  ["unshare", "-rm"],
  ["unshare", "-m"],
].find(([command, flags]) => {
  try {
    execFileSync(command!, [flags!, "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

/** Seconds of work that leave a recording of many lines, between two steps that may use up the disk. */
const program = (before: string, after: string) => `import os, sys, time
def fill():
    with open("filler", "wb") as file:
        try:
            while True:
                file.write(bytes(100_000)); file.flush()
        except OSError:
            pass
    with open("rest", "wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x")
        except OSError:
            pass
def common(a, b):
    return sum(1 for x in a if x in b)
print("started", flush=True)
${before}
end = time.perf_counter() + 1.5
values = list(range(2000))
while time.perf_counter() < end:
    common(values[:50], values)
${after}
print("ended", os.path.exists("filler"), flush=True)
`;

/** Run `script` with $SPEEDWELL as the command line, in a new folder on a file system of its own of so many MB. */
async function onSmallDisk(files: Record<string, string>, script: string, megabytes = 8) {
  const folder = emptyFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const inside = `mount -t tmpfs -o size=${megabytes}m none /mnt && cp "${folder}"/* /mnt && cd /mnt && ${script}`;
  return runChild(namespace![0]!, [namespace![1]!, "sh", "-c", inside], { env, timeoutSeconds: 110 });
}

const env = {
  ...process.env,
  SPEEDWELL_PYTHON: testPython(),
  SPEEDWELL: `${process.execPath} ${commandLine}`,
};

const sentence = /^speedwell: (.* cannot be written: )?the disk is full\. What was recorded is kept/;

describe.skipIf(!namespace)("a small file system", () => {
  test("filled by the program for good: exit 3, the program undisturbed, the run kept and readable", async () => {
    const { stdout, stderr } = await onSmallDisk(
      { "main.py": program("fill()", "") },
      `$SPEEDWELL run --quiet main.py; echo "exit $?"; rm filler rest; $SPEEDWELL runs --json; cat .speedwell/runs/*/spool/*`,
    );
    expect(stdout).toMatch(/^started\nended True\nexit 3\n/);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
    const listed = JSON.parse(stdout.slice(stdout.indexOf("{"), stdout.indexOf("\n}\n") + 2));
    expect(listed.runs).toHaveLength(1);
    expect(listed.runs[0]).toMatchObject({ status: "finished" });
    expect(stdout).toContain('["process",');
  });

  test("filled for a while: the report says so", async () => {
    const { stdout } = await onSmallDisk(
      { "main.py": program("fill()", 'os.remove("filler"); os.remove("rest")') },
      `$SPEEDWELL run --json --quiet main.py 2> /dev/null; echo "exit $?"`,
    );
    expect(stdout).toMatch(/exit 0\n$/);
    const { diagnosis } = JSON.parse(stdout.slice(0, stdout.lastIndexOf("exit")));
    expect(diagnosis.notes).toContain(
      "The recording ends before the program does: the disk was full. What was recorded until then counts.",
    );
  });

  test("filled in the second run of optimize: exit 3, and no source file is changed", async () => {
    const source = program('if os.path.exists("second"): fill()\nopen("second", "w").close()', "");
    const { stdout, stderr } = await onSmallDisk(
      { "main.py": source },
      `$SPEEDWELL optimize --quiet --offline --budget 20 main.py; echo "exit $?"; rm filler rest; $SPEEDWELL runs; cat main.py`,
    );
    expect(stdout).toMatch(/^started\nended False\nexit 3\n/);
    expect(stderr).toMatch(sentence);
    expect(stdout).toMatch(/exit 3\n\d{4}-\d\d-\d\d-/);
    expect(stdout.endsWith(source)).toBe(true);
  });
});

test("a limit of file sizes: exit 3, the program undisturbed, the run kept", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "main.py"), program("", ""));
  const script = `ulimit -f 40; $SPEEDWELL run --quiet main.py; echo "exit $?"; $SPEEDWELL runs`;
  const { stdout, stderr } = await runChild("bash", ["-c", script], { cwd: folder, env, timeoutSeconds: 60 });
  expect(stdout).toMatch(/^started\nended False\nexit 3\n/);
  expect(stderr).toMatch(
    /^speedwell: a file has reached the size limit \(ulimit -f\)\. What was recorded is kept/,
  );
  expect(stdout).toMatch(/exit 3\n\d{4}-\d\d-\d\d-/);
  expect(readFileSync(join(folder, "main.py"), "utf8")).toBe(program("", ""));
});
