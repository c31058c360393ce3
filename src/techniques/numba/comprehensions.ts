// Lists written out, comprehensions, and tables made as lists of lists, which become arrays.

import type { expr, ListComp } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { walk } from "../../source/walk.ts";
import { Operators } from "./operators.ts";
import type { State } from "./state.ts";
import { exactOf, representative, typeName, type Value } from "./values.ts";

/** Makes lists and tables. */
export abstract class Comprehensions extends Operators {
  protected abstract mayUnpack: boolean;

  protected list(node: expr, items: Value[]): Value {
    const container = this.madeAt(node, "list");
    for (const item of items) this.store(container, item, node);
    return { type: "list", container, length: { base: "", offset: BigInt(items.length) } };
  }

  protected comprehension(node: ListComp, state: State): Value {
    const grid = this.grid(node);
    if (grid && grid.lengths.length > 1) return this.table(node, grid.fill, grid.lengths, state);
    const container = this.madeAt(node, "list");
    if (node.generators.length !== 1) this.fail("a comprehension over several loops is not compiled", node);
    const { target, iter, ifs, is_async } = node.generators[0]!;
    if (is_async) this.fail("an asynchronous comprehension is not compiled", node);
    const source = this.evaluate(iter, state);
    const outer = this.mayUnpack;
    this.mayUnpack = false;
    let inner: State | null = this.assign(target, this.iterate(source, iter).item, state);
    this.mayUnpack = outer;
    for (const test of ifs) {
      this.condition(test, inner);
      inner = this.refine(inner, test, true);
      if (!inner) break;
    }
    if (inner) this.store(container, this.evaluate(node.elt, inner), node);
    const length = ifs.length > 0 ? null : this.lengthOf(source);
    return { type: "list", container, length };
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
