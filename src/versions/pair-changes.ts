// What is to be judged in one file of both versions: a function by itself, or what reads that which changed.

import type { Region } from "../schemas/index.ts";
import type { SourceFile } from "../source/file.ts";
import { regionsOf } from "../source/regions.ts";
import { type Definition, type Definitions, definitionsOf } from "./definitions.ts";
import type { Move } from "./moved.ts";
import type { FilePair, Piece } from "./pieces.ts";
import { type Readers, readersOf } from "./readers.ts";
import { renamedParameters } from "./signature.ts";

/** One version of a file. */
export interface Side {
  file: SourceFile;
  has: Definitions;
  readers: Readers;
}

/** The pieces of one file, as they are found. */
export class PairChanges {
  readonly docstrings: string[] = [];
  readonly added: string[] = [];
  /** Names that other modules may read, and what happened to them. */
  readonly outward = new Map<string, string>();
  readonly pair: FilePair;
  readonly old: Side | null;
  readonly new: Side | null;
  /** Those that there are, OLD first. */
  readonly sides: readonly Side[];
  /** All functions that NEW has elsewhere or under another name. */
  moves: readonly Move[] = [];
  readonly found = new Map<string, Piece>();
  /** Changed data of the module that is set once and never changed. */
  readonly own = new Set<string>();
  /** Changed data of the module that functions change. */
  readonly states = new Set<string>();

  constructor(pair: FilePair) {
    this.pair = pair;
    this.old = sideOf(pair.old);
    this.new = sideOf(pair.new);
    this.sides = [this.old, this.new].filter((side) => side !== null);
  }

  pieces(): Piece[] {
    for (const { kind, replayed, new: fresh, pair } of this.found.values())
      if (replayed && fresh && pair === this.pair) {
        const reached = new Set([...replayed.globals, ...fresh.globals]);
        // Changed state that the piece does not reach is judged in what does.
        const own = [...this.own].filter((name) => kind === "function" || reached.has(name));
        replayed.own = fresh.own = [...own, ...[...this.states].filter((name) => !reached.has(name))];
      }
    return [...this.found.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  }

  get before(): Side {
    return this.old!;
  }

  get after(): Side {
    return this.new!;
  }

  /** Judge the functions that read a name of the module; whether anything reads it. */
  readersChange(
    name: string,
    why: string,
    from: "here" | "functions" | "elsewhere",
    stateful = false,
    group: string | null = null,
  ): boolean {
    if (from === "here") this.outward.set(name, why);
    let any = false;
    for (const { readers } of this.sides) {
      const keys =
        from === "elsewhere"
          ? new Set([...readers.ofName(name), ...readers.ofAttribute(name)])
          : readers.ofName(name);
      for (const key of keys) {
        if (key === null) {
          // Code outside of functions runs in whole runs alone; in another file, only its own change makes it a piece.
          if (from === "here") any = this.addReadingModule(why) || any;
        } else any = this.addFunction(key, why, group, stateful ? name : null) || any;
      }
    }
    return any;
  }

  attributeChange(name: string, why: string): boolean {
    let any = false;
    this.outward.set(name, why);
    for (const { readers } of this.sides)
      for (const key of readers.ofAttribute(name))
        any = (key === null ? this.addReadingModule(why) : this.addFunction(key, why)) || any;
    return any;
  }

  private addReadingModule(because: string): boolean {
    this.add({ kind: "module", place: "", because });
    return true;
  }

  /** Judge a function that both versions have, or what stands for it; whether there is such a thing. */
  addFunction(
    key: string,
    because: string,
    group: string | null = null,
    state: string | null = null,
  ): boolean {
    if (this.sides.length < 2) return false;
    const one = this.before.has.functions.get(key);
    const other = this.after.has.functions.get(key);
    if (!one || !other) return false;
    const known = this.found.get(`function ${key}`);
    if (known) {
      if (group === null) known.group = null;
      return true;
    }
    const renamed = renamedParameters(one.node as never, other.node as never);
    if (renamed === null) return because !== "its code changed";
    const region = regionOf(this.before.file, one);
    const newRegion = regionOf(this.after.file, other);
    const nestedApart = one.around !== null && newRegion.closure.join() !== region.closure.join();
    if (nestedApart) return this.addFunction(one.around!, because);
    const first = one.owner === null ? null : Object.entries(renamed)[0]?.[0];
    this.add({
      kind: "function",
      key,
      place: one.qualname,
      because: state === null ? because : `${because}; its state differs from the start`,
      old: state === null ? region : null,
      new: { ...newRegion, renamed, own: [] },
      assumptions: Object.entries(renamed)
        .filter(([from]) => from !== first || from !== "self")
        .map(([from, to]) => `Calls pass ${from} by its position: it is called ${to} now.`),
      group,
      around: one.around,
      line: one.node.lineno,
      endLine: one.node.endLineno,
      newLine: other.node.lineno,
      newEndLine: other.node.endLineno,
    });
    return true;
  }

  /** Something without a counterpart that nothing in the file reads. */
  addUnpaired({ node, qualname }: Definition, because: string): void {
    this.add({ kind: "unpaired", place: qualname, because, line: node.lineno, endLine: node.endLineno });
  }

  add(piece: Partial<Piece> & Pick<Piece, "kind" | "place" | "because"> & { key?: string }): void {
    const { key, ...rest } = piece;
    const id = `${piece.kind} ${key ?? `${piece.place} ${rest.line ?? rest.old?.span.line ?? ""}`}`;
    if (this.found.has(id)) return;
    this.found.set(id, {
      pair: this.pair,
      line: rest.old?.span.line ?? null,
      endLine: rest.old?.span.endLine ?? null,
      newLine: rest.new?.span.line ?? null,
      newEndLine: rest.new?.span.endLine ?? null,
      old: null,
      replayed: rest.old ? { ...rest.old, rebound: [], own: [] } : null,
      new: null,
      assumptions: [],
      group: null,
      leads: null,
      around: null,
      ...rest,
    });
  }
}

function sideOf(file: SourceFile | null): Side | null {
  if (file === null) return null;
  const has = definitionsOf(file);
  return { file, has, readers: readersOf(file, has) };
}

export function regionOf(file: SourceFile, { node }: Definition): Region {
  const region = regionsOf(file).find(({ kind, span }) => kind === "function" && span.start === node.start);
  if (!region) throw new Error(`${file.path} has no region at ${node.start}`);
  return region;
}
