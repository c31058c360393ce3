// `if` in a loop's body: both ways are computed, and a mask chooses.

import type { expr, If, stmt } from "../../source/ast.generated.ts";
import { sourceText } from "../../source/walk.ts";
import { branchedSums } from "./branched-sums.ts";
import { at, atom, Level } from "./code.ts";
import { extremeUpdate } from "./extremes.ts";
import type { Nest } from "./nest.ts";
import { choose } from "./operations.ts";
import { refuse } from "./refusal.ts";
import { conjunction, sizeOf } from "./state.ts";
import { store } from "./stores.ts";
import { type Carried, type Num, num, type Value } from "./values.ts";

export function branch(nest: Nest, node: If): undefined {
  const { state, expressions } = nest;
  if (extremeUpdate(nest, null, node, node)) return;
  if (branchedSums(nest, node)) return;
  const hazards = state.hazards.size;
  let test = expressions.truth(node.test);
  // What may raise is computed, whatever comes of it.
  if (state.hazards.size > hazards && test.axes.length > 0) test = state.named(test, "mask");
  // `if …: continue`: what follows is under the opposite condition.
  if (node.orelse.length === 0 && node.body.length === 1 && node.body[0]!.kind === "Continue") {
    if (nest.branches > 0) refuse("it goes on with the next iteration from deep inside", node);
    state.masks.push(expressions.negated(test.axes.length > 0 ? state.named(test, "skipped") : test));
    return;
  }
  const same = sameTarget(nest, node);
  if (same) {
    const { target, yes, no } = same;
    const value = choose(
      state,
      test,
      expressions.under(test, () => expressions.number(yes)),
      expressions.under(expressions.negated(test), () => expressions.number(no)),
      node,
    );
    return store(nest, target, value, yes);
  }
  if (test.axes.length === 0) refuse("a condition does not change in the loop", node);
  if (node.body.length + node.orelse.length > 1 || test.code.text.length > 40)
    test = state.named(test, "mask");
  const before = new Map(state.env);
  const run = (mask: Num, statements: readonly stmt[]): Map<string, Value> => {
    state.env = new Map(before);
    nest.branches++;
    expressions.under(mask, () => nest.block(statements));
    nest.branches--;
    const after = state.env;
    state.env = new Map(before);
    return after;
  };
  const yes = run(test, node.body);
  const no = node.orelse.length > 0 ? run(expressions.negated(test), node.orelse) : before;
  merge(nest, test, before, yes, no, node);
}

/** `if …: a[i] = x` and `else: a[i] = y`: one assignment of the one or the other. */
function sameTarget(
  nest: Nest,
  node: If,
): { target: Extract<expr, { kind: "Subscript" }>; yes: expr; no: expr } | null {
  const [a, b] = [node.body, node.orelse];
  const [first, second] = [a[0], b[0]];
  if (a.length !== 1 || b.length !== 1 || first?.kind !== "Assign" || second?.kind !== "Assign") return null;
  const [one, two] = [first.targets[0]!, second.targets[0]!];
  if (one.kind !== "Subscript" || first.targets.length + second.targets.length > 2) return null;
  const text = (target: expr) => sourceText(nest.state.file, target).replaceAll(/\s/g, "");
  return text(one) === text(two) ? { target: one, yes: first.value, no: second.value } : null;
}

/** `changed = True` under a condition, of a name that nothing in the nest reads: whether it held once. */
function flag(nest: Nest, name: string, test: Num, value: Num, held: Carried): boolean {
  const { state } = nest;
  // In an inner loop it would be a flag of each iteration around.
  if (held.depth > 0 || nest.branches > 0) return false;
  if (value.constant === null || value.axes.length > 0 || held.result) return false;
  if (held.before?.kind !== "number" || held.before.type !== value.type || held.before.origin !== "python")
    return false;
  const mask = state.masks.length > 0 ? conjunction(state.mask!, test) : test;
  state.commit(`if `, `${at(mask.code, Level.atom)}.any()`, `:\n    ${name} = ${value.code.text}`);
  held.result = num(value.type, atom(name));
  held.running = true;
  return true;
}

function merge(
  nest: Nest,
  test: Num,
  before: Map<string, Value>,
  yes: Map<string, Value>,
  no: Map<string, Value>,
  node: If,
): undefined {
  const { state } = nest;
  for (const name of new Set([...yes.keys(), ...no.keys()])) {
    const [a, b] = [yes.get(name), no.get(name)];
    if (a === b) continue;
    if (a?.kind === "number" && b?.kind === "number") {
      const value = choose(state, test, a, b, node);
      if (nest.branches > 0) state.env.set(name, value);
      else {
        const local = nest.expressions.local(name);
        state.emit({
          text: `${local} = ${value.code.text}`,
          defines: local,
          commits: false,
          size: sizeOf(value.axes),
        });
        state.env.set(name, { ...value, code: atom(local) });
      }
    } else if (a?.kind === "carried" && b?.kind === "carried") state.env.set(name, before.get(name)!);
    else if (a?.kind === "number" && b?.kind === "carried" && flag(nest, name, test, a, b))
      state.env.set(name, b);
    else {
      const why = `\`${name}\` is assigned only under a condition`;
      state.env.set(name, { kind: "opaque", id: 0, text: name, why });
    }
  }
}
