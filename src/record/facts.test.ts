import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { testPython } from "../../test/python.ts";
import { agentDirectory } from "../interpreter/agent.ts";
import { ValueFact } from "../schemas/index.ts";

const values = `
import sys, json
sys.path.insert(0, sys.argv[1])
from speedwell_agent.describe import describe
from speedwell_agent.facts import merge
import array, collections, datetime, decimal, enum, fractions
import networkx as nx, numpy as np, pandas as pd, scipy.sparse as sp
class Slotted:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
class Liar(list):
    def __len__(self): raise RuntimeError
    def __iter__(self): raise RuntimeError
    def __class__(self): raise RuntimeError
Pair = collections.namedtuple("Pair", "x y")
Level = enum.IntEnum("Level", "low high")
cyclic = []
cyclic.append(cyclic)
values = dict(
    scalars=[np.float64(2.5), np.int32(3), np.bool_(True), np.str_("a"), np.datetime64("2020-01-01")],
    many=[[np.float64(i) for i in range(1000)]], matrix=[np.array([[1, np.inf], [np.nan, 2]])], empty=[np.zeros((0, 3))],
    objects=[np.array(["a", None], dtype=object)], flags=[np.array([True, False])], complex=[np.array([1j])], big=[np.array([2**63], np.uint64)],
    record=[np.array([(1, 2.0)], dtype=[("a", int), ("b", float)])], masked=[np.ma.array([1, 2], mask=[0, 1])],
    sparse=[sp.eye(3).tocsr()], graph=[nx.path_graph(5)], index=[pd.date_range("2020", periods=3)], series=[pd.Series([1, 2])],
    frame=[pd.DataFrame({"a": [1, 2], "s": ["x", None], "c": pd.Categorical(["u", "v"]), 1: [0.5, np.nan]}), pd.DataFrame()],
    slotted=[Slotted()], liar=[Liar([1, 2])], pairs=[Pair(1, 2.0), Pair("a", None)], level=[Level.low], huge=[10**5000, -(10**5000)],
    containers=[collections.deque([1]), collections.Counter("aab"), range(3, 9), array.array("d", [1]), {1, 2}, frozenset(), b"abc", bytearray(2)],
    others=[decimal.Decimal(1), fractions.Fraction(1, 3), datetime.timedelta(1), len, lambda: 1, np, Slotted, 1j, None, Ellipsis],
    cyclic=[cyclic], floats=[float("nan"), float("inf"), -0.0, 1.5], mixed=[[1, "a", None, 2.5, (1,), [2]]],
    tuples=[(1, "a"), (2, "b")], ragged=[(1,), (1, 2), ()], empties=[(), ()], long=[[7] * 150_001 + [9**9] + [0] * 150_000],
)
found = {name: describe(group) for name, group in values.items()}
for name, group in values.items():
    merge(found[name], describe(group, looks=False))
print(json.dumps(found, allow_nan=False))
`;

it("describes anything in the form that the schema has, and exactly where it can", () => {
  const output = execFileSync(testPython(), ["-c", values, agentDirectory()], { encoding: "utf8" });
  const found = Object.entries(JSON.parse(output) as Record<string, unknown[]>).map(
    ([name, facts]) => [name, facts.map((fact) => ValueFact.parse(fact))] as const,
  );
  const facts = Object.fromEntries(found);
  expect(facts.matrix![0]!.array).toMatchObject({ min: 1, max: 2, nan: true });
  expect(facts.flags![0]!.array).toMatchObject({ dtype: "bool", min: 0, max: 1 });
  expect(facts.floats![0]!.float).toEqual({
    min: -0,
    max: 1.5,
    nan: true,
    infinite: true,
    negativeZero: true,
  });
  expect(facts.long![0]!.sequence!.elements[0]!.integer).toEqual({ min: "0", max: String(9 ** 9) });
  expect(facts.long![0]!.sequence!.duplicates).toBe(true);
  expect(facts.tuples![0]!.sequence!.positions!.map((p) => p[0]!.type)).toEqual([
    "builtins.int",
    "builtins.str",
  ]);
  expect(facts.ragged![0]!.sequence!.positions).toBeUndefined();
  expect(facts.mixed![0]!.sequence).toMatchObject({ allHashable: false });
  expect(facts.liar![0]).toMatchObject({ type: "__main__.Liar", sequence: { length: { min: 2, max: 2 } } });
  expect(facts.slotted![0]!.attributes!.a![0]!.integer).toEqual({ min: "1", max: "1" });
  expect(Object.keys(facts.frame![0]!.attributes!).sort()).toEqual(["1", "a", "c", "index", "s"]);
  expect(facts.sparse![0]!.array).toMatchObject({ dtype: "float64", shapes: [[3, 3]] });
  expect(facts.huge![0]!.integer!.max.length).toBeGreaterThan(3000);
});
