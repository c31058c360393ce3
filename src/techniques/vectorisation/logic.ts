// `and`, `or`, comparisons and choices, for all iterations at once.

import type { expr } from "../../source/ast.generated.ts";
import { at, comparisons, Level } from "./code.ts";
import type { Expressions } from "./expressions.ts";
import { choose, comparison } from "./operations.ts";
import { refuse } from "./refusal.ts";
import { conjunction, lift } from "./state.ts";
import { joinAxes, type Num, num } from "./values.ts";

export function shortCircuit(expressions: Expressions, node: Extract<expr, { kind: "BoolOp" }>): Num {
  const first = expressions.truth(node.values[0]!);
  let all = first;
  const pushed: Num[] = [];
  for (const value of node.values.slice(1)) {
    const reached = node.op === "And" ? all : expressions.negated(all);
    expressions.state.masks.push(reached);
    pushed.push(reached);
    const next = onlyReached(expressions, value, () => expressions.truth(value));
    const axes = joinAxes(all.axes, next.axes);
    if (axes.length === 0) {
      const word = node.op === "And" ? "and" : "or";
      all = num("bool", {
        text: `${at(all.code, Level[word])} ${word} ${at(next.code, Level[word] + 1)}`,
        level: Level[word],
      });
    } else if (node.op === "And") all = conjunction(all, next);
    else {
      const [left, right] = [lift(all, axes), lift(next, axes)];
      const side = (code: typeof left) => (code.level > Level.bitOr ? code.text : `(${code.text})`);
      all = num("bool", { text: `${side(left)} | ${side(right)}`, level: Level.bitOr }, { axes });
    }
  }
  expressions.state.masks.length -= pushed.length;
  return all;
}

/** What is evaluated in some cases alone may add no condition on a divisor, which would be asked in all of them. */
function onlyReached<T>({ state }: Expressions, node: expr, evaluate: () => T): T {
  const before = new Set(state.conditions);
  const value = evaluate();
  for (const condition of state.conditions)
    if (!before.has(condition) && condition.endsWith(" != 0"))
      refuse("a divisor that is not reached in all cases may be zero", node);
  return value;
}

export function evaluateCompare(expressions: Expressions, node: Extract<expr, { kind: "Compare" }>): Num {
  let left = expressions.number(node.left);
  let all: Num | null = null;
  for (const [i, op] of node.ops.entries()) {
    const sign = comparisons[op];
    if (!sign) return refuse("`in` and `is` have no counterpart for arrays", node);
    const right = expressions.number(node.comparators[i]!);
    const one = comparison(expressions.state, sign, left, right, node);
    all = all === null ? one : conjunction(all, one);
    left = right;
  }
  return all!;
}

export function scalarChoice(
  expressions: Expressions,
  node: Extract<expr, { kind: "IfExp" }>,
  test: Num,
): Num {
  const [yes, no] = onlyReached(expressions, node, () => [
    expressions.number(node.body),
    expressions.number(node.orelse),
  ]);
  if (joinAxes(yes.axes, no.axes).length > 0) return choose(expressions.state, test, yes, no, node);
  if (yes.type !== no.type) return refuse("it is now of one type, now of another", node);
  return num(yes.type, {
    text: `${at(yes.code, Level.or)} if ${at(test.code, Level.or)} else ${at(no.code, Level.ternary)}`,
    level: Level.ternary,
  });
}
