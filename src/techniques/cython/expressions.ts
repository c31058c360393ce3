// An expression as compiled code: its text in Cython, what it gives, and whether that is a C number or a Python object.

import type { expr, Name } from "../../source/ast.generated.ts";
import { meaningOf } from "../../source/meaning.ts";
import { children } from "../../source/walk.ts";
import { fits, range } from "../analysis/ranges.ts";
import { Calls, described } from "./calls.ts";
import { type Compiled, NotYet } from "./compiled.ts";
import { wide } from "./seen.ts";
import { any, bool, float, int, join, leaves, none, str, type Value } from "./values.ts";

export class Expressions extends Calls {
  /** As it comes most naturally. */
  expression(node: expr): Compiled {
    switch (node.kind) {
      case "Constant":
        return this.constant(node, node.value);
      case "Name":
        return this.name(node);
      case "BinOp":
        return this.binary(node);
      case "UnaryOp":
        return this.unary(node);
      case "BoolOp":
        return this.choice(node, node.values, (texts) => texts);
      case "IfExp": {
        const test = this.truth(node.test);
        return this.choice(node, [node.body, node.orelse], (parts) => [...parts, [node.test, test]]);
      }
      case "Compare":
        return this.compare(node);
      case "Call":
        return this.call(node);
      case "Subscript":
        return this.subscript(node);
      case "Attribute":
        return this.attribute(node);
      case "Tuple":
      case "List":
      case "Set": {
        if (node.elts.some(({ kind }) => kind === "Starred")) this.reject(node, "it uses `*` in a display");
        const items = node.elts.map((item) => this.expression(item).value);
        if (node.kind === "List" && node.elts.length === 0) return this.madeEmpty(node, "[]");
        const text = this.splice(
          node,
          node.elts.map((item) => [item, node.kind === "Set" ? this.object(item) : this.held(item)]),
        );
        if (node.kind === "Tuple") {
          const alike = items.every(({ kind }) => kind === items[0]?.kind);
          const element = alike ? items.reduce<Value | null>((a, b) => join(a, b), null) : any;
          return { text, value: { kind: "tuple", items, element }, native: false };
        }
        const element = items.reduce<Value | null>((a, b) => join(a, b), null);
        const value: Value = { kind: node.kind === "List" ? "list" : "set", element };
        return this.made(node, { text, value, native: false });
      }
      case "Dict": {
        const keys = node.keys.map((key) => key ?? this.reject(node, "it uses `**` in a display"));
        const [key, value] = [keys, node.values].map((side) =>
          side.map((one) => this.expression(one).value).reduce<Value | null>((a, b) => join(a, b), null),
        );
        const text = this.splice(
          node,
          [...keys, ...node.values].map((one) => [one, this.object(one)]),
        );
        return { text, value: { kind: "dict", key: key!, value: value! }, native: false };
      }
      case "ListComp":
        return this.made(node, this.comprehension(node, node.generators));
      case "SetComp":
      case "DictComp":
        return this.comprehension(node, node.generators);
      case "JoinedStr":
        return this.formatted(node);
      default:
        return this.reject(node, `it uses ${described[node.kind] ?? node.kind}`);
    }
  }

  protected constant(node: expr, constant: (expr & { kind: "Constant" })["value"]): Compiled {
    const text = this.scope.file.text.slice(node.start, node.end);
    switch (constant.type) {
      case "int": {
        const exact = BigInt(constant.text);
        if (!fits(range(exact, exact), wide)) return { text, value: any, native: false };
        return { text: constant.text, value: int(range(exact, exact)), native: true };
      }
      case "float":
        // `inf` is what Python makes of 1e999.
        return /^[\d.]+(e[-+]?\d+)?$/.test(constant.text)
          ? { text: constant.text, value: float(), native: true }
          : { text: `<double>float("${constant.text}")`, value: float(), native: true };
      case "bool":
        return { text, value: bool(), native: true };
      case "str":
        return { text, value: [...constant.value].length === 1 ? { kind: "char" } : str, native: false };
      case "bytes":
        return { text, value: { kind: "bytes" }, native: false };
      case "None":
        return { text, value: none, native: false };
      default:
        return this.reject(node, "it uses a constant of another kind");
    }
  }

  protected name(node: Name): Compiled {
    const text = node.id;
    for (const names of [...this.inner].reverse()) {
      const value = names.get(text);
      if (value) return { text, value, native: false };
    }
    if (this.scope.isLocal(text)) {
      const value = this.scope.values.get(text);
      if (!value) {
        if (!this.scope.final) throw new NotYet();
        return { text, value: any, native: false };
      }
      return { text, value, native: this.scope.isHeldNative(text) };
    }
    const meaning = meaningOf(this.scope.file, node, true);
    if (meaning.kind === "builtin") return { text, value: any, native: false };
    if (meaning.kind === "imported") return this.imported(node, meaning.path, text);
    return this.reject(node, `\`${text}\` is not known when it is compiled`);
  }

  /** Something of a module that the compiled module imports too, under the same name. */
  protected imported(node: expr, path: string, local: string): Compiled {
    const [module, ...rest] = path.split(".");
    if (!importable.has(module!)) this.reject(node, `it uses the module \`${module}\``);
    const { imports } = this.scope.needs;
    if (rest.length === 0)
      imports.add(module === local ? `import ${module}` : `import ${module} as ${local}`);
    else {
      const name = rest.at(-1)!;
      const from = [module, ...rest.slice(0, -1)].join(".");
      imports.add(`from ${from} import ${name}${name === local ? "" : ` as ${local}`}`);
    }
    return { text: local, value: any, native: false };
  }

  protected formatted(node: expr & { kind: "JoinedStr" }): Compiled {
    for (const part of children(node))
      if (part.kind === "FormattedValue") {
        if (!/^(Name|Attribute|Subscript|Constant)$/.test(part.value.kind))
          this.reject(node, "it computes inside a string");
        const { native, value } = this.expression(part.value);
        leaves(value);
        if (native && value.kind !== "int") this.reject(node, "it formats a number in a string");
        if (children(part).some(({ kind }) => kind === "JoinedStr")) this.reject(node, "it formats a string");
      }
    return { text: this.splice(node, []), value: str, native: false };
  }
}

/** Modules that compiled code may import: they only compute. */
const importable = new Set([
  "bisect",
  "collections",
  "heapq",
  "itertools",
  "math",
  "numpy",
  "operator",
  "string",
]);
