// Lists of numbers held side by side in memory: the extension types `Floats`, `Integers` and `Truths` of the compiled module.
//
// A list is such a vector as long as all that happens to it is among what stands here. The first other use of it demotes
// the places where it comes from, and the analysis starts again (`Demote`).

import type { Call, expr, Node, Subscript } from "../../source/ast.generated.ts";
import { walk } from "../../source/walk.ts";
import { fits } from "../analysis/ranges.ts";
import { Arithmetic, rangeOf } from "./arithmetic.ts";
import { type Compiled, number } from "./compiled.ts";
import { wide } from "./seen.ts";
import {
  any,
  Demote,
  isNumber,
  join,
  leaves,
  numberOf,
  sitesIn,
  type Value,
  type VectorKind,
  vectorKind,
  vectorType,
} from "./values.ts";

type Vector = Value & { kind: "vector" };

export const length = { lo: 0n, hi: 1n << 46n };

/** What an input holds when its lists of numbers become vectors, or itself a generator in C; `site` says which input. */
export function shadowOf(value: Value, site: string): Value {
  if (value.kind === "draws") return { kind: "draws", sites: [site] };
  return isShadowed(value) ? shadow(value, site) : value;
}

function shadow(value: Value, site: string): Value {
  if (value.kind === "list") {
    const of = vectorKind(value.element);
    return of ? { kind: "vector", of, sites: [site] } : { ...value, element: shadow(value.element!, site) };
  }
  if (value.kind !== "tuple") return value;
  const items = value.items?.map((item) => shadow(item, site)) ?? null;
  return { kind: "tuple", items, element: value.element && shadow(value.element, site) };
}

/** Whether there are lists of numbers in it, and beside them only what is copied without being another. */
function isShadowed(value: Value): boolean {
  if (value.kind === "list")
    return value.element !== null && (vectorKind(value.element) !== null || isShadowed(value.element));
  if (value.kind !== "tuple") return false;
  const items = value.items ?? (value.element ? [value.element] : []);
  return items.some(isShadowed) && items.every((item) => isShadowed(item) || isConstant(item));
}

/** Scalars of Python and tuples of them. */
function isConstant(value: Value): boolean {
  if (isNumber(value)) return vectorKind(value) !== null;
  if (value.kind === "tuple") return (value.items ?? [value.element ?? any]).every(isConstant);
  return ["char", "str", "bytes", "none"].includes(value.kind);
}

export abstract class Vectors extends Arithmetic {
  vector(node: expr): string {
    const { text, value } = this.expression(node);
    if (value.kind !== "vector") return this.reject(node, "it is no list of numbers");
    this.vectors(value.of);
    return this.isSure(node) ? text : `(<${vectorType[value.of]}?>(${text}))`;
  }

  /** Whether a variable holds it, which is of its type for certain. */
  protected isSure(node: expr): boolean {
    return (
      node.kind === "Name" &&
      this.scope.isDeclared(node.id) &&
      !this.inner.some((names) => names.has(node.id))
    );
  }

  /** A function of the vectors of one kind. */
  protected vectors(of: VectorKind, verb: VectorVerb | null = null): string {
    const { support } = this.scope.needs;
    support.add(vectorType[of]);
    if (verb === null) return "";
    const name = `${nouns[of]}_${verb}`;
    support.add(name);
    return name;
  }

  /** A list of numbers made at `node`: a vector, unless something speaks against it. */
  protected made(node: expr, { text, value, native }: Compiled): Compiled {
    const of = value.kind === "list" ? vectorKind(value.element) : null;
    const site = String(node.start);
    if (!of || this.scope.needs.demoted.has(site)) return { text, value, native };
    return {
      text: `${this.vectors(of, "from")}(${text})`,
      value: { kind: "vector", of, sites: [site] },
      native,
    };
  }

  /** `[]`, which becomes a vector when only numbers of one kind are put in. */
  protected madeEmpty(node: expr, text: string): Compiled {
    const site = String(node.start);
    const { demoted, filled } = this.scope.needs;
    if (demoted.has(site)) return { text, value: { kind: "list", element: null }, native: false };
    const of = filled.get(site);
    if (!of) return { text, value: { kind: "list", element: null, sites: [site] }, native: false };
    this.vectors(of);
    return { text: `${vectorType[of]}()`, value: { kind: "vector", of, sites: [site] }, native: false };
  }

  /** `[0] * n`; null for anything else. */
  protected filledWith(node: expr & { kind: "BinOp" }): Compiled | null {
    const [only] = node.left.kind === "List" && node.left.elts.length === 1 ? node.left.elts : [];
    const site = String(node.start);
    if (node.op !== "Mult" || !only || this.scope.needs.demoted.has(site)) return null;
    const of = vectorKind(this.expression(only).value);
    if (!of || this.expression(node.right).value.kind !== "int") return null;
    const text = `${this.vectors(of, "of")}(${this.native(only).text}, ${this.native(node.right).text})`;
    return { text, value: { kind: "vector", of, sites: [site] }, native: false };
  }

  /** A new vector with what `text` gives; a list where that is what it must be. */
  protected fresh(node: expr, of: VectorKind, text: string): Compiled {
    const site = String(node.start);
    if (!this.scope.needs.demoted.has(site))
      return { text, value: { kind: "vector", of, sites: [site] }, native: false };
    return {
      text: `${this.vectors(of, "list")}(${text})`,
      value: { kind: "list", element: numberOf(of) },
      native: false,
    };
  }

  /** `v + w` of two vectors of one kind. */
  protected concatenated(node: expr & { kind: "BinOp" }, left: Vector, right: Vector): Compiled {
    if (left.of !== right.of) throw new Demote(sitesIn(left));
    const text = `${this.vectors(left.of, "joined")}(${this.vector(node.left)}, ${this.vector(node.right)})`;
    return this.fresh(node, left.of, text);
  }

  /** `v[i]` and `v[a:b]`. */
  protected vectorItem(node: Subscript, { of }: Vector): Compiled {
    if (node.slice.kind === "Slice") {
      const bounds = this.sliceBounds(node.slice, node.value);
      return this.fresh(node, of, `${this.vectors(of, "part")}(${this.vector(node.value)}, ${bounds})`);
    }
    return {
      text: `${this.vectors(of, "get")}(${this.vectorPlace(node)})`,
      value: numberOf(of),
      native: true,
    };
  }

  /** The memory of one number, to be written. */
  protected vectorTarget(node: Subscript, { of, sites }: Vector): string {
    // The memory must outlive the evaluation of its owner: something else holds that.
    if (!isKept(node.value)) throw new Demote(sites);
    return `${this.vectors(of, "at")}(${this.vectorPlace(node)})[0]`;
  }

  private vectorPlace(node: Subscript): string {
    const index = this.expression(node.slice).value;
    if (index.kind !== "int" && index.kind !== "bool") leaves(this.expression(node.value).value);
    return `${this.vector(node.value)}, ${number(this.native(node.slice)).text}`;
  }

  /** A number for a place in a vector. */
  protected vectorValue(owner: Vector, node: expr): string {
    const { value } = this.expression(node);
    if (vectorKind(value) !== owner.of) throw new Demote(owner.sites);
    return this.native(node).text;
  }

  /** A slice as three C numbers; the ends that are left out are further out than any list is long. */
  protected sliceBounds({ lower, upper, step }: Subscript["slice"] & { kind: "Slice" }, owner: expr): string {
    const literal = step?.kind === "UnaryOp" ? step.operand : step;
    const by = step ? this.scope.file.text.slice(step.start, step.end) : "1";
    if ((literal && literal.kind !== "Constant") || !/^-?[1-9]\d{0,8}$/.test(by))
      leaves(this.expression(owner).value);
    const far = String(1n << 62n);
    const down = by.startsWith("-");
    const bound = (node: expr | null, open: string): string => {
      if (!node) return open;
      const { value } = this.expression(node);
      if (value.kind !== "int") leaves(this.expression(owner).value);
      const { text, value: known } = this.native(node);
      if (fits(rangeOf(known), wide)) return text;
      this.scope.needs.support.add("bounded");
      return `bounded(${text})`;
    };
    return `${bound(lower, down ? far : "0")}, ${bound(upper, down ? `-${far}` : far)}, ${by}`;
  }

  /** Methods of vectors; the first other one demotes them. */
  protected vectorMethod(node: Call & { func: { kind: "Attribute" } }, owner: Vector): Compiled {
    const { func, args } = node;
    const { of } = owner;
    const [first, second] = args;
    const self = this.vector(func.value);
    const nothing = (text: string): Compiled => ({ text, value: { kind: "none" }, native: false });
    const index = (bound: expr): string => {
      if (this.expression(bound).value.kind !== "int") throw new Demote(owner.sites);
      return this.native(bound).text;
    };
    if (node.keywords.length === 0) {
      if (func.attr === "append" && args.length === 1)
        return nothing(`${this.vectors(of, "append")}(${self}, ${this.vectorValue(owner, first!)})`);
      if (func.attr === "insert" && args.length === 2) {
        const at = index(first!);
        return nothing(`${this.vectors(of, "insert")}(${self}, ${at}, ${this.vectorValue(owner, second!)})`);
      }
      if (func.attr === "pop" && args.length <= 1) {
        const text = `${this.vectors(of, "pop")}(${self}, ${first ? index(first) : -1})`;
        return { text, value: numberOf(of), native: true };
      }
      if (func.attr === "copy" && args.length === 0)
        return this.fresh(node, of, `${this.vectors(of, "part")}(${self}, 0, ${1n << 62n}, 1)`);
    }
    throw new Demote(owner.sites);
  }

  /** A list of Python with the numbers, for what reads it to the end at once. */
  protected listing(node: expr): string {
    const { value } = this.expression(node);
    if (value.kind !== "vector") return this.object(node);
    if (!isKept(node)) leaves(value);
    return `${this.vectors(value.of, "list")}(${this.vector(node)})`;
  }

  /** What is put into a list in place of, or beside, what it holds: both with vectors, or neither. */
  protected alike(owner: Value, value: Value): void {
    const element = owner.kind === "list" ? owner.element : null;
    if (sitesIn(owner).length === 0 && sitesIn(value).length === 0) return;
    this.scope.fill(element, value);
    if (owner.kind !== "list") leaves(owner, value);
    else if (element) join(element, value);
  }

  /** What is iterated while no vector changes. */
  protected readonly steady = new Set<Node>();

  /** Whether running `nodes` may change how long a vector is, or which one `name` stands for. */
  protected resizes(nodes: readonly Node[], name: string | null = null): boolean {
    return nodes.some((node) =>
      holds(node, (part) => {
        if (part.kind === "Name") return part.ctx !== "Load" && part.id === name;
        if (part.kind !== "Call") return false;
        const method = part.func.kind === "Attribute" && /^(append|insert|pop)$/.test(part.func.attr);
        return method || this.scope.functionOf(part.func) !== null;
      }),
    );
  }

  /** Whether running them may write to a place in a vector. */
  protected stores(nodes: readonly Node[]): boolean {
    return nodes.some((node) => holds(node, (part) => part.kind === "Subscript" && part.ctx !== "Load"));
  }
}

function holds(node: Node, test: (part: Node) => boolean): boolean {
  let found = false;
  walk(node, (part) => {
    if (test(part)) found = true;
  });
  return found;
}

/** What stands for a list that something else holds as well: a variable, or an item of one. */
function isKept(node: expr): boolean {
  return (
    node.kind === "Name" || (node.kind === "Subscript" && node.slice.kind !== "Slice" && isKept(node.value))
  );
}

export type VectorVerb =
  | "from"
  | "of"
  | "list"
  | "part"
  | "joined"
  | "get"
  | "at"
  | "append"
  | "insert"
  | "pop"
  | "put";

const nouns = { float: "floats", int: "integers", bool: "truths" } as const;
