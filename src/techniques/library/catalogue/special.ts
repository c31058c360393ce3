// scipy.special: functions that programs often spell out as a series or a product.

import { type Entry, using } from "../entry.ts";
import { ELEMENTARY, FORMULA } from "../reasons.ts";

const special = using("from scipy import special");
const floats = FORMULA;
const functions = { f: ["gamma", "gammaln", "digamma", "erf", "erfc", "expit", "j0", "j1", "i0", "zeta"] };

export const entries: Entry[] = [
  special("special.{f}({v})", { v: "number" }, "float scalar", { vary: functions, floats }),
  special("special.{f}({x})", { x: "vector" }, "float vector", { vary: functions, floats }),
  special("special.{f}({x})", { x: "matrix" }, "float matrix", { vary: functions, floats }),
  special("special.comb({n}, {k}, exact=True)", { n: "int", k: "int" }, "int", { most: { n: 20_000 } }),
  special("special.factorial({n}, exact=True)", { n: "int" }, "int", { most: { n: 20_000 } }),
  special("special.comb({n}, {k})", { n: "int", k: "int" }, "float scalar", { floats }),
  special("special.beta({a}, {b})", { a: "number", b: "number" }, "float scalar", { floats }),
  special("special.betainc({a}, {b}, {x})", { a: "number", b: "number", x: "number" }, "float scalar", {
    floats,
  }),
  special("special.gammainc({a}, {x})", { a: "number", x: "number" }, "float scalar", { floats }),
  special("special.jv({n}, {x})", { n: "number", x: "number" }, "float scalar", { floats }),
  special("special.eval_legendre({n}, {x})", { n: "int", x: "number" }, "float scalar", { floats }),
  special("special.eval_legendre({n}, {x})", { n: "int", x: "vector" }, "float vector", { floats }),
  special("special.eval_chebyt({n}, {x})", { n: "int", x: "number" }, "float scalar", { floats }),
  special("special.eval_chebyt({n}, {x})", { n: "int", x: "vector" }, "float vector", { floats }),
  special("special.eval_hermite({n}, {x})", { n: "int", x: "number" }, "float scalar", { floats }),
  special("special.logsumexp({x})", { x: "vector" }, "float scalar", { floats }),
  special("special.logsumexp({x}, axis={axis})", { x: "matrix" }, "float vector", {
    floats,
    vary: { axis: ["1", "0"] },
  }),
  special("special.softmax({x})", { x: "vector" }, "float vector", { floats }),
  special("special.softmax({x}, axis={axis})", { x: "matrix" }, "float matrix", {
    floats,
    vary: { axis: ["1", "0"] },
  }),
  special("special.log_softmax({x})", { x: "vector" }, "float vector", { floats }),
  special("special.log_softmax({x}, axis={axis})", { x: "matrix" }, "float matrix", {
    floats,
    vary: { axis: ["1", "0"] },
  }),
  special("special.xlogy({a}, {b}).sum()", { a: "vector", b: "vector" }, "float scalar", {
    floats: ELEMENTARY,
  }),
  special("special.entr({x}).sum()", { x: "vector" }, "float scalar", { floats: ELEMENTARY }),
  special("special.rel_entr({a}, {b}).sum()", { a: "vector", b: "vector" }, "float scalar", {
    floats: ELEMENTARY,
  }),
];
