import { afterAll, beforeAll, expect, test } from "vitest";
import { testPython } from "../../test/python.ts";
import { type PythonService, startService } from "../interpreter/service.ts";
import { parseSource } from "./load.ts";
import { madeAnew } from "./made.ts";
import { regionsOf } from "./regions.ts";

let service: PythonService;
beforeAll(async () => {
  service = await startService(testPython());
});
afterAll(() => service.close());

/** What is known of the live-ins of the loop that the mark stands on. */
async function made(text: string) {
  const file = await parseSource(service, text, "/tmp/made.py");
  const line = text.split("\n").findIndex((one) => one.includes("# here")) + 1;
  const region = regionsOf(file).find((one) => one.kind === "loop" && one.span.line === line)!;
  return madeAnew(file, region);
}

test("tables and lists of literals, with numbers put into them", async () => {
  const found = await made(`
def f(a, n, m):
    table = [[0] * (n + 1) for _ in range(m + 1)]
    weights, best = [0.0] * n, 0
    for i in range(m + 1):
        table[i][0] = i
    sums = [0.0, 0.0]
    sums[0] = -1.5
    order = []
    squares = [i * i for i in range(len(table))]
    for i in range(m):  # here
        for j in range(n):
            table[i][j] = a[i] + best + weights[j] + squares[i] + sums[0]
        order.append(i)
    return table, order
`);
  expect(found).toEqual({ table: "int", sums: "float", order: "empty", squares: "int" });
});

test("nothing is known of what others may hold, change or bind, or of what a loop around goes on with", async () => {
  const found = await made(`
def f(a, n):
    shared = [[0] * n] * n
    given = [a, 0]
    handed = [0] * n
    g(handed)
    twice = [0] * n
    twice = a
    other = [0] * n
    other[0] = a
    mixed = [0] * n
    mixed[0] = 0.5
    inner = [[0], [0]]
    row = inner[0]
    kept = [0] * n
    seen = [0] * n
    def look():
        return seen
    for _ in range(3):
        if n > 1:
            maybe = [0] * n
        fresh = [0] * n
        for i in range(n):  # here
            kept[i] = fresh[i] = maybe[i] = shared[i] = given[i] = handed[i] = twice[i] = a
            other[i] = mixed[i] = inner[i] = seen[i] = row
    return kept, look
`);
  expect(found).toEqual({ fresh: "int" });
});
