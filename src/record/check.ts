// Whether there is a program to run at all. What Python itself would say better is left to Python.

import { open, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import type { Program } from "../schemas/run.ts";
import { reasonOf } from "./directory.ts";

/** Throws a Fault (exit 2) when `program` cannot be a Python program. Modules are found by Python, so they always pass. */
export async function checkProgram(program: Program): Promise<void> {
  if (program.kind === "module") return;
  const path = resolve(program.cwd, program.target);
  const wrong = (sentence: string) => new Fault(sentence, ExitCode.wrongUsage);
  const entry = await stat(path).catch((error) => {
    throw wrong(
      error.code === "ENOENT"
        ? `There is no file ${program.target}.`
        : `${program.target} cannot be read: ${reasonOf(error)}.`,
    );
  });
  if (entry.isDirectory()) {
    if (await isFile(join(path, "__main__.py"))) return;
    throw wrong(`${program.target} is a folder without a __main__.py; name the script to run.`);
  }
  const start = await firstBytes(path).catch((error) => {
    throw wrong(`${program.target} cannot be read: ${reasonOf(error)}.`);
  });
  if (entry.isFile() && start.includes(0) && !isArchive(start) && !path.endsWith(".pyc"))
    throw wrong(`${program.target} is not a Python program: it holds binary data.`);
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );

const isArchive = (bytes: Buffer): boolean => bytes.includes("PK\x03\x04", 0, "latin1");

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, null);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
