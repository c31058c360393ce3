// Functions that one version has under another name, or in another file: found by what they are called and by their code.

import type { Region } from "../schemas/index.ts";
import type { Definition } from "./definitions.ts";
import { type PairChanges, regionOf, type Side } from "./pair-changes.ts";
import { renamedParameters } from "./signature.ts";

export interface Move {
  from: PairChanges;
  one: Definition;
  to: PairChanges;
  other: Definition;
  /** How much of the code is the same, 0 to 1. */
  alike: number;
}

/** How alike two functions must be: with the same name in another file, or with another name. */
const leastAlike = { sameName: 0.4, otherName: 0.75 };
/** How much more alike than any other that both could be paired with. */
const margin = 0.05;

/** Pair what is gone with what is new. Where more than one would do, nothing is paired. */
export function movesBetween(all: readonly PairChanges[]): Move[] {
  const gone = all.flatMap((from) => apart(from, "old").map((one) => ({ from, one })));
  const fresh = all.flatMap((to) => apart(to, "new").map((other) => ({ to, other })));
  const possible = gone.flatMap((left) =>
    fresh.flatMap((right): Move[] => {
      const alike = likeness(left, right);
      return alike === null ? [] : [{ ...left, ...right, alike }];
    }),
  );
  return possible.filter((move) =>
    possible.every(
      (other) =>
        other === move ||
        (other.one !== move.one && other.other !== move.other) ||
        rank(other) + margin <= rank(move),
    ),
  );
}

/** The same name says more than any likeness of code. */
const rank = ({ one, other, alike }: Move): number => alike + Number(one.node.name === other.node.name);

/** Functions of one side without a counterpart in the file's other version; nested ones belong to what is around them. */
function apart(changes: PairChanges, side: "old" | "new"): Definition[] {
  const [mine, theirs] = side === "old" ? [changes.old, changes.new] : [changes.new, changes.old];
  if (mine === null) return [];
  return [...mine.has.functions.values()].filter(
    ({ key, around, node }) =>
      around === null && !theirs?.has.functions.has(key) && !/^__\w+__$/.test(node.name),
  );
}

function likeness(
  { from, one }: Pick<Move, "from" | "one">,
  { to, other }: Pick<Move, "to" | "other">,
): number | null {
  // A method belongs to its class, which stays where it is.
  if (one.owner !== other.owner || (one.owner !== null && from !== to)) return null;
  if (renamedParameters(one.node as never, other.node as never) === null) return null;
  const alike = shareInCommon(partsOf(one), partsOf(other));
  const least = one.node.name === other.node.name ? leastAlike.sameName : leastAlike.otherName;
  return alike >= least ? alike : null;
}

/** The nodes of a function's code with their fields, its own name left out. */
const partsOf = ({ code, node }: Definition): string[] =>
  code
    .replaceAll(JSON.stringify(node.name), '"@"')
    .split(/(?=[A-Z]\w* \w+=)|;/)
    .filter(Boolean);

/** Twice what two bags have in common, of all that they hold. */
function shareInCommon(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const part of one) left.set(part, (left.get(part) ?? 0) + 1);
  let common = 0;
  for (const part of other) {
    const count = left.get(part) ?? 0;
    if (count === 0) continue;
    left.set(part, count - 1);
    common++;
  }
  return (2 * common) / Math.max(1, one.length + other.length);
}

/** What unchanged users of a moved function are judged with: it is enough that it is exercised itself. */
export const groupOf = ({ from, one }: Pick<Move, "from" | "one">): string =>
  `move of ${one.key} of ${from.pair.shown}`;

/** The move that an import of `name` follows: `module` is the one that it names. */
export const moveFollowed = (moves: readonly Move[], module: string | null, name: string): Move | undefined =>
  moves.find(
    ({ from, one, to, other }) =>
      from !== to &&
      one.owner === null &&
      [one.node.name, other.node.name].includes(name) &&
      [from, to].some(({ pair }) => moduleName(pair.shown) === module?.split(".").at(-1)),
  );

const moduleName = (shown: string): string =>
  shown
    .replace(/(\/__init__)?\.py$/, "")
    .split("/")
    .at(-1)!;

/** Judge a function that moved as the same function, each version with what its own module holds. */
export function addMove({ from, one, to, other }: Move): void {
  const [old, fresh] = [from.old!, to.new!];
  const [region, newRegion] = [regionOf(old.file, one), regionOf(fresh.file, other)];
  const [held, nowHeld] = [dataOf(old, region), dataOf(fresh, newRegion)];
  const both = [...held.keys()].filter((name) => nowHeld.has(name));
  // What calls could change in place is compared after them; so it must be there in both versions.
  const observed = both.filter((name) => !(held.get(name) && nowHeld.get(name)));
  const apart = [...held, ...nowHeld].filter(([name]) => !both.includes(name));
  const state =
    [...held.keys()].find((name) => old.readers.changes(name)) ??
    [...nowHeld.keys()].find((name) => fresh.readers.changes(name)) ??
    apart.find(([, isConstant]) => !isConstant)?.[0];
  const renamed = renamedParameters(one.node as never, other.node as never)!;
  const where =
    from === to
      ? `it is called ${other.qualname} now`
      : `it moved to ${to.pair.shown}${one.qualname === other.qualname ? "" : ` as ${other.qualname}`}`;
  const own = [...new Set([...held.keys(), ...nowHeld.keys()])];
  const place = {
    line: one.node.lineno,
    endLine: one.node.endLineno,
    newLine: other.node.lineno,
    newEndLine: other.node.endLineno,
  };
  from.add({
    kind: "function",
    key: one.key,
    place: one.qualname,
    because: state === undefined ? where : `${where}, with state (${state}) that the two versions keep apart`,
    pair: { path: from.pair.path, shown: from.pair.shown, old: from.pair.old, new: to.pair.new },
    old: state === undefined ? region : null,
    replayed: state === undefined ? { ...region, rebound: [], own, observed } : null,
    new: { ...newRegion, renamed, own, observed },
    leads: groupOf({ from, one }),
    assumptions: [`whatever else used ${one.qualname} of ${from.pair.shown} finds it in its new place.`],
    ...place,
  });
}

/** Data of the module that a region reaches, and whether it is plainly constant. */
function dataOf({ has }: Side, region: Region): Map<string, boolean> {
  const reached = new Set(region.globals);
  const data = new Map<string, boolean>();
  for (const { binds, isImport, code } of has.statements)
    for (const name of binds) if (!isImport && reached.has(name)) data.set(name, !mutable.test(code));
  return data;
}

/** What a value is made of that may change, as the code of a statement names it. */
const mutable = /\b(List|Dict|Set|ListComp|DictComp|SetComp|GeneratorExp|Call|For|While|With)\b/;
