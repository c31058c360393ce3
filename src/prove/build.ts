// Compile what a rewrite adds, away from the user's sources and environment, so that trials find the module.

import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import type { Deadline } from "../base/deadline.ts";
import { runChild } from "../base/process.ts";
import { cacheDirectory } from "../interpreter/overlay.ts";
import type { AddedFile, BuildStep } from "../schemas/index.ts";

export interface BuildOptions {
  /** Path of the user's interpreter. */
  interpreter: string;
  /** Folder of packages that the user lacks, or null. */
  overlay: string | null;
  environment: NodeJS.ProcessEnv;
  /** Versions of the packages that take part, for the cache. */
  packages: ReadonlyMap<string, string>;
  /** Folder that receives the compiled module. */
  into: string;
  deadline: Deadline;
  signal?: AbortSignal | undefined;
}

/** Seconds that the build took when it was made; a sentence when it could not be made. */
export async function buildModule(
  files: readonly AddedFile[],
  step: BuildStep,
  options: BuildOptions,
): Promise<number | string> {
  const { interpreter, overlay, environment, packages, into } = options;
  const versions = ["cython", "setuptools"].map((name) => packages.get(name) ?? overlay);
  const below = files.map(({ path, text }) => [relative(step.directory, path), text] as const);
  const key = createHash("sha256")
    .update(JSON.stringify([interpreter, versions, step.module, step.arguments, below, environment.CFLAGS]))
    .digest("hex")
    .slice(0, 16);
  const kept = join(cacheDirectory(environment), "builds", key);
  await mkdir(into, { recursive: true });
  const earlier = await take(kept, into);
  if (earlier !== null) return earlier;
  const folder = await mkdtemp(join(tmpdir(), "speedwell-build-"));
  try {
    for (const [path, text] of below) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const parts = step.module.split(".");
    // As in the user's tree, the folders above are packages.
    for (let depth = 1; depth < parts.length; depth++)
      await writeFile(join(folder, ...parts.slice(0, depth), "__init__.py"), "");
    const started = performance.now();
    const child = await runChild(interpreter, step.arguments, {
      cwd: folder,
      env: {
        ...environment,
        PYTHONPATH: [environment.PYTHONPATH, overlay].filter(Boolean).join(delimiter),
      },
      timeoutSeconds: options.deadline.remaining(),
      maxOutput: 1 << 20,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const seconds = (performance.now() - started) / 1000;
    if (child.timedOut) return "the time ended before it was compiled";
    const home = join(folder, ...parts.slice(0, -1));
    const built = (await readdir(home)).find((name) => isExtension(name, parts.at(-1)!));
    if (child.code !== 0 || built === undefined) return whyNot(child.stderr);
    const whole = join(folder, "whole");
    await mkdir(whole);
    await copyFile(join(home, built), join(whole, built));
    await writeFile(join(whole, "seconds"), String(seconds));
    await copyFile(join(home, built), join(into, built));
    await keep(whole, kept);
    return seconds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const isExtension = (name: string, module: string): boolean =>
  name.startsWith(`${module}.`) && /\.(so|pyd)$/.test(name);

/** Copy a module that was built before; null where there is none. */
async function take(kept: string, into: string): Promise<number | null> {
  const names = await readdir(kept).catch(() => []);
  const module = names.find((name) => /\.(so|pyd)$/.test(name));
  if (module === undefined) return null;
  await copyFile(join(kept, module), join(into, module));
  return Number(await readFile(join(kept, "seconds"), "utf8"));
}

/** Put it into the cache as a whole; another process may have been first, or the cache may not be writable. */
async function keep(whole: string, kept: string): Promise<void> {
  const beside = `${kept}-${process.pid}`;
  try {
    await mkdir(beside, { recursive: true });
    for (const name of await readdir(whole)) await copyFile(join(whole, name), join(beside, name));
    await rename(beside, kept);
  } catch {
    await rm(beside, { recursive: true, force: true });
  }
}

function whyNot(stderr: string): string {
  if (/No module named '(Cython|setuptools)/.test(stderr))
    return "it must be compiled, and Cython or setuptools cannot be had for this Python";
  if (
    /No such file or directory: '[^']*(cc|gcc|clang|g\+\+)'|command '[^']*' failed: No such file|Unable to find vcvarsall/.test(
      stderr,
    )
  )
    return "it must be compiled, and this machine has no C compiler";
  if (/Python\.h: No such file|'Python\.h' file not found/.test(stderr))
    return "it must be compiled, and the header files of this Python are not installed";
  const line = stderr
    .split("\n")
    .findLast((one) => /error/i.test(one))
    ?.trim();
  return `it could not be compiled${line ? `: ${line}` : ""}`;
}
