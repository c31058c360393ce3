// NumPy: elementwise and outer arithmetic.

import { type Entry, using } from "../entry.ts";
import { ELEMENTARY, SUMMATION } from "../reasons.ts";

const np = using("import numpy as np");
const arithmetic = { f: ["add", "subtract", "multiply", "divide", "maximum", "minimum", "power"] };
const comparison = { f: ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal"] };
const elementary = { f: ["sqrt", "exp", "log", "sin", "cos", "tanh", "log1p", "log10"] };
const simple = { f: ["abs", "square", "floor", "ceil", "sign", "negative"] };

export const entries: Entry[] = [
  np("np.{f}({a}, {b})", { a: "vector", b: "vector" }, "vector", { vary: arithmetic, floats: ELEMENTARY }),
  np("np.{f}({a}, {b})", { a: "matrix", b: "matrix" }, "matrix", { vary: arithmetic, floats: ELEMENTARY }),
  np("np.{f}({a}, {b})", { a: "vector", b: "number" }, "vector", { vary: arithmetic, floats: ELEMENTARY }),
  np("np.{f}({a}, {b})", { a: "matrix", b: "number" }, "matrix", { vary: arithmetic, floats: ELEMENTARY }),
  np("np.{f}({a}, {b})", { a: "vector", b: "vector" }, "vector", { vary: comparison }),
  np("np.{f}({a})", { a: "vector" }, "vector", { vary: elementary, floats: ELEMENTARY }),
  np("np.{f}({a})", { a: "matrix" }, "matrix", { vary: elementary, floats: ELEMENTARY }),
  np("np.{f}({a})", { a: "vector" }, "vector", { vary: simple }),
  np("np.{f}({a})", { a: "matrix" }, "matrix", { vary: simple }),
  np("np.hypot({a}, {b})", { a: "vector", b: "vector" }, "float vector", { floats: ELEMENTARY }),
  np("np.arctan2({a}, {b})", { a: "vector", b: "vector" }, "float vector", { floats: ELEMENTARY }),
  np("np.maximum({a}, 0)", { a: "vector" }, "vector"),
  np("np.maximum({a}, 0)", { a: "matrix" }, "matrix"),
  np("np.clip({a}, {low}, {high})", { a: "matrix", low: "number", high: "number" }, "matrix"),
  np("1 / (1 + np.exp(-{a}))", { a: "array1" }, "float vector", { floats: ELEMENTARY }),
  np("({a} - np.mean({a})) / np.std({a}, ddof={ddof})", { a: "array1" }, "float vector", {
    vary: { ddof: ["0", "1"] },
    floats: SUMMATION,
  }),
  np("({a} - np.mean({a}, axis=0)) / np.std({a}, axis=0, ddof={ddof})", { a: "array2" }, "float matrix", {
    vary: { ddof: ["0", "1"] },
    floats: SUMMATION,
  }),
  np("({a} - np.min({a})) / np.ptp({a})", { a: "array1" }, "float vector"),
  np("({a} - np.min({a}, axis=0)) / np.ptp({a}, axis=0)", { a: "array2" }, "float matrix"),
  np("{a} - np.mean({a})", { a: "array1" }, "float vector", { floats: SUMMATION }),
  np("{a} - np.mean({a}, axis=0)", { a: "array2" }, "float matrix", { floats: SUMMATION }),
  np("{a} / np.sum({a})", { a: "array1" }, "float vector", { floats: SUMMATION }),
  np("{a} / np.sum({a}, axis=1, keepdims=True)", { a: "array2" }, "float matrix", { floats: SUMMATION }),
  np("{a} / np.linalg.norm({a})", { a: "array1" }, "float vector", { floats: SUMMATION }),
  np("{a} / np.linalg.norm({a}, axis=1, keepdims=True)", { a: "array2" }, "float matrix", {
    floats: SUMMATION,
  }),
  np("np.{f}.outer({a}, {b})", { a: "vector", b: "vector" }, "matrix", {
    vary: arithmetic,
    floats: ELEMENTARY,
    makes: ["a", "b"],
  }),
  np("np.abs(np.subtract.outer({a}, {b}))", { a: "vector", b: "vector" }, "matrix", { makes: ["a", "b"] }),
  np("np.exp(np.negative({a}))", { a: "vector" }, "float vector", { floats: ELEMENTARY }),
];
