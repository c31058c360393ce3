// Comprehensions in statements: `[f(x) for x in xs]`, `sum(a * b for a, b in zip(p, q))`.

import type { Call, expr, Node, stmt } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { walk } from "../../source/walk.ts";
import { passedOn } from "./appends.ts";
import { sortedByKey } from "./choices.ts";
import { atom, type Code, call, at as codeAt, Level, method } from "./code.ts";
import { elementwiseCall, isElementwiseCall } from "./elementwise-calls.ts";
import { Expressions } from "./expressions.ts";
import { generate } from "./generators.ts";
import { Nest } from "./nest.ts";
import { ofOneType, selected, sizeOf } from "./reductions.ts";
import { refuse } from "./refusal.ts";
import { exactly } from "./rounding.ts";
import { conjunction, lift, lookingOptions, State } from "./state.ts";
import { sameAxes, type Value } from "./values.ts";

export interface Found {
  /** Put the statement, with array expressions in place of its comprehensions, into the lines. Throws `Refusal`. */
  rewrite(state: State): void;
}

const reducing: ReadonlySet<string> = new Set(["sum", "any", "all", "min", "max"]);

/** The comprehensions of a simple statement that may become array expressions; null when there are none. */
export function comprehensionIn(file: SourceFile, statement: stmt): Found | null {
  if (!["Assign", "AugAssign", "AnnAssign", "Return", "Expr"].includes(statement.kind)) return null;
  const value = (statement as { value?: expr | null }).value;
  if (!value) return null;
  const looking = new Expressions(new State(file, lookingOptions, new Map()));
  const found: expr[] = [];
  walk(value, (node: Node) => {
    if (
      node.kind === "Lambda" ||
      node.kind === "IfExp" ||
      node.kind === "BoolOp" ||
      node.kind === "DictComp" ||
      node.kind === "SetComp"
    )
      return false;
    if (node.kind === "ListComp" && works(node.elt)) {
      found.push(node);
      return false;
    }
    if (sortedIn(node)) {
      found.push(node as expr);
      return false;
    }
    if (
      node.kind === "Call" &&
      node.func.kind === "Name" &&
      reducing.has(node.func.id) &&
      node.args.length === 1
    ) {
      if (node.keywords[0]?.arg === "key" && node.keywords[0].value.kind === "Lambda") {
        found.push(node);
        return false;
      }
      const [argument] = node.args;
      if (argument!.kind === "GeneratorExp" || argument!.kind === "ListComp") {
        found.push(node);
        return false;
      }
    }
    if (node.kind === "Call" && isElementwiseCall(looking, node)) {
      found.push(node);
      return false;
    }
    if (node.kind === "GeneratorExp" || node.kind === "ListComp") return false;
    return true;
  });
  if (found.length === 0) return null;
  return {
    rewrite(state) {
      const { expressions } = new Nest(state, new Set());
      const unknown = callsBeside(value, found).find((other) => !isKnown(expressions, other));
      if (unknown) refuse("a function that is not known is called in the same statement", unknown);
      let text = "";
      let at = statement.start;
      for (const node of found) {
        expressions.root = node;
        expressions.drawn = null;
        const code = rewritten(expressions, node);
        const whole = node === value;
        text += file.text.slice(at, node.start) + (whole ? code.text : codeAt(code, Level.atom));
        at = node.end;
      }
      text += file.text.slice(at, statement.end);
      if (text.includes("\n")) refuse("the statement has several lines", statement);
      state.emit({ text, defines: null, commits: true });
    },
  };
}

/** A list of tuples: of lists side by side. */
function tuples(expressions: Expressions, items: readonly Value[], node: expr): Code {
  const { state } = expressions;
  if (state.masks.length > 0 || state.stack.length !== 1) refuse("tuples are made under a condition", node);
  let computed = false;
  const parts = items.map((item) => {
    const passed = passedOn(state, item, node);
    if (passed !== null) return passed;
    const value = ofOneType(state, expressions.asNumber(item, node));
    if (!state.compensated) exactly(state, value, node);
    if (value.soft || value.origin !== "python" || value.axes.length !== 1)
      refuse("a tuple holds what is no number of Python's own", node);
    computed = true;
    return method(value.code, "tolist()");
  });
  if (!computed) refuse("nothing is computed for the tuples", node);
  return call("list", call("zip", ...parts));
}

/** `sorted(items, key=…)` with what is cut from it, where that is a plain slice. */
function sortedIn(node: Node): { call: Call; slice: expr | null } | null {
  const inner = node.kind === "Subscript" && node.slice.kind === "Slice" ? node.value : node;
  if (inner.kind !== "Call" || inner.func.kind !== "Name" || inner.func.id !== "sorted") return null;
  if (inner.keywords.length !== 1 || inner.keywords[0]!.arg !== "key" || inner.args.length !== 1) return null;
  if (inner.keywords[0]!.value.kind !== "Lambda") return null;
  const slice = node.kind === "Subscript" ? node.slice : null;
  // Where something raises, the statement runs again.
  let calls = false;
  if (slice)
    walk(slice, (part) => {
      if (part.kind === "Call") calls = true;
    });
  return calls ? null : { call: inner, slice };
}

/** Calls in the statement that stay as they are: where something raises, they are made again. */
function callsBeside(value: expr, found: readonly expr[]): Call[] {
  const calls: Call[] = [];
  walk(value, (node: Node) => {
    if (found.some((one) => one === node)) return false;
    if (node.kind === "Call") calls.push(node);
    return true;
  });
  return calls;
}

/** Something is computed for each item, so that arrays have something to gain. */
function works(node: expr): boolean {
  let found = false;
  walk(node, (part) => {
    if (part.kind === "BinOp" || part.kind === "Compare" || part.kind === "Call") found = true;
  });
  return found;
}

function isKnown(expressions: Expressions, node: Call): boolean {
  const name = expressions.dotted(node.func);
  return (
    name !== null &&
    (/^(math|numpy)\.(?!random\.)/.test(name) ||
      ["abs", "float", "int", "len", "round", "min", "max", "sum", "sorted", "list"].includes(name))
  );
}

function rewritten(expressions: Expressions, node: expr): Code {
  const { state } = expressions;
  if (node.kind === "Call" && isElementwiseCall(expressions, node)) return elementwiseCall(expressions, node);
  const sorting = sortedIn(node);
  if (sorting) {
    const { call: sort, slice } = sorting;
    return atom(
      sortedByKey(expressions, sort, slice ? `[${state.file.text.slice(slice.start, slice.end)}]` : ""),
    );
  }
  if (node.kind === "Call") {
    const value = expressions.number(node);
    if (value.soft) refuse("integers and floats are mixed", node);
    return value.code;
  }
  if (node.kind !== "ListComp") return refuse("no comprehension", node);
  return generate(expressions, node.generators, node, (axes) => {
    const item = expressions.evaluate(node.elt);
    if (item.kind === "tuple") return tuples(expressions, item.items, node);
    const value = ofOneType(
      state,
      item.kind === "builder" ? item.content! : expressions.asNumber(item, node.elt),
    );
    if (value.soft) refuse("integers and floats are put into one list", node);
    const { masks } = state;
    const all = item.kind === "builder" ? value.axes : axes;
    if (masks.length > 0) {
      const mask = masks.reduce((one, next) => conjunction(one, next));
      const chosen = selected(state, value, mask, axes, node);
      return value.origin === "python" ? method(chosen.code, "tolist()") : call("list", chosen.code);
    }
    if (value.axes.length === 0) refuse("a list holds the same number again and again", node);
    const full = sameAxes(value.axes, all)
      ? value.code
      : call(`${state.np}.broadcast_to`, lift(value, all), `(${all.map(sizeOf).join(", ")})`);
    const line = item.kind !== "builder" && axes.length > 1 ? method(full, "ravel()") : full;
    return value.origin === "python" ? method(line, "tolist()") : call("list", line);
  });
}
