// The order that a comparison function puts two items in: by which keys, and which way around.

import type { arg, expr, stmt } from "../../source/ast.generated.ts";
import { soleFunction } from "../../source/effects.ts";
import { scopesOf } from "../../source/scopes.ts";
import type { RegionContext } from "../technique.ts";
import { type Key, keyOf, type Root, rootAt } from "./keys.ts";

export interface Order {
  /** From the one that decides first to the one that decides last. */
  keys: readonly OrderKey[];
  /** The name of an item. */
  item: string;
}

export interface OrderKey {
  key: Key;
  reversed: boolean;
  /** Compared by `-`: the keys are numbers, and infinities have no order. */
  isSubtracted: boolean;
}

/** How the keys of two items compare: below, equal, above, one after another. */
type Case = readonly (-1 | 0 | 1)[];

/** The order of a lambda or function of two items that compares keys of both and does nothing else; null for any other. */
export function orderOf(context: RegionContext, compared: expr): Order | null {
  const variable = compared.kind === "Name" ? scopesOf(context.file).variable(compared) : undefined;
  const definition = variable ? soleFunction(variable) : compared;
  if (definition?.kind !== "Lambda" && definition?.kind !== "FunctionDef") return null;
  const { args, vararg, kwonlyargs } = definition.args;
  if (args.length !== 2 || vararg || kwonlyargs.length > 0) return null;
  const [first, second] = args as [arg, arg];
  const roots = [rootAt(context, first), rootAt(context, second)] as const;
  if (!roots[0] || !roots[1]) return null;
  const comparison = new Comparison(context, [roots[0], roots[1]]);
  const body = definition.body;
  const signOf = (at: Case) =>
    Array.isArray(body) ? comparison.run(body, at) : comparison.sign(body as expr, at);
  // The first run finds out which keys there are.
  if (signOf([]) === null || comparison.keys.length === 0 || comparison.keys.length > 3) return null;
  const keys = comparison.keys.map((key) => ({ key, reversed: false, isSubtracted: false }));
  for (const at of casesOf(keys.length)) {
    const sign = signOf(at);
    if (sign === null || comparison.keys.length > keys.length) return null;
    const decides = at.findIndex((one) => one !== 0);
    if (decides < 0) {
      if (sign !== 0) return null;
      continue;
    }
    if (sign === 0) return null;
    const reversed = sign !== at[decides]!;
    const isFirst = at.every((one, index) => index === decides || one === 0) && at[decides] === 1;
    if (isFirst) keys[decides]!.reversed = reversed;
  }
  for (const at of casesOf(keys.length)) {
    const decides = at.findIndex((one) => one !== 0);
    if (decides >= 0 && (signOf(at) !== at[decides]!) !== keys[decides]!.reversed) return null;
  }
  for (const one of keys) one.isSubtracted = comparison.subtracted.has(one.key);
  return { keys, item: first.arg };
}

function casesOf(count: number): Case[] {
  return Array.from({ length: count }).reduce<Case[]>(
    (cases) => cases.flatMap((one) => ([-1, 0, 1] as const).map((sign) => [...one, sign])),
    [[]],
  );
}

/** Runs a comparison on what is known of the keys; null where it does anything else than compare them. */
class Comparison {
  readonly keys: Key[] = [];
  readonly subtracted = new Set<Key>();
  private readonly context: RegionContext;
  private readonly roots: readonly [Root, Root];

  constructor(context: RegionContext, roots: readonly [Root, Root]) {
    this.context = context;
    this.roots = roots;
  }

  /** The sign of what the statements return. */
  run(statements: readonly stmt[], at: Case): number | null {
    for (const [index, statement] of statements.entries()) {
      if (index === 0 && statement.kind === "Expr" && statement.value.kind === "Constant") continue;
      if (statement.kind === "Return") return statement.value && this.sign(statement.value, at);
      if (statement.kind !== "If") return null;
      const test = this.truth(statement.test, at);
      if (test === null) return null;
      const branch = test ? statement.body : statement.orelse;
      // What is not taken must be of the same kind, and is looked at with the other cases.
      if (branch.length > 0) {
        const rest = statements.slice(index + 1);
        return this.run([...branch, ...rest], at);
      }
    }
    return null;
  }

  /** The sign of a number: a constant, `a.key - b.key`, `(a > b) - (a < b)`. */
  sign(value: expr, at: Case): number | null {
    if (value.kind === "Constant" && value.value.type === "int") return Math.sign(Number(value.value.text));
    if (value.kind === "UnaryOp" && value.op === "USub") {
      const sign = this.sign(value.operand, at);
      return sign === null ? null : -sign;
    }
    if (value.kind === "IfExp") {
      const test = this.truth(value.test, at);
      return test === null ? null : this.sign(test ? value.body : value.orelse, at);
    }
    if (value.kind === "BoolOp" && value.op === "Or") {
      // `compare(a.x, b.x) or compare(a.y, b.y)`
      for (const one of value.values) {
        const sign = this.sign(one, at);
        if (sign !== 0) return sign;
      }
      return 0;
    }
    if (value.kind !== "BinOp" || value.op !== "Sub") return null;
    const pair = this.pair(value.left, value.right, at);
    if (pair !== null) {
      this.subtracted.add(pair.key);
      return pair.sign;
    }
    const above = this.truth(value.left, at);
    const below = this.truth(value.right, at);
    return above === null || below === null ? null : Number(above) - Number(below);
  }

  private truth(test: expr, at: Case): boolean | null {
    if (test.kind !== "Compare" || test.ops.length !== 1) return null;
    const pair = this.pair(test.left, test.comparators[0]!, at);
    if (pair === null) return null;
    const { sign } = pair;
    const truths: Partial<Record<string, boolean>> = {
      Lt: sign < 0,
      LtE: sign <= 0,
      Gt: sign > 0,
      GtE: sign >= 0,
      Eq: sign === 0,
      NotEq: sign !== 0,
    };
    return truths[test.ops[0]!] ?? null;
  }

  /** How a key of the first item compares with the same of the second; null for any other two values. */
  private pair(left: expr, right: expr, at: Case): { key: Key; sign: number } | null {
    for (const [one, other, way] of [
      [left, right, 1],
      [right, left, -1],
    ] as const) {
      const key = keyOf(this.context, one, this.roots[0]);
      const same = keyOf(this.context, other, this.roots[1]);
      if (!key || !same || textOf(key) !== textOf(same) || key.reads.length > 0) continue;
      let index = this.keys.findIndex((known) => textOf(known) === textOf(key));
      if (index < 0) index = this.keys.push(key) - 1;
      return { key: this.keys[index]!, sign: (at[index] ?? 0) * way };
    }
    return null;
  }
}

const textOf = (key: Key): string => key.texts(() => "_").join();

/** Whether the node is the whole item. */
export const isWhole = (key: Key): boolean => textOf(key) === "_";
