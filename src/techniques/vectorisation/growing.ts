// Arrays that grow in a loop, copied whole each time: their parts are kept in a list and joined once.

import type { expr, For, Node, stmt, While } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { beginsLine } from "../../source/layout.ts";
import { dottedName } from "../../source/meaning.ts";
import { freshName } from "../../source/names.ts";
import { scopesOf } from "../../source/scopes.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { Change } from "./hoisting.ts";
import { indentOf } from "./layout.ts";

/** `a = np.append(a, part)` and the like: what grows, by which part, and how parts are joined. */
interface Growth {
  name: string;
  part: expr;
  node: Extract<stmt, { kind: "Assign" }>;
  /** How the parts of the list are joined to the array. */
  join: (array: string, parts: string) => string;
}

/** The changes that join once, for the arrays that grow in `loop`. */
export function joinOnce(
  file: SourceFile,
  loop: For | While,
  taken: Set<string>,
  /** Statements that grow an array that is joined after a loop further out. */
  done: Set<Node>,
): { changes: Change[]; refusals: { start: number; reason: string }[] } {
  const refusals: { start: number; reason: string }[] = [];
  const changes: Change[] = [];
  const found: Growth[] = [];
  walk(loop, (node) => {
    if (node !== loop && (node.kind === "FunctionDef" || node.kind === "Lambda")) return false;
    if (node.kind === "Assign" && !done.has(node)) found.push(...growthOf(file, node));
    return true;
  });
  if (loop.orelse.length > 0 || !beginsLine(file, loop)) return { changes, refusals };
  for (const growth of found) {
    const { name, node, part } = growth;
    const obstacle = obstacleTo(file, loop, growth, found);
    if (obstacle) {
      refusals.push({ start: node.start, reason: obstacle });
      continue;
    }
    const parts = freshName(file, `${name}_parts`, taken);
    taken.add(parts);
    done.add(node);
    const indent = indentOf(file, loop);
    const { newline } = file;
    changes.push(
      { start: loop.start, end: loop.start, text: `${parts} = []${newline}${indent}` },
      { start: node.start, end: node.end, text: `${parts}.append(${sourceText(file, part)})` },
      {
        start: loop.end,
        end: loop.end,
        text: `${newline}${indent}if ${parts}:${newline}${indent}    ${name} = ${growth.join(name, parts)}`,
      },
    );
  }
  return { changes, refusals };
}

function growthOf(file: SourceFile, node: Extract<stmt, { kind: "Assign" }>): Growth[] {
  const [target] = node.targets;
  const call = node.value;
  if (node.targets.length !== 1 || target!.kind !== "Name" || call.kind !== "Call") return [];
  const name = target!.id;
  const called = dottedName(file, call.func);
  const text = sourceText(file, call.func);
  const is = (one: expr | undefined) => one?.kind === "Name" && one.id === name;
  const [first, second] = call.args;
  if (called === "numpy.append" && call.args.length === 2 && is(first) && call.keywords.length === 0)
    return [
      { name, part: second!, node, join: (array, parts) => appended(file, text, second!, array, parts) },
    ];
  if (!joins.has(called ?? "") || call.args.length !== 1 || call.keywords.length > 0) return [];
  const items = first!.kind === "Tuple" || first!.kind === "List" ? first!.elts : [];
  if (items.length !== 2 || !is(items[0])) return [];
  return [{ name, part: items[1]!, node, join: (array, parts) => `${text}((${array}, *${parts}))` }];
}

/** Numbers side by side are flat already; `append` flattens everything else. */
function appended(file: SourceFile, append: string, part: expr, array: string, parts: string): string {
  if (isNumber(file, part)) return `${append}(${array}, ${parts})`;
  const numpy = append.slice(0, append.lastIndexOf("."));
  return `${append}(${array}, ${numpy}.concatenate([${numpy}.ravel(part) for part in ${parts}]))`;
}

const joins: ReadonlySet<string> = new Set(["numpy.concatenate", "numpy.vstack", "numpy.hstack"]);

/** Why the parts cannot wait until the loop has ended; null when they can. */
function obstacleTo(
  file: SourceFile,
  loop: For | While,
  growth: Growth,
  all: readonly Growth[],
): string | null {
  const { name, node, part } = growth;
  const variable = scopesOf(file).variable(node.targets[0]!);
  const scope = scopesOf(file).around(loop);
  if (!variable || variable.scope !== scope) return `\`${name}\` belongs to code around`;
  if (all.filter((other) => other.name === name).length > 1) return `\`${name}\` grows in several places`;
  let uses = 0;
  let leaves = false;
  walk(loop, (one) => {
    if (scopesOf(file).variable(one) === variable) uses++;
    if (one.kind === "Return" || one.kind === "Raise" || one.kind === "Yield" || one.kind === "Try")
      leaves = true;
  });
  if (
    !isNumber(file, part) &&
    node.value.kind === "Call" &&
    node.value.func.kind === "Name" &&
    node.value.args.length === 2
  )
    return `it is not known that each part of \`${name}\` is one number`;
  if (isUnbounded(file, part)) return `a part of \`${name}\` may be an integer that no array holds`;
  if (uses > 2) return `\`${name}\` is read in the loop while it grows`;
  if (leaves && variable.scope.kind === "module") return `the loop may end before \`${name}\` is joined`;
  if (!isFresh(file, part, loop)) return `a part of \`${name}\` may change before it is joined`;
  return null;
}

/** The value is made anew in each iteration and nothing changes it afterwards. */
function isFresh(file: SourceFile, part: expr, loop: Node): boolean {
  switch (part.kind) {
    case "Constant":
    case "BinOp":
    case "UnaryOp":
    case "Compare":
      return true;
    case "List":
    case "Tuple":
      return part.elts.every((one) => isFresh(file, one, loop));
    case "Call": {
      const called = dottedName(file, part.func);
      return called !== null && (/^(math|numpy\.random)\./.test(called) || makers.has(called));
    }
    case "Name": {
      const variable = scopesOf(file).variable(part);
      let fresh = variable !== undefined;
      let bound = 0;
      walk(loop, (one) => {
        if (
          one.kind === "Assign" &&
          one.targets.length === 1 &&
          one.targets[0]!.kind === "Name" &&
          scopesOf(file).variable(one.targets[0]!) === variable
        ) {
          bound++;
          if (one.value.kind === "Name" || !isFresh(file, one.value, loop)) fresh = false;
        }
        if (one.kind === "AugAssign" && baseOf(one.target) === part.id) fresh = false;
        if (one.kind === "Subscript" && one.ctx !== "Load" && baseOf(one) === part.id) fresh = false;
      });
      return fresh && bound > 0;
    }
    default:
      return false;
  }
}

function baseOf(node: expr): string | null {
  let at = node;
  while (at.kind === "Subscript" || at.kind === "Attribute") at = at.value;
  return at.kind === "Name" ? at.id : null;
}

const makers: ReadonlySet<string> = new Set([
  ...["float", "int", "abs", "sum", "len", "round", "min", "max"],
  ...[
    "array",
    "zeros",
    "ones",
    "full",
    "arange",
    "linspace",
    "sqrt",
    "exp",
    "log",
    "sin",
    "cos",
    "mean",
    "sum",
    "dot",
  ].map((name) => `numpy.${name}`),
]);

/** Whether integers are made of floats, however large these are: among them, what follows becomes an array of objects. */
function isUnbounded(file: SourceFile, part: expr): boolean {
  let found = false;
  walk(part, (one) => {
    if (one.kind === "Call") found ||= integers.has(dottedName(file, one.func) ?? "");
  });
  return found;
}

const integers: ReadonlySet<string> = new Set([
  "int",
  "round",
  ...["floor", "ceil", "trunc", "factorial", "comb", "perm", "prod"].map((name) => `math.${name}`),
]);

/** A single number for certain, so that several of them in a list are a flat array. */
function isNumber(file: SourceFile, part: expr): boolean {
  if (part.kind === "Constant") return ["int", "float", "bool", "complex"].includes(part.value.type);
  if (part.kind === "Call") {
    const called = dottedName(file, part.func) ?? "";
    return /^math\./.test(called) || ["float", "int", "len", "round"].includes(called);
  }
  return false;
}
