// The library technique: behaviour finds the function.

import type { Declined } from "../../schemas/rewrite.ts";
import { effectsOf } from "../../source/effects.ts";
import { regionNode } from "../../source/regions.ts";
import { walk } from "../../source/walk.ts";
import type { Proposals, RegionContext, Screening, Technique } from "../technique.ts";
import { catalogue } from "./catalogue.generated.ts";
import { functionName, packagesOf } from "./entry.ts";
import { guarded } from "./guarded.ts";
import { candidateOf, type Match, matchesOf } from "./match.ts";
import { TWISTED } from "./results.ts";
import { rewriteFor } from "./rewrite.ts";
import type { Shape } from "./shapes.ts";

/** A rewrite must be this much faster than the original on its largest recorded input to be worth a proof. */
const CLEARLY_FASTER = 1.2;
/** Most rewrites of one region handed to the proof. */
const MOST_REWRITES = 3;

const NOTHING: Proposals = { rewrites: [], declined: [] };

export const technique: Technique = {
  name: "library",
  title: "Library functions",
  packages: ["numpy", "scipy", "networkx"],
  regions: ["function", "loop"],
  async propose(context) {
    const { region, facts } = context;
    if (region.notReplayable !== null || facts.recorded === 0 || !isReplaceable(context)) return NOTHING;
    const matches = matchesOf(catalogue, {
      region,
      facts,
      source: context.file.text.slice(region.span.start, region.span.end),
      minor: context.python.version[1],
      available: (name) => context.available(name),
    });
    if (matches.length === 0) return NOTHING;
    const tried = await screen(context, matches);
    let chosen = choose(tried);
    if (chosen.length === 0 && region.kind === "function")
      chosen = choose(await guarded(near(tried), async (some) => screen(context, some)));
    const rewrites = chosen.flatMap(({ match }, ordinal) => rewriteFor(context, match, ordinal) ?? []);
    return { rewrites, declined: rewrites.length > 0 ? [] : lookAlike(context, tried) };
  },
};

/** A match and how it fared. */
export interface Tried {
  match: Match;
  screening: Screening;
}

async function screen(context: RegionContext, matches: readonly Match[]): Promise<Tried[]> {
  if (matches.length === 0) return [];
  const screenings = await context.screen(matches.map((match, at) => candidateOf(match, `${at}`)));
  return screenings.map((screening) => ({ match: matches[Number(screening.id)]!, screening }));
}

/** What gave the same on every recorded call but not always, nearest first; adapters that twist the value left out. */
const near = (tried: readonly Tried[]): Tried[] =>
  tried
    .filter(
      ({ match, screening }) => screening.everyRecorded && !screening.agrees && match.adapter.cost < TWISTED,
    )
    .sort((a, b) => a.match.cost - b.match.cost);

/** Whether an expression can stand for the region: its only effect is its result, and control leaves it one way. */
function isReplaceable({ file, region }: RegionContext): boolean {
  const node = regionNode(file, region);
  const effects = effectsOf(file, node);
  if (effects.io || effects.outerBinds.size > 0 || node.kind.startsWith("Async")) return false;
  let plain = true;
  walk(node, (inner) => {
    if (inner.kind === "Yield" || inner.kind === "YieldFrom" || inner.kind === "Await") plain = false;
    if (region.kind === "loop" && inner.kind === "Return") plain = false;
    if (inner !== node && (inner.kind === "FunctionDef" || inner.kind === "Lambda")) return false;
    return undefined;
  });
  return plain;
}

/** The plainest match of each weight of dependency, lightest first; a heavier one only where it is faster. */
function choose(tried: readonly Tried[]): Tried[] {
  const agreeing = tried.filter(
    ({ screening: { agrees, seconds, originalSeconds } }) =>
      agrees && seconds !== null && originalSeconds !== null && seconds * CLEARLY_FASTER <= originalSeconds,
  );
  const chosen: Tried[] = [];
  for (let weight = 0; weight <= 2; weight++) {
    const ofWeight = agreeing.filter(({ match }) => weightOf(match) === weight);
    const plain = ofWeight.filter(({ match }) => match.adapter.cost < TWISTED);
    const candidates = plain.length > 0 ? plain : ofWeight;
    const fastest = Math.min(...candidates.map(({ screening }) => screening.seconds!));
    if (chosen.some(({ screening }) => screening.seconds! <= fastest * CLEARLY_FASTER)) continue;
    // One timing is rough: only a clear difference outweighs the plainer call.
    const [best] = candidates
      .filter(({ screening }) => screening.seconds! <= fastest * 2)
      .sort((a, b) => a.match.cost - b.match.cost || a.screening.seconds! - b.screening.seconds!);
    if (best) chosen.push(best);
  }
  return chosen.slice(0, MOST_REWRITES);
}

/** 0 for the standard library, 1 for NumPy, 2 for what needs more. */
function weightOf({ imports }: Match): number {
  const packages = packagesOf(imports);
  return packages.length === 0 ? 0 : packages.every((name) => name === "numpy") ? 1 : 2;
}

/** Fewest recorded calls on which agreement says anything. */
const TELLING_CALLS = 3;

/** The nearest function that gave the same on every recorded call and differs on another input: said, with that input. */
function lookAlike({ region, facts }: RegionContext, tried: readonly Tried[]): Declined[] {
  if (facts.recorded < TELLING_CALLS || tried.some(({ screening }) => screening.agrees)) return [];
  const found = near(tried).find(({ match }) => !match.target.inPlace && !isTrivial(match.target.shape));
  const name = found && functionName(found.match.entry, found.match.fixed);
  if (!found || !name) return [];
  return [
    {
      technique: "library",
      region: region.id,
      line: region.span.line,
      reason: `It gives what ${name} gives on every recorded call, but not always: ${found.screening.reason}`,
    },
  ];
}

/** Results that many functions give: truth values, one small integer, next to nothing in a list. */
function isTrivial(shape: Shape): boolean {
  if (shape.is === "number") return shape.number === "bool" || (shape.number === "int" && shape.largest < 10);
  return shape.is === "none" || (shape.is === "sequence" && shape.length.max < 3);
}
