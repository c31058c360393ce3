// A call that agrees only on well-formed input, behind the fewest conditions that make it agree always.

import { type Condition, conditionsOf, isFiniteness } from "./guards.ts";
import type { Tried } from "./index.ts";
import { type Match, withConditions } from "./match.ts";

/** Most matches worth the inputs that conditions are tried on. */
const MOST_GUARDED = 4;
/** Most of those for which conditions are left out one by one. */
const MOST_WEAKENED = 2;

/** Nearest first what agrees behind conditions, each with as few as will do. */
export async function guarded(
  near: readonly Tried[],
  screen: (matches: readonly Match[]) => Promise<Tried[]>,
): Promise<Tried[]> {
  const sets = new Map<Match, { match: Match; conditions: readonly Condition[] }>();
  const behind = (match: Match, conditions: readonly Condition[]): Match => {
    const made = withConditions(match, conditions);
    sets.set(made, { match, conditions });
    return made;
  };
  const plain = near.filter(({ match }) => !match.target.inPlace).slice(0, MOST_GUARDED);
  const full = plain.flatMap(({ match }) =>
    alternatives(conditionsOf(match)).map((set) => behind(match, set)),
  );
  const holding = (await screen(full)).filter(({ screening }) => screening.agrees);
  // One of each weight of timing is enough: the nearest, and what is faster than it.
  const chosen = holding.filter(({ screening }, at) =>
    holding.slice(0, at).every((other) => screening.seconds! * 2 < other.screening.seconds!),
  );
  return Promise.all(
    chosen.slice(0, MOST_WEAKENED).map(async (tried) => {
      const { match, conditions } = sets.get(tried.match)!;
      const less = (dropped: readonly Condition[]) =>
        behind(
          match,
          conditions.filter((one) => !dropped.includes(one)),
        );
      const without = await screen(conditions.map((one) => less([one])));
      const needless = conditions.filter((_one, at) => without[at]!.screening.agrees);
      const fewer = await screen(needless.map((_one, at) => less(needless.slice(at))));
      return fewer.find(({ screening }) => screening.agrees) ?? tried;
    }),
  );
}

/** The sets of conditions to try: those on two matrices exclude each other, and finite numbers may be too much to ask. */
function alternatives(conditions: readonly Condition[]): (readonly Condition[])[] {
  // Equal widths for distances, inner lengths for products.
  const exclusive = conditions.filter(({ text }) => /^len\(\w+\[0\]\) == len\(\w+(\[0\])?\)$/.test(text));
  const sets =
    exclusive.length < 2
      ? [conditions]
      : exclusive.map((one) => conditions.filter((other) => other === one || !exclusive.includes(other)));
  const looser = conditions.some(isFiniteness)
    ? sets.map((set) => set.filter((one) => !isFiniteness(one)))
    : [];
  return [...sets, ...looser].filter((set) => set.length > 0);
}
