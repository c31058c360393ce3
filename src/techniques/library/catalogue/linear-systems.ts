// Special matrices, banded systems, singular values, ranks and norms.

import { type Entry, using } from "../entry.ts";
import { BLAS } from "../reasons.ts";

const np = using("import numpy as np");
const linalg = using("from scipy import linalg");
const banded = using("import numpy as np", "from scipy import linalg");
const floats = BLAS;

export const entries: Entry[] = [
  banded(
    "linalg.solve_banded((1, 1), np.array([np.append(0, {c}[:-1]), {b}, np.append({a}[1:], 0)]), {d})",
    { a: "vector", b: "vector", c: "vector", d: "vector" },
    "float vector",
    {
      floats,
      // Where the diagonal does not dominate, LAPACK exchanges rows and a plain elimination does not.
      guard: [
        "len({a}) == len({b}) == len({c}) == len({d})",
        "np.all(np.isfinite({d}))",
        "np.all(np.abs({a}) + np.abs({c}) < np.abs({b}))",
        "np.all(np.isfinite({b}))",
      ],
      refuters: [{ a: [9, 1, 2, 1], b: [4, 5, 6, 7], c: [1, 2, 1, 9], d: [5, 6, 7, 8] }],
    },
  ),
  np("np.linalg.svd({a}, compute_uv=False)", { a: "matrix" }, "float vector", { floats }),
  np("np.linalg.matrix_rank({a})", { a: "matrix" }, "scalar"),
  np("np.linalg.pinv({a})", { a: "matrix" }, "float matrix", { floats }),
  np("np.linalg.slogdet({a})[1]", { a: "square" }, "float scalar", { floats }),
  np("np.linalg.cond({a})", { a: "square" }, "float scalar", { floats }),
  np("np.linalg.norm({a}, {ord})", { a: "matrix" }, "float scalar", {
    floats,
    vary: { ord: ["1", "np.inf", "2", '"nuc"'] },
  }),
  np("np.linalg.norm({a}, {ord})", { a: "vector" }, "float scalar", {
    floats,
    vary: { ord: ["1", "np.inf"] },
  }),
  np("np.linalg.norm({a}, {p})", { a: "vector", p: "number" }, "float scalar", { floats }),
  np("np.max(np.abs(np.linalg.eigvals({a})))", { a: "square" }, "float scalar", { floats }),
  np("np.linalg.eigvalsh({a})[{which}]", { a: "square" }, "float scalar", {
    floats,
    vary: { which: ["-1", "0"] },
  }),
  np("np.linalg.multi_dot(({a}, {b}, {c}))", { a: "matrix", b: "matrix", c: "matrix" }, "matrix", { floats }),
  linalg("linalg.{f}({x})", { x: "vector" }, "matrix", {
    vary: { f: ["circulant", "hankel"] },
    makes: ["x", "x"],
  }),
  linalg("linalg.toeplitz({x}, {y})", { x: "vector", y: "vector" }, "matrix", { makes: ["x", "y"] }),
  linalg("linalg.{f}({n})", { n: "int" }, "float matrix", {
    vary: { f: ["hilbert"] },
    most: { n: 3000 },
    floats,
  }),
  linalg('linalg.pascal({n}, kind="lower")', { n: "int" }, "matrix", { most: { n: 60 } }),
  linalg("linalg.block_diag({a}, {b})", { a: "matrix", b: "matrix" }, "matrix", { makes: ["a", "b"] }),
  linalg("linalg.cho_solve(linalg.cho_factor({a}), {b})", { a: "square", b: "vector" }, "float vector", {
    floats,
    guard: ["all({a}[i][j] == {a}[j][i] for i in range(len({a})) for j in range(i))"],
  }),
];
