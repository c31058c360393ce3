// NumPy: one number, or one per row or column.

import { type Entry, using } from "../entry.ts";
import { SUMMATION } from "../reasons.ts";

const np = using("import numpy as np");
const floats = SUMMATION;
const axis = { axis: ["0", "1"] };
const evenAndOdd = [{ x: [5, 3, 1, 4] }, { x: [5, 3, 1, 4, 2] }];
const ties = [{ x: [1, 3, 3, 1] }];

export const entries: Entry[] = [
  np("np.sum({x})", { x: "vector" }, "scalar", { floats }),
  np("np.sum({x})", { x: "matrix" }, "scalar", { floats }),
  np("np.sum({x}, axis={axis})", { x: "matrix" }, "vector", { floats, vary: axis }),
  np("np.prod({x})", { x: "vector" }, "scalar", { floats }),
  np("np.mean({x})", { x: "vector" }, "float scalar", { floats }),
  np("np.mean({x})", { x: "matrix" }, "float scalar", { floats }),
  np("np.mean({x}, axis={axis})", { x: "matrix" }, "float vector", { floats, vary: axis }),
  np("np.std({x}, ddof={ddof})", { x: "vector" }, "float scalar", { floats, vary: { ddof: ["0", "1"] } }),
  np("np.var({x}, ddof={ddof})", { x: "vector" }, "float scalar", { floats, vary: { ddof: ["0", "1"] } }),
  np("np.std({x}, axis={axis}, ddof={ddof})", { x: "matrix" }, "float vector", {
    floats,
    vary: { ...axis, ddof: ["0", "1"] },
  }),
  np("np.var({x}, axis={axis}, ddof={ddof})", { x: "matrix" }, "float vector", {
    floats,
    vary: { ...axis, ddof: ["0", "1"] },
  }),
  np("np.median({x})", { x: "vector" }, "float scalar", { refuters: evenAndOdd }),
  np("np.median({x}, axis={axis})", { x: "matrix" }, "float vector", { vary: axis }),
  np("np.percentile({x}, {q})", { x: "vector", q: "number" }, "float scalar", {
    floats,
    refuters: evenAndOdd,
  }),
  np("np.percentile({x}, {q})", { x: "vector" }, "float scalar", {
    floats,
    vary: { q: ["25", "75", "90", "95", "99"] },
  }),
  np("np.quantile({x}, {q})", { x: "vector", q: "number" }, "float scalar", { floats, refuters: evenAndOdd }),
  np("np.max({x})", { x: "vector" }, "scalar"),
  np("np.min({x})", { x: "vector" }, "scalar"),
  np("np.max({x})", { x: "matrix" }, "scalar"),
  np("np.min({x})", { x: "matrix" }, "scalar"),
  np("np.max({x}, axis={axis})", { x: "matrix" }, "vector", { vary: axis }),
  np("np.min({x}, axis={axis})", { x: "matrix" }, "vector", { vary: axis }),
  np("np.max(np.abs({x}))", { x: "vector" }, "scalar"),
  np("np.sum(np.abs({x}))", { x: "vector" }, "scalar", { floats }),
  np("np.ptp({x})", { x: "vector" }, "scalar"),
  np("np.argmax({x})", { x: "vector" }, "scalar", { refuters: ties }),
  np("np.argmin({x})", { x: "vector" }, "scalar", { refuters: ties }),
  np("np.argmax({x}, axis={axis})", { x: "matrix" }, "vector", { vary: axis }),
  np("np.argmin({x}, axis={axis})", { x: "matrix" }, "vector", { vary: axis }),
  np("np.count_nonzero({x})", { x: "vector" }, "int"),
  np("np.count_nonzero({x})", { x: "matrix" }, "int"),
  np("np.average({x}, weights={w})", { x: "vector", w: "vector" }, "float scalar", { floats }),
  np("np.sqrt(np.mean(np.square({x})))", { x: "vector" }, "float scalar", { floats }),
  np("np.mean(np.square(np.subtract({a}, {b})))", { a: "vector", b: "vector" }, "float scalar", { floats }),
  np("np.sqrt(np.mean(np.square(np.subtract({a}, {b}))))", { a: "vector", b: "vector" }, "float scalar", {
    floats,
  }),
  np("np.mean(np.abs(np.subtract({a}, {b})))", { a: "vector", b: "vector" }, "float scalar", { floats }),
  np("np.mean(np.equal({a}, {b}))", { a: "vector", b: "vector" }, "float scalar", { floats }),
  np("np.corrcoef({a}, {b})[0, 1]", { a: "vector", b: "vector" }, "float scalar", { floats }),
  np("np.corrcoef({x}, rowvar={rowvar})", { x: "matrix" }, "float matrix", {
    floats,
    vary: { rowvar: ["True", "False"] },
  }),
  np("np.cov({a}, {b}, ddof={ddof})[0, 1]", { a: "vector", b: "vector" }, "float scalar", {
    floats,
    vary: { ddof: ["1", "0"] },
  }),
  np("np.cov({x}, rowvar={rowvar}, ddof={ddof})", { x: "matrix" }, "float matrix", {
    floats,
    vary: { rowvar: ["True", "False"], ddof: ["1", "0"] },
  }),
];
