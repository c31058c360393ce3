// Items, slices, attributes and comprehensions.

import type { comprehension, expr, Name, Node, Subscript } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { int64, range } from "../analysis/ranges.ts";
import { type Compiled, itemOf, NotYet, number } from "./compiled.ts";
import { Objects } from "./objects.ts";
import { wide } from "./seen.ts";
import { any, bool, elementOf, float, int, isNumber, leaves, present, str, type Value } from "./values.ts";

export abstract class Containers extends Objects {
  /** The memory of an array, or of bytes, under a name. */
  view(name: string): string {
    this.scope.viewed.add(name);
    return `${name}_view`;
  }

  protected subscript(node: Subscript): Compiled {
    const base = this.expression(node.value);
    const { slice } = node;
    const parts = slice.kind === "Tuple" ? slice.elts : [slice];
    const { value } = base;
    if (value.kind === "array") return this.arrayItem(node, value, parts);
    if (value.kind === "vector") return this.vectorItem(node, value);
    if (slice.kind === "Slice") {
      const texts = this.sliceTexts(slice);
      const result: Value =
        value.kind === "char"
          ? str
          : value.kind === "tuple"
            ? { kind: "tuple", items: null, element: elementOf(value) }
            : value;
      return {
        text: this.splice(node, [[node.value, this.container(node.value)], ...texts]),
        value: result,
        native: false,
      };
    }
    if (value.kind === "dict" || value.kind === "any" || value.kind === "instance" || value.kind === "set") {
      const text = this.splice(node, [
        [node.value, this.container(node.value)],
        [slice, this.object(slice)],
      ]);
      return this.item(text, value.kind === "dict" ? value.value : any);
    }
    const index = this.expression(slice).value;
    if (index.kind !== "int" && index.kind !== "bool") {
      const text = this.splice(node, [
        [node.value, this.container(node.value)],
        [slice, this.object(slice)],
      ]);
      return this.item(text, elementOf(value) ?? any);
    }
    const at = number(this.native(slice)).text;
    if (value.kind === "bytes" && node.value.kind === "Name" && this.scope.isLocal(node.value.id))
      return {
        text: `<long long>${this.view(node.value.id)}[${at}]`,
        value: int(range(0, 255)),
        native: true,
      };
    const text = this.splice(node, [
      [node.value, this.container(node.value)],
      [slice, at],
    ]);
    if (value.kind === "str" || value.kind === "char")
      return { text, value: { kind: "char" }, native: value.kind === "str" };
    if (value.kind === "tuple" && value.items && slice.kind === "Constant")
      return this.item(
        text,
        value.items[Number((slice.value as { text?: string }).text ?? -1)] ?? value.element,
      );
    return this.item(text, elementOf(value));
  }

  protected item(text: string, value: Value | null): Compiled {
    if (value === null && !this.scope.final) throw new NotYet();
    return { text, value: value ?? any, native: false };
  }

  /** A container that is subscripted or iterated: of its type for certain. */
  container(node: expr): string {
    const { text, value } = this.expression(node);
    const sure =
      (node.kind === "Name" &&
        this.scope.isDeclared(node.id) &&
        !this.inner.some((names) => names.has(node.id))) ||
      /^(List|Tuple|Dict|Set|ListComp|SetComp|DictComp|Constant|JoinedStr)$/.test(node.kind);
    if (
      value.kind === "vector" ||
      sure ||
      !["list", "dict", "tuple", "str", "bytes", "set"].includes(value.kind)
    )
      return value.kind === "vector" ? this.asObject(node) : this.heldObject(node);
    return `(<${value.kind}?>(${text}))`;
  }

  protected sliceTexts(slice: expr & { kind: "Slice" }): (readonly [Node, string])[] {
    return [slice.lower, slice.upper, slice.step].flatMap((part) =>
      part ? [[part, this.object(part)] as const] : [],
    );
  }

  protected arrayItem(node: Subscript, value: Value & { kind: "array" }, parts: readonly expr[]): Compiled {
    const kinds = parts.map((part) => (part.kind === "Slice" ? "slice" : this.expression(part).value.kind));
    const whole = kinds.every((kind) => kind === "int") && parts.length === value.dimensions;
    if (whole && node.value.kind === "Name" && this.scope.isLocal(node.value.id)) {
      const view = this.view(node.value.id);
      const texts = parts.map((part) => [part, this.native(part).text] as const);
      const text = this.splice(node, [[node.value, view], ...texts]);
      if (value.dtype === "bool") return { text: `(${text} != 0)`, value: bool("numpy"), native: true };
      const read: Value = value.dtype === "float64" ? float("numpy") : int(int64, "numpy");
      return { text, value: read, native: true };
    }
    if (kinds.some((kind) => kind !== "int" && kind !== "slice") || parts.length > value.dimensions || whole)
      return this.reject(node, "it selects from an array by more than indices and slices");
    const texts = parts.flatMap((part) =>
      part.kind === "Slice" ? this.sliceTexts(part) : [[part, this.object(part)] as const],
    );
    const dimensions = value.dimensions - kinds.filter((kind) => kind === "int").length;
    const contiguous = value.contiguous && !kinds.includes("slice");
    return {
      text: this.splice(node, [[node.value, this.asObject(node.value)], ...texts]),
      value: { ...value, dimensions, contiguous },
      native: false,
    };
  }

  protected attribute(node: expr & { kind: "Attribute" }): Compiled {
    const { scope } = this;
    const path = dottedName(scope.file, node, true);
    if (path !== null) {
      if (/^math\.(pi|e|tau|inf|nan)$/.test(path)) {
        const name = path.replace(".", "_");
        scope.needs.imports.add("import math");
        scope.needs.constants.set(name, path);
        return { text: name, value: float(), native: true };
      }
      const owner =
        node.value.kind === "Attribute" ? this.attribute(node.value) : this.name(node.value as Name);
      return { text: this.splice(node, [[node.value, owner.text]]), value: any, native: false };
    }
    const { value } = this.expression(node.value);
    if (value.kind === "record") return this.recordAttribute(node, value);
    const text = this.splice(node, [[node.value, this.asObject(node.value)]]);
    if (value.kind === "array" && node.attr === "shape")
      return {
        text,
        value: {
          kind: "tuple",
          items: Array.from({ length: value.dimensions }, () => int(wide)),
          element: int(wide),
        },
        native: false,
      };
    if (value.kind === "instance")
      return { text, value: value.attributes.get(node.attr) ?? any, native: false };
    if (!scope.final) throw new NotYet();
    return this.reject(node, `nothing was seen of the attribute \`${node.attr}\``);
  }

  protected comprehension(node: expr, generators: readonly comprehension[]): Compiled {
    const parts: (readonly [Node, string])[] = [];
    const names = new Map<string, Value>();
    this.inner.push(names);
    try {
      for (const [index, generator] of generators.entries()) {
        if (generator.is_async) this.reject(node, "it is asynchronous");
        if (!this.resizes([node])) this.steady.add(generator.iter);
        // The first iterable is evaluated outside; names that shadow others would be read wrongly here.
        parts.push([generator.iter, this.iterated(generator.iter)]);
        const element = this.elementOfIterable(generator.iter);
        this.bindInner(generator.target, element, names);
        for (const test of generator.ifs) parts.push([test, this.truth(test)]);
        if (index > 0 && generator.target.kind === "Starred") this.reject(node, "it unpacks with `*`");
      }
      if (node.kind === "DictComp") {
        const [key, value] = [this.expression(node.key).value, this.expression(node.value).value];
        parts.push([node.key, this.object(node.key)], [node.value, this.object(node.value)]);
        return { text: this.splice(node, parts), value: { kind: "dict", key, value }, native: false };
      }
      const { elt } = node as { elt: expr } & expr;
      const element = this.expression(elt).value;
      if (node.kind === "SetComp")
        return {
          text: this.splice(node, [...parts, [elt, this.object(elt)]]),
          value: { kind: "set", element },
          native: false,
        };
      parts.push([elt, this.held(elt)]);
      return { text: this.splice(node, parts), value: { kind: "list", element }, native: false };
    } finally {
      this.inner.pop();
    }
  }

  protected bindInner(target: expr, value: Value, names: Map<string, Value>): void {
    if (target.kind === "Name") names.set(target.id, value);
    else if (target.kind === "Tuple" || target.kind === "List")
      for (const [i, item] of target.elts.entries()) this.bindInner(item, itemOf(value, i), names);
    else this.reject(target, "it unpacks into something else than names");
  }

  /** What a loop goes over. Iterators of unknown origin might be half read when Python starts again. */
  iterated(iter: expr): string {
    const { value } = this.expression(iter);
    if (
      value.kind === "any" ||
      value.kind === "instance" ||
      value.kind === "none" ||
      isNumber(present(value))
    )
      this.reject(iter, "what it loops over is not known to be readable twice");
    if (value.kind === "array") this.reject(iter, "it loops over the items of an array");
    if (value.kind === "vector" && !this.steady.has(iter)) leaves(value);
    if (value.kind === "vector") return this.listing(iter);
    return this.container(iter);
  }

  elementOfIterable(iter: expr): Value {
    const element = elementOf(this.expression(iter).value);
    if (element === null && !this.scope.final) throw new NotYet();
    return element ?? any;
  }

  protected listOf(node: expr & { kind: "GeneratorExp" }): Compiled {
    return this.comprehension(node, node.generators);
  }
}
