// What a region reads, as the values that an entry's slots can be filled with.

import type { RegionFacts } from "../../schemas/facts.ts";
import type { Region } from "../../schemas/region.ts";
import { isListOrTuple, lengthOf, type Shape, shapeOf } from "./shapes.ts";
import type { Target } from "./targets.ts";

export interface Source {
  /** Python expression: a live-in, or an attribute of one. */
  text: string;
  /** The live-in itself, when the expression is one. */
  name: string | null;
  shape: Shape;
  /** Place among the parameters, for ranking: arguments in their own order are likelier. */
  order: number;
}

export interface Inputs {
  sources: readonly Source[];
  /** Live-ins that differed between calls, so an expression must use them. */
  needed: ReadonlySet<string>;
  /** Live-ins that were always the length of another value (`n` beside `points`), and that length. */
  sizes: ReadonlyMap<string, string>;
}

/** What the region reads; null when it reads something that no expression can account for. */
export function inputsOf(region: Region, facts: RegionFacts, target: Target): Inputs | null {
  const sources: Source[] = [];
  const needed = new Set<string>();
  const names = [...new Set([...region.liveIn, ...Object.keys(facts.liveIn)])];
  for (const [order, name] of names.entries()) {
    if (name === target.name && !target.reads) continue;
    const shape = shapeOf(facts.liveIn[name]);
    const isInput = region.liveIn.includes(name);
    if (shape === null) continue;
    if (shape.is === "other") {
      if (isInput) return null;
      continue;
    }
    if (shape.is === "object") {
      for (const [attribute, of] of Object.entries(shape.attributes))
        if (/^[A-Za-z_]\w*$/.test(attribute))
          sources.push({ text: `${name}.${attribute}`, name: null, shape: of, order });
      continue;
    }
    sources.push({ text: name, name: isInput ? name : null, shape, order });
    const constant =
      shape.is === "none" || shape.is === "function" || (shape.is === "number" && shape.constant);
    if (isInput && !constant) needed.add(name);
  }
  return { sources, needed, sizes: sizesAmong(sources, facts) };
}

function sizesAmong(sources: readonly Source[], facts: RegionFacts): Map<string, string> {
  const sizes = new Map<string, string>();
  for (const { name, shape } of sources) {
    const integer = facts.liveIn[name ?? ""]?.[0]?.integer;
    if (name === null || shape.is !== "number" || shape.number !== "int" || !integer) continue;
    const length = sizeOf(integer, sources);
    if (length !== null) sizes.set(name, length);
  }
  return sizes;
}

/** The length that had the very range of the integer, as an expression. */
function sizeOf(integer: { min: string; max: string }, sources: readonly Source[]): string | null {
  const same = (length: { min: number; max: number } | null) =>
    length !== null && length.max > 1 && `${length.min}` === integer.min && `${length.max}` === integer.max;
  const outer = sources.find(({ shape }) => same(lengthOf(shape)));
  if (outer) return `len(${outer.text})`;
  const inner = sources.find(
    ({ shape }) =>
      (isListOrTuple(shape) && shape.length.min > 0 && shape.element && same(lengthOf(shape.element))) ||
      (shape.is === "array" && shape.shapes.every((one) => `${one[1]}` === integer.max)),
  );
  return inner ? `len(${inner.text}[0])` : null;
}

/** The numbers that stand in the region's text, as sources that no call varies. */
export function literalsIn(text: string): Source[] {
  const code = text.replace(/#.*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, "");
  const found = code.match(/(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/g) ?? [];
  return [...new Set(found)].map((literal) => ({
    text: literal,
    name: null,
    shape: {
      is: "number",
      number: /[.eE]/.test(literal) ? "float" : "int",
      numpy: false,
      constant: true,
      largest: Number(literal),
      integersOrInfinity: false,
    },
    order: LITERAL,
  }));
}

/** After every argument. */
const LITERAL = 1000;
