// Packages that a rewrite needs and the user's Python lacks, installed beside it and never into it.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { deadlineIn } from "../base/deadline.ts";
import { runChild } from "../base/process.ts";
import type { Progress } from "../base/progress.ts";
import type { InterpreterInfo, Requirement } from "../schemas/index.ts";
import { normalise } from "./probe.ts";

export interface Overlay {
  /** Folder to append to the end of `sys.path`, so that the user's own packages come first; null when not needed. */
  sitePath: string | null;
  /** What lies in it: normalised name to version. */
  packages: ReadonlyMap<string, string>;
  /** Requirements that could not be had, and why. */
  missing: readonly { requirement: Requirement; reason: string }[];
}

export interface OverlayOptions {
  interpreter: InterpreterInfo;
  /** The user's own packages (normalised name to version): they are the constraints of the installation. */
  packages: ReadonlyMap<string, string>;
  requirements: readonly Requirement[];
  /** When false, nothing is installed; only an overlay made earlier is used. */
  install: boolean;
  /** Seconds that installing may take; default 600. */
  timeoutSeconds?: number;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
  onProgress?: Progress | undefined;
}

const nothing: Overlay = { sitePath: null, packages: new Map(), missing: [] };

/**
 * Make sure that every requirement can be imported, by the user's environment or by an overlay folder. pip of the
 * user's own Python resolves with the user's versions as constraints, and only what is lacking is installed, without
 * its dependencies that are there already. An overlay is kept in the cache and used again for the same environment.
 */
export async function prepareOverlay(options: OverlayOptions): Promise<Overlay> {
  const lacking = options.requirements.filter((r) => !options.packages.has(normalise(r.package)));
  if (lacking.length === 0) return nothing;
  const specs = lacking.map((r) => `${r.package}${r.version}`).sort();
  const constraints = [...options.packages].map(([name, version]) => `${name}==${version}`).sort();
  const key = createHash("sha256")
    .update(JSON.stringify([options.interpreter.realPath, options.interpreter.version, constraints, specs]))
    .digest("hex")
    .slice(0, 16);
  const home = join(cacheDirectory(options.env ?? process.env), "overlays");
  const final = join(home, key);
  const failed = (reason: string): Overlay => ({
    ...nothing,
    missing: lacking.map((requirement) => ({ requirement, reason })),
  });
  if (!existsSync(final)) {
    if (!options.install) return failed("it is not installed, and installing was not allowed");
    options.onProgress?.({
      stage: "install",
      message: `installing ${specs.join(", ")} beside your Python, which stays as it is`,
    });
    await mkdir(home, { recursive: true });
    // Built under another name and renamed when whole: a broken installation is never taken for a good one.
    const building = await mkdtemp(join(home, "building-"));
    try {
      const reason = await install(options, specs, constraints, building);
      if (reason !== null) return failed(reason);
      await rename(building, final).catch(() => {}); // another process was first with the same overlay
    } finally {
      await rm(building, { recursive: true, force: true });
    }
  }
  return { sitePath: final, packages: await readInstalled(options.interpreter.path, final), missing: [] };
}

/** pip's report of what it would install (`--dry-run --report`, pip 22.2 and later). */
const PipReport = z.object({
  install: z.array(z.object({ metadata: z.object({ name: z.string(), version: z.string() }) })),
});

async function install(
  options: OverlayOptions,
  specs: readonly string[],
  constraints: readonly string[],
  target: string,
): Promise<string | null> {
  const deadline = deadlineIn(options.timeoutSeconds ?? 600);
  const constraintFile = join(target, "constraints.txt");
  await writeFile(constraintFile, `${constraints.join("\n")}\n`);
  const pip = (args: readonly string[]) =>
    runChild(options.interpreter.path, ["-m", "pip", "--disable-pip-version-check", ...args], {
      env: { ...(options.env ?? process.env), PIP_NO_INPUT: "1" },
      timeoutSeconds: deadline.remaining(),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  const resolved = await pip([
    "install",
    "--dry-run",
    "--quiet",
    "--report",
    "-",
    "-c",
    constraintFile,
    ...specs,
  ]);
  if (resolved.timedOut) return tooSlow;
  if (resolved.code !== 0) return lastLine(resolved.stderr) ?? "pip could not resolve it";
  const pins = PipReport.parse(JSON.parse(resolved.stdout)).install.map(
    ({ metadata }) => `${metadata.name}==${metadata.version}`,
  );
  const done = await pip([
    "install",
    "--quiet",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--target",
    target,
    ...pins,
  ]);
  if (done.timedOut) return tooSlow;
  return done.code === 0 ? null : (lastLine(done.stderr) ?? "pip could not install it");
}

const tooSlow = "installing it took more time than there was; run again with a larger --budget";

const lastLine = (text: string): string | undefined =>
  text
    .trim()
    .split("\n")
    .filter((line) => line.startsWith("ERROR:") || line.includes("No module named"))
    .at(-1)
    ?.replace(/^ERROR:\s*/, "");

async function readInstalled(python: string, target: string): Promise<ReadonlyMap<string, string>> {
  const code =
    "import json, sys\nfrom importlib import metadata\n" +
    "print(json.dumps({d.metadata['Name']: d.version for d in metadata.distributions(path=[sys.argv[1]])}))";
  const result = await runChild(python, ["-c", code, target], { timeoutSeconds: 60 });
  const found = z.record(z.string(), z.string()).parse(JSON.parse(result.stdout || "{}"));
  return new Map(Object.entries(found).map(([name, version]) => [normalise(name), version]));
}

/** Speedwell's own folder for things that can be made again: `$XDG_CACHE_HOME/speedwell`, else `~/.cache/speedwell`. */
export function cacheDirectory(env: NodeJS.ProcessEnv): string {
  return join(env.SPEEDWELL_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "speedwell"));
}
