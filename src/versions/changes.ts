// What changed between two versions, as pieces that can be judged one by one.
//
// A function that both versions have is judged by itself. Where something changed that has no counterpart (a helper that
// came or went, a constant, an import, a signature), what reads it is judged: functions by replaying them, code outside of
// functions by whole runs.

import { findClasses, findFunctions } from "./definition-changes.ts";
import { docstring } from "./dump.ts";
import { addMove, movesBetween } from "./moved.ts";
import { PairChanges } from "./pair-changes.ts";
import type { Changes, FilePair, Piece } from "./pieces.ts";
import { findStatements } from "./statement-changes.ts";

export function changesBetween(pairs: readonly FilePair[]): Changes {
  const changes: Changes = { pieces: [], docstrings: [], added: [] };
  const all = pairs.map((pair) => new PairChanges(pair));
  const moves = movesBetween(all);
  moves.forEach(addMove);
  for (const one of all) {
    one.moves = moves;
    find(one);
  }
  // What another of the changed files reads of a module is found by its name.
  for (const one of all)
    for (const [name, why] of one.outward)
      for (const other of all) if (other !== one) other.readersChange(name, why, "elsewhere");
  for (const one of all) {
    changes.pieces.push(...one.pieces());
    changes.docstrings.push(...one.docstrings);
    changes.added.push(...one.added);
  }
  return changes;
}

/**
 * A function of OLD as a piece, whether it changed or not: found by its name and the line of its `def` or first decorator.
 * Null where NEW has none that may be called in the same way.
 */
export function pieceAt(pair: FilePair, name: string, line: number): Piece | null {
  if (pair.old === null || pair.new === null) return null;
  const changes = new PairChanges(pair);
  find(changes);
  for (const { key, node } of changes.before.has.functions.values()) {
    const first = Math.min(node.lineno, ...node.decorator_list.map(({ lineno }) => lineno));
    if (node.name !== name || first !== line || !changes.addFunction(key, "it calls what changed")) continue;
    const start = node.lineno;
    return changes.pieces().find((piece) => piece.old?.kind === "function" && piece.line === start) ?? null;
  }
  return null;
}

function find(changes: PairChanges): void {
  const { old, new: fresh, shown } = changes.pair;
  if (old === null || fresh === null) {
    if (old === null) changes.added.push(shown);
    else if (!livesOn(changes)) changes.add({ kind: "unpaired", place: "", because: "the file is gone" });
    return;
  }
  findFunctions(changes);
  findClasses(changes);
  findStatements(changes);
  if (changes.found.size === 0 && docstring(old.tree) !== docstring(fresh.tree))
    changes.docstrings.push(shown);
}

/** Whether all that a file had lives on elsewhere: its functions have moved, and there was nothing but imports beside them. */
function livesOn(changes: PairChanges): boolean {
  const { functions, classes, statements } = changes.old!.has;
  const moved = new Set(changes.moves.filter(({ from }) => from === changes).map(({ one }) => one.key));
  const own = [...functions.values()].filter(({ around }) => around === null);
  const all = own.length > 0 && own.every(({ key }) => moved.has(key));
  return all && classes.size === 0 && statements.every(({ isImport }) => isImport);
}
