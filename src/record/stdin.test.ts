import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { testPython } from "../../test/python.ts";
import { agentDirectory } from "../interpreter/agent.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "speedwell-stdin-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a Python program prints when its stdin is `stdin`, and what was kept of it. */
async function record(program: string, stdin: number | "pipe", input?: { text: string; end: boolean }) {
  const code = `
import os, sys
sys.path.insert(0, ${JSON.stringify(agentDirectory())})
from speedwell_agent.stdin import keep_stdin
keep_stdin(${JSON.stringify(join(folder, "kept"))})
${program}`;
  const child = spawn(testPython(), ["-c", code], { stdio: [stdin, "pipe", "inherit"] });
  if (input) child.stdin!.write(input.text);
  if (input?.end) child.stdin!.end();
  let printed = "";
  for await (const chunk of child.stdout!) printed += chunk;
  return { printed: printed.trim(), kept: readFileSync(join(folder, "kept"), "utf8") };
}

test("a pipe is kept, even one opened by its name, and leaves the program no children", async () => {
  const program = `
print(open("/dev/stdin").read().split())
try: os.wait()
except ChildProcessError: print("none")`;
  const { printed, kept } = await record(program, "pipe", { text: "3 4\nfive\n", end: true });
  expect(printed).toBe("['3', '4', 'five']\nnone");
  expect(kept).toBe("3 4\nfive\n");
});

test("a program that needs one line of a pipe without end is not held up", async () => {
  const { printed, kept } = await record("print(input())", "pipe", { text: "one\n", end: false });
  expect(printed).toBe("one");
  expect(kept).toBe("one\n");
});

test("a file is kept whole, and is the program's stdin itself", async () => {
  const input = join(folder, "input");
  writeFileSync(input, "x".repeat(300_000));
  const { printed, kept } = await record(
    "print(os.lseek(0, 0, 1), len(sys.stdin.read()))",
    openSync(input, "r"),
  );
  expect(printed).toBe("0 300000");
  expect(kept).toHaveLength(300_000);
});
