// Try many candidate expressions against the records of a replay; what crashes or hangs costs only itself.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Deadline } from "../base/deadline.ts";
import type { Candidate, Screening } from "../techniques/technique.ts";
import type { ReplayServer } from "./replay-server.ts";

const refused = (id: string, reason: string): Screening => ({
  id,
  agrees: false,
  recorded: 0,
  generated: 0,
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
  let first = 0;
  while (first < candidates.length && deadline.remaining() > 0.5) {
    const answer = await server.run(
      "screen",
      { ...records, candidates, first, results, imports },
      Math.min(deadline.remaining(), 600),
    );
    const lines = (await readFile(results, "utf8").catch(() => "")).split("\n").filter(Boolean);
    for (const line of lines.slice(found.filter(Boolean).length)) {
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
    // The line of a crashed candidate keeps the count of lines and results in step.
    await import("node:fs/promises").then(({ appendFile }) =>
      appendFile(results, `${JSON.stringify({ ...found[at], number: at })}\n`),
    );
    first = at + 1;
  }
  return candidates.map(
    (candidate, index) => found[index] ?? refused(candidate.id, "the time ended before it was tried"),
  );
}
