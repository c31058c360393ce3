// What a region's result is, and in which statement an expression can stand for it.

import type { RegionFacts } from "../../schemas/facts.ts";
import type { Region } from "../../schemas/region.ts";
import { type Shape, shapeOf } from "./shapes.ts";

export interface Target {
  /** The name that holds the result; null for a function's return value. */
  name: string | null;
  /** What the expression must give. */
  shape: Shape;
  /** The result's value from the expression's: `{}`, or `total + {}` where the loop adds to what was there. */
  value: string;
  /** The statements that replace the region's: `return {}`, `total += {}`, `out[:] = {}`. */
  statement: string;
  /** Whether the result is an object that the region changes in place. */
  inPlace: boolean;
  /** Whether the expression itself may read the name. */
  reads: boolean;
}

/** The ways to see the region's result; empty when it has none, or more than one. */
export function targetsOf(region: Region, facts: RegionFacts): Target[] {
  return region.kind === "function" ? ofFunction(facts) : ofLoop(region, facts);
}

function ofFunction(facts: RegionFacts): Target[] {
  const returned = shapeOf(facts.liveOut.return);
  if (returned === null) return [];
  if (facts.mutated.length === 0)
    return returned.is === "none"
      ? []
      : [{ name: null, shape: returned, value: "{}", statement: "return {}", inPlace: false, reads: true }];
  const [name, ...others] = facts.mutated;
  const shape = shapeOf(facts.liveIn[name!]);
  if (others.length > 0 || shape === null || !isFilled(shape)) return [];
  const sorted = `${name}[:] = {}`;
  const statement = returned.is === "none" ? sorted : `${sorted}\nreturn ${name}`;
  return [{ name: name!, shape, value: "{}", statement, inPlace: true, reads: true }];
}

/** A list or array, whose items can be replaced all at once. */
const isFilled = (shape: Shape): boolean =>
  shape.is === "array" || (shape.is === "sequence" && shape.type === "list");

function ofLoop(region: Region, facts: RegionFacts): Target[] {
  const names = new Set([...region.liveOut, ...facts.mutated]);
  const [name] = names;
  if (name === undefined || names.size > 1) return [];
  const before = shapeOf(facts.liveIn[name]);
  const shape = shapeOf(facts.liveOut[name]) ?? before;
  if (shape === null || shape.is === "none") return [];
  const target = (value: string, statement: string, inPlace: boolean, reads = false): Target => ({
    name,
    shape,
    value,
    statement: statement.replaceAll("NAME", name),
    inPlace,
    reads,
  });
  if (facts.mutated.includes(name)) {
    if (shape.is === "array")
      return [target("{}", "NAME[:] = {}", true), target(`${name} + {}`, "NAME += {}", true)];
    if (shape.is === "mapping") return [target(`{**${name}, **{}}`, "NAME.update({})", true)];
    if (shape.is === "set") return [target(`${name} | {}`, "NAME.update({})", true)];
    if (!isFilled(shape)) return [];
    return [
      target(`${name} + {}`, "NAME.extend({})", true),
      target("{}", "NAME[:] = {}", true),
      target("{}", "NAME[:] = {}", true, true),
    ];
  }
  const rebound = target("{}", "NAME = {}", false, true);
  if (before === null || !region.liveIn.includes(name)) return [rebound];
  if (shape.is === "number") return [target(`${name} + {}`, "NAME += {}", false), rebound];
  return [rebound];
}
