// Which values may stand as keys of a cache, and which may be handed out more than once.

import type { RegionFacts, ValueFact } from "../../schemas/facts.ts";
import { isOnly, type Shape, shapeOfFacts } from "../analysis/shapes.ts";

const plain: ReadonlySet<string> = new Set("int bool float complex str bytes NoneType".split(" "));

/** Values that nobody can change, through and through. */
export function isImmutable(shape: Shape): boolean {
  return (
    shape.types.size > 0 &&
    [...shape.types].every((type) => plain.has(type) || type === "tuple" || type === "frozenset") &&
    (shape.positions ?? (shape.elements ? [shape.elements] : [])).every(
      (part) => part.types.size === 0 || isImmutable(part),
    )
  );
}

export interface Keys {
  /** Equal arguments of different types were seen (1 and 1.0), so that types must be told apart. */
  typed: boolean;
  /** The types of all arguments, in words. */
  types: string;
}

/** How the parameters' values can be keys; a sentence when a cache would take different arguments for the same one. */
export function keysOf(
  parameters: readonly string[],
  { liveIn, repeats }: Pick<RegionFacts, "liveIn" | "repeats">,
): Keys | string {
  const types = new Set<string>();
  let typed = false;
  for (const name of parameters) {
    const shape = shapeOfFacts(liveIn[name]);
    if (!isImmutable(shape))
      return `its argument ${name} is of type ${[...shape.types].join(" or ")}, which cannot be a key`;
    if (hasOdd(shape)) return `its argument ${name} may be NaN or −0.0, which is equal to 0.0`;
    if (isMixed(shape)) typed = true;
    if (partsOf(shape).some(isMixedWithin))
      return `its argument ${name} holds numbers of different types, such as 1 and 1.0, which are equal`;
    for (const type of shape.types) types.add(type);
  }
  const changeable = parameters.find((name) => repeats?.byIdentity.includes(name));
  if (changeable) return `its argument ${changeable} has values that cannot be keys`;
  if (repeats?.mixed && !(typed && !types.has("float") && !types.has("tuple")))
    return "equal arguments that are not the same were seen, such as 1 and 1.0, or 0.0 and −0.0";
  const sorted = [...types].sort().join(", ");
  return { typed, types: types.has("float") ? `${sorted}, and no −0.0, which is equal to 0.0` : sorted };
}

const partsOf = (shape: Shape) => shape.positions ?? (shape.elements ? [shape.elements] : []);
const isMixed = (shape: Shape) =>
  ["int", "float", "bool", "complex"].filter((type) => shape.types.has(type)).length > 1;
const isMixedWithin = (shape: Shape): boolean => isMixed(shape) || partsOf(shape).some(isMixedWithin);
const hasOdd = (shape: Shape): boolean => shape.oddFloats === true || partsOf(shape).some(hasOdd);

/**
 * How a result that is kept is handed out: as it is, or as a copy made by `copy`, so that what one caller does to it is not
 * seen by the next. A sentence when neither can be shown to be right.
 */
export function handedOut(facts: readonly ValueFact[] | undefined): ((name: string) => string) | string {
  const shape = shapeOfFacts(facts);
  if (isImmutable(shape)) return (name) => name;
  const inner = [shape.elements, shape.values].filter((part) => part !== undefined);
  const isFlat = inner.every((part) => part.types.size === 0 || isImmutable(part));
  // Not of sets: a copy may give the items in another order.
  if (isFlat && isOnly(shape, "list", "dict")) return (name) => `${name}.copy()`;
  const arrays = facts?.every(
    ({ array }) => array?.cContiguous && array.writeable && array.dtype !== "object",
  );
  if (arrays && isOnly(shape, "numpy.ndarray")) return (name) => `${name}.copy()`;
  const rows = shape.elements;
  if (isOnly(shape, "list") && rows && isOnly(rows, "list", "dict")) {
    const cells = [rows.elements, rows.values].filter((part) => part !== undefined);
    if (cells.every((part) => part.types.size === 0 || isImmutable(part)))
      return (name) => `[row.copy() for row in ${name}]`;
  }
  return `its result is of type ${[...shape.types].join(" or ")}, which whoever gets it may change`;
}
