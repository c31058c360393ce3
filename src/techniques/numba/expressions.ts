// The types and ranges of expressions, as Numba will see them, and every place where it would part from Python.

import type { TextEdit } from "../../schemas/index.ts";
import type {
  Attribute,
  Compare,
  Constant,
  expr,
  ListComp,
  operator,
  Subscript,
  stmt,
} from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { dottedName } from "../../source/meaning.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { Checked } from "./mathematics.ts";
import { boundedShift, finiteResult, mathConstants } from "./mathematics.ts";
import type { Range } from "./ranges.ts";
import * as ranges from "./ranges.ts";
import { renderSpan } from "./render.ts";
import { bind, type State } from "./state.ts";
import {
  type ArrayValue,
  bool,
  type Container,
  complex,
  constant,
  type FloatValue,
  float,
  type IntValue,
  int,
  isScalar,
  join,
  type ListValue,
  mixedOrigin,
  type Origin,
  representative,
  type Scalar,
  type SymbolicBound,
  sameSymbol,
  shift,
  typeName,
  Unsupported,
  upperBounds,
  type Value,
  widen,
} from "./values.ts";

/** An integer operation that may leave 64 bits, and the operands that would have to be checked before its statement. */
export interface Overflow {
  statement: stmt;
  /** Source text of names and elements; empty when a check cannot help. */
  operands: readonly string[];
  start: number;
}

/** Thrown to start again with these integer literals written as floats. */
export class WriteAsFloats extends Error {
  readonly literals: readonly number[];
  constructor(literals: readonly number[]) {
    super("literals to be written as floats");
    this.literals = literals;
  }
}

/** Operands checked before a statement: source text to the number of bits it must fit. */
export type Checks = ReadonlyMap<stmt, ReadonlyMap<string, number>>;

/** What the analysis found out besides types. */
export interface Findings {
  edits: Map<string, TextEdit>;
  overflows: Overflow[];
  /** Exceptions that the kernel may raise. */
  raises: Set<string>;
  /** Why floats may differ in the last digits. */
  inexact: Set<string>;
  checked: Map<string, Checked>;
  /** Array accesses were not all shown to be in bounds. */
  boundsCheck: boolean;
  /** NumPy, under its local name, is used by the edits. */
  numpy: boolean;
}

export interface Surroundings {
  file: SourceFile;
  python: readonly [major: number, minor: number];
  /** The local name that NumPy will have. */
  numpy: string;
  /** The local name that `math` will have. */
  math: string;
  /** Names under which checked functions and other additions may go. */
  fresh(base: string): string;
  checks: Checks;
  floatLiterals: ReadonlySet<number>;
  bases: Map<string, Range>;
}

const arithmetic: Record<operator, string> = {
  Add: "+",
  Sub: "-",
  Mult: "*",
  MatMult: "@",
  Div: "/",
  Mod: "%",
  Pow: "**",
  LShift: "<<",
  RShift: ">>",
  BitOr: "|",
  BitXor: "^",
  BitAnd: "&",
  FloorDiv: "//",
};

/** Evaluates expressions. Statements, calls and inputs are for subclasses. */
export abstract class Expressions {
  readonly findings: Findings = {
    edits: new Map(),
    overflows: [],
    raises: new Set(),
    inexact: new Set(),
    checked: new Map(),
    boundsCheck: false,
    numpy: false,
  };
  protected readonly around: Surroundings;
  /** Only in the last round over a loop are findings kept: before, ranges are guesses. */
  protected reporting = true;
  protected statement: stmt | null = null;
  /** Counts changes of what is known of elements: loops go on until nothing changes. */
  protected changes = 0;
  private readonly containers = new Map<string, { container: Container; changes: number }>();

  constructor(around: Surroundings) {
    this.around = around;
  }

  protected abstract call(node: expr & { kind: "Call" }, state: State): Value;
  protected abstract iterate(iterable: Value, node: expr): { item: Value; atLeastOnce: boolean };
  protected abstract assign(target: expr, value: Value, state: State): State;
  protected abstract refine(state: State, test: expr, truth: boolean): State | null;
  /** A simple attribute of an input, such as `self.width`; null when it is none. */
  protected abstract attribute(node: Attribute, state: State): Value | null;

  protected fail(reason: string, node: { start: number } | null): never {
    throw new Unsupported(reason, node?.start ?? null);
  }
  protected text(node: expr): string {
    return sourceText(this.around.file, node);
  }
  /** The node's text with the edits made below it. */
  protected rendered(node: { start: number; end: number }): string {
    return renderSpan(this.around.file.text, node, [...this.findings.edits.values()]);
  }
  protected edit(node: { start: number; end: number }, text: string): void {
    this.findings.edits.set(`${node.start}-${node.end}`, { start: node.start, end: node.end, text });
  }
  protected insert(owner: { start: number; end: number }, at: number, text: string): void {
    this.findings.edits.set(`${owner.start}-${owner.end}@${at}`, { start: at, end: at, text });
  }
  protected raise(exception: string): void {
    if (this.reporting) this.findings.raises.add(exception);
  }

  evaluate(node: expr, state: State): Value {
    switch (node.kind) {
      case "Constant":
        return this.constant(node);
      case "Name": {
        const variable = state.get(node.id);
        if (!variable) this.fail(`\`${node.id}\` is not a value that Numba can hold`, node);
        if (!variable.certain) this.fail(`\`${node.id}\` may be unbound here`, node);
        if (!variable.value) {
          if (variable.literals) throw new WriteAsFloats(variable.literals);
          this.fail(`\`${node.id}\` has different types on different ways`, node);
        }
        return this.bounded(node, variable.value);
      }
      case "Attribute":
        return this.attributeValue(node, state);
      case "Subscript":
        return this.bounded(node, this.subscript(node, state));
      case "UnaryOp":
        return this.unary(node, state);
      case "BinOp":
        return this.binary(node, node.op, this.evaluate(node.left, state), this.evaluate(node.right, state));
      case "BoolOp":
        return this.boolean(node, state);
      case "Compare":
        return this.compare(node, state);
      case "IfExp":
        return this.conditional(node, state);
      case "Call":
        return this.call(node, state);
      case "Tuple":
        return { type: "tuple", items: node.elts.map((item) => this.evaluate(item, state)) };
      case "List":
        return this.list(
          node,
          node.elts.map((item) => this.evaluate(item, state)),
        );
      case "ListComp":
        return this.comprehension(node, state);
      default:
        return this.fail(`${describe(node.kind)} is not compiled`, node);
    }
  }

  private constant(node: Constant): Value {
    const { value } = node;
    if (value.type === "int") {
      const exact = BigInt(value.text.replaceAll("_", ""));
      if (this.around.floatLiterals.has(node.start)) {
        if (this.reporting) this.edit(node, `${value.text}.0`);
        return { ...float("python", Number(exact), Number(exact)), soft: true };
      }
      if (!ranges.fits(ranges.range(exact, exact), ranges.int64))
        this.fail("an integer here needs more than 64 bits", node);
      return { ...constant(exact), literals: [node.start] };
    }
    if (value.type === "float") {
      const number = value.text === "inf" ? Infinity : Number(value.text);
      return float("python", number, number, number !== 0);
    }
    if (value.type === "complex") return complex();
    if (value.type === "bool") return bool();
    if (value.type === "None") return { type: "none" };
    if (value.type === "str" && [...value.value].length === 1) {
      if (this.reporting) this.edit(node, `ord(${this.text(node)})`);
      return { type: "char" };
    }
    return this.fail(`a value of type ${value.type} is not compiled`, node);
  }

  /** The value under the check that stands before this statement. */
  private bounded(node: expr, value: Value): Value {
    if (value.type !== "int" || !this.statement) return value;
    const bits = this.around.checks.get(this.statement)?.get(this.text(node));
    if (bits === undefined) return value;
    const limit = 1n << BigInt(bits);
    return { ...value, range: ranges.meet(value.range, { lo: -limit, hi: limit }) ?? value.range };
  }

  private attributeValue(node: Attribute, state: State): Value {
    const path = dottedName(this.around.file, node);
    if (path !== null) {
      const [module, name] = [path.slice(0, path.lastIndexOf(".")), path.slice(path.lastIndexOf(".") + 1)];
      const number = module === "math" || module === "numpy" ? mathConstants[name] : undefined;
      if (number !== undefined) return Number.isNaN(number) ? float() : float("python", number, number);
      this.fail(`\`${this.text(node)}\` is not compiled`, node);
    }
    const own = this.attribute(node, state);
    if (own) return own;
    const value = this.evaluate(node.value, state);
    if (value.type === "array" && value.container.outside === "ndarray") {
      if (node.attr === "shape")
        return { type: "tuple", items: value.dimensions.map((axis) => this.length(axis)) };
      if (node.attr === "ndim") return constant(value.dimensions.length);
      if (node.attr === "size" && value.dimensions.length === 1) return this.length(value.dimensions[0]!);
    }
    if (value.type === "complex" && (node.attr === "real" || node.attr === "imag"))
      return float(value.origin);
    return this.fail(`attribute \`${node.attr}\` of ${typeName(value)} is not compiled`, node);
  }

  /** The length of an axis as a value. */
  protected length(axis: SymbolicBound | null): IntValue {
    return { ...int({ lo: this.shortest(axis), hi: 1n << 40n }), exact: axis };
  }

  protected shortest(axis: SymbolicBound | null): bigint {
    if (!axis) return 0n;
    const base = axis.base === "" ? 0n : (this.around.bases.get(axis.base)?.lo ?? 0n);
    return ranges.greatest(0n, base + axis.offset);
  }

  // Containers

  /** Whether elements of this input are assigned. */
  isWritten(input: string): boolean {
    return this.writtenInputs.has(input);
  }
  protected readonly writtenInputs = new Set<string>();

  /** What one place in the source makes; the same in every round of a loop. */
  protected madeAt(node: expr, outside: Container["outside"], role = ""): Container {
    const id = `made at ${node.start}${role}`;
    let found = this.containers.get(id);
    if (!found) {
      found = {
        container: { id, element: null, written: false, resized: false, input: null, outside },
        changes: 0,
      };
      this.containers.set(id, found);
    }
    return found.container;
  }

  /** A value goes into a container. */
  protected store(into: Container, value: Value, node: { start: number }): void {
    const container = representative(into);
    if (
      !isScalar(value) &&
      !(value.type === "tuple" && value.items.every(isScalar) && container.input === null)
    ) {
      this.fail(`${typeName(value)} is stored in a container`, node);
    }
    if (container.input !== null && container.outside === "list") {
      const sameKind = container.element?.type === value.type && !(value.type === "float" && value.soft);
      if (!sameKind) this.fail(mixed("the elements of a list", container.element!, value), node);
    }
    const stored = container.outside === "ndarray" ? this.asElement(value, container, node) : value;
    const before = container.element;
    if (before === null) {
      container.element = withoutSymbols(stored);
      this.changes++;
      return;
    }
    let after = join(before, withoutSymbols(stored));
    if (!after)
      after = this.softened(before, stored, node) ?? this.fail(mixed("elements", before, stored), node);
    if (JSON.stringify(before, bigints) === JSON.stringify(after, bigints)) return;
    this.changes++;
    const known = this.containers.get(container.id) ?? { container, changes: 0 };
    known.changes++;
    this.containers.set(container.id, known);
    container.element = known.changes > 3 ? widen(before, after)! : after;
  }

  /** NumPy converts what is stored; only conversions that Numba makes alike are let through. */
  private asElement(value: Value, container: Container, node: { start: number }): Value {
    const element = container.element!;
    if (element.type === value.type)
      return { ...value, ...("origin" in value ? { origin: "numpy" } : {}) } as Value;
    if (element.type === "float" && value.type === "int") return float("numpy");
    return this.fail(`${typeName(value)} is stored in an array of ${typeName(element)}`, node);
  }

  /** Integer literals that meet floats are written as floats, if that is all there is to it. */
  protected softened(a: Value, b: Value, _node: { start: number }): Value | null {
    for (const [whole, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (whole.type === "int" && other.type === "float" && whole.literals)
        throw new WriteAsFloats(whole.literals);
    }
    return null;
  }

  protected element(container: Container, node: { start: number }): Value {
    const { element, outside } = representative(container);
    // Nothing stored yet in this round: the reading comes to nothing, and a later round knows more.
    if (!element) throw new NothingYet(node.start);
    if (outside === "ndarray" && "origin" in element) return { ...element, origin: "numpy" } as Value;
    return element;
  }

  private list(node: expr, items: Value[]): Value {
    const container = this.madeAt(node, "list");
    for (const item of items) this.store(container, item, node);
    return { type: "list", container, length: { base: "", offset: BigInt(items.length) } };
  }

  private subscript(node: Subscript, state: State): Value {
    const owner = this.evaluate(node.value, state);
    if (owner.type === "tuple") {
      const index = this.evaluate(node.slice, state);
      if (index.type !== "int" || index.range.lo !== index.range.hi)
        this.fail("a tuple is indexed by a variable", node);
      const item = owner.items.at(Number(index.range.lo));
      return item ?? this.fail("a tuple index is out of range", node);
    }
    if (owner.type !== "array" && owner.type !== "list") this.fail(`${typeName(owner)} is indexed`, node);
    if (node.slice.kind === "Slice") return this.slice(node, owner, state);
    return this.elementAt(node, owner, state);
  }

  /** `a[i]`, `a[i, j]`, `a[i][j]`: checks the indices and gives the element, or the row. */
  protected elementAt(node: Subscript, owner: ArrayValue | ListValue, state: State): Value {
    const indices = node.slice.kind === "Tuple" ? node.slice.elts : [node.slice];
    const axes = owner.type === "list" ? [this.lengthOf(owner)] : owner.dimensions;
    if (indices.length > axes.length) this.fail("there are more indices than dimensions", node);
    for (const [i, index] of indices.entries()) {
      const value = this.evaluate(index, state);
      if (value.type !== "int") this.fail(`an index is ${typeName(value)}`, index);
      this.checkIndex(value, axes[i]!, owner.type === "list");
    }
    if (owner.type === "list") return this.element(owner.container, node);
    const rest = owner.dimensions.slice(indices.length);
    if (rest.length > 0) return { ...owner, dimensions: rest };
    if (node.value.kind === "Subscript" && this.reporting) this.joinIndices(node);
    return this.element(owner.container, node);
  }

  private checkIndex(index: IntValue, axis: SymbolicBound | null, isList: boolean): void {
    const shortest = this.shortest(axis);
    const below =
      index.range.hi < shortest ||
      (axis !== null &&
        upperBounds(index).some((bound) => bound.base === axis.base && bound.offset < axis.offset));
    if (below && index.range.lo >= -shortest) return;
    this.raise("IndexError");
    if (this.reporting && !isList) this.findings.boundsCheck = true;
  }

  /** `a[i][j]` becomes `a[i, j]`: one access where the row would be made first. */
  private joinIndices(node: Subscript): void {
    const row = node.value;
    if (row.kind !== "Subscript" || row.slice.kind === "Slice" || row.slice.kind === "Tuple") return;
    const between = this.around.file.text.slice(row.slice.end, node.slice.start);
    if (/^\s*\]\s*\[\s*$/.test(between)) this.edit({ start: row.slice.end, end: node.slice.start }, ", ");
  }

  private slice(node: Subscript, owner: ArrayValue | ListValue, state: State): Value {
    if (node.slice.kind !== "Slice") return this.fail("a slice is not compiled", node);
    for (const bound of [node.slice.lower, node.slice.upper, node.slice.step]) {
      if (!bound) continue;
      const value = this.evaluate(bound, state);
      if (value.type !== "int") this.fail("a slice has bounds that are no integers", bound);
      if (bound === node.slice.step && !value.nonzero) this.raise("ValueError");
    }
    if (owner.type === "array" && owner.container.outside === "ndarray") {
      if (owner.dimensions.length > 1) this.fail("rows of an array are sliced", node);
      return { ...owner, dimensions: [null] };
    }
    if (owner.type === "array" && owner.dimensions.length > 1) this.fail("rows are sliced", node);
    if (owner.type === "array" && owner.container.outside === "text") return { ...owner, dimensions: [null] };
    const container = this.madeAt(node, "list");
    const element = representative(owner.container).element;
    if (element) this.store(container, element, node);
    if (owner.type === "list") return { type: "list", container, length: null };
    if (this.reporting) this.insert(node, node.end, ".copy()");
    return { type: "array", container, dimensions: [null] };
  }

  /** `[[0] * n for _ in range(m)]` and deeper: what fills it, and its lengths from outside in. */
  private grid(node: expr): { fill: expr; lengths: expr[] } | null {
    if (node.kind === "BinOp" && node.op === "Mult") {
      const [list, length] = node.left.kind === "List" ? [node.left, node.right] : [node.right, node.left];
      if (list.kind === "List" && list.elts.length === 1 && this.grid(list.elts[0]!) === null) {
        return isPlain(list.elts[0]!) ? { fill: list.elts[0]!, lengths: [length] } : null;
      }
      return null;
    }
    if (node.kind !== "ListComp" || node.generators.length !== 1) return null;
    const { target, iter, ifs } = node.generators[0]!;
    const overRange = iter.kind === "Call" && dottedName(this.around.file, iter.func) === "range";
    if (!overRange || iter.args.length !== 1 || ifs.length > 0 || target.kind !== "Name") return null;
    if (mentions(node.elt, target.id)) return null;
    const inner = this.grid(node.elt);
    if (inner) return { fill: inner.fill, lengths: [iter.args[0]!, ...inner.lengths] };
    return isPlain(node.elt) ? { fill: node.elt, lengths: [iter.args[0]!] } : null;
  }

  private comprehension(node: ListComp, state: State): Value {
    const grid = this.grid(node);
    if (grid && grid.lengths.length > 1) return this.table(node, grid.fill, grid.lengths, state);
    const container = this.madeAt(node, "list");
    if (node.generators.length !== 1) this.fail("a comprehension over several loops is not compiled", node);
    const { target, iter, ifs, is_async } = node.generators[0]!;
    if (is_async) this.fail("an asynchronous comprehension is not compiled", node);
    const source = this.evaluate(iter, state);
    let inner: State | null = this.assign(target, this.iterate(source, iter).item, state);
    for (const test of ifs) {
      this.condition(test, inner);
      inner = this.refine(inner, test, true);
      if (!inner) break;
    }
    if (inner) this.store(container, this.evaluate(node.elt, inner), node);
    const length = ifs.length > 0 ? null : this.lengthOf(source);
    return { type: "list", container, length };
  }

  protected lengthOf(value: Value): SymbolicBound | null {
    if (value.type === "array") return value.dimensions[0]!;
    if (value.type === "list") return representative(value.container).resized ? null : value.length;
    if (value.type !== "range") return null;
    const plain =
      ranges.fits(value.start.range, ranges.range(0, 0)) && ranges.fits(value.step.range, ranges.range(1, 1));
    return plain && value.stop.range.lo >= 0n ? exactOf(value.stop) : null;
  }

  /** A table made as a list of lists becomes an array. */
  private table(node: ListComp, fill: expr, lengths: expr[], state: State): Value {
    const container = this.madeAt(node, "list");
    const value = this.evaluate(fill, state);
    this.store(container, value, node);
    const dimensions = lengths.map((length) => {
      const extent = this.evaluate(length, state);
      if (extent.type !== "int") return this.fail("a length is no integer", length);
      if (extent.range.lo < 0n) this.raise("ValueError");
      return exactOf(extent);
    });
    if (this.reporting) {
      this.findings.numpy = true;
      const { numpy } = this.around;
      const shape = `(${lengths.map((length) => this.rendered(length)).join(", ")})`;
      const element = representative(container).element!;
      const dtype = { int: "int64", float: "float64", bool: "bool_", complex: "complex128" }[
        element.type as "int"
      ];
      if (!dtype) this.fail(`a table of ${typeName(element)} is not compiled`, node);
      const zero = /^(0|0?\.0|0\.|False)$/.test(this.text(fill));
      const start = zero ? `zeros(${shape}` : `full(${shape}, ${this.rendered(fill)}`;
      this.edit(node, `${numpy}.${start}, dtype=${numpy}.${dtype})`);
    }
    return { type: "array", container, dimensions };
  }

  // Operators

  private unary(node: expr & { kind: "UnaryOp" }, state: State): Value {
    const value = this.evaluate(node.operand, state);
    if (node.op === "Not") {
      this.truth(value, node);
      return bool();
    }
    if (value.type === "int") {
      if (node.op === "UAdd") return value;
      const range =
        node.op === "USub"
          ? ranges.negate(value.range)
          : ranges.negate(ranges.add(value.range, ranges.range(1, 1)));
      const result = this.fitted(node, range, value.origin);
      return node.op === "USub" && node.operand.kind === "Constant" ? { ...result, literals: null } : result;
    }
    if (value.type === "float" && node.op !== "Invert") {
      if (value.soft) this.fail("the sign of a number that may be an int or a float", node);
      return node.op === "UAdd" ? value : float(value.origin, -value.hi, -value.lo, value.nonzero);
    }
    if (value.type === "complex" && node.op !== "Invert") return value;
    return this.fail(`\`${node.op === "USub" ? "-" : "~"}\` of ${typeName(value)} is not compiled`, node);
  }

  /** An expression used as a condition: `and` and `or` only choose a way there. */
  protected condition(node: expr, state: State): void {
    if (node.kind === "UnaryOp" && node.op === "Not") {
      this.condition(node.operand, state);
      return;
    }
    if (node.kind !== "BoolOp") {
      this.truth(this.evaluate(node, state), node);
      return;
    }
    let current: State | null = state;
    for (const part of node.values) {
      if (!current) return;
      this.condition(part, current);
      current = this.refine(current, part, node.op === "And");
    }
  }

  /** A value used as a condition. */
  protected truth(value: Value, node: { start: number }): void {
    if (!["int", "bool", "float", "complex"].includes(value.type))
      this.fail(`${typeName(value)} is used as a condition`, node);
  }

  private boolean(node: expr & { kind: "BoolOp" }, state: State): Value {
    let current: State | null = state;
    let result: Value | null = null;
    for (const part of node.values) {
      if (!current) break;
      const value = this.evaluate(part, current);
      if (value.type !== "bool") this.fail("`and` and `or` of values other than comparisons", part);
      result = result ? join(result, value) : value;
      current = this.refine(current, part, node.op === "And");
    }
    return result ?? bool();
  }

  private conditional(node: expr & { kind: "IfExp" }, state: State): Value {
    this.condition(node.test, state);
    const [yes, no] = [this.refine(state, node.test, true), this.refine(state, node.test, false)];
    const left = yes && this.evaluate(node.body, yes);
    const right = no && this.evaluate(node.orelse, no);
    if (!left || !right) return left ?? right ?? this.fail("a condition can neither hold nor fail", node);
    return (
      join(left, right) ??
      this.softened(left, right, node) ??
      this.fail(mixed("the branches", left, right), node)
    );
  }

  private compare(node: Compare, state: State): Value {
    const values = [node.left, ...node.comparators].map((part) => this.evaluate(part, state));
    let origin: Origin = "python";
    for (const [i, op] of node.ops.entries()) {
      const [left, right] = [values[i]!, values[i + 1]!];
      if (op === "Is" || op === "IsNot" || op === "In" || op === "NotIn")
        this.fail("`is` and `in` are not compiled", node);
      const ordered = op !== "Eq" && op !== "NotEq";
      const chars = left.type === "char" && right.type === "char";
      const numbers = [left, right].every(
        ({ type }) => ["int", "float", "bool"].includes(type) || (type === "complex" && !ordered),
      );
      if (!chars && !numbers) this.fail(`${typeName(left)} is compared with ${typeName(right)}`, node);
      for (const [a, b] of [
        [left, right],
        [right, left],
      ] as const) {
        if (
          a.type === "int" &&
          (b.type === "float" || b.type === "complex") &&
          !ranges.fits(a.range, ranges.exactInFloat)
        ) {
          this.wide(node, [a]);
        }
      }
      if ("origin" in left && "origin" in right)
        origin = mixedOrigin(origin, mixedOrigin(left.origin, right.origin));
    }
    // A chain gives the first comparison that fails: of which origin is open when they differ.
    return bool(node.ops.length > 1 && origin !== "python" ? "either" : origin);
  }

  /** The result of an operator, also of an augmented assignment. */
  protected binary(node: expr | stmt, op: operator, left: Value, right: Value): Value {
    if (op === "Mult" && (left.type === "list" || right.type === "list"))
      return this.repeat(node, left, right);
    for (const value of [left, right]) {
      if (!["int", "float", "bool", "complex"].includes(value.type)) {
        this.fail(`\`${arithmetic[op]}\` of ${typeName(left)} and ${typeName(right)} is not compiled`, node);
      }
    }
    const [a, b] = [left as Scalar, right as Scalar];
    if (a.type === "complex" || b.type === "complex") return this.complexOperation(node, op, a, b);
    if (a.type === "bool" && b.type === "bool" && (op === "BitAnd" || op === "BitOr" || op === "BitXor")) {
      return bool(mixedOrigin(a.origin, b.origin));
    }
    const [x, y] = [number(a), number(b)];
    if ((a.type === "bool" && a.origin !== "python") || (b.type === "bool" && b.origin !== "python")) {
      this.fail("arithmetic with NumPy's booleans differs in Numba", node);
    }
    if (x.type === "int" && y.type === "int") return this.integerOperation(node, op, x, y);
    return this.floatOperation(node, op, x, y);
  }

  /** `[0] * n`: numba makes lists as Python does. */
  private repeat(node: expr | stmt, left: Value, right: Value): Value {
    const [list, times] = left.type === "list" ? [left, right] : [right as ListValue, left];
    if (times.type !== "int")
      return this.fail("a list is repeated a number of times that is no integer", node);
    if (node.kind !== "BinOp" || representative(list.container).input !== null)
      this.fail("a list is repeated in place", node);
    const single = list.length?.base === "" && list.length.offset === 1n;
    const exact = exactOf(times);
    return { ...list, length: single && exact && times.range.lo >= 0n ? exact : null };
  }

  private complexOperation(node: expr | stmt, op: operator, a: Scalar, b: Scalar): Value {
    const origin = mixedOrigin("origin" in a ? a.origin : "python", "origin" in b ? b.origin : "python");
    if (a.type === "bool" || b.type === "bool") this.fail("complex arithmetic with booleans", node);
    if (op === "Add" || op === "Sub" || op === "Mult") {
      // Python 3.14 mixes real and complex operands by rules of their own.
      if (a.type !== b.type && this.around.python[1] >= 14)
        this.fail("complex arithmetic with real operands", node);
      return complex(origin);
    }
    if (op === "Pow" && b.type === "int" && b.range.lo === 2n && b.range.hi === 2n) return complex(origin);
    return this.fail(`\`${arithmetic[op]}\` of complex numbers differs in Numba`, node);
  }

  private floatOperation(
    node: expr | stmt,
    op: operator,
    a: IntValue | FloatValue,
    b: IntValue | FloatValue,
  ): Value {
    const origin = mixedOrigin(a.origin, b.origin);
    const soft = [a, b].filter((value) => value.type === "float" && value.soft);
    if (soft.length === 2 || (soft.length === 1 && (a.type === "int" || b.type === "int"))) {
      this.fail("arithmetic of a number that may be an int or a float", node);
    }
    const [x, y] = [interval(a), interval(b)];
    switch (op) {
      case "Add":
        return float(origin, x.lo + y.lo, x.hi + y.hi);
      case "Sub":
        return float(origin, x.lo - y.hi, x.hi - y.lo);
      case "Mult":
        return this.product(node, origin, x, y);
      case "Div":
        this.divisor(b);
        return this.quotient(origin, x, y);
      case "FloorDiv":
        this.divisor(b);
        return float(origin);
      case "Mod":
        this.divisor(b);
        return y.lo >= 0 ? float(origin, 0, y.hi) : float(origin);
      case "Pow":
        return this.power(node, a, b);
      default:
        return this.fail(`\`${arithmetic[op]}\` of floats is not compiled`, node);
    }
  }

  private product(node: expr | stmt, origin: Origin, x: Interval, y: Interval): FloatValue {
    if (node.kind === "BinOp" && isSimple(node.left) && this.text(node.left) === this.text(node.right)) {
      return float(origin, 0, Infinity);
    }
    const corners = [x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi];
    // 0 · ∞ at a corner: the product of what lies beside it may be anything of that sign.
    if (corners.some(Number.isNaN))
      return x.lo >= 0 && y.lo >= 0 ? float(origin, 0, Infinity) : float(origin);
    return float(origin, Math.min(...corners), Math.max(...corners));
  }

  private quotient(origin: Origin, x: Interval, y: Interval): FloatValue {
    if (y.lo > 0 && x.lo >= 0) return float(origin, 0, y.lo >= 1 ? x.hi : Infinity);
    if (y.lo >= 0 && x.lo >= 0) return float(origin, 0, Infinity);
    return float(origin);
  }

  protected divisor(value: IntValue | FloatValue): void {
    if (!value.nonzero) this.raise("ZeroDivisionError");
  }

  /** Powers with a float: Python raises, or turns complex, where the C library gives infinity or NaN. */
  protected power(node: expr | stmt, a: IntValue | FloatValue, b: IntValue | FloatValue): Value {
    const origin = mixedOrigin(a.origin, b.origin);
    const base = interval(a);
    for (const value of [a, b]) {
      if (value.type === "int" && !ranges.fits(value.range, ranges.exactInFloat)) this.wide(node, [value]);
      if (value.type === "float" && value.soft)
        this.fail("a power of a number that may be an int or a float", node);
    }
    const exponent =
      b.type === "float"
        ? b.lo === b.hi
          ? b.lo
          : null
        : b.range.lo === b.range.hi
          ? Number(b.range.lo)
          : null;
    const root = exponent === 0.5 && base.lo >= 0 && base.hi < Infinity;
    if (this.reporting) {
      if (exponent === null || exponent === 2 || exponent === 0.5) {
        this.findings.inexact.add(
          "the compiler turns squares and square roots written as powers into a multiplication or a root, which may differ in the last digit",
        );
      }
      // With an integer exponent Numba would multiply repeatedly, and round each time.
      if (!root) {
        const { math } = this.around;
        this.callChecked(node, "_power", finiteResult(`${math}.pow(x, float(y))`, math));
      }
    }
    if (!root) this.raise("ArithmeticError");
    if (base.lo >= 0 && exponent !== null && exponent >= 0) {
      // Powers rise with the base; the factors leave room for rounding.
      return float(origin, base.lo ** exponent * (1 - 1e-9), base.hi ** exponent * (1 + 1e-9));
    }
    const even = exponent !== null && exponent % 2 === 0;
    return even || base.lo >= 0 ? float(origin, 0, Infinity) : float(origin);
  }

  /** Replace an operator by a call of a checked function. */
  private callChecked(node: expr | stmt, base: string, body: readonly string[]): void {
    const checked = this.checkedFunction(base, "x, y", body);
    if (node.kind === "BinOp") {
      // Only the operator goes: the operands keep their own edits.
      const { text } = this.around.file;
      let from = node.left.end;
      let to = node.right.start;
      let [opened, closed] = [0, 0];
      for (const character of text.slice(node.start, node.left.start)) if (character === "(") opened++;
      for (; closed < opened; from++) if (text[from] === ")") closed++;
      for (let back = to - 1; text[back] === "(" || text[back] === " "; back--)
        if (text[back] === "(") to = back;
      this.insert(node, node.start, `${checked}(`);
      this.edit({ start: from, end: to }, ", ");
      this.insert(node, node.end, ")");
      return;
    }
    if (node.kind === "AugAssign") {
      const target = this.text(node.target);
      this.edit({ start: node.target.end, end: node.value.start }, ` = ${checked}(${target}, `);
      this.insert(node, node.end, ")");
      return;
    }
    this.fail("a power here is not compiled", node);
  }

  protected checkedFunction(base: string, parameters: string, body: readonly string[]): string {
    const key = `${base} ${body.join()}`;
    let found = this.findings.checked.get(key);
    if (!found) {
      found = { name: this.around.fresh(base), parameters, body };
      this.findings.checked.set(key, found);
    }
    return found.name;
  }

  private integerOperation(node: expr | stmt, op: operator, a: IntValue, b: IntValue): Value {
    const origin = mixedOrigin(a.origin, b.origin);
    const result = (range: Range | null, nonzero = false): IntValue => {
      if (range === null) return this.fail(`\`${arithmetic[op]}\` may leave what 64 bits can hold`, node);
      const value = this.fitted(node, range, origin);
      return nonzero ? { ...value, nonzero } : value;
    };
    switch (op) {
      case "Add":
        return withOffsets(result(ranges.add(a.range, b.range)), a, b);
      case "Sub":
        return withDifference(result(ranges.subtract(a.range, b.range)), a, b);
      case "Mult": {
        const square =
          node.kind === "BinOp" && isSimple(node.left) && this.text(node.left) === this.text(node.right);
        const range = ranges.multiply(a.range, b.range);
        return result(
          square ? { lo: ranges.greatest(0n, range.lo), hi: range.hi } : range,
          a.nonzero && b.nonzero,
        );
      }
      case "Div":
        if (!ranges.fits(a.range, ranges.exactInFloat) || !ranges.fits(b.range, ranges.exactInFloat))
          this.wide(node, [a, b]);
        this.divisor(b);
        return this.quotient(origin, interval(a), interval(b));
      case "FloorDiv": {
        this.divisor(b);
        const value = result(ranges.floorDivide(a.range, b.range));
        return b.range.lo >= 1n && a.range.lo >= 0n ? { ...value, atMost: upperBounds(a) } : value;
      }
      case "Mod": {
        this.divisor(b);
        const value = result(ranges.modulo(a.range, b.range));
        return b.range.lo >= 1n
          ? { ...value, atMost: upperBounds(b).map((bound) => shift(bound, -1n)!) }
          : value;
      }
      case "Pow":
        return result(ranges.power(a.range, b.range));
      case "LShift": {
        const range = ranges.shiftLeft(a.range, b.range);
        if (range && ranges.fits(range, ranges.int64)) return result(range);
        this.raise("OverflowError");
        if (this.reporting) this.callChecked(node, "_shift_left", boundedShift);
        return int(ranges.range(a.range.lo < 0n ? -(2n ** 60n) : 0n, 2n ** 60n), origin);
      }
      case "RShift":
        return result(ranges.shiftRight(a.range, b.range));
      case "BitAnd":
        return result(ranges.bitAnd(a.range, b.range));
      case "BitOr":
      case "BitXor":
        return result(ranges.bitOr(a.range, b.range));
      default:
        return this.fail(`\`${arithmetic[op]}\` is not compiled`, node);
    }
  }

  /** An integer result in 64 bits; otherwise the overflow is noted, to be guarded or checked. */
  protected fitted(node: expr | stmt, range: Range, origin: Origin): IntValue {
    if (!ranges.fits(range, ranges.int64)) this.wide(node, null);
    return int(ranges.meet(range, ranges.int64) ?? ranges.int64, origin);
  }

  /** Integers here may be too wide for Numba to agree with Python. */
  protected wide(node: expr | stmt, _values: readonly Value[] | null): void {
    if (!this.reporting || !this.statement) return;
    const operands = new Set<string>();
    if (node.kind === "AugAssign") operands.add(this.text(node.target));
    walk(node, (part) => {
      if (part.kind === "Name" && part.ctx === "Load") operands.add(part.id);
      if (part.kind === "Subscript") {
        operands.add(this.text(part));
        return false;
      }
      return part.kind !== "Call";
    });
    this.findings.overflows.push({ statement: this.statement, operands: [...operands], start: node.start });
  }

  /** The state with one more variable, for subclasses that bind. */
  protected bound(state: State, name: string, value: Value): State {
    return bind(state, name, value);
  }
}

/** An element is read from what is still empty in this round. */
export class NothingYet extends Error {
  readonly start: number;
  constructor(start: number) {
    super("an element of a container that is still empty");
    this.start = start;
  }
}

interface Interval {
  lo: number;
  hi: number;
}

export function interval(value: IntValue | FloatValue): Interval {
  return value.type === "float" ? value : { lo: Number(value.range.lo), hi: Number(value.range.hi) };
}

/** A boolean counts as 0 or 1. */
export function number(value: Scalar): IntValue | FloatValue {
  if (value.type === "bool") return int(ranges.range(0, 1), value.origin);
  if (value.type === "int" || value.type === "float") return value;
  throw new Unsupported(`${typeName(value)} is used as a number`);
}

export function exactOf(value: IntValue): SymbolicBound | null {
  if (value.exact) return value.exact;
  return value.range.lo === value.range.hi ? { base: "", offset: value.range.lo } : null;
}

function withOffsets(result: IntValue, a: IntValue, b: IntValue): IntValue {
  const [x, y] = b.range.lo === b.range.hi ? [a, b] : [b, a];
  const exact = y.range.lo === y.range.hi ? shift(x.exact, y.range.lo) : null;
  const bounds = [
    ...upperBounds(a).map((bound) => shift(bound, b.range.hi)!),
    ...upperBounds(b).map((bound) => shift(bound, a.range.hi)!),
  ];
  return { ...result, exact, atMost: bounds };
}

function withDifference(result: IntValue, a: IntValue, b: IntValue): IntValue {
  const exact = b.range.lo === b.range.hi ? shift(a.exact, -b.range.lo) : null;
  if (sameSymbol(a.exact, b.exact)) return { ...result, exact: null };
  return { ...result, exact, atMost: upperBounds(a).map((bound) => shift(bound, -b.range.lo)!) };
}

/** Symbols hold for one moment; elements of a container outlast it. */
function withoutSymbols(value: Value): Value {
  if (value.type === "int") return { ...value, exact: null, atMost: [] };
  return value.type === "tuple" ? { type: "tuple", items: value.items.map(withoutSymbols) } : value;
}

const bigints = (_: string, value: unknown): unknown =>
  typeof value === "bigint" || value === Infinity || value === -Infinity ? String(value) : value;

export function mixed(what: string, a: Value, b: Value): string {
  return `${what} are ${typeName(a)} here and ${typeName(b)} there`;
}

function isSimple(node: expr): boolean {
  return node.kind === "Name" || (node.kind === "Subscript" && isSimple(node.value) && isIndex(node.slice));
}
function isIndex(node: expr): boolean {
  if (node.kind === "Tuple") return node.elts.every(isIndex);
  if (node.kind === "BinOp") return isIndex(node.left) && isIndex(node.right);
  return node.kind === "Constant" || isSimple(node);
}

/** A value that costs nothing and has no effect to compute again. */
function isPlain(node: expr): boolean {
  if (node.kind === "UnaryOp") return isPlain(node.operand);
  if (node.kind === "Call")
    return node.func.kind === "Name" && node.func.id === "float" && node.args.every(isPlain);
  return (
    node.kind === "Constant" ||
    node.kind === "Name" ||
    (node.kind === "Attribute" && node.value.kind === "Name")
  );
}

function mentions(node: expr, name: string): boolean {
  let found = false;
  walk(node, (part) => {
    if (part.kind === "Name" && part.id === name) found = true;
  });
  return found;
}

function describe(kind: string): string {
  const words: Record<string, string> = {
    Dict: "a dict",
    DictComp: "a dict",
    Set: "a set",
    SetComp: "a set",
    GeneratorExp: "a generator",
    Lambda: "a lambda",
    JoinedStr: "an f-string",
    Yield: "`yield`",
    YieldFrom: "`yield`",
    Await: "`await`",
    NamedExpr: "`:=`",
    Starred: "`*`",
  };
  return words[kind] ?? kind;
}
