// How a loop or comprehension is written when it runs over the items found in an index only.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, For, If, ListComp, Node } from "../../source/ast.generated.ts";
import { beginsLine } from "../../source/layout.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap, useOf } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import type { Repeating } from "../analysis/loops.ts";
import type { RegionContext } from "../technique.ts";
import type { Equality } from "./equalities.ts";
import { isReadOutside } from "./key-changes.ts";
import type { Key } from "./keys.ts";
import type { Rows } from "./rows.ts";

/** `for item in items: if item.key == probe: …`, as a loop or in a comprehension. */
export interface Search {
  node: For | Extract<Node, { kind: "comprehension" }>;
  rows: Rows;
  targets: readonly Node[];
  /** The whole test, and which of the values joined in it ask for the key; of `if … != …: continue` too. */
  test: expr;
  asked: { from: number; to: number; of: readonly expr[] };
  isGuard: boolean;
  key: Key;
  equalities: readonly Equality[];
  loops: Repeating[];
}

/** The edits, given the text that gives the items found. */
type Use = (index: string) => TextEdit[];

/** How the search is written with an index; why it cannot be where it cannot. */
export function searchEdits(context: RegionContext, search: Search): Use | string {
  const { node, rows } = search;
  if (node.kind === "For") {
    const read = rows.targets.find((target) => isReadOutside(context, node, target));
    if (read) return `${read.id} is read after the loop that searches`;
  }
  if (rows.among !== null) return amongUse(context, search, rows.among);
  return node.kind === "For" ? loopUse(context, search, node) : comprehensionUse(context, search);
}

/** The loop runs over all matching items, and asks where it asked for the key whether they are among those meant. */
function amongUse(
  { file }: RegionContext,
  { node, rows, asked, isGuard, test }: Search,
  among: NonNullable<Rows["among"]>,
): Use | string {
  const scopes = scopesOf(file);
  let isBound = false;
  walk(node, (part) => {
    if (part.kind === "Name" && part.ctx !== "Load" && scopes.variable(part) === scopes.variable(among.name))
      isBound = true;
  });
  if (isGuard || isBound || !isEditable(file, test)) return "the loop does not begin with the first item";
  const { start, end } = rows.iter;
  const place = { start: asked.of[asked.from]!.start, end: asked.of[asked.to - 1]!.end };
  return (index) => [
    { start, end, text: index },
    { ...place, text: among.text },
  ];
}

/** The loop runs over the matching items only, and its test goes. */
function loopUse(context: RegionContext, search: Search, loop: For): Use | string {
  const { file } = context;
  const test = loop.body[0] as If;
  if (search.isGuard || !isAskedAlone(search)) return partUse(context, search, loop, test);
  if (loop.type_comment !== null || !beginsLine(file, test))
    return "the test of the loop does not stand on a line of its own";
  if (!isEditable(file, loop.iter)) return "the search stands in an f-string";
  const first = test.body[0]!;
  const firstLine = file.lineStarts[test.lineno - 1]!;
  const bodyLine = file.lineStarts[first.lineno - 1]!;
  if (first.lineno === test.lineno || loop.lineno === test.lineno)
    return "the test of the loop does not stand on a line of its own";
  if (/#/.test(file.text.slice(test.test.end, bodyLine)))
    return "a comment stands beside the test of the loop";
  const outer = file.text.slice(firstLine, test.start);
  const inner = file.text.slice(bodyLine, first.start);
  if (!inner.startsWith(outer)) return "the lines of the loop are indented unevenly";
  const edits: TextEdit[] = [{ start: firstLine, end: bodyLine, text: "" }];
  for (let line = first.lineno; line <= test.endLineno; line++) {
    const start = file.lineStarts[line - 1]!;
    const text = file.text.slice(start, file.lineStarts[line] ?? file.text.length);
    if (text.trim() === "") continue;
    if (!text.startsWith(inner) || isInString(context, start, first))
      return "the lines of the loop are indented unevenly";
    edits.push({ start, end: start + inner.length, text: outer });
  }
  const { start, end } = loop.iter;
  return (index) => [{ start, end, text: index }, ...edits.map((edit) => ({ ...edit }))];
}

/** The loop runs over the matching items only; the rest of its test, or of its body, stays where it is. */
function partUse(context: RegionContext, search: Search, loop: For, test: If): Use | string {
  const { file } = context;
  if (loop.type_comment !== null || !isEditable(file, loop.iter) || !beginsLine(file, test))
    return "the test of the loop does not stand on a line of its own";
  const removed = isAskedAlone(search) ? guardLines(context, test) : withoutAsked(context, search);
  if (removed === null) return "a comment or a bracket stands beside the test of the loop";
  const { start, end } = loop.iter;
  return (index) => [{ start, end, text: index }, { ...removed }];
}

const isAskedAlone = ({ asked: { from, to, of } }: Search) => from === 0 && to === of.length;

/** Takes the lines of `if item.key != probe: continue` away, where nothing else stands on them. */
function guardLines({ file }: RegionContext, guard: If): TextEdit | null {
  const start = file.lineStarts[guard.lineno - 1]!;
  const end = file.lineStarts[guard.endLineno] ?? file.text.length;
  return file.text.slice(start, end).includes("#") || file.text.slice(guard.end, end).trim() !== ""
    ? null
    : { start, end, text: "" };
}

/** Takes `item.key == probe and` out of a test. */
function withoutAsked({ file }: RegionContext, { asked: { from, to, of } }: Search): TextEdit | null {
  const first = from === 0 ? 0 : from - 1;
  const last = Math.min(to, of.length - 1);
  for (let i = first; i < last; i++)
    if (!/^\s*(and|or)\s+$/.test(file.text.slice(of[i]!.end, of[i + 1]!.start))) return null;
  return from === 0
    ? { start: of[0]!.start, end: of[to]!.start, text: "" }
    : { start: of[from - 1]!.end, end: of[to - 1]!.end, text: "" };
}

function isInString({ file }: RegionContext, offset: number, from: Node): boolean {
  let inside = false;
  const parent = parentMap(file).get(from)!;
  walk(parent, (node) => {
    if ((node.kind === "Constant" || node.kind === "JoinedStr") && node.start < offset && offset < node.end)
      inside = true;
  });
  return inside;
}

/** `for r in rows if r.key == k` → `for r in rows_by_key.get(k, ())`. */
function comprehensionUse(context: RegionContext, search: Search): Use | string {
  const { file } = context;
  const { test, rows } = search;
  if (!isEditable(file, test)) return "the search stands in an f-string";
  if (!isAskedAlone(search)) {
    const removed = withoutAsked(context, search);
    const { start, end } = rows.iter;
    return removed
      ? (index) => [{ start, end, text: index }, { ...removed }]
      : "a comment or a bracket stands beside the test";
  }
  const between = file.text.slice(rows.iter.end, test.start);
  if (!/^\s*if\s*\(?\s*$/.test(between)) return "a comment or a bracket stands beside the test";
  const closes = between.includes("(") ? /^\s*\)/.exec(file.text.slice(test.end))?.[0].length : 0;
  if (closes === undefined) return "a bracket stands beside the test";
  const copy = copyOf(context, search);
  if (copy)
    return (index) => [
      { start: copy.start, end: copy.end, text: isOnlyRead(context, copy) ? index : `list(${index})` },
    ];
  const { start } = rows.iter;
  return (index) => [{ start, end: test.end + closes, text: index }];
}

/** `[r for r in rows if …]`, which is nothing but the items found. */
function copyOf({ file }: RegionContext, { node, rows }: Search): ListComp | null {
  const whole = parentMap(file).get(node);
  if (whole?.kind !== "ListComp" || whole.generators.length > 1 || node.kind !== "comprehension") return null;
  const [target] = rows.targets;
  const isItem = whole.elt.kind === "Name" && rows.iter === rows.items && node.target === target;
  return isItem && sourceText(file, whole.elt) === target!.id && node.ifs.length === 1 ? whole : null;
}

/** Whether nobody keeps the list, so that it need not be one of its own. */
function isOnlyRead(context: RegionContext, copy: ListComp): boolean {
  const use = useOf(context.file, copy);
  const isLooked =
    use.kind === "argument" && ["len", "sum", "min", "max", "any", "all"].includes(use.callee ?? "");
  return isLooked || use.kind === "container";
}
