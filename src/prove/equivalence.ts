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
  return {
    ...base,
    verdict,
    reason:
      verdict === "same" ? sameOn(recorded, generated, Number(result.generatedOf)) : String(result.reason),
    recorded,
    generated,
    largestDifference: result.largestDifference as Equivalence["largestDifference"],
    witness: result.witness === null ? null : Witness.parse(result.witness),
    assumptions: result.assumptions as string[],
    ...(result.hurried === true ? { hurried: true } : {}),
  };
}

const sameOn = (recorded: number, generated: number, available: number): string =>
  generated < available
    ? `the same on ${recorded} recorded inputs and on ${generated} of ${available} generated ones; there was no time for the others`
    : `the same on ${recorded} recorded and ${generated} generated inputs`;

function tooLate(at: Record<string, unknown> | null): string {
  if (at === null || typeof at.recordedOf !== "number") return "the time ended before it was compared";
  return `there was no time to compare all recorded inputs (${at.recorded} of ${at.recordedOf} recorded and ${at.generated} of ${at.generatedOf} generated were compared)`;
}
