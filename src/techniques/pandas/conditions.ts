// What a condition says of the values that are used only where it holds.

import type { expr } from "../../source/ast.generated.ts";
import { sourceText } from "../../source/walk.ts";
import type { Setting } from "./values.ts";

/** `compute`, whose value is used only where `test` is `outcome`. */
export function under<T>(setting: Setting, test: expr, outcome: boolean, compute: () => T): T {
  const added = nonZeroWhere(test, outcome)
    .map((node) => sourceText(setting.file, node))
    .filter((text) => !setting.nonZero.has(text));
  for (const text of added) setting.nonZero.add(text);
  try {
    return compute();
  } finally {
    for (const text of added) setting.nonZero.delete(text);
  }
}

/** Expressions that cannot be zero where `test` is `outcome`. */
function nonZeroWhere(test: expr, outcome: boolean): expr[] {
  if (test.kind === "UnaryOp" && test.op === "Not") return nonZeroWhere(test.operand, !outcome);
  if (test.kind === "BoolOp" && (test.op === "And") === outcome)
    return test.values.flatMap((value) => nonZeroWhere(value, outcome));
  if (test.kind !== "Compare" || test.ops.length !== 1) return [];
  const bound = test.comparators[0]!;
  if (bound.kind !== "Constant" || (bound.value.type !== "int" && bound.value.type !== "float")) return [];
  const than = Number(bound.value.text);
  const [op] = test.ops;
  const holds = outcome ? zeroGives(op!, than) === false : zeroGives(op!, than) === true;
  return holds ? [test.left] : [];
}

/** What `0 op than` is. */
function zeroGives(op: string, than: number): boolean | null {
  switch (op) {
    case "Eq":
      return than === 0;
    case "NotEq":
      return than !== 0;
    case "Lt":
      return 0 < than;
    case "LtE":
      return 0 <= than;
    case "Gt":
      return 0 > than;
    case "GtE":
      return 0 >= than;
    default:
      return null;
  }
}
