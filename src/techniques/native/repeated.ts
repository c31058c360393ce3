// The same linear algebra twice in one block, of values that do not change in between: done once.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, Node, stmt } from "../../source/ast.generated.ts";
import { beginsLine, blockOf, lineBefore, statementOf } from "../../source/layout.ts";
import { dottedName } from "../../source/meaning.ts";
import { isEditable, walk } from "../../source/walk.ts";
import type { Draft, Found } from "./draft.ts";
import { brief } from "./product-order.ts";
import { isOnlyRead } from "./reads.ts";
import { isSteady } from "./steady.ts";
import { additions, type Subject } from "./subject.ts";

type Call = Extract<expr, { kind: "Call" }>;

export function findRepeated(subject: Subject): Found[] {
  const byText = new Map<string, Call[]>();
  walk(subject.region, (node) => {
    if (node.kind !== "Call" || !isEditable(subject.file, node)) return true;
    const name = dottedName(subject.file, node.func);
    if (!name || !/^(numpy|scipy)\.linalg\.(inv|pinv|det|cholesky|norm|solve|matrix_power)$/.test(name))
      return true;
    const text = subject.text(node);
    byText.set(text, [...(byText.get(text) ?? []), node]);
    return false;
  });
  return [...byText.values()].flatMap((calls) => (calls.length > 1 ? (once(subject, calls) ?? []) : []));
}

function once(subject: Subject, calls: readonly Call[]): Draft | null {
  const [first, ...others] = calls;
  const statement = statementOf(subject.file, first!);
  const block = blockOf(subject.file, statement);
  const last = others.at(-1)!;
  // Every turn that comes to one of them must have come to the first.
  const end = block.find((one) => one.start <= last.start && last.end <= one.end);
  if (!end || !beginsLine(subject.file, statement) || !isSimple(statement)) return null;
  if (!isAlwaysReached(subject, first!, statement)) return null;
  const stretch = block.slice(block.indexOf(statement), block.indexOf(end) + 1);
  const assumed = new Set<string>();
  if (!isSteady(subject, stretch, first!, assumed)) return null;
  const kept = calls.filter((call) => !isNumber(subject, call));
  if (!kept.every((call) => isOnlyRead(subject, call))) return null;
  const parent = subject.parents.get(first!);
  const target = parent?.kind === "Assign" && parent.targets.length === 1 ? parent.targets[0]! : null;
  // A name that it has already, which must still mean the same at the last place.
  const has = target?.kind === "Name" && isOnlyRead(subject, first!) && !isSelf(subject, others, parent!);
  const edits: TextEdit[] = [];
  let name: string;
  if (has) name = subject.text(target);
  else {
    const callee = dottedName(subject.file, first!.func)!.split(".").at(-1)!;
    const root = /[A-Za-z]\w*(?=\W*$)/.exec(subject.text(first!.args[0] ?? first!))?.[0] ?? "value";
    name = subject.valueBefore(statement, subject.text(first!), `${root}_${callee}`);
    edits.push(lineBefore(subject.file, statement, `${name} = ${subject.text(first!)}`));
    edits.push(subject.replacement(first!, name));
  }
  for (const call of others) edits.push(subject.replacement(call, name));
  return {
    ...additions(),
    edits,
    variant: "repeated",
    line: first!.lineno,
    summary: `Computes \`${brief(subject.text(first!))}\` once instead of ${calls.length} times`,
    assumptions: [...assumed],
    tolerance: null,
  };
}

function isNumber(subject: Subject, call: Call): boolean {
  const type = subject.type(call);
  return type?.is === "array" && type.sizes.length === 0;
}

/** Whether the statement cannot do without the call. */
function isAlwaysReached(subject: Subject, call: Call, statement: stmt): boolean {
  for (let at = subject.parents.get(call); at && at !== statement; at = subject.parents.get(at))
    if (/^(IfExp|BoolOp|Lambda|ListComp|SetComp|DictComp|GeneratorExp)$/.test(at.kind)) return false;
  return true;
}

const isSelf = (subject: Subject, others: readonly Call[], assignment: Node): boolean =>
  others.some((call) => subject.parents.get(call) === assignment);

const isSimple = (statement: stmt): boolean =>
  ["Assign", "AnnAssign", "AugAssign", "Expr", "Return"].includes(statement.kind);
