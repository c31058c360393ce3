// Calls of Python's builtins, those over whole lists included.

import type { Call, expr } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import * as ranges from "../analysis/ranges.ts";
import { Conversions } from "./conversions.ts";
import { reductions } from "./mathematics.ts";
import { columnsOf } from "./records.ts";
import type { State } from "./state.ts";
import {
  bool,
  type Container,
  constant,
  float,
  type IntValue,
  int,
  isUnsigned,
  isWide,
  mixedOrigin,
  typeName,
  type Value,
} from "./values.ts";

/** Calls builtins. */
export abstract class Builtins extends Conversions {
  protected values(nodes: readonly expr[], state: State): Value[] {
    return nodes.map((argument) => this.evaluate(argument, state));
  }

  protected builtin(node: Call, name: string, state: State): Value {
    if (name === "sum" || ((name === "min" || name === "max") && node.args.length === 1)) {
      return this.reduction(node, name, state);
    }
    if (name === "reversed") return this.reversed(node, state);
    const [text] = node.args;
    if (name === "float" && text?.kind === "Constant" && text.value.type === "str")
      return this.wordAsFloat(node, text.value.value);
    const args = this.values(node.args, state);
    const [first, second] = args;
    switch (name) {
      case "len":
        if (first?.type === "array") return this.length(first.dimensions[0]!);
        if (first?.type === "list") return this.length(this.lengthOf(first));
        if (first?.type === "records") {
          const [column] = columnsOf(this.around.layouts.get(first.input)!);
          if (this.reporting) this.edit(node.args[0]!, column!.parameter);
          return this.length(first.length);
        }
        if (first?.type === "tuple") return constant(first.items.length);
        break;
      case "range":
        return this.range(node, args);
      case "enumerate": {
        if (args.length > 2 || !first) break;
        const start = second ?? constant(0);
        if (start.type !== "int") break;
        const { item } = this.iterate(first, node);
        const axis =
          first.type === "array" ? first.dimensions[0]! : first.type === "list" ? this.lengthOf(first) : null;
        const bounds = axis && start.range.hi <= 0n ? [{ base: axis.base, offset: axis.offset - 1n }] : [];
        const index = { ...int(ranges.add(start.range, ranges.range(0, 1n << 40n))), atMost: bounds };
        return { type: "list", container: this.pairs(node, [index, item]), length: axis };
      }
      case "zip": {
        const items = args.map((argument) => this.iterate(argument, node).item);
        const [one] = args;
        const shared = one && (one.type === "array" || one.type === "list") ? this.lengthOf(one) : null;
        const all = args.every(
          (other) => JSON.stringify(this.lengthOf(other), bigints) === JSON.stringify(shared, bigints),
        );
        return { type: "list", container: this.pairs(node, items), length: all ? shared : null };
      }
      case "abs":
        if (first) return this.absolute(node, first);
        break;
      case "min":
      case "max":
        return this.extreme(node, name, args);
      case "int":
        if (first && args.length === 1) return this.toInt(node, first, "int");
        break;
      case "round":
        if (first && args.length === 1) return this.toInt(node, first, "round");
        break;
      case "float":
        return this.toFloat(node, first);
      case "bool":
        if (first && args.length === 1) {
          this.truth(first, node);
          return bool();
        }
        break;
      case "ord":
        if (first?.type === "char" && node.args[0]!.kind !== "Constant") {
          if (this.reporting) this.edit(node.func, "int");
          return int(ranges.range(0, 0x10ffff));
        }
        break;
      case "divmod":
        if (first?.type === "int" && second?.type === "int" && isWide(first) && isWide(second)) {
          this.divisor(second);
          const origin = mixedOrigin(first.origin, second.origin);
          return {
            type: "tuple",
            items: [
              this.fitted(node, ranges.floorDivide(first.range, second.range), origin),
              this.fitted(node, ranges.modulo(first.range, second.range), origin),
            ],
          };
        }
        break;
      default:
        break;
    }
    return this.fail(`\`${name}(${args.map(typeName).join(", ")})\` is not compiled`, node);
  }

  private pairs(node: expr, items: Value[]): Container {
    // Never stored anywhere: only iterated, so its element is exactly this.
    return {
      id: `pairs at ${node.start}`,
      element: { type: "tuple", items },
      written: false,
      resized: false,
      input: null,
      outside: "list",
    };
  }

  private range(node: Call, args: Value[]): Value {
    const integers = args.map((value) =>
      value.type === "int" ? value : this.fail(`\`range\` of ${typeName(value)}`, node),
    );
    const [start, stop, step] =
      integers.length === 1
        ? [constant(0), integers[0]!, constant(1)]
        : [integers[0]!, integers[1]!, integers[2] ?? constant(1)];
    if (!step.nonzero) this.raise("ValueError");
    // Numba would count in integers without a sign.
    for (const [i, value] of integers.entries()) if (isUnsigned(value)) this.signed(node.args[i]!);
    return { type: "range", start, stop, step };
  }

  /** The integer in 64 bits with a sign. */
  protected signed(node: expr): void {
    if (!this.reporting) return;
    this.findings.numpy = true;
    this.insert(node, node.start, `${this.around.numpy}.int64(`);
    this.insert(node, node.end, ")");
  }

  /** `reversed(range(…))`, which Numba lacks, is a range that steps down. */
  private reversed(node: Call, state: State): Value {
    const [inner] = node.args;
    const overRange = inner?.kind === "Call" && dottedName(this.around.file, inner.func) === "range";
    if (!overRange || inner.args.length > 2)
      return this.fail("`reversed` of anything but a plain range", node);
    const forward = this.evaluate(inner, state);
    if (forward.type !== "range") return this.fail("`reversed` of anything but a plain range", node);
    const one = constant(1);
    const start = this.binary(inner, "Sub", forward.stop, one) as IntValue;
    const stop = this.binary(inner, "Sub", forward.start, one) as IntValue;
    if (this.reporting) {
      const texts = inner.args.map((argument) =>
        isAtom(argument) ? this.rendered(argument) : `(${this.rendered(argument)})`,
      );
      const [low, high] = texts.length === 1 ? ["-1", texts[0]!] : [`${texts[0]!} - 1`, texts[1]!];
      this.edit(node, `range(${high} - 1, ${low}, -1)`);
    }
    return { type: "range", start, stop, step: constant(-1) };
  }

  private reduction(node: Call, name: "sum" | "min" | "max", state: State): Value {
    const [argument] = node.args;
    if (!argument || node.args.length > 1)
      return this.fail(`\`${name}\` with a start value is not compiled`, node);
    let list: Value;
    if (argument.kind === "GeneratorExp") {
      list = this.evaluate({ ...argument, kind: "ListComp" }, state);
      if (this.reporting) this.bracket(argument);
    } else list = this.evaluate(argument, state);
    const own = list.type === "array" && list.dimensions.length === 1 && list.container.outside === "list";
    if (list.type !== "list" && !(list.type === "array" && own))
      return this.fail(`\`${name}\` of ${typeName(list)} is not compiled`, node);
    const item = this.element(list.container, node);
    if (item.type !== "int" && item.type !== "float")
      return this.fail(`\`${name}\` of ${typeName(item)}`, node);
    if (item.type === "float" && item.soft) return this.fail(`\`${name}\` of ints and floats`, node);
    if (list.type === "array") {
      if (this.shortest(this.lengthOf(list)) < 1n) this.fail(`\`${name}\` of a list that may be empty`, node);
      // Numba reduces lists, not arrays.
      const body = name === "sum" ? reductions.sum(item.type === "int" ? "0" : "0.0") : reductions[name]();
      if (this.reporting) this.edit(node.func, this.checkedFunction(`_${name}`, "values", body));
    }
    if (name !== "sum") {
      if (this.shortest(this.lengthOf(list)) < 1n) this.raise("ValueError");
      return item.type === "int" ? { ...item, literals: null } : item;
    }
    if (item.type === "int") {
      const most = 1n << 40n;
      const total = ranges.multiply(item.range, ranges.range(0, most));
      return this.fitted(node, total, item.origin);
    }
    // The sum of nothing is the int 0.
    if (this.shortest(this.lengthOf(list)) < 1n)
      this.fail("`sum` of a list that may be empty gives an int", node);
    if (this.around.python[1] >= 12 && this.reporting) {
      this.findings.inexact.add(
        "`sum` of floats compensates rounding errors since Python 3.12, Numba's does not",
      );
    }
    return float(item.origin);
  }

  /** A generator as the only argument becomes a list. */
  private bracket(node: expr): void {
    const { text: source } = this.around.file;
    const own = source[node.start] === "(" && source[node.end - 1] === ")";
    if (own) {
      this.edit({ start: node.start, end: node.start + 1 }, source[node.start - 1] === "(" ? "[" : "([");
      this.edit(
        { start: node.end - 1, end: node.end },
        source[node.end] === ")" && source[node.start - 1] === "(" ? "]" : "])",
      );
    } else {
      this.insert(node, node.start, "[");
      this.insert(node, node.end, "]");
    }
  }
}

function isAtom(node: expr): boolean {
  return node.kind === "Name" || node.kind === "Constant" || node.kind === "Call";
}

const bigints = (_: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);
