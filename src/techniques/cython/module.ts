// The compiled module of a region: the function, those of its module that it calls, and what stands around them.

import type { expr, FunctionDef } from "../../source/ast.generated.ts";
import { effectsOf } from "../../source/effects.ts";
import type { SourceFile } from "../../source/file.ts";
import { reindent } from "../../source/layout.ts";
import { meaningOf } from "../../source/meaning.ts";
import { walk } from "../../source/walk.ts";
import { entryText } from "./entry.ts";
import { ownerOf, recordsOf, recordText, selfOf } from "./records.ts";
import { type Callee, type Needs, Scope } from "./scope.ts";
import { Statements } from "./statements.ts";
import { supportClosure, supportText } from "./support.ts";
import { Demote, declaredType, isNative, sitesIn, Unsupported, type Value } from "./values.ts";
import { shadowOf } from "./vectors.ts";

/** The region's function as it is called from Python. */
export interface Entry {
  file: SourceFile;
  node: FunctionDef;
  /** Globals and closure variables that it, or what it calls, reads: passed along. */
  outer: readonly string[];
  /** What was seen of each parameter and each of `outer`. */
  inputs: ReadonlyMap<string, Value>;
  /** Those of them that may be changed in place. */
  changed: ReadonlySet<string>;
  /** Inputs whose lists of numbers stay lists: making vectors of them would cost more than it saves. */
  demoted: readonly string[];
}

/** Where the vectors that stand for an input come from. */
export const inputSite = (name: string): string => `input ${name}`;

/** Rounds of the analysis: so many before integers that still grow are widened, and at most. */
const [growing, most] = [4, 24];

export class Unit implements Callee {
  readonly name: string;
  readonly scope: Scope;
  readonly statements: Statements;
  readonly parameters: readonly string[];
  readonly own: readonly string[];
  readonly placed: number;
  readonly defaults: ReadonlyMap<string, expr>;

  constructor(entry: Entry, node: FunctionDef, needs: Needs, unitOf: (node: FunctionDef) => Unit) {
    this.scope = new Scope(
      entry.file,
      node,
      entry.outer.filter((name) => reads(entry.file, node, name)),
      needs,
      unitOf,
      // A method that Python calls has an object of Python's.
      node === entry.node ? null : ownerOf(entry.file, node),
    );
    this.statements = new Statements(this.scope);
    const { owner, makes } = this.scope;
    const name = makes ? "new" : node.name.replaceAll(/^_+|__$/g, "");
    this.name = owner ? `_${owner.name}_${name}` : `_${name}`;
    this.parameters = this.scope.parameters;
    this.own = this.scope.own;
    const { args } = node;
    const placed = [...args.posonlyargs, ...args.args].map(({ arg }) => arg);
    this.placed = placed.length - (makes ? 1 : 0);
    const optional = placed.slice(placed.length - args.defaults.length);
    this.defaults = new Map(
      [
        ...args.defaults.map((value, i) => [optional[i]!, value] as const),
        ...args.kwonlyargs.map(({ arg }, i) => [arg, args.kw_defaults[i]!] as const),
      ].filter(([, value]) => value?.kind === "Constant"),
    );
  }

  get calls(): ReadonlySet<Callee> {
    return this.scope.calls;
  }

  /** What leads to recursion passes on how deep it may go. */
  get recursive(): boolean {
    return [this, ...calledFrom(this)].some((one) => calledFrom(one).has(one));
  }

  take(index: number, value: Value): void {
    this.scope.bind(this.parameters[index]!, value);
  }

  parameter(index: number): { value: Value | null; native: boolean } {
    const name = this.parameters[index]!;
    return { value: this.scope.values.get(name) ?? null, native: this.scope.isHeldNative(name) };
  }

  get result(): { value: Value | null; native: boolean } {
    if (this.scope.makes) return { value: this.scope.recordValue(this.scope.owner!), native: false };
    const value = this.scope.result;
    return { value, native: value !== null && isNative(value) && this.scope.returns };
  }

  /** The whole definition in Cython. */
  text(): string {
    const { scope } = this;
    const body = this.statements.text();
    const { value, native } = this.result;
    const type = native || value?.kind === "record" ? declaredType(value!, true) : "object";
    const failure = !native ? "" : type === "Py_UCS4" ? " except? 0xFFFF" : " except? -1";
    const parameters = [...scope.signature(), ...(this.recursive ? ["int calls_left"] : [])];
    const first = scope.body[0]!;
    const indentation = scope.file.text.slice(scope.file.lineStarts[first.lineno - 1], first.start);
    const lines = [
      ...scope.declarations(),
      ...(this.recursive ? ["if calls_left <= 0:", "    raise RecursionError"] : []),
      ...(scope.makes ? [`${selfOf(scope.node)} = ${scope.owner!.type}.__new__(${scope.owner!.type})`] : []),
    ].map((line) => `    ${line}\n`);
    const head = `cdef ${type} ${this.name}(${parameters.join(", ")})${failure}:\n`;
    const text = reindent(body.replaceAll(/\r\n?/g, "\n"), indentation, "    ");
    return `${head}${lines.join("")}${text}${scope.makes ? `\n    return ${selfOf(scope.node)}` : ""}`;
  }
}

/** The text of the compiled module; throws `Unsupported` where the function cannot be compiled as it is meant. */
export function moduleText(entry: Entry, origin: string): string {
  const demoted = new Set(entry.demoted);
  for (;;) {
    try {
      return textWith(entry, origin, demoted);
    } catch (error) {
      if (!(error instanceof Demote)) throw error;
      const known = demoted.size;
      for (const site of error.sites) demoted.add(site);
      if (demoted.size === known) throw new Unsupported("its lists are held now so, now otherwise");
    }
  }
}

/** The same with lists as vectors but for those made at `demoted`. */
function textWith(entry: Entry, origin: string, demoted: ReadonlySet<string>): string {
  const { file, node } = entry;
  const needs: Needs = {
    support: new Set(),
    imports: new Set(),
    constants: new Map(),
    demoted,
    shared: new Set(),
    records: new Set(),
    attributes: new Map(),
    filled: new Map(),
  };
  const units = new Map<FunctionDef, Unit>();
  const unitOf = (wanted: FunctionDef): Unit => {
    let unit = units.get(wanted);
    if (!unit) {
      rejectForms(file, wanted);
      unit = new Unit(entry, wanted, needs, unitOf);
      units.set(wanted, unit);
    }
    return unit;
  };
  const main = unitOf(node);
  for (const [name, value] of entry.inputs) {
    const site = inputSite(name);
    const taken = demoted.has(site) ? value : shadowOf(value, site);
    if (main.scope.isLocal(name)) main.scope.bind(name, taken);
  }
  settle(units);
  const staying = sitesIn(main.scope.result, true);
  if (staying.length > 0) throw new Demote(staying);
  needs.support.clear();
  needs.imports.clear();
  needs.constants.clear();
  // Which arrays have views and are written is known only after all statements have been seen.
  for (const unit of units.values()) unit.statements.text();
  const functions = [...units.values()].reverse().map((unit) => unit.text());
  const call = entryText(entry, main, needs);
  const typed =
    needs.records.size > 0 ||
    [...needs.support].some((name) => /^(Floats|Integers|Truths|with_vectors|draws_.*)$/.test(name));
  const records = recordTexts(file, needs);
  const support = supportClosure(needs.support);
  for (const unit of units.values()) rejectNames(unit.scope.node, support);
  const { imports, definitions } = supportText(support);
  const header = [
    "# cython: language_level=3, infer_types=False, overflowcheck=True",
    `# cython: boundscheck=True, wraparound=True, cdivision=False${typed ? ", nonecheck=True" : ""}`,
    `"""The compiled form of \`${node.name}\` in ${origin}.`,
    "",
    "What it cannot do exactly as Python does raises an exception, and the Python code runs in its place.",
    '"""',
  ].join("\n");
  const constants = [...needs.constants].map(([name, text]) => `cdef double ${name} = ${text}`);
  const importLines = [...needs.imports, ...imports].sort(
    (a, b) =>
      Number(/cimport/.test(b)) - Number(/cimport/.test(a)) ||
      Number(a.startsWith("from")) - Number(b.startsWith("from")),
  );
  const parts = [
    header,
    ...(importLines.length > 0 ? [[...new Set(importLines)].join("\n")] : []),
    ...(constants.length > 0 ? [constants.join("\n")] : []),
  ];
  const names = new Set([...units.values()].map(({ name }) => name));
  if (names.size < units.size) throw new Unsupported("two of its functions have one name", node.start);
  return `${parts.join("\n\n")}\n\n\n${[...definitions, ...records, ...functions, call].join("\n\n\n")}\n`;
}

/** Repeat the analysis until nothing changes. */
function settle(units: ReadonlyMap<FunctionDef, Unit>): void {
  const all = () => [...units.values()];
  for (let round = 0; round < most; round++) {
    const before = units.size;
    for (const { scope } of all()) {
      scope.changed = false;
      scope.grown = round >= growing;
    }
    for (const { statements } of all()) statements.analyse();
    if (units.size > before || all().some(({ scope }) => scope.changed)) continue;
    if (all().every(({ scope }) => scope.final)) return;
    for (const { scope } of all()) scope.final = true;
  }
  throw new Unsupported("its types do not come to rest");
}

/** Everything that runs when it is called. */
function calledFrom(unit: Callee): Set<Callee> {
  const found = new Set<Callee>();
  const waiting = [...unit.calls];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...next.calls);
  }
  return found;
}

/** The functions of the module that `node` calls by name, and all methods of its classes that it may call. */
function callsOf(file: SourceFile, node: FunctionDef): Set<FunctionDef> {
  const found = new Set<FunctionDef>();
  const records = recordsOf(file);
  walk(node, (part) => {
    if (part.kind === "Attribute" || part.kind === "BinOp" || part.kind === "UnaryOp")
      for (const { methods } of records.values())
        for (const [name, method] of methods)
          if (part.kind === "Attribute" ? name === part.attr : /^__r?(add|sub|mul|truediv|neg)__$/.test(name))
            found.add(method);
    if (part.kind !== "Name" || part.ctx !== "Load") return;
    const meaning = meaningOf(file, part);
    if (meaning.kind === "function") found.add(meaning.node);
    const init = records.get(part.id)?.methods.get("__init__");
    if (init) found.add(init);
  });
  return found;
}

/** The extension types of the classes whose objects are made, each known to the others. */
function recordTexts(file: SourceFile, needs: Needs): string[] {
  if (needs.records.size === 0) return [];
  needs.imports.add("cimport cython");
  const records = [...needs.records].map((name) => recordsOf(file).get(name)!);
  const texts = records.map((record) =>
    recordText(record, (attribute) => {
      const value = needs.attributes.get(`${record.name}.${attribute}`);
      return value ? declaredType(value, isNative(value)) : "object";
    }),
  );
  return records.length > 1 ? [records.map(({ type }) => `cdef class ${type}`).join("\n"), ...texts] : texts;
}

/** All functions of the module that may run; callees of callees included, callers before what they call. */
function reachableFrom(file: SourceFile, node: FunctionDef): Set<FunctionDef> {
  const found = new Set<FunctionDef>();
  const waiting = [...callsOf(file, node)];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...callsOf(file, next));
  }
  return found;
}

/** Whether `name`, which is not its own, is read by the function or by what it calls. */
function reads(file: SourceFile, node: FunctionDef, name: string): boolean {
  for (const one of [node, ...reachableFrom(file, node)]) {
    let found = false;
    walk(one, (part) => {
      if (part.kind === "Name" && part.id === name) found = true;
    });
    if (found) return true;
  }
  return false;
}

function rejectForms(file: SourceFile, node: FunctionDef): void {
  const { args } = node;
  if (args.vararg || args.kwarg) throw new Unsupported("it takes any number of arguments", node.start);
  if (node.decorator_list.length > 0) throw new Unsupported("it has decorators", node.start);
  const effects = effectsOf(file, node);
  if (effects.io)
    throw new Unsupported("it reads or writes outside of the program, or draws random numbers", node.start);
  if (effects.outerBinds.size > 0)
    throw new Unsupported(`it binds \`${[...effects.outerBinds][0]}\` outside of itself`, node.start);
  walk(node, (part) => {
    if (part.kind === "Name" || part.kind === "arg") {
      const name = part.kind === "Name" ? part.id : part.arg;
      if (reserved.has(name) || /_view$/.test(name))
        throw new Unsupported(`the name \`${name}\` means something else in Cython`, node.start);
    }
    if (
      part.kind === "Constant" &&
      part.value.type === "str" &&
      part.lineno !== part.endLineno &&
      part !== docstringOf(node)
    )
      throw new Unsupported("it holds a text of several lines", part.start);
  });
}

/** Names of the function's own that stand for something of the compiled module. */
function rejectNames(node: FunctionDef, support: ReadonlySet<string>): void {
  walk(node, (part) => {
    const name = part.kind === "Name" ? part.id : part.kind === "arg" ? part.arg : null;
    if (name !== null && support.has(name))
      throw new Unsupported(`the name \`${name}\` means something else in Cython`, node.start);
  });
}

const docstringOf = ({ body: [first] }: FunctionDef) => (first?.kind === "Expr" ? first.value : null);

/** Words that Cython takes for its own, and names that the compiled module uses. */
const reserved = new Set(
  `cdef cpdef ctypedef cimport include DEF IF ELIF ELSE NULL sizeof inline struct union enum
  extern const volatile nogil double long short char signed unsigned bint void size_t ssize_t Py_ssize_t Py_UCS4
  builtins ndarray float64 int64 kept made calls_left`.split(/\s+/),
);
