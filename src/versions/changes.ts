// What changed between two versions, as pieces that can be judged one by one.
//
// A function that both versions have is judged by itself. Where something changed that has no counterpart (a helper that
// came or went, a constant, an import, a signature), what reads it is judged: functions by replaying them, code outside of
// functions by whole runs.

import { findClasses, findFunctions } from "./definition-changes.ts";
import { docstring } from "./dump.ts";
import { PairChanges } from "./pair-changes.ts";
import type { Changes, FilePair } from "./pieces.ts";
import { findStatements } from "./statement-changes.ts";

export function changesBetween(pairs: readonly FilePair[]): Changes {
  const changes: Changes = { pieces: [], docstrings: [], added: [] };
  const all = pairs.map((pair) => new PairChanges(pair));
  for (const one of all) find(one);
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

function find(changes: PairChanges): void {
  const { old, new: fresh, shown } = changes.pair;
  if (old === null || fresh === null) {
    if (old === null) changes.added.push(shown);
    else changes.add({ kind: "unpaired", place: "", because: "the file is gone" });
    return;
  }
  findFunctions(changes);
  findClasses(changes);
  findStatements(changes);
  if (changes.found.size === 0 && docstring(old.tree) !== docstring(fresh.tree))
    changes.docstrings.push(shown);
}
