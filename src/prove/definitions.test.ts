// Of a script's own work only what a region reads is done again before it is replayed.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testPython } from "../../test/python.ts";

const program = `
import ast, json, sys
sys.path.insert(0, sys.argv[1])
from speedwell_agent import definitions, regioncode

tree = ast.parse(sys.stdin.read())
found = {}
for node in ast.walk(tree):
    if isinstance(node, ast.FunctionDef) and node in tree.body:
        place = regioncode.Place({}, [node], ())
        found[node.name] = sorted(definitions.needed_names(tree, place, set()))
print(json.dumps(found))
`;

test("names that a function has for itself are not the module's", () => {
  const text = `
def join(orders, customers):
    rows = []
    for order in orders:
        rows += [c for c in customers if c == order]
    return rows

def total(orders):
    def inner(order):
        return order * rate + bonus(order)
    return sum(map(inner, orders)) + [rows for rows in rows][0]

def bonus(customers):
    global limit
    limit = customers
    return limit

if __name__ == "__main__":
    rate, limit = 2, 9
    customers = list(range(9))
    orders = [c for c in customers]
    rows = join(orders, customers)
`;
  const agent = join(import.meta.dirname, "../../agent");
  const { stdout, stderr } = spawnSync(testPython(), ["-c", program, agent], {
    input: text,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    join: [],
    total: ["customers", "limit", "orders", "rate", "rows"],
    bonus: ["limit"],
  });
});
