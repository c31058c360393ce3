// What the recording did not see, said to the user.

import type { Profile } from "../schemas/profile.ts";
import type { Run } from "../schemas/run.ts";

/** Share of all CPU time of the run that was spent in child processes which were not recorded, 0 to 1. */
export function unrecordedChildren({ processes }: Profile): number {
  const roots = processes.pid.map((_, i) => i).filter((i) => processes.parent[i]! < 0);
  const children = roots.reduce((sum, i) => sum + processes.childrenCpu[i]!, 0);
  const recorded = processes.cpu.reduce(
    (sum, cpu, i) => (processes.parent[i]! < 0 ? sum : sum + cpu + ownEstimate(processes, i)),
    0,
  );
  const all = children + roots.reduce((sum, i) => sum + processes.cpu[i]!, 0);
  return all > 0 ? Math.max(0, children - recorded) / all : 0;
}

/** A forked process that left by os._exit wrote no closing line; its life bounds what it worked. */
function ownEstimate({ complete, start, end }: Profile["processes"], i: number): number {
  return complete[i] ? 0 : end[i]! - start[i]!;
}

/** Plain sentences, most important first. */
export function notesOn(run: Run, profile: Profile): string[] {
  const { processes, samples } = profile;
  const notes: string[] = [];
  if (run.status === "failed")
    notes.push(`The program ended with exit code ${run.exit}; what it did until then was recorded.`);
  if (run.status === "interrupted")
    notes.push("The program was interrupted; what it did until then was recorded.");
  if (run.status === "killed")
    notes.push(
      `The program was ended by ${run.signal}; at most the last half second before that is missing.`,
    );
  const full = processes.full?.includes(true) ?? false;
  if (full)
    notes.push(
      "The recording ends before the program does: the disk was full. What was recorded until then counts.",
    );
  const [complete] = processes.complete;
  if (complete === false && !full && run.status === "finished")
    notes.push(
      "The program left without Python's usual exit (os._exit, or it became another program); at most the last half second before that is missing.",
    );
  const missing = unrecordedChildren(profile);
  if (missing >= 0.05)
    notes.push(
      `${Math.round(missing * 100)}% of the CPU time was spent in processes that the program started and that were not recorded.`,
    );
  const interpreters = processes.interpreters?.reduce((sum, count) => sum + count, 0) ?? 0;
  if (interpreters > 0) notes.push(interpretersNote(interpreters));
  if (processes.pid.length > 1) notes.push(`${processes.pid.length} processes were recorded.`);
  if (samples.time.length === 0) notes.push("Nothing was recorded.");
  return notes;
}

function interpretersNote(count: number): string {
  const [subject, was] =
    count === 1 ? ["A Python interpreter", "was"] : [`${count} Python interpreters`, "were"];
  return `${subject} that the program started through subprocess ${was} not recorded; time there shows as waiting.`;
}
