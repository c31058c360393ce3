// Calls whose values cannot be stored: judged through the nearest caller that can be, else by whole runs, else not at all.

import { expect, test } from "vitest";
import { exchanged, files, minutes, prove, verdicts } from "./running.ts";

const old = `import sqlite3

class Store:
    def __init__(self, rows):
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("create table t (k integer, v integer)")
        self.connection.executemany("insert into t values (?, ?)", rows)

    def total(self, low):
        total = 0
        for k, v in self.connection.execute("select k, v from t"):
            if k >= low:
                total += v * v
        return total

    def least(self, low):
        found = None
        for k, v in self.connection.execute("select k, v from t"):
            if k >= low and (found is None or v < found):
                found = v
        return found

    def count(self, low):
        count = 0
        for k, v in self.connection.execute("select k, v from t"):
            if k >= low:
                count += 1
        return count

    def unseen(self, low):
        return [v * 2 for k, v in self.connection.execute("select k, v from t") if k > low]

def every(data, step):
    total = 0
    for i in range(0, len(data), step):
        total += data[i]
    return total
`;

test("what cannot be recorded is judged through its nearest caller, or by what whole runs show", {
  timeout: 4 * minutes,
}, async () => {
  const folder = files({
    "store.py": old,
    "new.py": exchanged(old, {
      "            if k >= low:\n                total += v * v":
        "            if low <= k:\n                total += v ** 2",
      "if k >= low and (found is None or v < found)": "if k > low and (found is None or v < found)",
      "count += 1": "count = count + 1",
      "v * 2 for": "v + v for",
      "    total = 0\n    for i in range(0, len(data), step):\n        total += data[i]\n    return total":
        "    return sum(data[i] for i in range(0, len(data), step))",
    }),
    // The callers lie in a file that is alike in both versions.
    "work.py": `from store import Store, every

def large(n):
    return every(bytes(range(n % 7, 200)) * 190_000, 500_009 + 777 * (n % 7))

def totals(rows, lows):
    store = Store(rows)
    return [store.total(low) for low in lows]

def leasts(rows, lows):
    store = Store(rows)
    return [store.least(low) for low in lows]

def main():
    rows = [(i * 7 % 11, i) for i in range(50)]
    for n in range(3, 30):
        print(totals(rows[:n], [0, 3, 5, n // 3]))
        leasts(rows[:n], [0, 3, 5, n // 3])

main()
store = Store([(i * 7 % 11, i) for i in range(50)])
print([store.count(n) for n in range(12)])
store.unseen(3)
print([large(n) for n in range(6)])
`,
  });
  const judgement = await prove(folder, "--budget", "150", "store.py", "new.py", "--", "work.py");
  expect(verdicts(judgement)).toEqual({
    "Store.total": "same",
    "Store.least": "different",
    "Store.count": "same",
    "Store.unseen": "cannot_tell",
    every: "same",
  });
  const piece = (name: string) => judgement.pieces.find(({ place }) => place === `Store.${name}`)!;
  const why = "no call of it could be recorded: self.connection: cannot pickle 'sqlite3.Connection' object";
  expect(piece("total")).toMatchObject({
    evidence: "calls",
    through: { place: "totals", shown: "work.py", line: 6, why },
  });
  expect(piece("total").equivalence!.recorded).toBeGreaterThan(3);
  expect(piece("total").equivalence!.assumptions).toContain(
    "only what calls of totals show of Store.total was compared, not its calls from elsewhere",
  );
  const every = judgement.pieces.find(({ place }) => place === "every")!;
  expect(every.through).toMatchObject({ place: "large", why: expect.stringMatching(/larger|MB/) });
  expect(piece("least").call).toMatch(/^from work import leasts\nprint\(leasts\(/);
  expect(piece("count")).toMatchObject({ evidence: "whole_runs", through: null });
  expect(piece("count").reason).toMatch(new RegExp(`since ${why}.*shows \\d+ of \\d+ mistakes`));
  expect(piece("unseen").reason).toMatch(new RegExp(`^${why}; the workload's output is the same`));
});
