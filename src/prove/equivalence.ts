// From what the agent answers about one rewrite to the evidence that a proof keeps.

import type { Equivalence, Tolerance } from "../schemas/index.ts";
import { Witness } from "../schemas/index.ts";
import type { JobAnswer } from "./replay-server.ts";

/** An equivalence in which nothing was compared, and why. */
export const cannotTell = (reason: string, tolerance: Tolerance | null): Equivalence => ({
  verdict: "cannot_tell",
  reason,
  recorded: 0,
  generated: 0,
  strength: null,
  mutants: { killed: 0, survived: 0, total: 0 },
  tolerance,
  largestDifference: { relative: 0, ulp: 0 },
  nondeterministic: [],
  witness: null,
  assumptions: [],
});

/** The evidence in a `check` job's answer. A process that died of the new code, or never ended, makes it different. */
export function equivalenceOf(
  answer: JobAnswer,
  tolerance: Tolerance | null,
  nondeterministic: string[],
): Equivalence {
  const base = { ...cannotTell("", tolerance), nondeterministic };
  if (answer.result === undefined) {
    if (answer.at === null || answer.late)
      return answer.late
        ? { ...base, reason: tooLate(answer.at), hurried: true }
        : { ...base, reason: answer.failed };
    const label = String(answer.at.label ?? "an input");
    const origin = answer.at.origin === "recorded" ? "recorded" : "generated";
    return {
      ...base,
      verdict: "different",
      reason: `on a ${origin} input (${label}) ${answer.failed}`,
      witness: {
        origin,
        input: {},
        where: "how it ends",
        expected: "an ordinary end",
        actual: answer.failed,
      },
    };
  }
  const { result } = answer;
  if (typeof result.impossible === "string") return { ...base, reason: result.impossible };
  const verdict = result.verdict as Equivalence["verdict"];
  const recorded = Number(result.recorded);
  const generated = Number(result.generated);
  const randomness = verdict === "same" ? ("same draws" as const) : ("unknown" as const);
  return {
    ...base,
    verdict,
    reason:
      verdict === "same"
        ? sameOn(recorded, generated, Number(result.generatedOf)) + (result.fromRun === true ? heldToRun : "")
        : String(result.reason),
    recorded,
    generated,
    largestDifference: result.largestDifference as Equivalence["largestDifference"],
    witness: result.witness === null ? null : Witness.parse(result.witness),
    assumptions: result.assumptions as string[],
    ...(result.hurried === true ? { hurried: true } : {}),
    ...(result.draws === true && { randomness }),
  };
}

/** Evidence that holds, with that of further inputs; `unreached` are the lines of the new code that none of them reaches. */
export function withMore(found: Equivalence, more: Equivalence | null, unreached: number[]): Equivalence {
  const assumptions = [...found.assumptions];
  if (unreached.length > 0) {
    const lines = `line${unreached.length === 1 ? "" : "s"} ${unreached.slice(0, 8).join(", ")}`;
    assumptions.push(
      `What ${unreached.length > 8 ? `${lines} and others` : lines} of the new code do was not compared: no input reaches them.`,
    );
  }
  if (more === null) return { ...found, assumptions };
  const generated = found.generated + more.generated;
  // That there was no time for all of them, or that they cannot be compared, takes nothing from what was.
  if (more.verdict === "different") return { ...more, recorded: found.recorded, generated };
  return {
    ...found,
    generated,
    reason: found.reason.replace(
      / and (on )?\d+( of \d+)? generated/,
      (_, on = "", of = "") =>
        ` and ${on}${generated}${of && ` of ${Number(of.slice(4)) + more.generated}`} generated`,
    ),
    largestDifference: {
      relative: Math.max(found.largestDifference.relative, more.largestDifference.relative),
      ulp: Math.max(found.largestDifference.ulp, more.largestDifference.ulp),
    },
    assumptions: [...new Set([...assumptions, ...more.assumptions])],
  };
}

const sameOn = (recorded: number, generated: number, available: number): string =>
  generated < available
    ? `the same on ${recorded} recorded inputs and on ${generated} of ${available} generated ones; there was no time for the others`
    : `the same on ${recorded} recorded and ${generated} generated inputs`;

/** Of a recorded call on which the original is too slow to be run again: what it gave in the run stands for it. */
const heldToRun =
  "; of a recorded call too long to run the original on it again, what it gave in the run was compared";

function tooLate(at: Record<string, unknown> | null): string {
  if (at === null || typeof at.recordedOf !== "number") return "the time ended before it was compared";
  return `there was no time to compare all recorded inputs (${at.recorded} of ${at.recordedOf} recorded and ${at.generated} of ${at.generatedOf} generated were compared)`;
}
