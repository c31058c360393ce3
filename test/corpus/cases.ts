// The cases of the corpus, read from its Python files: an original, calls of it, and rewrites that are right or wrong.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Tolerance } from "../../src/schemas/index.ts";

export interface RewriteCase {
  right: boolean;
  name: string;
  /** The whole module with the rewritten `f`. */
  text: string;
  tolerance: Tolerance | null;
  /** The public report or program in whose manner it is written. */
  source: string | null;
}

export interface OriginalCase {
  name: string;
  /** The whole module with the original `f`. */
  text: string;
  /** Statements that call it. */
  calls: string;
  rewrites: RewriteCase[];
}

export interface Family {
  name: string;
  cases: OriginalCase[];
}

const directory = join(import.meta.dirname, "cases");

/** Every family of cases, by file name; the format is described in README.md. */
export function readFamilies(): Family[] {
  const files = readdirSync(directory).filter((name) => name.endsWith(".py"));
  return files.sort().map((file) => ({
    name: basename(file, ".py"),
    cases: readCases(readFileSync(join(directory, file), "utf8"), file),
  }));
}

const heading = /^(original|right|wrong)(?: within (\S+))?: (.+)$/;

function readCases(text: string, file: string): OriginalCase[] {
  const [head = "", ...cells] = text.split(/^# %% /m);
  const cases: OriginalCase[] = [];
  for (const cell of cells) {
    const title = cell.slice(0, cell.indexOf("\n")).trim();
    const body = cell.slice(cell.indexOf("\n") + 1);
    const current = cases.at(-1);
    if (title === "calls" && current) {
      current.calls = body;
      continue;
    }
    const [, kind, within, name] = heading.exec(title) ?? [];
    if (name === undefined) throw new Error(`${file}: a cell is headed "${title}"`);
    if (kind === "original") {
      cases.push({ name, text: head + body, calls: "", rewrites: [] });
      continue;
    }
    if (!current) throw new Error(`${file}: "${title}" stands before any original`);
    const bound = Number(within);
    current.rewrites.push({
      right: kind === "right",
      name,
      text: head + body,
      tolerance:
        within === undefined
          ? null
          : { kind: "relative", bound, absolute: bound, reason: "rounding in another order" },
      source: /https:\/\/\S+/.exec(body)?.[0] ?? null,
    });
  }
  return cases;
}
