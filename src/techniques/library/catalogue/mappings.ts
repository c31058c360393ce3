// Dicts: sorted, inverted, merged, counted, and the key of the largest value.

import { builtin, type Entry, using } from "../entry.ts";
import { SUMMATION } from "../reasons.ts";

/** Two keys of the largest value, two of the least, out of order. */
const ties = [
  {
    d: [
      [3, 2],
      [1, 5],
      [2, 5],
      [4, 2],
    ],
  },
  {
    d: [
      [2, -1],
      [1, -1],
      [0, -3],
    ],
  },
];
const refuters = ties;
const floats = SUMMATION;
const counter = using("from collections import Counter");

export const entries: Entry[] = [
  builtin("sum({d}.values())", { d: "mapping" }, "number", { floats }),
  builtin("sum({d}.values()) / len({d})", { d: "mapping" }, "float", { floats }),
  builtin("max({d}.values())", { d: "mapping" }, "number", { refuters }),
  builtin("min({d}.values())", { d: "mapping" }, "number", { refuters }),
  builtin("max({d}, key={d}.get)", { d: "mapping" }, "number", { refuters }),
  builtin("min({d}, key={d}.get)", { d: "mapping" }, "number", { refuters }),
  builtin("sorted({d})", { d: "mapping" }, "list", { refuters }),
  builtin("sorted({d}.values(), reverse={r})", { d: "mapping" }, "list", {
    vary: { r: ["False", "True"] },
    refuters,
  }),
  builtin("sorted({d}.items())", { d: "mapping" }, "list", { refuters }),
  builtin("sorted({d}.items(), key=lambda item: item[1], reverse={r})", { d: "mapping" }, "list", {
    vary: { r: ["True", "False"] },
    refuters,
  }),
  builtin("sorted({d}, key={d}.get, reverse={r})", { d: "mapping" }, "list", {
    vary: { r: ["True", "False"] },
    refuters,
  }),
  builtin("dict(sorted({d}.items()))", { d: "mapping" }, "dict", { refuters }),
  builtin("dict(sorted({d}.items(), key=lambda item: item[1], reverse={r}))", { d: "mapping" }, "dict", {
    vary: { r: ["True", "False"] },
    refuters,
  }),
  builtin("{d} | {e}", { d: "mapping", e: "mapping" }, "dict"),
  builtin("{d}.keys() & {e}.keys()", { d: "mapping", e: "mapping" }, "set"),
  builtin("{d}.keys() - {e}.keys()", { d: "mapping", e: "mapping" }, "set"),
  builtin("list({d}.items())", { d: "mapping" }, "list"),
  builtin("dict.fromkeys({x}, {v})", { x: "hashable items", v: "value" }, "dict"),
  builtin("dict.fromkeys({x}, 0)", { x: "hashable items" }, "dict"),
  builtin("dict(enumerate({x}))", { x: "items" }, "dict"),
  builtin("{value: index for index, value in enumerate({x})}", { x: "hashable items" }, "dict", {
    refuters: [{ x: [2, 1, 2, 1] }],
  }),
  counter("Counter({d}) + Counter({e})", { d: "mapping", e: "mapping" }, "dict", {
    guard: ["all(value > 0 for value in [*{d}.values(), *{e}.values()])"],
  }),
];
