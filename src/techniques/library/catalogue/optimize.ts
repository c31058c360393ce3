// Assignment, roots, quadrature and interpolation.

import { type Entry, using } from "../entry.ts";
import { FORMULA, SUMMATION } from "../reasons.ts";

const assignment = using("import numpy as np", "from scipy.optimize import linear_sum_assignment");
const optimize = using("from scipy import optimize");
const integrate = using("from scipy import integrate");
const interpolate = using("from scipy import interpolate");
const np = using("import numpy as np");
const floats = SUMMATION;

export const entries: Entry[] = [
  assignment("np.asarray({c})[linear_sum_assignment({c})].sum()", { c: "matrix" }, "scalar", { floats }),
  assignment("np.asarray({c})[linear_sum_assignment({c}, maximize=True)].sum()", { c: "matrix" }, "scalar", {
    floats,
  }),
  using("from scipy.optimize import linear_sum_assignment")(
    "linear_sum_assignment({c})[1]",
    { c: "matrix" },
    "vector",
    {
      refuters: [
        {
          c: [
            [1, 1, 1],
            [1, 1, 1],
            [1, 1, 1],
          ],
        },
      ],
    },
  ),
  optimize("optimize.nnls({a}, {b})[0]", { a: "matrix", b: "vector" }, "float vector", { floats: FORMULA }),
  optimize("optimize.brentq({f}, {a}, {b})", { f: "callable", a: "number", b: "number" }, "float", {
    floats: FORMULA,
  }),
  optimize(
    "optimize.bisect({f}, {a}, {b}, xtol={tol})",
    { f: "callable", a: "number", b: "number", tol: "number" },
    "float",
    {
      floats: FORMULA,
    },
  ),
  optimize("optimize.newton({f}, {x}, {df})", { f: "callable", df: "callable", x: "number" }, "float", {
    floats: FORMULA,
  }),
  np("np.trapezoid({y}, {x})", { y: "vector", x: "vector" }, "float scalar", { floats }),
  np("np.trapezoid({y}, dx={h})", { y: "vector", h: "number" }, "float scalar", { floats }),
  np("np.trapezoid({y})", { y: "vector" }, "float scalar", { floats }),
  integrate("integrate.simpson({y}, x={x})", { y: "vector", x: "vector" }, "float scalar", { floats }),
  integrate("integrate.simpson({y}, dx={h})", { y: "vector", h: "number" }, "float scalar", { floats }),
  integrate("integrate.cumulative_trapezoid({y}, {x})", { y: "vector", x: "vector" }, "float vector", {
    floats,
  }),
  integrate(
    "integrate.cumulative_trapezoid({y}, {x}, initial=0)",
    { y: "vector", x: "vector" },
    "float vector",
    { floats },
  ),
  integrate(
    "integrate.cumulative_trapezoid({y}, dx={h}, initial=0)",
    { y: "vector", h: "number" },
    "float vector",
    { floats },
  ),
  integrate("integrate.quad({f}, {a}, {b})[0]", { f: "callable", a: "number", b: "number" }, "float", {
    floats: FORMULA,
  }),
  interpolate(
    "float(interpolate.barycentric_interpolate({x}, {y}, {v}))",
    { x: "vector", y: "vector", v: "number" },
    "float",
    {
      floats: FORMULA,
      most: { x: 2000 },
    },
  ),
  interpolate(
    "interpolate.barycentric_interpolate({x}, {y}, {v})",
    { x: "vector", y: "vector", v: "vector" },
    "float vector",
    {
      floats: FORMULA,
      most: { x: 2000 },
    },
  ),
  interpolate(
    'interpolate.CubicSpline({x}, {y}, bc_type="natural")({v})',
    { x: "vector", y: "vector", v: "vector" },
    "float vector",
    {
      floats: FORMULA,
    },
  ),
];
