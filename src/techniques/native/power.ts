// `x ** 3`: multiplications in place of the general power; `np.sum(x ** 2)`: one inner product.

import { reductionOf, wholePower } from "../../source/array-forms.ts";
import type { expr } from "../../source/ast.generated.ts";
import { isEditable, walk } from "../../source/walk.ts";
import { type Draft, type Found, within } from "./draft.ts";
import { brief } from "./product-order.ts";
import { additions, type Subject } from "./subject.ts";
import { isFloats, itemsOf } from "./types.ts";

/** Items below which a power costs no more than the call. */
const fewestItems = 200;

export function findPowers(subject: Subject): Found[] {
  const found: Found[] = [];
  walk(subject.region, (node) => {
    if ((node.kind !== "Call" && node.kind !== "BinOp") || !isEditable(subject.file, node)) return;
    const draft = sumOfSquares(subject, node) ?? power(subject, node);
    if (draft) found.push(draft);
  });
  return found;
}

/** How each power is made of few multiplications, `x` standing for the base. */
const products: Readonly<Record<number, string>> = {
  3: "x * x * x",
  4: "(x * x) ** 2",
  5: "(x * x) ** 2 * x",
  6: "(x * x * x) ** 2",
  8: "((x * x) ** 2) ** 2",
};

function power(subject: Subject, node: expr): Draft | null {
  const found = wholePower(subject.file, node);
  const product = found && products[found.exponent];
  const type = found && subject.type(found.base);
  if (!product || !isFloats(type) || itemsOf(type) < fewestItems) return null;
  const added = additions();
  const { base, exponent } = found;
  let text: string;
  if (base.kind === "Name") {
    const around = subject.parents.get(node);
    const { text: file } = subject.file;
    const bare =
      around?.kind === "Assign" ||
      around?.kind === "Return" ||
      (file[node.start - 1] === "(" && file[node.end] === ")");
    text = product.replaceAll("x", base.id);
    if (!bare) text = `(${text})`;
  } else {
    const name = subject.define(
      added,
      `_power_${exponent}`,
      `def NAME(x):\n    """Return x ** ${exponent} by multiplications."""\n    return ${product}`,
    );
    text = `${name}(${subject.text(base)})`;
  }
  added.edits.push({ start: node.start, end: node.end, text });
  return {
    ...added,
    variant: "power",
    line: node.lineno,
    summary: `Multiplies instead of raising \`${brief(subject.text(base))}\` to the power ${exponent}`,
    assumptions: [],
    tolerance: within(1e-14, "A power is taken as a product of a few factors, which rounds after each."),
  };
}

function sumOfSquares(subject: Subject, node: expr): Draft | null {
  const sum = reductionOf(subject.file, node, "sum");
  if (!sum || sum.others.length > 0 || (node.kind === "Call" && node.keywords.length > 0)) return null;
  const base = squared(subject, sum.array);
  const type = base && subject.type(base);
  if (!base || !isFloats(type) || itemsOf(type) < fewestItems) return null;
  const added = additions();
  const text = subject.text(base);
  if (base.kind === "Name" && type.sizes.length === 1) {
    added.edits.push({ start: node.start, end: node.end, text: `(${text} @ ${text})` });
  } else {
    const name = subject.define(
      added,
      "_sum_of_squares",
      `def NAME(x):\n    """Return (x ** 2).sum() without an array of the squares."""\n    x = x.ravel()\n    return x @ x`,
    );
    added.edits.push({ start: node.start, end: node.end, text: `${name}(${text})` });
  }
  return {
    ...added,
    variant: "power",
    line: node.lineno,
    summary: `Takes the sum of the squares of \`${brief(text)}\` as one inner product`,
    assumptions: [],
    tolerance: within(1e-12, "Squares are added up in another order."),
  };
}

function squared(subject: Subject, node: expr): expr | null {
  if (node.kind === "BinOp" && node.op === "Mult" && node.left.kind === "Name" && node.right.kind === "Name")
    return node.left.id === node.right.id ? node.left : null;
  const found = wholePower(subject.file, node);
  return found?.exponent === 2 ? found.base : null;
}
