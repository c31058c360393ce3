// What a catalogue entry says: data only. `match.ts` reads it; adding one is adding a line to a file of `catalogue/`.

import { fill } from "./expression.ts";
import type { SlotKind } from "./slots.ts";

/**
 * What the expression gives before any adapter:
 * Python's own `int`, `float`, `bool`, `number` (int or float, as the input), `str`, `bytes`, `list`, `tuple`, `dict`,
 * `set`, `iterator`; NumPy's `scalar`, `vector`, `matrix` (dtype follows the input) and `float scalar`,
 * `float vector`, `float matrix` (always floating).
 */
export type Gives =
  | "int"
  | "float"
  | "bool"
  | "number"
  | "str"
  | "bytes"
  | "list"
  | "tuple"
  | "dict"
  | "set"
  | "iterator"
  | "scalar"
  | "vector"
  | "matrix"
  | "float scalar"
  | "float vector"
  | "float matrix";

/** A value to refute with, in plain nested form, a dict as its items; it is given the types that were observed before it is tried. */
export type Example = number | string | readonly Example[];

export interface Entry {
  /** `import numpy as np` or `from bisect import bisect_left`; the expression uses the names bound here. */
  imports: readonly string[];
  /** The expression: `{slot}` for values, `{parameter}` for one of `vary`. */
  call: string;
  /**
   * Statements before it, where an expression alone does not do, as lines in units of four spaces; only for whole functions.
   * `{slot.part}` is what the slot's form calls so.
   */
  steps?: readonly string[];
  /** The function that the steps owe their speed to, by its full name. */
  known?: string;
  slots: Readonly<Record<string, SlotKind>>;
  gives: Gives;
  /** Fixed parameters to vary: the Python texts each may take. */
  vary?: Readonly<Record<string, readonly string[]>>;
  /** Why floats may differ in the last digits; without it, bit for bit. */
  floats?: string;
  /**
   * Conditions over the slots as they were given; the original code is kept for inputs on which one fails. A slot's form
   * may bring conditions of its own (`{g.symmetric}`), empty where the form ensures them.
   */
  guard?: readonly string[];
  /** Inputs on which a look-alike shows itself, per slot, besides those every kind of slot has. */
  refuters?: readonly Readonly<Record<string, Example>>[];
  /** Slots whose lengths (or integer values) multiply to the size of what is made; too large, it is not tried. */
  makes?: readonly string[];
  /** Slots that may not have been longer (or larger) than this, where the work explodes. */
  most?: Readonly<Record<string, number>>;
  /** Numbers that must have been at least this large. */
  least?: Readonly<Record<string, number>>;
  /** Whether numbers may also be literals of the region's own source. */
  literals?: true;
  /** Oldest Python minor version that has the function, when above 9. */
  since?: number;
}

type Options = Omit<Entry, "imports" | "call" | "slots" | "gives">;

/** A maker of entries that share their imports. */
export const using =
  (...imports: string[]) =>
  (call: string, slots: Entry["slots"], gives: Gives, options: Options = {}): Entry => ({
    imports,
    call,
    slots,
    gives,
    ...options,
  });

/** A maker of entries that need no import. */
export const builtin = using();

export interface ImportedName {
  module: string;
  name: string | null;
  asName: string | null;
  /** The name that the entry's expression uses. */
  local: string;
}

/** Read an entry's import statement. */
export function readImport(statement: string): ImportedName {
  const from = /^from (\S+) import (\w+)(?: as (\w+))?$/.exec(statement);
  if (from) return { module: from[1]!, name: from[2]!, asName: from[3] ?? null, local: from[3] ?? from[2]! };
  const plain = /^import (\S+)(?: as (\w+))?$/.exec(statement);
  if (!plain) throw new Error(`not an import that a catalogue may use: ${statement}`);
  return { module: plain[1]!, name: null, asName: plain[2] ?? null, local: plain[2] ?? plain[1]! };
}

const PACKAGES = ["numpy", "scipy", "networkx"] as const;
export type LibraryPackage = (typeof PACKAGES)[number];

/** The packages that import statements need beyond the standard library. */
export function packagesOf(imports: readonly string[]): LibraryPackage[] {
  const roots = new Set(imports.map((statement) => readImport(statement).module.split(".")[0]));
  return PACKAGES.filter((name) => roots.has(name));
}

const OWNERS: Partial<Record<SlotKind, string>> = { text: "str", bytes: "bytes", items: "list", int: "int" };

/** The function's full name for people: `scipy.spatial.distance.cdist`, `sorted`, `str.count`; null for operators. */
export function functionName(entry: Entry, fixed: Readonly<Record<string, string>> = {}): string | null {
  if (entry.known) return entry.known;
  const text = fill(entry.call, fixed);
  const uses = entry.imports.flatMap((statement) => {
    const { module, name, local } = readImport(statement);
    const use = new RegExp(`(?<![\\w.{])${local}((?:\\.\\w+)*)\\(`).exec(text);
    return use
      ? [{ at: use.index, full: `${module}${name ? `.${name}` : ""}${use[1]}`, plain: local === "np" }]
      : [];
  });
  // NumPy's part beside another library is only to shape its input.
  const [first] = uses.sort((a, b) => Number(a.plain) - Number(b.plain) || a.at - b.at);
  if (first) return first.full;
  const calls = [...text.matchAll(/([\w.]*)\(/g)].map((found) => found[1]!).filter((call) => call !== "");
  const method = /^\{(\w+)\}(\.\w+)\(/.exec(text);
  if (method) return `${OWNERS[entry.slots[method[1]!]!] ?? ""}${method[2]}`.replace(/^\./, "");
  return calls.find((call) => /^\w+\./.test(call)) ?? calls.find((call) => !call.startsWith(".")) ?? null;
}
