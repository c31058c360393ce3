// What changed between two versions, as pieces that can be judged one by one.
//
// A function that both versions have is judged by itself. Where something changed that has no counterpart (a helper that
// came or went, a constant, an import, a signature), what reads it is judged: functions by replaying them, code outside of
// functions by whole runs.

import { diffArrays } from "diff";
import type { Region } from "../schemas/index.ts";
import type { ClassDef, stmt } from "../source/ast.generated.ts";
import type { SourceFile } from "../source/file.ts";
import { regionsOf, spanOf } from "../source/regions.ts";
import { walk } from "../source/walk.ts";
import { type Definition, type Definitions, definitionsOf, type Statement } from "./definitions.ts";
import { docstring, dump } from "./dump.ts";
import { type Readers, readersOf } from "./readers.ts";
import { renamedParameters } from "./signature.ts";

/** One file in both versions, parsed; null where a version does not have it. */
export interface FilePair {
  path: string;
  shown: string;
  old: SourceFile | null;
  new: SourceFile | null;
}

/** Where a region lies in the new text, and what is special about calling it there. */
export interface NewRegion extends Region {
  /** New names of parameters by their old ones. */
  renamed: Record<string, string>;
  /** Names of the module whose values are part of the change: each side has its own, and no recorded one. */
  own: string[];
}

/** Where a region lies in the old text, and which of its live-in names it binds before it reads them. */
export interface OldRegion extends Region {
  rebound: string[];
  own: string[];
}

export interface Piece {
  pair: FilePair;
  /** `module` is code outside of functions; `unpaired` is what only one version has and nothing here reads. */
  kind: "function" | "loop" | "module" | "unpaired";
  /** Qualified name; "" for code outside of functions. */
  place: string;
  /** Lines in the old text, and in the new; null where a text does not have it. */
  line: number | null;
  endLine: number | null;
  newLine: number | null;
  newEndLine: number | null;
  /** Why it is judged: `its code changed`, `it reads LIMIT, which changed`. */
  because: string;
  /** What is recorded in the old text. Null for what cannot be called on its own: it is judged by whole runs. */
  old: Region | null;
  /** What is replayed in the old text: with a loop, the plain assignments before it too. */
  replayed: OldRegion | null;
  new: NewRegion | null;
  /** What the pairing takes for granted, in plain words. */
  assumptions: string[];
  /** Pieces of one group stand for one change: it is enough that one of them is exercised. */
  group: string | null;
  /** The piece around a nested function, which may be judged in its place. */
  around: string | null;
}

export interface Changes {
  pieces: Piece[];
  /** Functions and modules of which only the docstring changed. */
  docstrings: string[];
  /** New functions and classes, which have nothing to be compared with. */
  added: string[];
}

export function changesBetween(pairs: readonly FilePair[]): Changes {
  const changes: Changes = { pieces: [], docstrings: [], added: [] };
  const all = pairs.map((pair) => new PairChanges(pair));
  for (const one of all) one.find();
  // What another of the changed files reads of a module is found by its name.
  for (const one of all)
    for (const [name, why] of one.outward)
      for (const other of all) if (other !== one) other.readersChange(name, why, "elsewhere");
  for (const one of all) {
    changes.pieces.push(...one.pieces());
    changes.docstrings.push(...one.docstrings);
    changes.added.push(...one.added);
  }
  return changes;
}

class PairChanges {
  readonly docstrings: string[] = [];
  readonly added: string[] = [];
  /** Names that other modules may read, and what happened to them. */
  readonly outward = new Map<string, string>();
  private readonly pair: FilePair;
  private readonly sides: { file: SourceFile; has: Definitions; readers: Readers }[] = [];
  private readonly found = new Map<string, Piece>();
  /** Changed data of the module that is set once and never changed. */
  private readonly own = new Set<string>();

  constructor(pair: FilePair) {
    this.pair = pair;
    for (const file of [pair.old, pair.new])
      if (file !== null) {
        const has = definitionsOf(file);
        this.sides.push({ file, has, readers: readersOf(file, has) });
      }
  }

  pieces(): Piece[] {
    for (const { replayed, new: fresh } of this.found.values())
      if (replayed && fresh) {
        const reached = new Set([...replayed.globals, ...fresh.globals]);
        replayed.own = fresh.own = [...this.own].filter((name) => reached.has(name));
      }
    return [...this.found.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  }

  find(): void {
    const { old, new: fresh, shown } = this.pair;
    if (old === null || fresh === null) {
      if (old === null) this.added.push(shown);
      else this.add({ kind: "unpaired", place: "", because: "the file is gone" });
      return;
    }
    this.findFunctions();
    this.findClasses();
    this.findStatements();
    if (this.found.size === 0 && docstring(old.tree) !== docstring(fresh.tree)) this.docstrings.push(shown);
  }

  private get before() {
    return this.sides[0]!;
  }
  private get after() {
    return this.sides[1]!;
  }

  private findFunctions(): void {
    const [old, fresh] = [this.before.has.functions, this.after.has.functions];
    // What changed itself comes first, so that it is not said to be judged for what it uses.
    const unpaired: [Definition, string][] = [];
    for (const [key, one] of old) {
      const other = fresh.get(key);
      if (!other) unpaired.push([one, "is gone"]);
      else if (one.code !== other.code) {
        const renamed = renamedParameters(one.node as never, other.node as never);
        if (renamed === null) unpaired.push([one, "is called in another way"]);
        else this.addFunction(key, "its code changed");
      } else if (docstring(one.node) !== docstring(other.node)) this.docstrings.push(one.qualname);
    }
    for (const [key, other] of fresh)
      if (!old.has(key)) {
        this.added.push(other.qualname);
        unpaired.push([other, "is new"]);
      }
    for (const [one, what] of unpaired) this.withoutCounterpart(one, what);
  }

  /** Judge what calls a function that cannot be held against another; the function around a nested one. */
  private withoutCounterpart(one: Definition, what: string): void {
    const { name } = one.node;
    const why = `it uses ${name}, which ${what}`;
    if (one.around !== null && one.owner === null) {
      if (!this.addFunction(one.around, why)) this.addUnpaired(one, why);
      return;
    }
    const judged =
      one.owner === null ? this.readersChange(name, why, "here") : this.attributeChange(name, why);
    if (/^__\w+__$/.test(name) && one.owner !== null)
      this.methodsChange(one.owner, `${one.qualname} ${what}`);
    else if (!judged && what !== "is new") this.addUnpaired(one, `${one.qualname} ${what}`);
  }

  private findClasses(): void {
    const [old, fresh] = [this.before.has.classes, this.after.has.classes];
    for (const [key, one] of old) {
      const other = fresh.get(key);
      if (!other) this.classChange(one, "is gone");
      else if (one.code !== other.code) this.findInClass(one, other);
      else if (docstring(one.node) !== docstring(other.node)) this.docstrings.push(one.qualname);
    }
    for (const [key, other] of fresh)
      if (!old.has(key)) {
        this.added.push(other.qualname);
        this.readersChange(other.node.name, `it uses ${other.node.name}, which is new`, "here");
      }
  }

  /** Attributes of a class that changed are judged by what reads them; all else by the methods of the class. */
  private findInClass(one: Definition, other: Definition): void {
    const [was, is] = [one.node as ClassDef, other.node as ClassDef];
    const head = ({ bases, keywords, decorator_list }: ClassDef) =>
      dump([...bases, ...keywords, ...decorator_list], { classesApart: false });
    const attributes = changedAttributes(was, is);
    if (head(was) !== head(is)) this.classChange(one, "changed");
    else if (attributes === null) this.classChange(one, "changed");
    else
      for (const name of attributes)
        if (!this.attributeChange(name, `it reads ${one.qualname}.${name}, which changed`))
          this.classChange(one, "changed");
  }

  private classChange(one: Definition, what: string): void {
    const why = `it uses ${one.qualname}, which ${what}`;
    const methods = this.methodsChange(one.qualname, `its class ${what}`);
    const read = this.readersChange(one.node.name, why, "here");
    if (!methods && !read) this.addUnpaired(one, `${one.qualname} ${what}`);
  }

  private methodsChange(owner: string, why: string): boolean {
    let any = false;
    for (const [key, method] of this.before.has.functions)
      if (method.owner === owner) any = this.addFunction(key, why, `class ${owner}`) || any;
    return any;
  }

  private findStatements(): void {
    const [old, fresh] = [this.before.has.statements, this.after.has.statements];
    const parts = diffArrays(
      old.map(({ code }) => code),
      fresh.map(({ code }) => code),
    );
    let [i, j] = [0, 0];
    let hunk: { removed: Statement[]; added: Statement[] } = { removed: [], added: [] };
    const end = () => {
      for (const [removed, added] of apart(hunk.removed, hunk.added)) this.findInHunk(removed, added);
      hunk = { removed: [], added: [] };
    };
    for (const { added, removed, value } of parts) {
      if (removed) hunk.removed.push(...old.slice(i, i + value.length));
      else if (added) hunk.added.push(...fresh.slice(j, j + value.length));
      else end();
      if (!added) i += value.length;
      if (!removed) j += value.length;
    }
    end();
  }

  private findInHunk(removed: readonly Statement[], added: readonly Statement[]): void {
    const loop = this.addLoop(removed, added);
    const statements = [...removed, ...added];
    // An import that only moved changes nothing but the order in which modules are loaded.
    const codes = [
      new Set(this.before.has.statements.map((s) => s.code)),
      new Set(this.after.has.statements.map((s) => s.code)),
    ];
    for (const one of statements) {
      if (one.isImport && codes.every((has) => has.has(one.code))) continue;
      let judged = false;
      for (const name of one.binds) {
        const constant = !this.sides.some(({ readers }) => readers.changes(name));
        if (!one.isImport && constant) this.own.add(name);
        const why = `it reads ${name}, which changed`;
        if (this.readersChange(name, why, loop ? "functions" : "here", !one.isImport && !constant))
          judged = true;
        this.outward.set(name, why);
      }
      if (!loop && (one.isImport ? !judged && !isUnread(one, this.sides) : !judged || !isPlain(one.node)))
        this.addModule(removed, added);
    }
  }

  /**
   * A loop at module level in whose place other statements stand. Plain assignments right before it belong to it: what they
   * set up (`total = 0`) is no input that could be another.
   */
  private addLoop(removed: readonly Statement[], added: readonly Statement[]): boolean {
    const loop = removed.at(-1);
    const [first] = added;
    if (!loop || !first || (loop.node.kind !== "For" && loop.node.kind !== "While")) return false;
    if (
      !removed.slice(0, -1).every(({ node }) => isPlain(node) && !readsNames(node)) ||
      added.some((s) => s.isImport)
    )
      return false;
    const old = plainBefore(this.before.file, removed[0]!.node);
    const fresh = plainBefore(this.after.file, first.node);
    const shared = Math.min(old.length, fresh.length);
    const setup = [...old.slice(old.length - shared), ...removed.slice(0, -1).map(({ node }) => node)];
    const rebound = setup.flatMap((node) => this.bindsOf(node));
    if (added.some((s) => s.binds.some((name) => ![...loop.binds, ...rebound].includes(name)))) return false;
    const region = regionsOf(this.before.file).find(
      ({ kind, span }) => kind === "loop" && span.start === loop.node.start,
    );
    if (!region || region.notReplayable !== null) return false;
    const around = (from: stmt, to: stmt, span: Region["span"]) => {
      const { endLine, endColumn, end } = spanOf(to);
      return { ...span, ...spanOf(from), endLine, endColumn, end };
    };
    const liveOut = [...new Set([...region.liveOut, ...rebound])].sort();
    this.add({
      kind: "loop",
      place: "",
      because: "its code changed",
      old: region,
      replayed: {
        ...region,
        liveOut,
        rebound,
        own: [],
        span: around(setup[0] ?? loop.node, loop.node, region.span),
      },
      new: {
        ...region,
        liveOut,
        renamed: {},
        own: [],
        span: around(fresh[fresh.length - shared] ?? first.node, added.at(-1)!.node, region.span),
      },
      newLine: first.node.lineno,
      newEndLine: added.at(-1)!.node.endLineno,
    });
    return true;
  }

  private bindsOf(node: stmt): string[] {
    return this.before.has.statements.find((one) => one.node === node)?.binds ?? [];
  }

  private addModule(removed: readonly Statement[], added: readonly Statement[]): void {
    const lines = (statements: readonly Statement[]) =>
      statements.length === 0
        ? ([null, null] as const)
        : ([statements[0]!.node.lineno, statements.at(-1)!.node.endLineno] as const);
    const [line, endLine] = lines(removed);
    const [newLine, newEndLine] = lines(added);
    this.add({ kind: "module", place: "", because: "its code changed", line, endLine, newLine, newEndLine });
  }

  /** Something without a counterpart that nothing in the file reads. */
  private addUnpaired({ node, qualname }: Definition, because: string): void {
    this.add({ kind: "unpaired", place: qualname, because, line: node.lineno, endLine: node.endLineno });
  }

  /** Judge the functions that read a name of the module; whether anything reads it. */
  readersChange(
    name: string,
    why: string,
    from: "here" | "functions" | "elsewhere",
    stateful = false,
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
        } else any = this.addFunction(key, why, null, stateful ? name : null) || any;
      }
    }
    return any;
  }

  private attributeChange(name: string, why: string): boolean {
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
  private addFunction(
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

  private add(piece: Partial<Piece> & Pick<Piece, "kind" | "place" | "because"> & { key?: string }): void {
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
      around: null,
      ...rest,
    });
  }
}

function regionOf(file: SourceFile, { node }: Definition): Region {
  const region = regionsOf(file).find(({ kind, span }) => kind === "function" && span.start === node.start);
  if (!region) throw new Error(`${file.path} has no region at ${node.start}`);
  return region;
}

/** An import of a name that neither version reads. */
const isUnread = ({ binds }: Statement, sides: readonly { readers: Readers }[]): boolean =>
  binds.every((name) => name !== "*" && sides.every(({ readers }) => readers.ofName(name).size === 0));

type Hunk = [removed: readonly Statement[], added: readonly Statement[]];

/** The statements of a hunk in runs without a definition between them, paired where both sides have as many. */
function apart(removed: readonly Statement[], added: readonly Statement[]): Hunk[] {
  const runs = (statements: readonly Statement[]) =>
    statements.reduce<Statement[][]>((all, one) => {
      const last = all.at(-1)?.at(-1);
      if (last !== undefined && last.index + 1 >= one.index) all.at(-1)!.push(one);
      else all.push([one]);
      return all;
    }, []);
  const [old, fresh] = [runs(removed), runs(added)];
  if (removed.length + added.length === 0) return [];
  return old.length === fresh.length ? old.map((run, i): Hunk => [run, fresh[i]!]) : [[removed, added]];
}

/** The plain assignments that stand right before a statement of the module, in order. */
function plainBefore(file: SourceFile, node: stmt): stmt[] {
  const { body } = file.tree;
  const at = body.indexOf(node);
  let from = at;
  while (from > 0 && isPlain(body[from - 1]!) && !readsNames(body[from - 1]!)) from--;
  return body.slice(from, at);
}

const readsNames = (node: stmt): boolean => {
  let reads = false;
  walk(node, (part) => {
    if (part.kind === "Name" && part.ctx === "Load" && !constructors.test(part.id)) reads = true;
  });
  return reads;
};

const constructors =
  /^(set|frozenset|tuple|list|dict|range|bytes|bytearray|object|compile|Decimal|Fraction)$/;

/** An assignment whose value is put together without running code of the program. */
function isPlain(node: stmt): boolean {
  if (node.kind !== "Assign" && node.kind !== "AnnAssign") return false;
  const targets = node.kind === "Assign" ? node.targets : [node.target];
  if (!node.value || targets.some(({ kind }) => kind !== "Name")) return false;
  let plain = true;
  walk(node.value, (part) => {
    if (part.kind !== "Call") return;
    const { func } = part;
    const name = func.kind === "Name" ? func.id : func.kind === "Attribute" ? func.attr : "";
    if (!constructors.test(name)) plain = false;
  });
  return plain;
}

/** Names of the class attributes that differ; null when a statement differs that is no plain assignment of names. */
function changedAttributes(was: ClassDef, is: ClassDef): string[] | null {
  const coded = ({ body }: ClassDef) =>
    new Map(
      body
        .filter(({ kind }) => kind !== "FunctionDef" && kind !== "AsyncFunctionDef" && kind !== "Pass")
        .map((node) => [dump([node], { classesApart: true }), node]),
    );
  const [before, after] = [coded(was), coded(is)];
  const names: string[] = [];
  for (const [mine, theirs] of [
    [before, after],
    [after, before],
  ] as const)
    for (const [code, node] of mine) {
      if (theirs.has(code)) continue;
      if (node.kind === "Expr" && node.value.kind === "Constant") continue; // a docstring
      const targets = node.kind === "Assign" ? node.targets : node.kind === "AnnAssign" ? [node.target] : [];
      if (targets.length === 0 || !targets.every((t) => t.kind === "Name" && !/^__\w+__$/.test(t.id)))
        return null;
      // An annotation without a value is a field of a dataclass or the like.
      if (node.kind === "AnnAssign") return null;
      names.push(...targets.map((target) => (target as { id: string }).id));
    }
  return names.length > 0 ? names : null;
}
