// Try many candidate expressions against the records of a replay; what crashes or hangs costs only itself.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Deadline } from "../base/deadline.ts";
import type { Candidate, Screening } from "../techniques/technique.ts";
import type { ReplayServer } from "./replay-server.ts";

/** Candidates that may take their process down before the rest is given up. */
const MOST_CRASHES = 20;

const refused = (id: string, reason: string): Screening => ({
  id,
  agrees: false,
  recorded: 0,
  generated: 0,
  everyRecorded: false,
  reason,
  seconds: null,
  originalSeconds: null,
});

/** Results in the order of `candidates`. What the deadline cut off is refused with that reason. */
export async function screenCandidates(
  server: ReplayServer,
  records: Record<string, unknown>,
  privateDirectory: string,
  candidates: readonly Candidate[],
  deadline: Deadline,
): Promise<Screening[]> {
  const found: Screening[] = [];
  const results = join(privateDirectory, `screen-${Math.random().toString(36).slice(2)}.jsonl`);
  const imports = [...new Set(candidates.flatMap((candidate) => candidate.imports))];
  let crashes = 0;
  while (crashes < MOST_CRASHES && deadline.remaining() > 0.5) {
    const done = [...found.keys()].filter((number) => found[number]);
    const answer = await server.run(
      "screen",
      { ...records, candidates, done, results, imports },
      Math.min(deadline.remaining(), 600),
    );
    for (const line of (await readFile(results, "utf8").catch(() => "")).split("\n").filter(Boolean)) {
      const { number, ...rest } = JSON.parse(line) as Omit<Screening, "id"> & { number: number };
      found[number] = { id: candidates[number]!.id, ...rest };
    }
    if (answer.result !== undefined) {
      const impossible = answer.result.impossible;
      if (typeof impossible === "string")
        return candidates.map((candidate) => refused(candidate.id, impossible));
      break;
    }
    const at = answer.at?.candidate;
    if (answer.late || typeof at !== "number") break;
    found[at] = refused(candidates[at]!.id, answer.failed);
    crashes++;
  }
  return candidates.map(
    (candidate, index) => found[index] ?? refused(candidate.id, "the time ended before it was tried"),
  );
}
