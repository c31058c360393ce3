// NumPy: arrays put together, selected by condition, padded, flipped, and reduced along runs.

import { type Entry, using } from "../entry.ts";
import { FORMULA, SUMMATION } from "../reasons.ts";

const np = using("import numpy as np");
const floats = SUMMATION;
const op = { op: [">", ">=", "<", "<=", "==", "!="] };
const edge = [{ x: [3, 1, 2, 3, -4], v: 2 }];

export const entries: Entry[] = [
  np("{x}[{x} {op} {v}]", { x: "array1", v: "number" }, "vector", { vary: op, refuters: edge }),
  np("np.count_nonzero({x} {op} {v})", { x: "array1", v: "number" }, "int", { vary: op, refuters: edge }),
  np("np.flatnonzero({x} {op} {v})", { x: "array1", v: "number" }, "vector", { vary: op, refuters: edge }),
  np("{x} {op} {v}", { x: "array1", v: "number" }, "vector", { vary: op, refuters: edge }),
  np("np.where({x} {op} {v}, {x}, 0)", { x: "array1", v: "number" }, "vector", { vary: op, refuters: edge }),
  np("np.where({x} {op} {v}, 1, 0)", { x: "array1", v: "number" }, "vector", { vary: op, refuters: edge }),
  np("np.sum({x}[{x} {op} {v}])", { x: "array1", v: "number" }, "scalar", {
    vary: op,
    refuters: edge,
    floats,
  }),
  np("np.{f}({x})", { x: "array" }, "float scalar", {
    vary: { f: ["nanmean", "nansum", "nanmax", "nanmin", "nanmedian", "nanstd"] },
    floats,
  }),
  np("np.count_nonzero(np.isnan({x}))", { x: "array" }, "int"),
  np("{x}[~np.isnan({x})]", { x: "array1" }, "vector"),
  np("np.concatenate(({a}, {b}))", { a: "vector", b: "vector" }, "vector"),
  np("np.{f}(({a}, {b}))", { a: "matrix", b: "matrix" }, "matrix", { vary: { f: ["vstack", "hstack"] } }),
  np("np.column_stack(({a}, {b}))", { a: "vector", b: "vector" }, "matrix"),
  np("np.{f}({a}).copy()", { a: "matrix" }, "matrix", { vary: { f: ["fliplr", "flipud"] } }),
  np("np.ravel({a}, {order})", { a: "matrix" }, "vector", { vary: { order: ['"C"', '"F"'] } }),
  np("np.roll({a}, {k}, axis={axis})", { a: "matrix", k: "int" }, "matrix", { vary: { axis: ["0", "1"] } }),
  np("np.pad({x}, {k}, mode={mode})", { x: "vector", k: "int" }, "vector", {
    vary: { mode: ['"constant"', '"edge"', '"reflect"', '"symmetric"', '"wrap"'] },
    refuters: [{ x: [1, 2, 4, 8, 16], k: 2 }],
    most: { k: 1e6 },
  }),
  np("np.pad({x}, {k}, mode={mode})", { x: "matrix", k: "int" }, "matrix", {
    vary: { mode: ['"constant"', '"edge"', '"reflect"', '"symmetric"', '"wrap"'] },
    most: { k: 2000 },
  }),
  np("np.{f}({a}, {k})", { a: "matrix" }, "matrix", { vary: { f: ["triu", "tril"], k: ["1", "-1"] } }),
  np("np.triu({a}, 1).sum()", { a: "matrix" }, "scalar", { floats }),
  np("np.trace(np.fliplr({a}))", { a: "square" }, "scalar", { floats }),
  np("np.diagonal({a}).sum() + np.diagonal(np.fliplr({a})).sum()", { a: "square" }, "scalar", { floats }),
  np("np.array_equal({a}, np.transpose({a}))", { a: "square" }, "bool"),
  np("np.array_equal({a}, {b})", { a: "array", b: "array" }, "bool"),
  np('np.einsum("ij,ij->i", {a}, {b})', { a: "matrix", b: "matrix" }, "vector", { floats }),
  np('np.einsum("ij,ij->", {a}, {b})', { a: "matrix", b: "matrix" }, "scalar", { floats }),
  np('np.einsum("i,ij,j->", {x}, {a}, {y})', { x: "vector", a: "matrix", y: "vector" }, "scalar", { floats }),
  np("np.unique({x}, return_counts=True)[1]", { x: "vector" }, "vector", { refuters: [{ x: [2, 1, 2, 3] }] }),
  np('np.take({x}, {i}, mode="clip")', { x: "vector", i: "integers" }, "vector", {
    guard: ["0 <= min({i}) and max({i}) < len({x})"],
    refuters: [{ x: [5, 3, 9], i: [2, 0, 0, 1] }],
  }),
  np("np.{f}.reduce({x})", { x: "integers" }, "scalar", {
    vary: { f: ["bitwise_xor", "bitwise_or", "bitwise_and", "gcd", "lcm"] },
  }),
  np("np.max(np.maximum.accumulate({x}) - {x})", { x: "vector" }, "scalar", {
    refuters: [{ x: [3, 9, 2, 10, 8, 1] }, { x: [1, 2, 3] }],
  }),
  np("np.max({x} - np.minimum.accumulate({x}))", { x: "vector" }, "scalar", {
    refuters: [{ x: [3, 9, 2, 10, 8, 1] }, { x: [3, 2, 1] }],
  }),
  np("np.diff({x}) / {x}[:-1]", { x: "array1" }, "float vector", { guard: ["0 not in {x}"] }),
  np("np.log({x}[1:] / {x}[:-1])", { x: "array1" }, "float vector", {
    floats: FORMULA,
    guard: ["np.min({x}) > 0"],
  }),
  np("np.cumprod(1 + {x})", { x: "array1" }, "vector", { floats }),
  np("np.sum(np.abs(np.diff({x})))", { x: "vector" }, "scalar", { floats }),
  np("np.count_nonzero(np.diff(np.sign({x})))", { x: "vector" }, "int", {
    refuters: [{ x: [1, 0, -1, 0, 0, 2] }, { x: [1, -1, 1] }],
  }),
  np("np.count_nonzero(np.diff({x}) > 0)", { x: "vector" }, "int"),
  np("np.{f}({a}, {b})", { a: "vector", b: "vector" }, "vector", {
    vary: { f: ["polymul", "polyadd", "polysub"] },
    floats: FORMULA,
    refuters: [
      { a: [1, 2, 3], b: [4, 5] },
      { a: [0, 1], b: [0, 2] },
    ],
  }),
  np("np.{f}({a})", { a: "vector" }, "vector", {
    vary: { f: ["polyder", "polyint", "poly"] },
    floats: FORMULA,
  }),
  np("np.{f}({a}, {b})", { a: "vector", b: "number" }, "vector", {
    vary: { f: ["mod", "floor_divide"] },
    refuters: [{ a: [-7, 7, 4], b: 2 }],
  }),
  np("np.add.outer({a}, {b}).sum()", { a: "vector", b: "vector" }, "scalar", { floats, makes: ["a", "b"] }),
  np("np.{f}({a}, {b}, {n})", { a: "number", b: "number", n: "int" }, "float vector", {
    vary: { f: ["geomspace", "logspace"] },
    floats: FORMULA,
    most: { n: 1e7 },
  }),
];
