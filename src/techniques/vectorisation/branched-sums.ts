// `if …: x += 1`, `elif …: y -= 1`, where the loop reads x and y as they run: each by what every iteration adds to it.

import type { If, stmt } from "../../source/ast.generated.ts";
import { accumulateValue, occurrences, reducesInto } from "./accumulate.ts";
import { atom } from "./code.ts";
import type { Nest } from "./nest.ts";
import { choose, negate, operate } from "./operations.ts";
import { refuse } from "./refusal.ts";
import { type Num, num } from "./values.ts";

/** Rewrite an `if` that does nothing but add to names whose running values are read; false for any other. */
export function branchedSums(nest: Nest, node: If): boolean {
  const { state } = nest;
  if (nest.branches > 0 || state.masks.length > 0) return false;
  const names = new Set<string>();
  if (!onlyAdds([node], names)) return false;
  const readers = nest.loops.at(-1)!.readers;
  const held = (name: string) => state.env.get(name);
  const carried = [...names].every((name) => {
    const value = held(name);
    return value?.kind === "carried" && value.result === null && !value.running;
  });
  const read = [...names].some((name) => (readers.get(name) ?? 0) > occurrences(node, name));
  if (!carried || !read) return false;
  for (const [name, value] of added(nest, [node])) {
    const carrier = held(name);
    if (carrier?.kind === "carried") accumulateValue(nest, name, carrier, "Add", value, node);
  }
  return true;
}

/** Whether the statements only add to names, and to which. */
function onlyAdds(statements: readonly stmt[], names: Set<string>): boolean {
  return statements.every((one) => {
    if (one.kind === "If") return onlyAdds(one.body, names) && onlyAdds(one.orelse, names);
    const update = updateOf(one);
    if (update) names.add(update.name);
    return update !== null || one.kind === "Pass";
  });
}

function updateOf(node: stmt) {
  if (node.kind === "AugAssign" && node.target.kind === "Name")
    return node.op === "Add" || node.op === "Sub"
      ? { name: node.target.id, op: node.op, value: node.value }
      : null;
  const [target] = node.kind === "Assign" && node.targets.length === 1 ? node.targets : [];
  if (node.kind !== "Assign" || target?.kind !== "Name") return null;
  const found = reducesInto(target.id, node.value);
  return found && found.op !== "Mult" ? { name: target.id, ...found } : null;
}

/** What an iteration adds to each name. */
function added(nest: Nest, statements: readonly stmt[]): Map<string, Num> {
  const { state, expressions } = nest;
  const sums = new Map<string, Num>();
  const add = (name: string, value: Num, node: stmt) => {
    const known = sums.get(name);
    if (known && value.type !== "int") refuse(`\`${name}\` is added to twice in an iteration`, node);
    sums.set(name, known ? operate(state, "Add", known, value, node) : value);
  };
  for (const one of statements) {
    const update = updateOf(one);
    if (update) {
      const value = expressions.number(update.value);
      if (value.type !== "int" && value.type !== "float")
        refuse(`\`${update.name}\` sums numbers of several types`, one);
      add(update.name, update.op === "Sub" ? negate(state, "USub", value, one) : value, one);
    }
    if (one.kind !== "If") continue;
    const test = state.named(expressions.truth(one.test), "mask");
    if (test.axes.length === 0) refuse("a condition does not change in the loop", one);
    const yes = expressions.under(test, () => added(nest, one.body));
    const no = expressions.under(expressions.negated(test), () => added(nest, one.orelse));
    for (const name of new Set([...yes.keys(), ...no.keys()])) {
      const [a, b] = [yes.get(name), no.get(name)];
      add(name, choose(state, test, a ?? nothing(b!), b ?? nothing(a!), one), one);
    }
  }
  return sums;
}

/** What changes no sum: of floats −0.0, since 0.0 would make 0.0 of −0.0. */
function nothing({ type, origin }: Num): Num {
  return type === "int"
    ? num("int", atom("0"), { constant: 0, lo: 0, hi: 0, origin })
    : num("float", atom("-0.0"), { lo: 0, hi: 0, origin });
}
