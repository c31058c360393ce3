// Functions compiled with Cython, with the types seen at run time; the Python code stays for everything else.

import type { Rewrite, ValueFact } from "../../schemas/index.ts";
import { effectsOf } from "../../source/effects.ts";
import { meaningOf } from "../../source/meaning.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { walk } from "../../source/walk.ts";
import { declined } from "../draft.ts";
import type { Proposals, RegionContext, Technique } from "../technique.ts";
import { withoutDocstring } from "./flow.ts";
import { inputSite, moduleText } from "./module.ts";
import { recordsOf } from "./records.ts";
import { compiledRewrite } from "./rewrite.ts";
import { inputValue } from "./seen.ts";
import { Unsupported, type Value } from "./values.ts";

export const technique: Technique = {
  name: "cython",
  title: "Functions compiled beforehand",
  packages: ["cython", "setuptools"],
  regions: ["function"],
  propose: (context) => Promise.resolve(propose(context)),
};

const nothing: Proposals = { rewrites: [], declined: [] };

function propose(context: RegionContext): Proposals {
  const { file, region, facts } = context;
  const node = regionNode(file, region);
  if (node.kind !== "FunctionDef" || !repeats(context)) return nothing;
  const decline = (reason: string, start: number | null): Proposals => {
    const line = start === null ? region.span.line : file.lineStarts.findLastIndex((at) => at <= start) + 1;
    const left = { line: Math.max(1, line), reason };
    return { rewrites: [], declined: [declined({ region, technique: technique.name }, left)] };
  };
  if (!context.available("cython") || !context.available("setuptools"))
    return decline("Cython cannot be had for this Python", null);
  if (facts.calls === 0) return decline("it was not reached while its inputs were recorded", null);
  const body = withoutDocstring(node);
  if (body.length === 0 || body[0]!.lineno === node.lineno) return nothing;
  try {
    return { rewrites: [rewriteOf(context)], declined: [] };
  } catch (error) {
    if (error instanceof Unsupported) return decline(error.message, error.start);
    throw error;
  }
}

/** Whether it holds a loop or calls itself: else the call costs more than compiled work saves. */
function repeats({ file, region }: RegionContext): boolean {
  const node = regionNode(file, region);
  let found = false;
  walk(node, (part) => {
    if (part.kind === "For" || part.kind === "While" || part.kind === "comprehension") found = true;
    if (part.kind === "Call" && part.func.kind === "Name") {
      const meaning = meaningOf(file, part.func);
      if (meaning.kind === "function" && meaning.node === node) found = true;
    }
  });
  return found;
}

function rewriteOf(context: RegionContext): Rewrite {
  const { file, region, facts } = context;
  const node = regionNode(file, region);
  if (node.kind !== "FunctionDef") throw new Unsupported("it is no function");
  const { args } = node;
  const own = [...args.posonlyargs, ...args.args, ...args.kwonlyargs].map(({ arg }) => arg);
  const outer = [...new Set([...region.closure, ...region.globals])].filter(
    (name) => !own.includes(name) && isData(context, name),
  );
  const inputs = new Map<string, Value>();
  for (const name of [...own, ...outer]) inputs.set(name, inputValue(name, facts.liveIn[name]));
  const effects = effectsOf(file, node);
  const changed = new Set([...own, ...outer].filter((name) => effects.mutates.has(name)));
  const origin = file.path.split(/[/\\]/).at(-1)!;
  const demoted = [...inputs.keys()].filter((name) => isTooLarge(facts, name)).map(inputSite);
  const entry = { file, node, outer, inputs, changed, demoted };
  return compiledRewrite(context, node, outer, moduleText(entry, origin));
}

/** Elements that may be copied into vectors over all calls: a copy costs some nanoseconds. */
const mostCopied = 2e7;

/** Whether making vectors of an input in every call would cost more than it saves. */
function isTooLarge(facts: RegionContext["facts"], name: string): boolean {
  const elements = (seen: readonly ValueFact[]): number =>
    seen.reduce(
      (sum, { sequence }) => sum + (sequence ? sequence.length.max * (1 + elements(sequence.elements)) : 0),
      0,
    );
  return facts.calls * elements(facts.liveIn[name] ?? []) > mostCopied;
}

/** Whether a name outside of the function stands for data; functions and modules are known when it is compiled. */
function isData({ file, region, facts }: RegionContext, name: string): boolean {
  if (recordsOf(file).has(name) && !region.closure.includes(name)) return false;
  let data = false;
  walk(file.tree, (node) => {
    if (node.kind === "Name" && node.id === name && node.ctx === "Load") {
      const within = scopesOf(file).variable(node)?.scope;
      const outside = within === undefined || within.kind !== "function" || region.closure.includes(name);
      if (outside && meaningOf(file, node).kind === "variable") data = true;
    }
  });
  return data || facts.liveIn[name] !== undefined;
}
