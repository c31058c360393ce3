// A function on its way to compiled code: its variables, and what its expressions need of the module around it.

import type { expr, FunctionDef, Node, stmt } from "../../source/ast.generated.ts";
import { effectsOf } from "../../source/effects.ts";
import type { SourceFile } from "../../source/file.ts";
import { dottedName, meaningOf } from "../../source/meaning.ts";
import { scopesOf } from "../../source/scopes.ts";
import { walk } from "../../source/walk.ts";
import { alwaysReturns, maybeUnbound, unpackedNames, withoutDocstring } from "./flow.ts";
import { type RecordClass, recordsOf } from "./records.ts";
import {
  Demote,
  declaredType,
  isNative,
  join,
  keyOf,
  Unsupported,
  type Value,
  type VectorKind,
} from "./values.ts";

/** What the compiled module needs besides its functions. */
export interface Needs {
  /** Functions of `support.ts`. */
  support: Set<string>;
  /** `import math`, and constants that are looked up once: name to Python expression. */
  imports: Set<string>;
  constants: Map<string, string>;
  /** Lists of numbers that are not held as vectors: where they are made. */
  demoted: ReadonlySet<string>;
  /** Functions of `random` that draw from the generator that they share. */
  shared: Set<string>;
  /** Classes whose objects are made, and what their attributes hold: `Class.name`. */
  records: Set<string>;
  attributes: Map<string, Value>;
  /** What lists that are made empty come to hold: where they are made. */
  filled: Map<string, VectorKind>;
}

/** A function of the module that another calls, as it is compiled. */
export interface Callee {
  readonly name: string;
  /** Its own parameters, then what it needs from outside. */
  readonly parameters: readonly string[];
  readonly own: readonly string[];
  /** How many of its own are given by place, and what stands for those that are not given. */
  readonly placed: number;
  readonly defaults: ReadonlyMap<string, expr>;
  readonly recursive: boolean;
  readonly calls: ReadonlySet<Callee>;
  /** Join of what it is called with, and what it gives; null as long as that is not known. */
  take(index: number, value: Value): void;
  parameter(index: number): { value: Value | null; native: boolean };
  readonly result: { value: Value | null; native: boolean };
}

export class Scope {
  readonly file: SourceFile;
  readonly node: FunctionDef;
  readonly body: readonly stmt[];
  /** The class that has it as its method, and whether it is `__init__`: it then makes the object as well. */
  readonly owner: RecordClass | null;
  readonly makes: boolean;
  readonly own: readonly string[];
  /** Its own parameters, then the globals and closure variables that it reads. */
  readonly parameters: readonly string[];
  readonly needs: Needs;
  readonly values = new Map<string, Value>();
  /** Arrays that are written through their views, and those that have views at all. */
  readonly written = new Set<string>();
  readonly viewed = new Set<string>();
  /** The functions of the module that it calls. */
  readonly calls = new Set<Callee>();
  /** Calls that may do anything. */
  readonly unknown: ReadonlySet<Node>;
  result: Value | null = null;
  readonly returns: boolean;
  /** Whether integers that still grow are widened, and whether what is not known by now is any object. */
  grown = false;
  final = false;
  changed = false;
  private readonly unbound: Set<string>;
  private readonly unpacked: Set<string>;
  private readonly local: Set<string>;
  readonly callee: (node: FunctionDef) => Callee;

  constructor(
    file: SourceFile,
    node: FunctionDef,
    outer: readonly string[],
    needs: Needs,
    callee: (node: FunctionDef) => Callee,
    owner: RecordClass | null,
  ) {
    this.file = file;
    this.owner = owner;
    this.makes = owner !== null && node.name === "__init__";
    this.node = node;
    this.needs = needs;
    this.callee = callee;
    this.body = withoutDocstring(node);
    const all = [...node.args.posonlyargs, ...node.args.args, ...node.args.kwonlyargs].map(({ arg }) => arg);
    this.own = this.makes ? all.slice(1) : all;
    this.parameters = [...this.own, ...outer];
    this.unbound = maybeUnbound(this.body, this.parameters);
    this.unpacked = unpackedNames(this.body, (iter) => this.countedBy(iter) === "first");
    this.unknown = new Set<Node>(effectsOf(file, node).calls);
    this.returns = alwaysReturns(this.body);
    this.local = new Set([...this.parameters, ...all]);
    if (this.owner) this.values.set(all[0]!, this.recordValue(this.owner));
    for (const statement of this.body)
      walk(statement, (part) => {
        if (part.kind === "Name" && part.ctx !== "Load") this.local.add(part.id);
      });
  }

  isLocal(name: string): boolean {
    return this.local.has(name);
  }

  /** Another value that the variable may have. */
  bind(name: string, value: Value): void {
    const before = this.values.get(name) ?? null;
    this.fill(before, value);
    const after = join(before, value, this.grown)!;
    if (keyOf(before) === keyOf(after)) return;
    this.values.set(name, after);
    this.changed = true;
  }

  /** What is made empty becomes what stands in the same place. */
  fill(a: Value | null, b: Value | null): void {
    if (a?.kind === "vector" && b?.kind === "list") this.decide(b, a.of);
    else if (b?.kind === "vector" && a?.kind === "list") this.decide(a, b.of);
    else if (a?.kind === "list" && b?.kind === "list") this.fill(a.element, b.element);
    else if (a?.kind === "tuple" && b?.kind === "tuple")
      for (const [i, item] of (a.items ?? []).entries()) this.fill(item, b.items?.[i] ?? null);
  }

  /** A list that is made empty comes to hold such numbers. */
  decide({ sites }: { sites?: readonly string[] }, of: VectorKind): void {
    const { filled, demoted } = this.needs;
    for (const site of sites ?? []) {
      if (demoted.has(site) || filled.get(site) === of) continue;
      if (filled.has(site)) throw new Demote([site]);
      filled.set(site, of);
      this.changed = true;
    }
  }

  give(value: Value): void {
    this.fill(this.result, value);
    const after = join(this.result, value, this.grown)!;
    if (keyOf(this.result) === keyOf(after)) return;
    this.result = after;
    this.changed = true;
  }

  /** The class of that name whose objects are records. */
  recordClass(name: string): RecordClass | null {
    return this.needs.demoted.has(`class ${name}`) ? null : (recordsOf(this.file).get(name) ?? null);
  }

  /** The class whose objects a call makes; null for anything else. */
  classOf(func: expr): RecordClass | null {
    if (func.kind !== "Name" || this.isLocalHere(func)) return null;
    return this.recordClass(func.id);
  }

  recordValue({ name }: RecordClass): Value {
    return { kind: "record", of: name, sites: [`class ${name}`] };
  }

  attribute(of: string, name: string): Value | null {
    return this.needs.attributes.get(`${of}.${name}`) ?? null;
  }

  /** Another value that an attribute may have. */
  bindAttribute(of: string, name: string, value: Value): void {
    const before = this.attribute(of, name);
    this.fill(before, value);
    const after = join(before, value, this.grown)!;
    if (keyOf(before) === keyOf(after)) return;
    this.needs.attributes.set(`${of}.${name}`, after);
    this.changed = true;
  }

  /** Whether the variable is declared in C, with a type that every assignment is held to. */
  isDeclared(name: string): boolean {
    return this.local.has(name) && !this.unbound.has(name);
  }

  /** The variable gets values that are Python objects, whatever they are. */
  holdObject(name: string): void {
    if (this.unpacked.has(name)) return;
    this.unpacked.add(name);
    this.changed = true;
  }

  /** Whether the variable is held as a C number or character. */
  isHeldNative(name: string): boolean {
    const value = this.values.get(name);
    return !!value && isNative(value) && !this.unbound.has(name) && !this.unpacked.has(name);
  }

  /** The declarations of its local variables, views of arrays included. */
  declarations(): string[] {
    const groups = new Map<string, string[]>();
    const declare = (type: string, name: string) => groups.set(type, [...(groups.get(type) ?? []), name]);
    for (const [name, value] of this.values) {
      if (this.parameters.includes(name) || this.unbound.has(name)) continue;
      const type = declaredType(value, this.isHeldNative(name));
      if (type !== "object") declare(type, name);
    }
    const lines = [...groups].map(([type, names]) => `cdef ${type} ${names.join(", ")}`);
    for (const name of this.viewed) {
      const start = this.parameters.includes(name) ? ` = ${this.viewOf(name)}` : "";
      lines.push(`cdef ${this.viewType(name)} ${name}_view${start}`);
    }
    return lines;
  }

  /** The view that stands for an array under a name. */
  viewOf(name: string): string {
    const value = this.values.get(name)!;
    if (value.kind === "bytes") return name;
    this.needs.support.add("as_array");
    const bytes = value.kind === "array" && value.dtype === "bool" ? '.view("uint8")' : "";
    return `as_array(${name})${bytes}`;
  }

  private viewType(name: string): string {
    const value = this.values.get(name)!;
    if (value.kind === "bytes") return "const unsigned char[::1]";
    if (value.kind !== "array") throw new Unsupported(`\`${name}\` is not always an array`);
    const types = { float64: "double", int64: "long long", bool: "unsigned char" } as const;
    const axes = Array.from({ length: value.dimensions }, (_, i) =>
      value.contiguous && i === value.dimensions - 1 ? "::1" : ":",
    );
    return `${this.written.has(name) ? "" : "const "}${types[value.dtype]}[${axes.join(", ")}]`;
  }

  signature(): string[] {
    return this.parameters.map((name) => {
      const value = this.values.get(name);
      const type = value ? declaredType(value, this.isHeldNative(name)) : "object";
      return type === "object" ? name : `${type} ${name}`;
    });
  }

  /** How a loop's target counts: it is the counter of `range`, or the first of `enumerate`'s pairs. */
  countedBy(iter: expr): "all" | "first" | null {
    if (iter.kind !== "Call" || iter.keywords.length > 0) return null;
    const name = dottedName(this.file, iter.func, true);
    if (name === "range" && iter.args.length > 0 && iter.args.length <= 3) return "all";
    if (name === "reversed" && iter.args.length === 1 && this.countedBy(iter.args[0]!) === "all")
      return "all";
    return name === "enumerate" && iter.args.length === 1 ? "first" : null;
  }

  /** The function of the module that a call runs; null for anything else. */
  functionOf(func: expr): FunctionDef | null {
    if (func.kind !== "Name" || this.isLocalHere(func)) return null;
    const meaning = meaningOf(this.file, func);
    return meaning.kind === "function" ? meaning.node : null;
  }

  private isLocalHere(name: Node): boolean {
    const variable = scopesOf(this.file).variable(name);
    return variable === undefined || variable.scope.kind !== "module";
  }
}
