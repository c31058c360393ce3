// Ways to ask a list whether, or how often, it holds a value.

import type { TextEdit } from "../../schemas/common.ts";
import type { Call, Compare, expr, For, Node } from "../../source/ast.generated.ts";
import { blockOf } from "../../source/layout.ts";
import type { RegionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { isLocated } from "../../source/tree.ts";
import { parentMap } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround, type Repeating } from "../analysis/loops.ts";
import { isOnly, type ShapeOf } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import { isReadOutside, probeObstacle } from "./keys.ts";

interface Question {
  list: expr;
  probe: expr;
  /** Whether it holds the value (a set answers), how often (a Counter), or where first (a dict of positions). */
  asks: "whether" | "how often" | "where";
  /** It compares by `==` alone, while sets (and `in`) take the same object for equal: NaN tells them apart. */
  byEquality: boolean;
  /** The edit that asks the set or Counter called `name` instead. */
  ask(name: string): TextEdit;
}

export interface Lookup extends Question {
  line: number;
  /** The loops that repeat it, innermost first. */
  loops: Repeating[];
}

/** All places in the region where a loop asks a list or tuple for a value. */
export function lookupsIn(context: RegionContext, region: RegionNode, shapeOf: ShapeOf): Lookup[] {
  const found: Lookup[] = [];
  walk(region, (node) => {
    const question = questionAt(context, node);
    if (!question || !isOnly(shapeOf(question.list), "list", "tuple")) return;
    const loops = loopsAround(context.file, node, region);
    if (loops.length > 0 && isLocated(node) && isEditable(context.file, node))
      found.push({ ...question, line: node.lineno, loops });
  });
  return found;
}

function questionAt(context: RegionContext, node: Node): Question | null {
  if (node.kind === "Compare") return membership(node);
  if (node.kind === "Call") return count(context, node) ?? anyEqual(context, node);
  return node.kind === "For" ? flagLoop(context, node) : null;
}

/** `x in items`, `x not in items`. */
function membership(node: Compare): Question | null {
  if (node.ops.length !== 1 || (node.ops[0] !== "In" && node.ops[0] !== "NotIn")) return null;
  const list = node.comparators[0]!;
  const ask = (text: string) => ({ start: list.start, end: list.end, text });
  return { list, probe: node.left, asks: "whether", byEquality: false, ask };
}

/** `items.count(x)`, `items.index(x)`. */
function count({ file }: RegionContext, node: Call): Question | null {
  if (node.func.kind !== "Attribute" || !["count", "index"].includes(node.func.attr)) return null;
  if (node.args.length !== 1 || node.args[0]!.kind === "Starred" || node.keywords.length > 0) return null;
  const probe = node.args[0]!;
  const ask = (name: string) => ({
    start: node.start,
    end: node.end,
    text: `${name}[${sourceText(file, probe)}]`,
  });
  const asks = node.func.attr === "count" ? "how often" : "where";
  return { list: node.func.value, probe, asks, byEquality: false, ask };
}

/** `any(item == x for item in items)`. */
function anyEqual(context: RegionContext, node: Call): Question | null {
  const { file } = context;
  const [generator] = node.args;
  if (node.func.kind !== "Name" || node.func.id !== "any" || generator?.kind !== "GeneratorExp") return null;
  if (
    scopesOf(file)
      .variable(node.func)
      ?.occurrences.some(({ action }) => action !== "read")
  )
    return null;
  const [only] = generator.generators;
  if (generator.generators.length !== 1 || !only || only.ifs.length > 0 || only.is_async) return null;
  const probe = comparedWith(context, generator.elt, only.target);
  if (!probe || probeObstacle(context, probe, generator) !== null) return null;
  const around = parentMap(file).get(node);
  const negated = around?.kind === "UnaryOp" && around.op === "Not" ? around : null;
  const whole = negated ?? node;
  const simple = ["If", "While", "Assign", "Return", "BoolOp", "IfExp", "Assert"];
  const parent = parentMap(file).get(whole);
  const ask = (name: string) => {
    const text = `${sourceText(file, probe)} ${negated ? "not in" : "in"} ${name}`;
    return {
      start: whole.start,
      end: whole.end,
      text: parent && simple.includes(parent.kind) ? text : `(${text})`,
    };
  };
  return { list: only.iter, probe, asks: "whether", byEquality: true, ask };
}

/** `found = False`, then `for item in items:` with `if item == x: found = True` and perhaps `break`. */
function flagLoop(context: RegionContext, loop: For): Question | null {
  const { file } = context;
  const [test] = loop.body;
  if (loop.body.length !== 1 || loop.orelse.length > 0 || test?.kind !== "If" || test.orelse.length > 0)
    return null;
  const [set, leave] = test.body;
  if (test.body.length > 2 || (leave && leave.kind !== "Break")) return null;
  const block = blockOf(file, loop);
  const clear = block[block.indexOf(loop) - 1];
  const name = clear && flagSet(clear, false);
  if (!name || !set || flagSet(set, true) !== name) return null;
  const probe = comparedWith(context, test.test, loop.target);
  if (!probe || mentionsName(probe, name) || probeObstacle(context, probe, loop) !== null) return null;
  if (isReadOutside(context, loop)) return null;
  if (file.comments.some((comment) => comment.start > clear.start && comment.end <= loop.end)) return null;
  const ask = (set: string) => ({
    start: clear.start,
    end: loop.end,
    text: `${name} = ${sourceText(file, probe)} in ${set}`,
  });
  return { list: loop.iter, probe, asks: "whether", byEquality: true, ask };
}

/** The name that the statement sets to the given truth value; null for any other statement. */
function flagSet(statement: Node, value: boolean): string | null {
  if (statement.kind !== "Assign" || statement.targets.length !== 1 || statement.value.kind !== "Constant")
    return null;
  const [target] = statement.targets;
  const constant = statement.value.value;
  return target?.kind === "Name" && constant.type === "bool" && constant.value === value ? target.id : null;
}

function mentionsName(node: Node, name: string): boolean {
  let found = false;
  walk(node, (part) => {
    if (part.kind === "Name" && part.id === name) found = true;
  });
  return found;
}

/** `x` of `item == x` or `x == item`, where x does not mention the item. */
function comparedWith({ file }: RegionContext, test: expr, target: expr): expr | null {
  if (test.kind !== "Compare" || test.ops.length !== 1 || test.ops[0] !== "Eq" || target.kind !== "Name")
    return null;
  const scopes = scopesOf(file);
  const isItem = (node: Node) => node.kind === "Name" && scopes.variable(node) === scopes.variable(target);
  const [left, right] = [test.left, test.comparators[0]!];
  if (isItem(left) && !mentionsName(right, target.id)) return right;
  return isItem(right) && !mentionsName(left, target.id) ? left : null;
}
