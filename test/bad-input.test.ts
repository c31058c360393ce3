// What goes wrong at a user's desk: a clear sentence, the right exit code, nothing lost, nothing changed.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { RunOutput } from "../src/schemas/index.ts";
import { commandLine, emptyFolder, speedwell } from "./cli.ts";
import { testPython } from "./python.ts";

const write = (folder: string, name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe("wrong usage ends with 2", () => {
  test.each([
    [["run"], /Name the program/],
    [["run", "nowhere.py"], /nowhere\.py/],
    [["run", "."], /./],
    [["run", "-m"], /-m needs/],
    [["run", "book.ipynb"], /There is no file book\.ipynb/],
    [["optimize", "--budget", "soon", "x.py"], /--budget/],
    [["optimise", "x.py"], /unknown command/],
    [["run", "--frobnicate", "x.py"], /unknown option/],
    [["apply"], /speedwell optimize/],
    [["open"], /speedwell/],
  ])("speedwell %j", async (args, sentence) => {
    const result = await speedwell(args, { cwd: emptyFolder() });
    expect(result.stderr).toMatch(sentence);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(result.code).toBe(2);
    expect(result.stdout).toBe("");
  });
});

describe("an environment that lacks something ends with 3", () => {
  test("no such interpreter", async () => {
    const folder = emptyFolder();
    const result = await speedwell(
      ["run", "--python", "/nowhere/python", write(folder, "a.py", "print(1)")],
      { cwd: folder },
    );
    expect(result.stderr).toContain("/nowhere/python");
    expect(result.code).toBe(3);
  });
  test("not an interpreter", async () => {
    const folder = emptyFolder();
    const result = await speedwell(["run", "--python", "/bin/true", write(folder, "a.py", "print(1)")], {
      cwd: folder,
    });
    expect(result.stderr).toContain("/bin/true");
    expect(result.code).toBe(3);
  });
});

describe("a program that fails ends with 1, and its run is kept", () => {
  test.each([
    ["a non-zero exit", "import sys\nsys.exit(7)\n", 7, /^$/],
    ["a syntax error", "def f(:\n    pass\n", 1, /SyntaxError/],
    ["an exception", "raise ValueError('no such luck')\n", 1, /ValueError: no such luck/],
    ["a missing package", "import package_that_is_not_there\n", 1, /ModuleNotFoundError/],
    ["text after stdout is closed", "import os, sys\nos.close(1)\nsys.exit(3)\n", 3, /^$/],
  ])("%s", async (_, source, exit, stderr) => {
    const folder = emptyFolder();
    write(folder, "program.py", source);
    const result = await speedwell(["run", "--json", "--quiet", "program.py"], { cwd: folder });
    expect(result.code).toBe(1);
    const { run, directory } = RunOutput.parse(JSON.parse(result.stdout));
    expect(run.exit).toBe(exit);
    expect(run.status).toBe("failed");
    expect(result.stderr).toMatch(stderr);
    expect(readdirSync(directory)).toContain("run.json");
  });

  test.each(["SIGKILL", "SIGTERM"])("killed by %s", async (signal) => {
    const folder = emptyFolder();
    write(
      folder,
      "program.py",
      `import os, signal, time\nend = time.perf_counter() + 1.5\nx = 0\nwhile time.perf_counter() < end:\n    x += 1\nos.kill(os.getpid(), signal.${signal})\n`,
    );
    const result = await speedwell(["run", "--json", "--quiet", "program.py"], { cwd: folder });
    expect(result.code).toBe(1);
    const { run, diagnosis } = RunOutput.parse(JSON.parse(result.stdout));
    expect(run.status).toBe("killed");
    expect(run.signal).toBe(signal);
    expect(diagnosis?.samples).toBeGreaterThan(20);
  });

  test("interrupted from the terminal: the run is readable and no process is left", async () => {
    const folder = emptyFolder();
    write(
      folder,
      "program.py",
      "import time\nprint('started', flush=True)\nwhile True:\n    time.sleep(0.01)\n",
    );
    // A process group of its own stands for the terminal's foreground group.
    const child = spawn(process.execPath, [commandLine, "run", "--json", "program.py"], {
      cwd: folder,
      detached: true,
      env: { ...process.env, SPEEDWELL_PYTHON: testPython() },
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    while (!err.includes("started") && child.exitCode === null) await sleep(50);
    await sleep(700);
    process.kill(-(child.pid as number), "SIGINT");
    expect(await ended).toBe(1);
    const { run } = RunOutput.parse(JSON.parse(out));
    expect(run.status).toBe("interrupted");
    expect(() => execFileSync("pgrep", ["-g", String(child.pid)])).toThrow();
  });
});

describe("source that is unusual is left as it is and can be optimized", () => {
  const loop = [
    "def common(a, b):",
    "    found = []",
    "    for x in a:",
    "        if x in b:",
    "            found.append(x)",
    "    return found",
    "",
    'names = ["r\u00e9seau %d" % (i * 7919 % 10007) for i in range(6000)]',
    "total = 0",
    "for part in range(40):",
    "    total += len(common(names[part * 100:part * 100 + 2000], names[1000:]))",
    "print(total)",
    "",
  ];
  test.each([
    ["CRLF", Buffer.from(loop.join("\r\n"))],
    ["a byte order mark", Buffer.from(`\ufeff${loop.join("\n")}`)],
    ["tabs", Buffer.from(loop.join("\n").replaceAll("    ", "\t"))],
    ["a coding line", Buffer.from(["# -*- coding: latin-1 -*-", ...loop].join("\n"), "latin1")],
    ["no newline at the end", Buffer.from(loop.join("\n").trimEnd())],
  ])("%s, in a folder with spaces and non-ASCII letters", { timeout: 240_000 }, async (_, bytes) => {
    const folder = join(emptyFolder(), "une bo\u00eete \u00e0 outils");
    mkdirSync(folder);
    const script = write(folder, "donn\u00e9es et calculs.py", bytes);
    const plain = execFileSync(testPython(), [script]);
    const result = await speedwell(["optimize", "--json", "--quiet", "--budget", "25", script], {
      cwd: folder,
    });
    expect(result.code).toBe(0);
    expect(readFileSync(script).equals(bytes)).toBe(true);
    const { result: outcome } = JSON.parse(result.stdout);
    expect(outcome.speedup?.low).toBeGreaterThan(1);
    expect((await speedwell(["apply"], { cwd: folder })).code).toBe(0);
    expect(readFileSync(script).equals(bytes)).toBe(false);
    expect(execFileSync(testPython(), [script]).equals(plain)).toBe(true);
    expect((await speedwell(["apply", "--undo"], { cwd: folder })).code).toBe(0);
    expect(readFileSync(script).equals(bytes)).toBe(true);
  });
});

test("apply refuses a file that changed since the run, and touches nothing", {
  timeout: 240_000,
}, async () => {
  const folder = emptyFolder();
  const script = write(
    folder,
    "program.py",
    "def shared(a, b):\n    return sum(1 for x in a if x in b)\n\n\nvalues = [i * 7919 % 100003 for i in range(5000)]\nprint(sum(shared(values[i:], values) for i in range(3)))\n",
  );
  expect((await speedwell(["optimize", "--quiet", "--budget", "25", script], { cwd: folder })).code).toBe(0);
  const edited = `${readFileSync(script, "utf8")}# edited\n`;
  writeFileSync(script, edited);
  const result = await speedwell(["apply"], { cwd: folder });
  expect(result.code).toBe(2);
  expect(result.stderr).toContain("it has changed since the run");
  expect(readFileSync(script, "utf8")).toBe(edited);
});
