// `np.sort(x)[k]`: the k-th smallest by partition, without the order of the others.

import { callOf } from "../../source/array-forms.ts";
import type { Call, expr } from "../../source/ast.generated.ts";
import { scopesOf } from "../../source/scopes.ts";
import { isEditable, walk } from "../../source/walk.ts";
import type { Draft, Found } from "./draft.ts";
import { brief } from "./product-order.ts";
import { additions, type Subject } from "./subject.ts";
import { isArray, itemsOf } from "./types.ts";

/** Items below which sorting is as fast. */
const fewestItems = 300;
/** More places than these are not looked up one by one. */
const mostPlaces = 4;

export function findSelections(subject: Subject): Found[] {
  const found: Found[] = [];
  walk(subject.region, (node) => {
    if (node.kind !== "Call" || node.keywords.length > 0) return;
    const args = callOf(subject.file, node, "sort");
    if (args?.length !== 1 || !isEditable(subject.file, node)) return;
    const indices = indicesOf(subject, node);
    if (indices === null) return;
    if (typeof indices === "string") {
      found.push({ line: node.lineno, reason: indices });
      return;
    }
    const type = subject.type(args[0]!);
    if (!isArray(type, 1) || (type.dtype !== "float64" && type.dtype !== "int64"))
      found.push({ line: node.lineno, reason: "what is sorted is not known to be one row of numbers" });
    else if (!(itemsOf(type) < fewestItems))
      found.push(partitioned(subject, node, args[0]!, indices, type.dtype));
  });
  return found;
}

/** Where the sorted array is read; the reason why it must be sorted; null when nothing is read of it by place. */
function indicesOf(subject: Subject, sorted: Call): expr[] | string | null {
  const parent = subject.parents.get(sorted);
  if (parent?.kind === "Subscript" && parent.value === sorted)
    return isPlace(subject, parent.slice) ? [parent.slice] : "more than single places of it are read";
  if (parent?.kind !== "Assign" || parent.targets.length !== 1) return null;
  const [target] = parent.targets;
  const variable = target!.kind === "Name" ? scopesOf(subject.file).variable(target!) : undefined;
  if (!variable || variable.scope.node !== subject.region) return null;
  const indices = new Map<string, expr>();
  for (const { node, action, scope } of variable.occurrences) {
    if (node === target) continue;
    const read = subject.parents.get(node);
    if (action !== "read" || scope !== variable.scope || read?.kind !== "Subscript" || read.value !== node)
      return null;
    if (read.ctx !== "Load" || !isPlace(subject, read.slice)) return "more than single places of it are read";
    // The index must mean the same where the array is made.
    if (read.slice.kind !== "Constant" && !isConstantSign(read.slice))
      return "the places that are read are not known where it is sorted";
    indices.set(subject.text(read.slice), read.slice);
  }
  if (indices.size > mostPlaces) return "many places of it are read";
  return indices.size > 0 ? [...indices.values()] : null;
}

const isConstantSign = (node: expr) => node.kind === "UnaryOp" && node.operand.kind === "Constant";

/** One place, by an expression that may be evaluated twice. */
function isPlace(subject: Subject, index: expr): boolean {
  let plain = true;
  walk(index, (part) => {
    if (!["Constant", "Name", "BinOp", "UnaryOp"].includes(part.kind)) plain = false;
    if (part.kind === "Name") {
      const type = subject.type(part);
      if (type?.is !== "array" || type.sizes.length > 0) plain = false;
    }
    if (part.kind === "Constant" && part.value.type !== "int") plain = false;
  });
  return plain;
}

function partitioned(
  subject: Subject,
  sorted: Call,
  array: expr,
  indices: readonly expr[],
  dtype: string,
): Draft {
  const added = additions();
  const numpy = subject.numpy(added);
  const places = indices.map((index) => subject.text(index));
  const given = places.length === 1 ? places[0]! : `[${places.join(", ")}]`;
  added.edits.push({
    start: sorted.start,
    end: sorted.end,
    text: `${numpy}.partition(${subject.text(array)}, ${given})`,
  });
  return {
    ...added,
    variant: "selection",
    line: sorted.lineno,
    summary: `Finds the places that are read of \`${brief(subject.text(sorted))}\` by partition instead of sorting all of it`,
    assumptions: [],
    tolerance:
      dtype === "int64"
        ? null
        : {
            kind: "relative",
            bound: 0,
            absolute: 0,
            reason: "Zeros of either sign count as equal, and may change places.",
          },
  };
}
