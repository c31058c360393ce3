// Compiled modules of many rewrites built as one, since the compiler takes longer to start than to compile.

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deadlineIn } from "../src/base/deadline.ts";
import { buildModule } from "../src/prove/build.ts";
import type { Rewrite } from "../src/schemas/index.ts";
import { testPython } from "./python.ts";

/** A folder from which Python can import the modules of all these rewrites. Their functions have different names. */
export async function buildTogether(rewrites: readonly Rewrite[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "speedwell-compiled-"));
  const texts = rewrites.map(({ files }) => files!.find(({ path }) => path.endsWith(".pyx"))!.text);
  const setup = rewrites[0]!.files!.find(({ path }) => path.endsWith(".py"))!.text;
  mkdirSync(join(folder, "modules"));
  const built = await buildModule(
    [
      { path: join(folder, "_together_compiled.pyx"), text: merged(texts) },
      { path: join(folder, "setup_compiled.py"), text: setup },
    ],
    {
      module: "_together_compiled",
      directory: folder,
      arguments: ["setup_compiled.py", "build_ext", "--inplace"],
    },
    {
      interpreter: testPython(),
      overlay: null,
      environment: { ...process.env, CFLAGS: "-O0", SPEEDWELL_CACHE: join(folder, "cache") },
      packages: new Map(),
      into: join(folder, "modules"),
      deadline: deadlineIn(240),
    },
  );
  if (typeof built === "string") throw new Error(`${built}\n${merged(texts)}`);
  for (const { build } of rewrites)
    writeFileSync(join(folder, "modules", `${build!.module}.py`), "from _together_compiled import *\n");
  return join(folder, "modules");
}

/** Module texts as one: directives and imports first, what several of them hold only once. */
function merged(texts: readonly string[]): string {
  const directives = new Set<string>();
  const head = new Set<string>();
  const blocks = new Set<string>();
  for (const text of texts) {
    const [first, ...rest] = text.trimEnd().split("\n\n\n");
    for (const line of first!.split("\n")) {
      if (line.startsWith("# cython:")) directives.add(line);
      if (/^(c?import|from|cdef double) /.test(line)) head.add(line);
    }
    for (const block of rest) blocks.add(block);
  }
  // A constant needs its module first.
  const lines = [...head].sort((a, b) => Number(a.startsWith("cdef")) - Number(b.startsWith("cdef")));
  // Of two forms of a function that differ in what they must handle, the longer handles more.
  const unique = new Map<string, string>();
  for (const block of blocks) {
    const name = block.split("\n").find((line) => !line.startsWith("@"))!;
    if ((unique.get(name)?.length ?? 0) < block.length) unique.set(name, block);
  }
  const order = [...unique.values()].sort((a, b) => rank(a) - rank(b));
  return `${[...directives].join("\n")}\n\n${lines.join("\n")}\n\n\n${order.join("\n\n\n")}\n`;
}

const rank = (block: string): number =>
  /^(@cython|cdef (class|extern))/.test(block)
    ? -1
    : block.startsWith("cdef inline")
      ? 0
      : block.startsWith("class")
        ? 1
        : /^cdef int (remember|bring)/.test(block)
          ? 2
          : 3;
