// Literals, names and attributes: what is known of each of them.

import type { expr } from "../../source/ast.generated.ts";
import { atom, Level } from "./code.ts";
import type { Expressions } from "./expressions.ts";
import { lengthOf } from "./facts.ts";
import { fixed } from "./linear.ts";
import { constants } from "./mathematics.ts";
import { refuse } from "./refusal.ts";
import { type Num, num, type Ref, seqOf, type Value } from "./values.ts";

export function evaluateConstant(expressions: Expressions, node: Extract<expr, { kind: "Constant" }>): Num {
  const { value } = node;
  const code = { text: expressions.text(node), level: Level.atom };
  switch (value.type) {
    case "int": {
      const known = Number(value.text);
      if (!Number.isSafeInteger(known)) refuse("a literal beyond 53 bits", node);
      return num("int", code, { constant: known, lo: known, hi: known, linear: fixed(known) });
    }
    case "float": {
      const known = Number(value.text.replace("inf", "Infinity"));
      return num("float", code, { constant: known, lo: known, hi: known });
    }
    case "bool":
      return num("bool", code, { constant: Number(value.value) });
    case "complex":
      return num("complex", code);
    case "None":
      return refuse("it handles None", node);
    default:
      return refuse("it handles what is no number", node);
  }
}

export function evaluateName(
  expressions: Expressions,
  node: Extract<expr, { kind: "Name" | "Attribute" }>,
): Value {
  const { state } = expressions;
  const dotted = expressions.dotted(node);
  if (dotted !== null && constants[dotted] !== undefined) {
    const known = constants[dotted]!;
    return num("float", atom(expressions.text(node)), {
      lo: known,
      hi: known,
      constant: Number.isNaN(known) ? null : known,
    });
  }
  if (node.kind === "Name") {
    const value = state.env.get(node.id);
    if (value) return value;
    return refuse(`nothing is known of \`${node.id}\``, node);
  }
  const value = state.env.get(expressions.text(node));
  if (value) return value;
  const owner =
    node.value.kind === "Name" || node.value.kind === "Attribute" ? expressions.evaluate(node.value) : null;
  const ref = owner && (seqOf(owner) ?? (owner.kind === "opaque" ? owner : null));
  if (ref && node.attr === "shape") return shapeOf(ref);
  if (ref?.kind === "ref" && node.attr === "size" && ref.seq.form === "array" && ref.seq.dims.length === 1)
    return lengthNumber(ref.seq.dims[0]!, ref.seq.text);
  return refuse(`nothing is known of \`${expressions.text(node)}\``, node);
}

function shapeOf(of: Ref | Extract<Value, { kind: "opaque" }>): Value {
  if (of.kind === "ref") {
    if (of.subs.length > 0) return refuse("the shape of a part");
    return { kind: "tuple", items: of.seq.dims.map((dim) => lengthNumber(dim, dim.text)) };
  }
  const items = [0, 1, 2, 3].map((d) =>
    lengthNumber(lengthOf(of.id, of.text, "array", d), `${of.text}.shape[${d}]`),
  );
  return { kind: "tuple", items };
}

export function lengthNumber(dim: Num["linear"] & object, text: string): Num {
  return num("int", atom(dim.offset === 0 && dim.symbol !== null ? dim.text : text), {
    linear: dim,
    lo: dim.symbol === null ? dim.offset : Math.max(0, dim.offset),
    hi: dim.symbol === null ? dim.offset : Infinity,
  });
}
