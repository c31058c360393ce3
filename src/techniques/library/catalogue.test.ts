// Every entry is true: its import resolves, and its call works on a value of every kind it declares.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testPython } from "../../../test/python.ts";
import { catalogue } from "./catalogue.generated.ts";
import { type Entry, functionName } from "./entry.ts";
import { fill } from "./expression.ts";
import { refutersOf } from "./refuters.ts";
import { shapeOf } from "./shapes.ts";
import { conversions, type SlotKind } from "./slots.ts";

/** A value of each kind, small and fit for every function that takes the kind. */
const SAMPLES: Record<SlotKind, string> = {
  vector: "[0.2, 0.5, 0.9]",
  matrix: "[[0.2, 0.5, 0.9], [0.1, 0.3, 0.4], [0.7, 0.6, 0.8]]",
  square: "[[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 5.0]]",
  array1: "np.array([0.2, 0.5, 0.9])",
  array2: "np.array([[0.2, 0.5, 0.1], [0.1, 0.3, 0.9], [0.7, 0.6, 0.4]])",
  array: "np.array([0.2, 0.5, 0.9])",
  numbers: "[0.2, 0.5, 0.9]",
  rows: "[[0.2, 0.5], [0.1, 0.3]]",
  integers: "[1, 2, 3]",
  items: "[1, 2, 3]",
  "hashable items": "[1, 2, 3]",
  texts: '["a", "b"]',
  nested: "[[1, 2], [3, 4]]",
  mapping: "{1: [2], 2: [3], 3: []}",
  set: "{1, 2}",
  text: '"1010"',
  bytes: 'b"abc"',
  int: "(3)",
  number: "0.5",
  value: "1",
  callable: "(lambda *given: given[0] - 0.25)",
  edges: "[(0, 1), (1, 2)]",
  nodes: "4",
  links: "{1: [2], 2: [3], 3: []}",
  graph: "nx.Graph({1: [2], 2: [3], 3: []})",
  digraph: "nx.DiGraph({1: [2], 2: [3], 3: []})",
  "weighted graph": 'nx.MultiGraph([(1, 2, {"weight": 2}), (2, 3, {"weight": 1})])',
  "ranked graph": 'nx.MultiGraph([(1, 2, {"rank": 0, "edge": (1, 2)})])',
  "weighted digraph": 'nx.DiGraph({1: {2: {"weight": 2}}, 2: {3: {"weight": 1}}, 3: {}})',
};
/** Slots whose meaning asks for more than their kind. */
const BY_NAME: Record<string, string> = {
  t: "3",
  a: "0.2",
  low: "0.2",
  high: "0.5",
  m: "5",
  tol: "1e-9",
  s: "0",
  df: "(lambda x: 1.0)",
};

/** Slots that only a value of a certain form can fill. */
const FORMED: Record<string, string> = {
  day: '"2024-02-29"',
  until: '"2024-03-01"',
  d: "{1: 2.5, 2: 0.5}",
  e: "{2: 1.5, 4: 0.5}",
};

/** What the forms of `links` call their parts. */
const PARTS = { "g.pages": "list({1: 0, 2: 0, 3: 0})", "g.near": "[[2], [3], []]" };

const variations = (entry: Entry): Record<string, string>[] =>
  Object.entries(entry.vary ?? {}).reduce<Record<string, string>[]>(
    (all, [name, texts]) => all.flatMap((one) => texts.map((text) => ({ ...one, [name]: text }))),
    [{}],
  );

/** Each call, after its steps. */
function callsOf(entry: Entry): [string, string][] {
  const values: Record<string, string> = { ...PARTS };
  for (const [slot, kind] of Object.entries(entry.slots)) {
    const named =
      ["number", "callable"].includes(kind) || (kind === "int" && /^[ms]$/.test(slot)) || slot === "t";
    const formed = kind === "mapping" || kind === "text" ? FORMED[slot] : undefined;
    values[slot] = formed ?? ((named && BY_NAME[slot]) || SAMPLES[kind]);
  }
  return variations(entry).map((fixed) => {
    const filled = (text: string) => fill(text, { ...values, ...fixed });
    return [filled((entry.steps ?? []).join("\n")), filled(entry.call)];
  });
}

const PROGRAM = `
import json, sys, warnings
warnings.simplefilter("ignore")
import numpy as np, networkx as nx
failed = []
for imports, calls, since in json.load(sys.stdin):
    if sys.version_info[1] < since:
        continue
    for steps, call in calls:
        names = {"np": np, "nx": nx}
        try:
            for statement in imports:
                exec(statement, names)
            exec(steps, names)
            value = eval(call, names)
            if hasattr(value, "__next__"):
                list(value)
        except Exception as error:
            failed.append("%s: %r" % (call, error))
print(json.dumps(failed))
`;

test("there are as many entries and functions as the README says, each entry once", () => {
  const names = new Set(
    catalogue.flatMap((entry) => variations(entry).map((fixed) => functionName(entry, fixed))),
  );
  names.delete(null);
  const readme = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
  expect(readme).toContain(`${catalogue.length} entries that call ${names.size} functions`);
  const keys = catalogue.map((entry) =>
    JSON.stringify([entry.steps, entry.call, entry.slots, entry.imports, entry.vary]),
  );
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test("every import resolves and every call works on values of the declared kinds", () => {
  const request = catalogue.map((entry) => [entry.imports, callsOf(entry), entry.since ?? 0]);
  const output = execFileSync(testPython(), ["-c", PROGRAM], {
    input: JSON.stringify(request),
    encoding: "utf8",
  });
  expect(JSON.parse(output)).toEqual([]);
});

test("every place in a call and a guard is a slot, a parameter or a condition of a slot", () => {
  for (const entry of catalogue) {
    const known = new Set([...Object.keys(entry.slots), ...Object.keys(entry.vary ?? {})]);
    const texts = [entry.call, ...(entry.steps ?? []), ...(entry.guard ?? [])];
    for (const [, place] of texts.flatMap((text) => [...text.matchAll(/\{(\w+)(?:\.\w+)?\}/g)]))
      expect(known, entry.call).toContain(place);
    for (const slot of [...(entry.makes ?? []), ...Object.keys(entry.most ?? {})])
      expect(Object.keys(entry.slots), entry.call).toContain(slot);
    for (const refuter of entry.refuters ?? [])
      for (const slot of Object.keys(refuter)) expect(Object.keys(entry.slots), entry.call).toContain(slot);
  }
});

test("the generated catalogue names every group", () => {
  const generated = readFileSync(join(import.meta.dirname, "catalogue.generated.ts"), "utf8");
  const groups = readdirSync(join(import.meta.dirname, "catalogue")).filter((name) => name.endsWith(".ts"));
  expect(groups.filter((name) => !generated.includes(`"./catalogue/${name}"`))).toEqual([]);
});

test("an adjacency dict becomes a graph by the form it has", () => {
  const fact = (type: string) => ({ type, count: 1 });
  const node = { ...fact("builtins.str"), text: { minLength: 1, maxLength: 1 } };
  const weight = { ...fact("builtins.int"), integer: { min: "1", max: "9" } };
  const length = { min: 1, max: 3 };
  const inner = { ...fact("builtins.dict"), mapping: { length, keys: [node], values: [weight] } };
  const outer = shapeOf([{ ...fact("builtins.dict"), mapping: { length, keys: [node], values: [inner] } }])!;
  expect(conversions("weighted digraph", outer)[0]?.text).toContain('{"weight": w}');
  expect(conversions("digraph", outer)).toEqual([]);
});

test("an example in plain form becomes a dict of the observed types", () => {
  const name = { type: "builtins.str", count: 1, text: { minLength: 1, maxLength: 1 } };
  const length = { min: 1, max: 3 };
  const near = {
    type: "builtins.list",
    count: 1,
    sequence: { length, elements: [name], allHashable: true, duplicates: false },
  };
  const shape = shapeOf([
    { type: "builtins.dict", count: 1, mapping: { length, keys: [name], values: [near] } },
  ])!;
  const entry = catalogue.find(({ call }) => call === "nx.is_tree({g})")!;
  expect(refutersOf(entry, [{ slot: "g", kind: "graph", name: "graph", shape }])).toContain(
    '{"graph": {"k0": ["k1", "k2"], "k1": ["k3"], "k2": ["k3"], "k3": []}}',
  );
});
