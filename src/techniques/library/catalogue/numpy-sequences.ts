// NumPy: vectors from vectors: running sums, differences, sorting, searching, sets, counts, windows, curves.

import { type Entry, using } from "../entry.ts";
import { ELEMENTARY, FORMULA, SUMMATION } from "../reasons.ts";

const np = using("import numpy as np");
const windows = using("from numpy.lib.stride_tricks import sliding_window_view");
const floats = SUMMATION;
const ascending = "np.all(np.diff({x}) >= 0)";
const rising = (slot: string) => `all(a < b for a, b in zip({${slot}}, {${slot}}[1:]))`;
const ties = [{ x: [2, 1, 2, 1, 3] }];

export const entries: Entry[] = [
  np("np.cumsum({x})", { x: "vector" }, "vector", { floats }),
  np("np.cumprod({x})", { x: "vector" }, "vector", { floats }),
  np("np.cumsum({x}, axis={axis})", { x: "matrix" }, "matrix", { floats, vary: { axis: ["0", "1"] } }),
  np("np.cumsum(np.cumsum({x}, axis=0), axis=1)", { x: "matrix" }, "matrix", { floats }),
  np("np.cumsum({x}) / np.arange(1, len({x}) + 1)", { x: "vector" }, "float vector", { floats }),
  np("np.maximum.accumulate({x})", { x: "vector" }, "vector"),
  np("np.minimum.accumulate({x})", { x: "vector" }, "vector"),
  np("np.diff({x})", { x: "vector" }, "vector"),
  np("np.diff({x}, n={n})", { x: "vector" }, "vector", { vary: { n: ["2"] } }),
  np("np.gradient({x})", { x: "vector" }, "float vector", { floats }),
  np("np.gradient({y}, {x})", { y: "vector", x: "vector" }, "float vector", { floats }),
  np("np.ediff1d({x}, to_begin=0)", { x: "vector" }, "vector"),
  np("np.sort({x})", { x: "vector" }, "vector", { refuters: ties }),
  np("np.sort({x}, axis={axis})", { x: "matrix" }, "matrix", { vary: { axis: ["0", "1"] } }),
  np('np.argsort({x}, kind="stable")', { x: "vector" }, "vector", { refuters: ties }),
  np('np.argsort(np.argsort({x}, kind="stable"), kind="stable")', { x: "vector" }, "vector", {
    refuters: ties,
  }),
  np('np.argsort(np.negative({x}), kind="stable")', { x: "vector" }, "vector", { refuters: ties }),
  np("np.unique({x})", { x: "vector" }, "vector", { refuters: ties }),
  np("len(np.unique({x}))", { x: "vector" }, "int", { refuters: ties }),
  np("np.searchsorted({x}, {v}, side={side})", { x: "vector", v: "number" }, "scalar", {
    guard: [ascending],
    vary: { side: ['"left"', '"right"'] },
    refuters: [{ x: [1, 2, 2, 3], v: 2 }],
  }),
  np("np.searchsorted({x}, {v}, side={side})", { x: "vector", v: "vector" }, "vector", {
    guard: [ascending],
    vary: { side: ['"left"', '"right"'] },
    refuters: [{ x: [1, 2, 2, 3], v: [2, 0, 3, 9] }],
  }),
  np("np.digitize({x}, {bins}, right={right})", { x: "vector", bins: "vector" }, "vector", {
    guard: [rising("bins")],
    vary: { right: ["False", "True"] },
    refuters: [{ x: [2, 0, 3, 9], bins: [1, 2, 2, 3] }],
  }),
  np("np.intersect1d({a}, {b})", { a: "vector", b: "vector" }, "vector"),
  np("np.union1d({a}, {b})", { a: "vector", b: "vector" }, "vector"),
  np("np.setdiff1d({a}, {b})", { a: "vector", b: "vector" }, "vector"),
  np("np.isin({a}, {b})", { a: "vector", b: "vector" }, "vector"),
  np("{a}[np.isin({a}, {b})]", { a: "array1", b: "vector" }, "vector"),
  np("{a}[~np.isin({a}, {b})]", { a: "array1", b: "vector" }, "vector"),
  np("np.nonzero({x})[0]", { x: "vector" }, "vector"),
  np("np.bincount({x})", { x: "integers" }, "vector", { makes: ["x"] }),
  np("np.bincount({x}, minlength={n})", { x: "integers", n: "int" }, "vector", {
    makes: ["x"],
    most: { n: 1e7 },
  }),
  np("np.bincount({x}, weights={w})", { x: "integers", w: "vector" }, "float vector", {
    floats,
    makes: ["x"],
  }),
  np(
    "np.bincount({x}, weights={w}, minlength={n})",
    { x: "integers", w: "vector", n: "int" },
    "float vector",
    {
      floats,
      makes: ["x"],
      most: { n: 1e7 },
    },
  ),
  np("np.histogram({x}, bins={bins})[0]", { x: "vector", bins: "vector" }, "vector", {
    guard: [rising("bins")],
    refuters: [{ x: [0, 1, 2, 3], bins: [0, 1, 2, 3] }],
  }),
  np("np.histogram({x}, bins={n})[0]", { x: "vector", n: "int" }, "vector", {
    refuters: [{ x: [0, 1, 2, 4], n: 4 }],
    most: { n: 1e5 },
  }),
  np(
    "np.histogram({x}, bins={n}, range=({low}, {high}))[0]",
    { x: "vector", n: "int", low: "number", high: "number" },
    "vector",
    {
      refuters: [{ x: [-1, 0, 1, 2, 4, 5], n: 4, low: 0, high: 4 }],
      most: { n: 1e6 },
    },
  ),
  np("np.histogram2d({x}, {y}, bins={n})[0]", { x: "vector", y: "vector", n: "int" }, "float matrix", {
    most: { n: 1e5 },
  }),
  np("np.interp({v}, {x}, {y})", { v: "vector", x: "vector", y: "vector" }, "float vector", {
    floats: FORMULA,
    guard: [rising("x")],
  }),
  np("np.interp({v}, {x}, {y})", { v: "number", x: "vector", y: "vector" }, "float scalar", {
    floats: FORMULA,
    guard: [rising("x")],
  }),
  np("np.convolve({x}, {k}, mode={mode})", { x: "vector", k: "vector" }, "vector", {
    floats,
    vary: { mode: ['"full"', '"valid"', '"same"'] },
    refuters: [{ x: [1, 2, 4, 8, 16, 3], k: [1, -2, 5] }],
  }),
  np("np.correlate({x}, {k}, mode={mode})", { x: "vector", k: "vector" }, "vector", {
    floats,
    vary: { mode: ['"valid"', '"same"', '"full"'] },
    refuters: [{ x: [1, 2, 4, 8, 16, 3], k: [1, -2, 5] }],
  }),
  windows("sliding_window_view({x}, {k}).mean(axis=1)", { x: "vector", k: "int" }, "float vector", {
    floats,
    refuters: [
      { x: [1, 2, 4, 8, 16, 3], k: 3 },
      { x: [1, 2, 4, 8], k: 2 },
    ],
  }),
  windows("sliding_window_view({x}, {k}).{reduce}(axis=1)", { x: "vector", k: "int" }, "vector", {
    floats,
    vary: { reduce: ["sum", "max", "min"] },
    refuters: [
      { x: [1, 2, 4, 8, 16, 3], k: 3 },
      { x: [1, 2, 4, 8], k: 2 },
    ],
  }),
  using("import numpy as np", "from numpy.lib.stride_tricks import sliding_window_view")(
    "np.median(sliding_window_view({x}, {k}), axis=1)",
    { x: "vector", k: "int" },
    "float vector",
    {
      refuters: [
        { x: [1, 2, 4, 8, 16, 3], k: 3 },
        { x: [1, 2, 4, 8], k: 2 },
      ],
      makes: ["x", "k"],
    },
  ),
  np("np.polyval({c}, {x})", { c: "vector", x: "number" }, "scalar", { floats: FORMULA }),
  np("np.polyval({c}, {x})", { c: "vector", x: "vector" }, "vector", { floats: FORMULA }),
  np("np.polyval({c}, {x})", { c: "vector", x: "array1" }, "vector", { floats: FORMULA }),
  using("from numpy.polynomial.polynomial import polyval")(
    "polyval({x}, {c})",
    { x: "number", c: "vector" },
    "scalar",
    { floats: FORMULA },
  ),
  using("from numpy.polynomial.polynomial import polyval")(
    "polyval({x}, {c})",
    { x: "array1", c: "vector" },
    "vector",
    { floats: FORMULA },
  ),
  np("np.linspace({a}, {b}, {n})", { a: "number", b: "number", n: "int" }, "float vector", {
    floats: FORMULA,
    most: { n: 1e7 },
  }),
  np("np.hanning({n})", { n: "int" }, "float vector", { floats: ELEMENTARY, most: { n: 1e7 } }),
  np("np.hamming({n})", { n: "int" }, "float vector", { floats: ELEMENTARY, most: { n: 1e7 } }),
  np("np.blackman({n})", { n: "int" }, "float vector", { floats: ELEMENTARY, most: { n: 1e7 } }),
  np("np.bartlett({n})", { n: "int" }, "float vector", { floats: ELEMENTARY, most: { n: 1e7 } }),
  np("np.roll({x}, {k})", { x: "vector", k: "int" }, "vector"),
  np("np.repeat({x}, {k})", { x: "vector", k: "int" }, "vector", { makes: ["x", "k"] }),
  np("np.repeat({x}, {k})", { x: "vector", k: "integers" }, "vector", { most: { k: 1000 } }),
  np("np.tile({x}, {k})", { x: "vector", k: "int" }, "vector", { makes: ["x", "k"] }),
  np("np.clip({x}, {low}, {high})", { x: "vector", low: "number", high: "number" }, "vector"),
];
