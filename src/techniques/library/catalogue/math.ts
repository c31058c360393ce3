// math and statistics: single numbers from numbers and lists.

import { builtin, type Entry, using } from "../entry.ts";
import { FORMULA, SUMMATION } from "../reasons.ts";

const math = using("import math");
const statistics = using("import statistics");
const evenAndOdd = [{ x: [5, 3, 1, 4] }, { x: [5, 3, 1, 4, 2] }];

export const entries: Entry[] = [
  math("math.fsum({x})", { x: "numbers" }, "float", { floats: SUMMATION }),
  math("math.prod({x})", { x: "numbers" }, "number"),
  math("math.dist({a}, {b})", { a: "numbers", b: "numbers" }, "float", { floats: FORMULA }),
  math("math.hypot(*{x})", { x: "numbers" }, "float", { floats: FORMULA }),
  math("math.hypot({a}, {b})", { a: "number", b: "number" }, "float", { floats: FORMULA }),
  math("math.gcd({a}, {b})", { a: "int", b: "int" }, "int"),
  math("math.gcd(*{x})", { x: "integers" }, "int"),
  math("math.lcm({a}, {b})", { a: "int", b: "int" }, "int"),
  math("math.lcm(*{x})", { x: "integers" }, "int"),
  math("math.comb({n}, {k})", { n: "int", k: "int" }, "int", { most: { n: 20_000 } }),
  math("math.perm({n}, {k})", { n: "int", k: "int" }, "int", { most: { n: 20_000 } }),
  math("math.factorial({n})", { n: "int" }, "int", { most: { n: 20_000 } }),
  math("math.isqrt({n})", { n: "int" }, "int"),
  math("math.sqrt({v})", { v: "number" }, "float", { floats: FORMULA }),
  math("math.exp({v})", { v: "number" }, "float", { floats: FORMULA }),
  math("math.log({v})", { v: "number" }, "float", { floats: FORMULA }),
  math("math.sin({v})", { v: "number" }, "float", { floats: FORMULA }),
  math("math.cos({v})", { v: "number" }, "float", { floats: FORMULA }),
  math("math.atan({v})", { v: "number" }, "float", { floats: FORMULA }),
  math("math.erf({v})", { v: "number" }, "float", { floats: FORMULA }),
  math("math.gamma({v})", { v: "number" }, "float", { floats: FORMULA }),
  math("math.lgamma({v})", { v: "number" }, "float", { floats: FORMULA }),
  math("math.pow({v}, {w})", { v: "number", w: "number" }, "float", { floats: FORMULA }),
  builtin("{v} ** {w}", { v: "number", w: "int" }, "number", { floats: FORMULA, most: { w: 20_000 } }),
  builtin("pow({v}, -1, {m})", { v: "int", m: "int" }, "int"),
  statistics("statistics.median({x})", { x: "numbers" }, "number", { refuters: evenAndOdd }),
  statistics("statistics.median_low({x})", { x: "numbers" }, "number", { refuters: evenAndOdd }),
  statistics("statistics.median_high({x})", { x: "numbers" }, "number", { refuters: evenAndOdd }),
  statistics("statistics.fmean({x})", { x: "numbers" }, "float", { floats: SUMMATION }),
  statistics("statistics.mode({x})", { x: "hashable items" }, "number", { refuters: [{ x: [2, 1, 1, 2] }] }),
  statistics("statistics.multimode({x})", { x: "hashable items" }, "list", {
    refuters: [{ x: [2, 1, 1, 2] }],
  }),
  statistics("statistics.pvariance({x})", { x: "numbers" }, "number", { floats: SUMMATION }),
  statistics("statistics.variance({x})", { x: "numbers" }, "number", { floats: SUMMATION }),
  statistics("statistics.pstdev({x})", { x: "numbers" }, "float", { floats: SUMMATION }),
  statistics("statistics.stdev({x})", { x: "numbers" }, "float", { floats: SUMMATION }),
];
