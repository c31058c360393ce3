// One way through a region: every loop and comprehension that can be is written as array expressions.

import type { RegionFacts, ValueFact } from "../../schemas/index.ts";
import type { Region } from "../../schemas/region.ts";
import type { For, FunctionDef, Node, stmt, While } from "../../source/ast.generated.ts";
import { type Loop, livenessOf } from "../../source/dataflow.ts";
import type { SourceFile } from "../../source/file.ts";
import { beginsLine } from "../../source/layout.ts";
import type { RegionNode } from "../../source/regions.ts";
import { enclosingBody, scopesOf } from "../../source/scopes.ts";
import { walk } from "../../source/walk.ts";
import { comprehensionIn } from "./comprehensions.ts";
import { type Env, renamed } from "./environment.ts";
import { valueFromFacts } from "./facts.ts";
import { Flow } from "./flow.ts";
import { joinOnce } from "./growing.ts";
import { type Change, Hoisting } from "./hoisting.ts";
import { layOut } from "./layout.ts";
import { Nest } from "./nest.ts";
import { Refusal } from "./refusal.ts";
import { Rounded } from "./rounding.ts";
import { freshNames, type Options, State, type Sums } from "./state.ts";
import { newId } from "./values.ts";

export interface Subject {
  file: SourceFile;
  region: Region;
  facts: RegionFacts;
  node: Exclude<RegionNode, { kind: "AsyncFunctionDef" | "AsyncFor" }>;
  numpy: string;
  python: readonly [number, number];
}

export interface Outcome {
  changes: Change[];
  refusals: { start: number; reason: string }[];
  assumptions: Set<string>;
  reasons: Set<string>;
  /** Elements of the largest temporary array of several dimensions. */
  largest: number;
  kinds: Set<"loop" | "comprehension" | "growth">;
}

/** Widths of Python's integers that are tried, by a check, from the widest. */
const widths = [31, 30, 20] as const;

/** Most elements of a temporary array with several dimensions: 64 MB of floats. */
const memory = 2 ** 23;

/** Rewrite what can be in the region. */
export function attempt(subject: Subject, sums: Sums, onlyInnermost: boolean): Outcome {
  const { file, node, numpy, python } = subject;
  const outcome: Outcome = {
    changes: [],
    refusals: [],
    assumptions: new Set(),
    reasons: new Set(),
    largest: 0,
    kinds: new Set(),
  };
  const fresh = freshNames(file);
  const taken = new Set<string>();
  const grown = new Set<Node>();
  let made = new Map<number, string>();
  const seen = new Map<string, number>();
  const options: Options = {
    numpy,
    sums,
    python,
    bits: widths[0],
    memory,
    fresh,
    localName: (base) => (isFree(file, base) ? base : fresh(base)),
    isGlobal: (name) => subject.region.globals.includes(name),
    seen,
    stored: () => {
      made = new Map();
    },
    known: (seq) => made.get(seq.id) ?? null,
  };
  const scope = enclosingBody(scopesOf(file).opened(node) ?? scopesOf(file).around(node));
  const liveness = livenessOf(file, scope);

  const hoisting = new Hoisting(file, options, (loop) => isWithin(loop, node));
  const done = (state: State, place: stmt, around: readonly (For | While)[], env: Env): void => {
    if (!beginsLine(file, place)) throw new Refusal("it shares its line with other code", place.start);
    const { known, use } = hoisting.take(state, around, env);
    for (const [id, { name }] of state.conversions) if (made.get(id) === name) known.add(name);
    const piece = layOut(state, place, known);
    use();
    if (around.length === 0)
      for (const { seq, name } of piece.conversions) if (seq.form !== "rows") made.set(seq.id, name);
    outcome.changes.push({ start: place.start, end: place.end, text: piece.text });
    for (const one of state.assumptions) outcome.assumptions.add(one);
    for (const one of state.reasons) outcome.reasons.add(one);
    outcome.largest = Math.max(outcome.largest, state.largest);
  };

  const refusing = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      outcome.refusals.push({ start: error.start ?? node.start, reason: error.message });
      return null;
    }
  };

  const flow = new Flow(file, options, {
    loop(loop, env, around) {
      if (!isWithin(loop, node)) return false;
      if (onlyInnermost && holdsLoop(loop)) return false;
      const live = new Set([...liveness.after(loop as Loop)].map((variable) => variable.name));
      for (const name of subject.region.kind === "loop" && loop === node ? subject.region.liveOut : [])
        live.add(name);
      for (const bits of widths) {
        const result = refusing(() =>
          exactWhereNeeded(sums, (taken) => {
            const state = new State(file, { ...options, bits, sums: taken }, env);
            const nest = new Nest(state, live);
            nest.run(loop);
            done(state, loop, around, env);
            return nest;
          }),
        );
        if (!result) {
          if (bits !== widths.at(-1) && /64 bits|large integers/.test(outcome.refusals.at(-1)!.reason)) {
            outcome.refusals.pop();
            continue;
          }
          const joined = joinOnce(file, loop, taken, grown);
          if (joined.changes.length > 0) outcome.kinds.add("growth");
          outcome.changes.push(...joined.changes);
          outcome.refusals.push(...joined.refusals);
          return false;
        }
        outcome.kinds.add("loop");
        leave(env, result, loop, options);
        return true;
      }
      return false;
    },
    statement(statement, env, around) {
      if (!isWithin(statement, node) || onlyInnermost) return;
      const found = comprehensionIn(file, statement);
      if (!found) return;
      refusing(() =>
        exactWhereNeeded(sums, (taken) => {
          const state = new State(file, { ...options, sums: taken }, env);
          state.current = statement;
          found.rewrite(state);
          done(state, statement, around, env);
          outcome.kinds.add("comprehension");
        }),
      );
    },
  });
  run(subject, flow, seen);
  outcome.changes = hoisting.finish(outcome.changes);
  return outcome;
}

/** Sums as they are wanted; in the loop's order after all where a choice depends on their last digit. */
function exactWhereNeeded<T>(sums: Sums, work: (sums: Sums) => T): T {
  try {
    return work(sums);
  } catch (error) {
    if (!(error instanceof Rounded)) throw error;
    return work("ordered");
  }
}

function isFree(file: SourceFile, name: string): boolean {
  return scopesOf(file).variables.every(
    (variable) => variable.name !== name || variable.scope.kind === "comprehension",
  );
}

const isWithin = (node: { start: number; end: number }, region: { start: number; end: number }): boolean =>
  node.start >= region.start && node.end <= region.end;

function holdsLoop(loop: For): boolean {
  let found = false;
  walk(loop, (part) => {
    if (part !== loop && (part.kind === "For" || part.kind === "While")) found = true;
  });
  return found;
}

/** Run the analysis over the region, with what was seen at its entry. */
function run(subject: Subject, flow: Flow, seen: Map<string, number>): void {
  const { region, facts, node } = subject;
  const env: Env = new Map();
  if (region.kind === "function") {
    for (const name of [...region.liveIn, ...region.closure, ...region.globals])
      enter(env, name, facts.liveIn[name], seen);
    flow.run((node as FunctionDef).body, env);
    return;
  }
  // Code before the loop may tie lengths together, but a proof of the loop alone varies each of its inputs: guards hold there.
  for (const name of [...region.liveIn, ...region.closure, ...region.globals])
    enter(env, name, facts.liveIn[name], seen);
  flow.run([node], env);
}

function enter(
  env: Env,
  name: string,
  facts: readonly ValueFact[] | undefined,
  seen: Map<string, number>,
): void {
  const value = valueFromFacts(name, facts);
  env.set(name, value);
  const fact = facts?.length === 1 ? facts[0]! : null;
  if (value.kind === "number" && value.linear?.symbol && fact?.integer)
    seen.set(value.linear.symbol, Number(fact.integer.max));
  for (const [attribute, held] of Object.entries(fact?.attributes ?? {})) {
    const text = `${name}.${attribute}`;
    const inner = valueFromFacts(text, held);
    env.set(text, inner);
    if (inner.kind === "number" && inner.linear?.symbol && held[0]?.integer)
      seen.set(inner.linear.symbol, Number(held[0].integer.max));
  }
}

/** What the names are after a rewritten loop. */
function leave(env: Env, nest: Nest, loop: For, options: Options): void {
  const bound = new Set<string>();
  walk(loop, (part: Node) => {
    if (part.kind === "Name" && part.ctx !== "Load") bound.add(part.id);
  });
  for (const name of bound) env.delete(name);
  for (const [name, value] of nest.results)
    if (value.kind === "number")
      env.set(name, renamed({ ...value, axes: [], linear: null, constant: null }, name));
  for (const [name, item] of nest.grown) {
    const held = env.get(name);
    if (held?.kind !== "sequence") continue;
    const id = newId();
    if (item?.origin !== "python" || (held.element && held.element.type !== item.type)) env.delete(name);
    else
      env.set(name, {
        ...held,
        id,
        element: held.element ?? {
          type: item.type,
          dtype: item.dtype,
          origin: "python",
          lo: -Infinity,
          hi: Infinity,
        },
        dims: [{ symbol: `length ${id}.0`, text: `len(${name})`, offset: 0, length: true }],
        sizes: [null],
      });
  }
  for (const { seq, write } of nest.state.accesses) {
    if (!write || seq.form === "array") continue;
    options.stored();
    const held = env.get(seq.text);
    if (held?.kind === "sequence" && nest.retyped.has(seq.id)) env.delete(seq.text);
  }
}
