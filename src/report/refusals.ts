// What was refused or left alone, for a screen with little room: one sentence per reason, the one that matters most first.

import { formatRatio } from "./format.ts";
import type { DeclinedView, RewriteView } from "./model.ts";

/** One reason with all that it holds for. */
export interface Refusals<View> {
  /** Those of one technique together, in the order given. */
  groups: { title: string; views: View[] }[];
  reason: string;
}

/** Rewrites that were refused, by reason: what only lacks time, or a little speed, before what is wrong or was outdone. */
export function refusedByReason(views: readonly RewriteView[]): Refusals<RewriteView>[] {
  const found = byReason(views, (view) => {
    const ratio = view.proof?.region?.ratio;
    return (ratio ? `${formatRatio(ratio.estimate)}, ` : "") + view.reason.replace(budgetAdvice, "");
  });
  return found
    .map(({ groups, reason }) => {
      const all = groups.flatMap(({ views }) => views);
      const advice = all.map((view) => Number(budgetAdvice.exec(view.reason)?.[1] ?? 0));
      const most = Math.max(...advice);
      const text = most > 0 ? `${reason}; run again with --budget ${most}` : reason;
      return { groups, reason: text, weight: Math.max(...all.map(weight)) };
    })
    .sort((a, b) => b.weight - a.weight)
    .map(({ groups, reason }) => ({ groups, reason }));
}

/** Places left alone, by reason; of each technique one before the second of any, so that none crowds out the others. */
export function declinedByReason(views: readonly DeclinedView[]): Refusals<DeclinedView>[] {
  const seen = new Map<string, number>();
  return byReason(views, ({ reason }) => reason)
    .map((one) => {
      const title = one.groups[0]!.title;
      const turn = seen.get(title) ?? 0;
      seen.set(title, turn + 1);
      return { one, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ one }) => one);
}

/** The end of a refusal for lack of time: the budget that would decide. */
const budgetAdvice = /; run again with --budget (\d+)$/;

function byReason<View extends { title: string }>(
  views: readonly View[],
  reasonOf: (view: View) => string,
): Refusals<View>[] {
  const found = new Map<string, Refusals<View>>();
  for (const view of views) {
    const reason = reasonOf(view);
    const one = found.get(reason) ?? { groups: [], reason };
    found.set(reason, one);
    const group = one.groups.find(({ title }) => title === view.title);
    if (group) group.views.push(view);
    else one.groups.push({ title: view.title, views: [view] });
  }
  return [...found.values()];
}

/** How much a refusal tells whoever wants the program faster. */
function weight({ proof, reason }: RewriteView): number {
  if (budgetAdvice.test(reason)) return proof?.equivalence.verdict === "same" ? 5 : 4;
  if (proof?.equivalence.verdict === "same") return proof.region ? 3 : 1;
  return proof?.equivalence.verdict === "different" ? 2 : 0;
}
