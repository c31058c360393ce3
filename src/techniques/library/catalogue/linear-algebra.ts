// Products, solvers and decompositions of NumPy and SciPy.

import { type Entry, using } from "../entry.ts";
import { BLAS } from "../reasons.ts";

const np = using("import numpy as np");
const linalg = using("from scipy import linalg");
const floats = BLAS;

export const entries: Entry[] = [
  np("np.dot({a}, {b})", { a: "vector", b: "vector" }, "scalar", { floats }),
  np("np.matmul({a}, {b})", { a: "matrix", b: "matrix" }, "matrix", { floats }),
  np("np.matmul({a}, {b})", { a: "matrix", b: "vector" }, "vector", { floats }),
  np("np.matmul({a}, {b})", { a: "vector", b: "matrix" }, "vector", { floats }),
  np("np.matmul({a}, np.transpose({b}))", { a: "matrix", b: "matrix" }, "matrix", {
    floats,
    makes: ["a", "b"],
  }),
  np("np.matmul(np.transpose({a}), {b})", { a: "matrix", b: "matrix" }, "matrix", { floats }),
  np("np.matmul(np.transpose({a}), {b})", { a: "matrix", b: "vector" }, "vector", { floats }),
  np("np.outer({a}, {b})", { a: "vector", b: "vector" }, "matrix", { makes: ["a", "b"] }),
  np("np.kron({a}, {b})", { a: "matrix", b: "matrix" }, "matrix", { makes: ["a", "b"] }),
  np("np.cross({a}, {b})", { a: "vector", b: "vector" }, "vector", { floats }),
  np("np.trace({a})", { a: "square" }, "scalar", { floats }),
  np("np.transpose({a}).copy()", { a: "matrix" }, "matrix"),
  np("np.linalg.matrix_power({a}, {n})", { a: "square", n: "int" }, "matrix", {
    floats,
    refuters: [
      {
        a: [
          [1, 2],
          [3, 5],
        ],
        n: 3,
      },
    ],
    most: { n: 1e6 },
  }),
  np("np.linalg.norm({a})", { a: "vector" }, "float scalar", { floats }),
  np("np.linalg.norm({a})", { a: "matrix" }, "float scalar", { floats }),
  np("np.linalg.norm({a}, axis={axis})", { a: "matrix" }, "float vector", {
    floats,
    vary: { axis: ["1", "0"] },
  }),
  np("np.linalg.norm(np.subtract({a}, {b}))", { a: "vector", b: "vector" }, "float scalar", { floats }),
  np("np.linalg.norm(np.subtract({a}, {b}), axis=1)", { a: "matrix", b: "vector" }, "float vector", {
    floats,
  }),
  np("np.linalg.norm(np.subtract({a}, {b}), axis=1)", { a: "matrix", b: "matrix" }, "float vector", {
    floats,
  }),
  np("np.linalg.solve({a}, {b})", { a: "square", b: "vector" }, "float vector", { floats }),
  np("np.linalg.solve({a}, {b})", { a: "square", b: "matrix" }, "float matrix", { floats }),
  np("np.linalg.inv({a})", { a: "square" }, "float matrix", { floats }),
  np("np.linalg.det({a})", { a: "square" }, "float scalar", { floats }),
  np("np.linalg.cholesky({a})", { a: "square" }, "float matrix", { floats }),
  np("np.linalg.eigvalsh({a})", { a: "square" }, "float vector", { floats }),
  np("np.linalg.lstsq({a}, {b}, rcond=None)[0]", { a: "matrix", b: "vector" }, "float vector", { floats }),
  np("np.polyfit({x}, {y}, {n})", { x: "vector", y: "vector", n: "int" }, "float vector", {
    floats,
    most: { n: 40 },
  }),
  np("np.polyfit({x}, {y}, {n})", { x: "vector", y: "vector" }, "float vector", {
    floats,
    vary: { n: ["1", "2", "3"] },
  }),
  np("tuple(np.polyfit({x}, {y}, 1).tolist())", { x: "vector", y: "vector" }, "tuple", { floats }),
  np("np.vander({x})", { x: "vector" }, "matrix", { floats, makes: ["x", "x"] }),
  np("np.vander({x}, {n}, increasing=True)", { x: "vector", n: "int" }, "matrix", {
    floats,
    makes: ["x", "n"],
  }),
  np("np.tril({a})", { a: "matrix" }, "matrix"),
  np("np.triu({a})", { a: "matrix" }, "matrix"),
  np("np.diag({a}).copy()", { a: "matrix" }, "vector"),
  np("np.diag({a})", { a: "vector" }, "matrix", { makes: ["a", "a"] }),
  np("np.eye({n})", { n: "int" }, "float matrix", { most: { n: 4000 } }),
  np("np.identity({n}, dtype=int)", { n: "int" }, "matrix", { most: { n: 4000 } }),
  np("np.rot90({a}, {k}).copy()", { a: "matrix" }, "matrix", { vary: { k: ["1", "2", "3"] } }),
  linalg("linalg.solve_triangular({a}, {b}, lower={lower})", { a: "square", b: "vector" }, "float vector", {
    floats,
    vary: { lower: ["True", "False"] },
  }),
  linalg("linalg.lu({a})[1]", { a: "square" }, "float matrix", { floats }),
  linalg("linalg.lu({a})[2]", { a: "square" }, "float matrix", { floats }),
  linalg("linalg.expm({a})", { a: "square" }, "float matrix", { floats }),
  linalg("linalg.toeplitz({a})", { a: "vector" }, "matrix", { makes: ["a", "a"] }),
];
