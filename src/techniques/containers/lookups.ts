// Ways to ask a list whether, or how often, it holds a value.

import type { TextEdit } from "../../schemas/common.ts";
import type { Attribute, Call, Compare, expr, For, Node } from "../../source/ast.generated.ts";
import { blockOf } from "../../source/layout.ts";
import type { RegionNode } from "../../source/regions.ts";
import { isLocated } from "../../source/tree.ts";
import { parentMap } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { keyedBy, loopsAround, type Repeating } from "../analysis/loops.ts";
import { isOnly, itemsOf, of, type Shape, type ShapeOf } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import { type Equality, equalitiesOf } from "./equalities.ts";
import { isBuiltin } from "./invariants.ts";
import { isReadOutside, probeObstacle } from "./key-changes.ts";
import { joinKeys, type Key, type Rename, tupleText } from "./keys.ts";
import { rowsAt } from "./rows.ts";

interface Question {
  list: expr;
  /** The shape of what is asked for. */
  probe: Shape;
  /** What of an item is compared; null for the item itself. */
  key: KeyOfItem | null;
  /** Whether it holds the value (a set answers), how often (a Counter), or where first (a dict of positions). */
  asks: "whether" | "how often" | "where";
  /** It compares by `==` alone, while sets (and `in`) take the same object for equal: NaN tells them apart. */
  byEquality: boolean;
  /** The edit that asks the set or Counter called `name` instead. */
  ask(name: string): TextEdit;
}

/** A key that a set holds in place of the items. */
export interface KeyOfItem {
  key: Key;
  /** The name of an item where the key is asked for. */
  item: string;
  /** The text of the key of an item of another name. */
  text(item: string): string;
  /** Where it is asked for. */
  node: Node;
  target: Node;
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
    const question = questionAt(context, node, shapeOf);
    if (!question || !isOnly(shapeOf(question.list), "list", "tuple")) return;
    const keyed = node.kind === "Attribute" ? keyedBy(context.file, node) : null;
    const loops = [...(keyed ? [keyed] : []), ...loopsAround(context.file, node, region)];
    if (loops.length > 0 && isLocated(node) && isEditable(context.file, node))
      found.push({ ...question, line: node.lineno, loops });
  });
  return found;
}

function questionAt(context: RegionContext, node: Node, shapeOf: ShapeOf): Question | null {
  if (node.kind === "Compare") return membership(node, shapeOf);
  if (node.kind === "Call") return count(context, node, shapeOf) ?? anyEqual(context, node, shapeOf);
  if (node.kind === "Attribute") return countAsKey(context, node, shapeOf);
  return node.kind === "For" ? flagLoop(context, node, shapeOf) : null;
}

/** `x in items`, `x not in items`. */
function membership(node: Compare, shapeOf: ShapeOf): Question | null {
  if (node.ops.length !== 1 || (node.ops[0] !== "In" && node.ops[0] !== "NotIn")) return null;
  const list = node.comparators[0]!;
  const ask = (text: string) => ({ start: list.start, end: list.end, text });
  return { list, probe: shapeOf(node.left), key: null, asks: "whether", byEquality: false, ask };
}

/** `items.count(x)`, `items.index(x)`. */
function count({ file }: RegionContext, node: Call, shapeOf: ShapeOf): Question | null {
  if (node.func.kind !== "Attribute" || !["count", "index"].includes(node.func.attr)) return null;
  if (node.args.length !== 1 || node.args[0]!.kind === "Starred" || node.keywords.length > 0) return null;
  const probe = node.args[0]!;
  const ask = (name: string) => ({
    start: node.start,
    end: node.end,
    text: `${name}[${sourceText(file, probe)}]`,
  });
  const asks = node.func.attr === "count" ? "how often" : "where";
  return { list: node.func.value, probe: shapeOf(probe), key: null, asks, byEquality: false, ask };
}

/** `key=items.count`, `key=items.index` of a sort and the like, which asks for every item. */
function countAsKey({ file }: RegionContext, node: Attribute, shapeOf: ShapeOf): Question | null {
  const call = ["count", "index"].includes(node.attr) ? keyedBy(file, node) : null;
  const sorted = call?.func.kind === "Attribute" ? call.func.value : call?.args[0];
  if (!sorted || (call?.args.length ?? 0) > 1) return null;
  const asks = node.attr === "count" ? "how often" : "where";
  const ask = (name: string) => ({ start: node.start, end: node.end, text: `${name}.__getitem__` });
  return { list: node.value, probe: itemsOf(shapeOf(sorted)), key: null, asks, byEquality: false, ask };
}

/** `any(item.key == x for item in items)`, `all(item.key != x for item in items)`. */
function anyEqual(context: RegionContext, node: Call, shapeOf: ShapeOf): Question | null {
  const { file } = context;
  const [generator] = node.args;
  if (node.func.kind !== "Name" || generator?.kind !== "GeneratorExp") return null;
  if (!["any", "all"].includes(node.func.id) || !isBuiltin(context, node.func)) return null;
  const isNone = node.func.id === "all";
  const [only] = generator.generators;
  if (generator.generators.length !== 1 || !only || only.ifs.length > 0 || only.is_async) return null;
  const asked = askedOf(context, only, generator, generator.elt, shapeOf, isNone ? "NotEq" : "Eq");
  if (!asked) return null;
  const around = parentMap(file).get(node);
  const negated = around?.kind === "UnaryOp" && around.op === "Not" ? around : null;
  const whole = negated ?? node;
  const simple = ["If", "While", "Assign", "Return", "BoolOp", "IfExp", "Assert", "comprehension"];
  const parent = parentMap(file).get(whole);
  const ask = (name: string) => {
    const text = `${asked.probeText} ${(negated === null) === isNone ? "not in" : "in"} ${name}`;
    return {
      start: whole.start,
      end: whole.end,
      text: parent && simple.includes(parent.kind) ? text : `(${text})`,
    };
  };
  return { ...asked, list: only.iter, asks: "whether", byEquality: true, ask };
}

/** `found = False`, then `for item in items:` with `if item.key == x: found = True` and perhaps `break`. */
function flagLoop(context: RegionContext, loop: For, shapeOf: ShapeOf): Question | null {
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
  const asked = askedOf(context, loop, loop, test.test, shapeOf, "Eq");
  if (!asked || mentionsName(test.test, name)) return null;
  if (isReadOutside(context, loop, loop.target)) return null;
  if (file.comments.some((comment) => comment.start > clear.start && comment.end <= loop.end)) return null;
  const ask = (set: string) => ({
    start: clear.start,
    end: loop.end,
    text: `${name} = ${asked.probeText} in ${set}`,
  });
  return { ...asked, list: loop.iter, asks: "whether", byEquality: true, ask };
}

/** What a test asks of every item of a list: its key, and the value that this is compared with. */
function askedOf(
  context: RegionContext,
  { target, iter }: { target: expr; iter: expr },
  search: Node,
  test: expr,
  shapeOf: ShapeOf,
  op: "Eq" | "NotEq",
): { key: KeyOfItem | null; probe: Shape; probeText: string } | null {
  const rows = target.kind === "Name" ? rowsAt(context, target, iter) : null;
  if (!rows || rows.iter !== rows.items) return null;
  const joined = test.kind === "BoolOp" && test.op === (op === "Eq" ? "And" : "Or");
  const found: Equality[] = [];
  for (const one of joined ? test.values : [test]) {
    const equalities = equalitiesOf(context, one, rows.roots, shapeOf, op);
    if (!equalities) return null;
    found.push(...equalities);
  }
  if (found.some(({ probeNode }) => probeObstacle(context, probeNode, search) !== null)) return null;
  const key = joinKeys(found.map((one) => one.key));
  const shapes = found.map(({ probeShape }) => probeShape);
  const text = (item: string) => tupleText(key.texts((() => item) as Rename));
  const isItem = text("_") === "_";
  return {
    key: isItem ? null : { key, item: rows.header(String), text, node: search, target },
    probe: shapes.length === 1 ? shapes[0]! : of("tuple", { positions: shapes }),
    probeText: tupleText(found.map(({ probe }) => probe)),
  };
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
