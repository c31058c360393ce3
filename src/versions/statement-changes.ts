// Statements of the module that changed, hunk by hunk: loops in their place, names that they bind, imports.

import { diffArrays } from "diff";
import type { Region } from "../schemas/index.ts";
import type { stmt } from "../source/ast.generated.ts";
import type { SourceFile } from "../source/file.ts";
import { regionsOf, spanOf } from "../source/regions.ts";
import { walk } from "../source/walk.ts";
import type { Statement } from "./definitions.ts";
import { groupOf, moveFollowed } from "./moved.ts";
import type { PairChanges } from "./pair-changes.ts";
import type { Readers } from "./readers.ts";

export function findStatements(changes: PairChanges): void {
  const [old, fresh] = [changes.before.has.statements, changes.after.has.statements];
  const parts = diffArrays(
    old.map(({ code }) => code),
    fresh.map(({ code }) => code),
  );
  let [i, j] = [0, 0];
  let hunk: { removed: Statement[]; added: Statement[] } = { removed: [], added: [] };
  const end = () => {
    for (const [removed, added] of apart(hunk.removed, hunk.added)) findInHunk(changes, removed, added);
    hunk = { removed: [], added: [] };
  };
  for (const { added, removed, value } of parts) {
    if (removed) hunk.removed.push(...old.slice(i, i + value.length));
    else if (added) hunk.added.push(...fresh.slice(j, j + value.length));
    else end();
    if (!added) i += value.length;
    if (!removed) j += value.length;
  }
  end();
}

function findInHunk(changes: PairChanges, removed: readonly Statement[], added: readonly Statement[]): void {
  const loop = addLoop(changes, removed, added);
  const statements = [...removed, ...added];
  // An import that only moved changes nothing but the order in which modules are loaded.
  const codes = [
    new Set(changes.before.has.statements.map((s) => s.code)),
    new Set(changes.after.has.statements.map((s) => s.code)),
  ];
  for (const one of statements) {
    if (one.isImport && codes.every((has) => has.has(one.code))) continue;
    let judged = false;
    for (const name of one.binds) {
      const constant = !changes.sides.some(({ readers }) => readers.changes(name));
      if (!one.isImport) (constant ? changes.own : changes.states).add(name);
      const module = one.node.kind === "ImportFrom" ? one.node.module : null;
      const move = one.isImport ? moveFollowed(changes.moves, module, name) : undefined;
      const why = move ? `it uses ${name}, which moved` : `it reads ${name}, which changed`;
      const from = loop ? "functions" : "here";
      if (changes.readersChange(name, why, from, !one.isImport && !constant, move && groupOf(move)))
        judged = true;
      changes.outward.set(name, why);
    }
    if (!loop && (one.isImport ? !judged && !isUnread(one, changes.sides) : !judged || !isPlain(one.node)))
      addModule(changes, removed, added);
  }
}

/**
 * A loop at module level in whose place other statements stand. Plain assignments right before it belong to it: what they
 * set up (`total = 0`) is no input that could be another.
 */
function addLoop(changes: PairChanges, removed: readonly Statement[], added: readonly Statement[]): boolean {
  const loop = removed.at(-1);
  const [first] = added;
  if (!loop || !first || (loop.node.kind !== "For" && loop.node.kind !== "While")) return false;
  if (
    !removed.slice(0, -1).every(({ node }) => isPlain(node) && !readsNames(node)) ||
    added.some((s) => s.isImport)
  )
    return false;
  const old = plainBefore(changes.before.file, removed[0]!.node);
  const fresh = plainBefore(changes.after.file, first.node);
  const shared = Math.min(old.length, fresh.length);
  const setup = [...old.slice(old.length - shared), ...removed.slice(0, -1).map(({ node }) => node)];
  const rebound = setup.flatMap((node) => bindsOf(changes, node));
  if (added.some((s) => s.binds.some((name) => ![...loop.binds, ...rebound].includes(name)))) return false;
  const region = regionsOf(changes.before.file).find(
    ({ kind, span }) => kind === "loop" && span.start === loop.node.start,
  );
  if (!region || region.notReplayable !== null) return false;
  const around = (from: stmt, to: stmt, span: Region["span"]) => {
    const { endLine, endColumn, end } = spanOf(to);
    return { ...span, ...spanOf(from), endLine, endColumn, end };
  };
  const liveOut = [...new Set([...region.liveOut, ...rebound])].sort();
  changes.add({
    kind: "loop",
    place: "",
    because: "its code changed",
    old: region,
    replayed: {
      ...region,
      liveOut,
      rebound,
      own: [],
      span: around(setup[0] ?? loop.node, loop.node, region.span),
    },
    new: {
      ...region,
      liveOut,
      renamed: {},
      own: [],
      span: around(fresh[fresh.length - shared] ?? first.node, added.at(-1)!.node, region.span),
    },
    newLine: first.node.lineno,
    newEndLine: added.at(-1)!.node.endLineno,
  });
  return true;
}

function bindsOf(changes: PairChanges, node: stmt): string[] {
  return changes.before.has.statements.find((one) => one.node === node)?.binds ?? [];
}

function addModule(changes: PairChanges, removed: readonly Statement[], added: readonly Statement[]): void {
  const lines = (statements: readonly Statement[]) =>
    statements.length === 0
      ? ([null, null] as const)
      : ([statements[0]!.node.lineno, statements.at(-1)!.node.endLineno] as const);
  const [line, endLine] = lines(removed);
  const [newLine, newEndLine] = lines(added);
  changes.add({ kind: "module", place: "", because: "its code changed", line, endLine, newLine, newEndLine });
}

/** An import of a name that neither version reads. */
const isUnread = ({ binds }: Statement, sides: readonly { readers: Readers }[]): boolean =>
  binds.every((name) => name !== "*" && sides.every(({ readers }) => readers.ofName(name).size === 0));

type Hunk = [removed: readonly Statement[], added: readonly Statement[]];

/** The statements of a hunk in runs without a definition between them, paired where both sides have as many. */
function apart(removed: readonly Statement[], added: readonly Statement[]): Hunk[] {
  const runs = (statements: readonly Statement[]) =>
    statements.reduce<Statement[][]>((all, one) => {
      const last = all.at(-1)?.at(-1);
      if (last !== undefined && last.index + 1 >= one.index) all.at(-1)!.push(one);
      else all.push([one]);
      return all;
    }, []);
  const [old, fresh] = [runs(removed), runs(added)];
  if (removed.length + added.length === 0) return [];
  return old.length === fresh.length ? old.map((run, i): Hunk => [run, fresh[i]!]) : [[removed, added]];
}

/** The plain assignments that stand right before a statement of the module, in order. */
function plainBefore(file: SourceFile, node: stmt): stmt[] {
  const { body } = file.tree;
  const at = body.indexOf(node);
  let from = at;
  while (from > 0 && isPlain(body[from - 1]!) && !readsNames(body[from - 1]!)) from--;
  return body.slice(from, at);
}

const readsNames = (node: stmt): boolean => {
  let reads = false;
  walk(node, (part) => {
    if (part.kind === "Name" && part.ctx === "Load" && !constructors.test(part.id)) reads = true;
  });
  return reads;
};

const constructors =
  /^(set|frozenset|tuple|list|dict|range|bytes|bytearray|object|compile|Decimal|Fraction)$/;

/** An assignment whose value is put together without running code of the program. */
function isPlain(node: stmt): boolean {
  if (node.kind !== "Assign" && node.kind !== "AnnAssign") return false;
  const targets = node.kind === "Assign" ? node.targets : [node.target];
  if (!node.value || targets.some(({ kind }) => kind !== "Name")) return false;
  let plain = true;
  walk(node.value, (part) => {
    if (part.kind !== "Call") return;
    const { func } = part;
    const name = func.kind === "Name" ? func.id : func.kind === "Attribute" ? func.attr : "";
    if (!constructors.test(name)) plain = false;
  });
  return plain;
}
