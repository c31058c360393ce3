// collections, itertools, functools, operator, heapq, bisect.

import { type Entry, using } from "../entry.ts";
import { SUMMATION } from "../reasons.ts";

const counter = using("from collections import Counter");
const only = (name: string) => using(`from itertools import ${name}`);
const operator = using("import operator");
const heapq = using("import heapq");
const bisect = using("import bisect");
const reduce = using("from functools import reduce");

export const entries: Entry[] = [
  counter("Counter({x})", { x: "hashable items" }, "dict"),
  counter("Counter({s})", { s: "text" }, "dict"),
  counter("Counter({s}.split())", { s: "text" }, "dict"),
  counter("Counter({x}).most_common({k})", { x: "hashable items", k: "int" }, "list"),
  counter("Counter({x}).most_common()", { x: "hashable items" }, "list"),
  counter("Counter({x}).most_common(1)[0][0]", { x: "hashable items" }, "number", {
    refuters: [{ x: [2, 1, 1, 2] }, { x: [3, 1, 2] }],
  }),
  counter("max(Counter({x}).values())", { x: "hashable items" }, "int"),
  counter("Counter({a}) == Counter({b})", { a: "hashable items", b: "hashable items" }, "bool"),
  counter("sum((Counter({a}) & Counter({b})).values())", { a: "hashable items", b: "hashable items" }, "int"),
  only("accumulate")("accumulate({x})", { x: "numbers" }, "iterator"),
  only("accumulate")("accumulate({x}, initial=0)", { x: "numbers" }, "iterator"),
  using("from itertools import accumulate", "from itertools import islice")(
    "islice(accumulate({x}, initial=0), 1, None)",
    { x: "numbers" },
    "iterator",
  ),
  only("accumulate")("accumulate({x}, max)", { x: "numbers" }, "iterator"),
  only("accumulate")("accumulate({x}, min)", { x: "numbers" }, "iterator"),
  using("from itertools import accumulate", "from operator import mul")(
    "accumulate({x}, mul)",
    { x: "numbers" },
    "iterator",
  ),
  only("chain")("chain.from_iterable({x})", { x: "nested" }, "iterator"),
  only("combinations")("combinations({x}, {k})", { x: "items", k: "int" }, "iterator", {
    most: { x: 40, k: 4 },
  }),
  only("combinations")("combinations({x}, {r})", { x: "items" }, "iterator", {
    vary: { r: ["2", "3"] },
    most: { x: 300 },
  }),
  only("combinations_with_replacement")(
    "combinations_with_replacement({x}, {k})",
    { x: "items", k: "int" },
    "iterator",
    { most: { x: 30, k: 4 } },
  ),
  only("permutations")("permutations({x})", { x: "items" }, "iterator", { most: { x: 9 } }),
  only("permutations")("permutations({x}, {k})", { x: "items", k: "int" }, "iterator", {
    most: { x: 30, k: 4 },
  }),
  only("product")("product({a}, {b})", { a: "items", b: "items" }, "iterator", { makes: ["a", "b"] }),
  only("product")("product(*{x})", { x: "nested" }, "iterator", { most: { x: 8 } }),
  only("product")("product({x}, repeat={k})", { x: "items", k: "int" }, "iterator", {
    most: { x: 10, k: 6 },
  }),
  only("zip_longest")("zip_longest({a}, {b}, fillvalue=0)", { a: "items", b: "items" }, "iterator"),
  only("groupby")("[(key, len(list(run))) for key, run in groupby({x})]", { x: "items" }, "list"),
  only("groupby")("[(key, len(list(run))) for key, run in groupby({s})]", { s: "text" }, "list"),
  only("groupby")("[key for key, _ in groupby({x})]", { x: "items" }, "list"),
  operator("map(operator.add, {a}, {b})", { a: "numbers", b: "numbers" }, "iterator"),
  operator("map(operator.sub, {a}, {b})", { a: "numbers", b: "numbers" }, "iterator"),
  operator("map(operator.mul, {a}, {b})", { a: "numbers", b: "numbers" }, "iterator"),
  operator("map(operator.truediv, {a}, {b})", { a: "numbers", b: "numbers" }, "iterator"),
  operator("sum(map(operator.mul, {a}, {b}))", { a: "numbers", b: "numbers" }, "number", {
    floats: SUMMATION,
  }),
  operator("sum(map(operator.ne, {a}, {b}))", { a: "items", b: "items" }, "int"),
  operator("sum(map(operator.ne, {a}, {b}))", { a: "text", b: "text" }, "int"),
  operator("sum(map(operator.eq, {a}, {b}))", { a: "items", b: "items" }, "int"),
  reduce("reduce({f}, {x})", { f: "callable", x: "items" }, "number"),
  reduce("reduce({f}, {x}, {start})", { f: "callable", x: "items", start: "value" }, "number"),
  heapq("heapq.nlargest({k}, {x})", { k: "int", x: "items" }, "list"),
  heapq("heapq.nsmallest({k}, {x})", { k: "int", x: "items" }, "list"),
  heapq("heapq.merge({a}, {b})", { a: "items", b: "items" }, "iterator"),
  heapq("heapq.nlargest({k}, {x})[-1]", { k: "int", x: "items" }, "number"),
  heapq("heapq.nsmallest({k}, {x})[-1]", { k: "int", x: "items" }, "number"),
  bisect("bisect.bisect_left({x}, {v})", { x: "items", v: "value" }, "int"),
  bisect("bisect.bisect_right({x}, {v})", { x: "items", v: "value" }, "int"),
  bisect("[bisect.bisect_left({x}, v) for v in {y}]", { x: "items", y: "items" }, "list"),
  bisect("[bisect.bisect_right({x}, v) for v in {y}]", { x: "items", y: "items" }, "list"),
];
