// How much the word `same` is worth: mutants of the original that the inputs tell apart.

import type { Deadline } from "../base/deadline.ts";
import type { Candidate } from "./candidate.ts";

/** How well the inputs tell mutants of a kept region apart; the word `same` is as strong as that. */
export async function measureStrength(chosen: readonly Candidate[], deadline: Deadline) {
  for (const candidate of chosen) {
    if (deadline.remaining() === 0 || candidate.subject.replay === null) return;
    const mutants = await candidate.subject.replay.strength(deadline);
    const strength = mutants.total > 0 ? mutants.killed / mutants.total : null;
    const [reason] = candidate.equivalence.reason.split("; weak evidence");
    candidate.equivalence = { ...candidate.equivalence, reason: reason!, mutants, strength };
    if (strength !== null && strength < weakStrength)
      candidate.equivalence.reason += `; weak evidence: of small mistakes put into the original on purpose, these inputs show only ${Math.round(100 * strength)}%`;
  }
}

/** Seconds per kept rewrite for running more mutants, when they are left at the end. */
export const strengthSeconds = 15;

/** Below this share of mutants told apart, the word `same` comes with a warning. */
const weakStrength = 0.8;
