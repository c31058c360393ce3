// One element of an expression over whole arrays, as the body of a loop computes it.

import type { Call, expr } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { walk } from "../../source/walk.ts";
import {
  at,
  atom,
  binary,
  type Code,
  call,
  compare,
  comparisons,
  Level,
  unary,
} from "../vectorisation/code.ts";
import { type ComparingFunction, comparingFunctions, operatorFunctions } from "./array-calls.ts";
import { type Access, ElementAccess, placeText } from "./element-access.ts";
import { clippedElement, numpyFunctions } from "./mathematics.ts";
import type { State } from "./state.ts";
import { type ArrayValue, type Container, isArray, isScalar, representative, type Value } from "./values.ts";

/** What is gathered of one statement. */
export interface Plan {
  rank: number;
  /** Arrays and numbers that are taken out of the loop, as assignments. */
  before: string[];
  /** What is read and written, and which axis of the loop each own axis is. */
  accesses: { access: Access; axes: readonly number[] }[];
  /** Names of the loop's variables, from the outermost on, and where they start. */
  indices: readonly string[];
  starts: readonly bigint[];
  /** What is assigned to, where it is a part of an array. */
  target: { text: string; access: Access; container: Container } | null;
  /** The name that is bound, where the statement makes an array. */
  bound: string | null;
  /** The mask itself is at hand: what stands in it is not under it. */
  unmasked?: boolean;
  /** Reads elements that earlier turns would have changed. */
  overlaps: boolean;
  /** One element of what is assigned, and how. */
  text: string;
  sign: string;
  /** What is assigned to, or made. */
  place: ArrayValue;
}

/** Not element by element: the statement stays as it is. */
export class Whole extends Error {}

const logical = { logical_and: "and", logical_or: "or" } as const;
const elements: ReadonlySet<string | undefined> = new Set(["float", "int", "bool", "complex"]);

const isComplex = (value: ArrayValue): boolean => representative(value.container).element?.type === "complex";

/** Writes elements of expressions. */
export abstract class ElementCode extends ElementAccess {
  /** Names of what is taken out of a loop. */
  private readonly takenAs = new Map<string, string>();

  /** One element of an expression. `axes` says which axis of the loop each axis of the expression is. */
  protected elementCode(node: expr, state: State, plan: Plan, axes: readonly number[]): Code {
    const value = this.evaluate(node, state);
    if (isScalar(value)) return this.scalar(node, value, plan);
    if (!isArray(value)) throw new Whole();
    if (this.isMasked(node))
      return this.source(node.value, this.arrayOf(node.value, state), state, plan, axes);
    const below = (part: expr): Code => {
      if (this.mask !== null && !plan.unmasked) return this.elementCode(part, state, plan, axes);
      const inner = this.evaluate(part, state);
      const rank = isArray(inner) ? inner.dimensions.length : 0;
      return this.elementCode(part, state, plan, axes.slice(axes.length - rank));
    };
    switch (node.kind) {
      case "BinOp":
        if (node.op === "MatMult") break;
        if (node.op === "Div" && isComplex(value)) throw new Whole();
        if (node.op === "Pow" && !isTwo(this.evaluate(node.right, state))) throw new Whole();
        this.divides(node.op, this.evaluate(node.right, state));
        return this.rounded(binary(node.op, below(node.left), below(node.right)), value, node.op);
      case "UnaryOp":
        if (node.op === "USub") return this.rounded(unary("-", below(node.operand)), value, "Sub");
        if (node.op === "Invert")
          return { text: `not ${at(below(node.operand), Level.not)}`, level: Level.not };
        throw new Whole();
      case "Compare":
        return compare(comparisons[node.ops[0]!]!, below(node.left), below(node.comparators[0]!));
      case "Call": {
        const code = this.callCode(node, state, plan, axes, below, value);
        if (code !== null) return code;
        break;
      }
      default:
        break;
    }
    return this.source(node, value, state, plan, axes);
  }

  private callCode(
    node: Call,
    state: State,
    plan: Plan,
    axes: readonly number[],
    below: (part: expr) => Code,
    value: ArrayValue,
  ): Code | null {
    const path = dottedName(this.around.file, node.func);
    if (path === "abs") return call("abs", below(node.args[0]!));
    if (!path?.startsWith("numpy.") || node.keywords.length > 0) return null;
    const name = path.slice("numpy.".length);
    const [x, y, z] = node.args;
    if (Object.hasOwn(operatorFunctions, name) && y) {
      const op = operatorFunctions[name as keyof typeof operatorFunctions];
      this.divides(op, this.evaluate(y, state));
      return this.rounded(binary(op, below(x!), below(y)), value, op);
    }
    if (Object.hasOwn(comparingFunctions, name) && y)
      return compare(comparisons[comparingFunctions[name as ComparingFunction]]!, below(x!), below(y));
    if (Object.hasOwn(logical, name) && y) {
      const sign = logical[name as keyof typeof logical];
      return {
        text: `${at(below(x!), Level[sign])} ${sign} ${at(below(y), Level[sign] + 1)}`,
        level: Level[sign],
      };
    }
    if (name === "where" && z) {
      const [yes, test, no] = [y!, x!, z].map((part) => at(below(part), Level.ternary + 1));
      return { text: `${yes} if ${test} else ${no}`, level: Level.ternary };
    }
    const { numpy } = this.around;
    // Of zeros with two signs, NumPy takes the second and Numba the first.
    if (name === "minimum" || name === "maximum") {
      this.findings.numpy = true;
      return call(`${numpy}.${name}`, below(y!), below(x!));
    }
    if (name === "add.outer" || name === "outer" || name === "multiply.outer") {
      const parts = [x!, y!].map((part, i) => this.elementCode(part, state, plan, axes.slice(i, i + 1)));
      const op = name === "add.outer" ? "Add" : "Mult";
      return this.rounded(binary(op, parts[0]!, parts[1]!), value, op);
    }
    if (name === "clip" && z) {
      const clipped = this.checkedFunction("_clip", "value, low, high", clippedElement);
      return call(clipped, below(x!), below(y!), below(z));
    }
    if (name === "abs" || name === "absolute") return call("abs", below(x!));
    const known = Object.hasOwn(numpyFunctions, name) && numpyFunctions[name]!.arity === node.args.length;
    if (!known) return null;
    this.findings.numpy = true;
    return call(`${numpy}.${name}`, ...node.args.map(below));
  }

  /** NumPy's integers of fewer than 64 bits wrap where Numba computes with 64. */
  protected rounded(code: Code, value: ArrayValue, op: string): Code {
    const element = representative(value.container).element;
    if (element?.type !== "int" || element.dtype === "int64" || op === "Div") return code;
    this.findings.numpy = true;
    return call(`${this.around.numpy}.${element.dtype}`, code);
  }

  /** A number divided by zero raises in a loop, and leads back to NumPy's own division. */
  protected divides(op: string, by: Value): void {
    const nonzero = (by.type === "int" || by.type === "float") && by.nonzero;
    if (op === "Div" && !nonzero) this.raise("ZeroDivisionError");
  }

  /** A number is computed once, before elements change. */
  private scalar(node: expr, value: Value, plan: Plan): Code {
    if (value.type === "char") throw new Whole();
    if (value.type === "int" && value.origin !== "python" && value.dtype !== "int64") throw new Whole();
    const plain = node.kind === "Name" ? node.id !== plan.bound : node.kind === "Constant";
    if (plain) return atom(this.rendered(node));
    if (node.kind === "UnaryOp" && node.op === "USub" && node.operand.kind === "Constant")
      return unary("-", atom(this.rendered(node.operand)));
    return atom(this.taken(node, "factor", plan));
  }

  /** A name for what is computed before the loop. */
  private taken(node: expr, base: string, plan: Plan): string {
    this.rejectCalls(node);
    const text = this.rendered(node);
    const name = this.nameOf(base, text);
    const line = `${name} = ${text}`;
    if (!plan.before.includes(line)) plan.before.push(line);
    return name;
  }

  /** The same for the same statement, however often it is looked at. */
  protected nameOf(base: string, text: string): string {
    const key = `${this.statement!.start} ${base} ${text}`;
    const name = this.takenAs.get(key) ?? this.around.fresh(base);
    this.takenAs.set(key, name);
    return name;
  }

  /** How the elements of an array are reached: where they stand, or else in a view that is made before the loop. */
  protected accessOf(node: expr, value: ArrayValue, state: State, plan: Plan): Access {
    this.rejectCalls(node);
    if (node.kind === "Name" && node.id !== plan.bound) return this.wholeAccess(node.id, value);
    const base = baseName(node, state);
    const replaced = base === plan.bound;
    const part = node.kind === "Subscript" && !replaced ? this.partAccess(node, state) : null;
    if (part) return part;
    return this.wholeAccess(this.taken(node, `${base}_part`, plan), value);
  }

  private arrayOf(node: expr, state: State): ArrayValue {
    const value = this.evaluate(node, state);
    if (!isArray(value)) throw new Whole();
    return value;
  }

  /** An array that elements are read from, as it is before the loop. */
  private source(node: expr, value: ArrayValue, state: State, plan: Plan, axes: readonly number[]): Code {
    const container = representative(value.container);
    if (!elements.has(container.element?.type)) throw new Whole();
    // Under a mask only whole arrays under the same one go side by side.
    if (
      this.mask !== null &&
      !plan.unmasked &&
      (value.dimensions.length !== plan.rank || node.kind !== "Name")
    )
      throw new Whole();
    const own = plan.target?.container === container;
    if (own && this.text(node) === plan.target!.text && value.dimensions.length === plan.rank)
      return atom(this.elementText(plan.target!.access, axes, plan));
    if (own) plan.overlaps = true;
    const access = this.accessOf(node, value, state, plan);
    plan.accesses.push({ access, axes });
    return atom(this.elementText(access, axes, plan));
  }

  /** `a[row + 1, k]` */
  protected elementText(access: Access, axes: readonly number[], plan: Plan): string {
    const indices = access.places.map((place) => {
      if (typeof place === "string") return place;
      const axis = axes[place.axis]!;
      // A length of one beside a longer axis would be stretched.
      const { text, offset } = place.from;
      const name = access.lengths[place.axis] === null ? "0" : plan.indices[axis]!;
      const by = offset - plan.starts[axis]!;
      return placeText({ text: text === "" ? name : `${text} + ${name}`, offset: by });
    });
    return `${access.name}[${indices.join(", ")}]`;
  }

  /** Calls of the module's functions get the names of their kernels where they stand. */
  private rejectCalls(node: expr): void {
    walk(node, (part) => {
      if (
        part.kind === "Call" &&
        part.func.kind === "Name" &&
        dottedName(this.around.file, part.func) === null
      )
        throw new Whole();
    });
  }
}

const isTwo = (value: Value): boolean =>
  value.type === "int" && value.range.lo === 2n && value.range.hi === 2n && value.literals !== null;

/** The first variable in it. */
function baseName(node: expr, state: State): string {
  let found: string | null = null;
  walk(node, (part) => {
    if (part.kind === "Name" && state.has(part.id)) found ??= part.id;
  });
  return found ?? "array";
}
