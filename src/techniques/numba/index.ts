// Numeric loops compiled with Numba, with the types seen at run time.

import type { Rewrite } from "../../schemas/index.ts";
import { isSimple } from "../../source/dataflow.ts";
import { importEdit } from "../../source/imports.ts";
import { regionNode } from "../../source/regions.ts";
import { walk } from "../../source/walk.ts";
import { declined } from "../draft.ts";
import type { Proposals, RegionContext, Technique } from "../technique.ts";
import { type Attempt, guardedAttempt, plainAttempt, type Subject } from "./attempt.ts";
import { decorated } from "./decorator.ts";
import { extracted } from "./extraction.ts";
import { bodyOf } from "./kernel.ts";
import { Unsupported } from "./values.ts";

export const technique: Technique = {
  name: "numba",
  title: "Compiled numeric loops",
  packages: ["numpy", "numba", "scipy"],
  regions: ["function", "loop"],
  propose: (context) => Promise.resolve(propose(context)),
};

function propose(context: RegionContext): Proposals {
  const { file, region, facts, python } = context;
  const node = regionNode(file, region);
  if (node.kind === "AsyncFunctionDef" || node.kind === "AsyncFor" || isSimple(node)) return nothing;
  let loops = 0;
  walk(node, (part) => {
    if (part.kind === "For" || part.kind === "While") loops++;
  });
  const arrays = Object.values(facts.liveIn)
    .flat()
    .some(({ array }) => array !== undefined);
  // Without a loop, or several operations over whole arrays, the call costs more than the compiled work saves.
  if (loops === 0 && (!arrays || node.kind !== "FunctionDef")) return nothing;
  const worthIt = ({ analysis }: Attempt): boolean => loops > 0 || analysis.fused > 1;
  const decline = (reason: string, start: number | null): Proposals => {
    const where = start === null ? region.span.line : lineOf(file.lineStarts, start);
    return { rewrites: [], declined: [declined({ region, technique: "numba" }, { line: where, reason })] };
  };
  if (!context.available("numba") || !context.available("numpy"))
    return decline("Numba cannot be had for this Python", null);
  if (facts.calls === 0) return decline("it was not reached while its inputs were recorded", null);
  if (node.kind === "FunctionDef" && node.decorator_list.length > 0)
    return decline("it has decorators", null);
  const subject: Subject = {
    file,
    region,
    facts,
    python: python.version,
    node,
    body: node.kind === "FunctionDef" ? bodyOf(node) : [node],
    numpy: importEdit(file, { module: "numpy", asName: "np", before: node.start }).local,
    math: importEdit(file, { module: "math", before: node.start }).local,
  };
  if (subject.body.length === 0 || (subject.body[0]!.lineno === node.lineno && node.kind === "FunctionDef"))
    return nothing;
  const rewrites: Rewrite[] = [];
  const unavailable = (one: Rewrite): boolean =>
    one.requires.some(({ package: name }) => !context.available(name));
  const plain =
    loops === 0
      ? new Unsupported("it has no loop")
      : attempt(() => decorated(subject, plainAttempt(subject)));
  if (!(plain instanceof Unsupported) && !unavailable(plain)) rewrites.push(plain);
  const guarded = attempt(() =>
    extracted(
      subject,
      guardedAttempt(subject, (found) => {
        if (!worthIt(found))
          throw new Unsupported("it has no loop, and no work over whole arrays that would be one");
        extracted(subject, found);
      }),
    ),
  );
  if (!(guarded instanceof Unsupported)) {
    if (unavailable(guarded))
      return decline("Numba takes products of matrices from SciPy, which cannot be had", null);
    rewrites.push(guarded);
  } else if (rewrites.length === 0 && loops > 0) return decline(guarded.message, guarded.start);
  return { rewrites, declined: [] };
}

const nothing: Proposals = { rewrites: [], declined: [] };

function attempt(make: () => Rewrite): Rewrite | Unsupported {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unsupported) return error;
    throw error;
  }
}

function lineOf(lineStarts: readonly number[], offset: number): number {
  return Math.max(1, lineStarts.findLastIndex((start) => start <= offset) + 1);
}
