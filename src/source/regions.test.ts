import { expect, test } from "vitest";
import { sharedService } from "../../test/python-service.ts";
import { parseSource } from "./load.ts";
import { innermostRegion, leftBehind, regionNode, regionsOf } from "./regions.ts";

const service = sharedService();

async function regions(text: string) {
  const file = await parseSource(service(), text, "/tmp/sample.py");
  return { file, regions: regionsOf(file) };
}

const names = async (text: string, line: number) => {
  const { regions: all } = await regions(text);
  const { liveIn, liveOut, closure, globals, notReplayable } = innermostRegion(all, line, "loop") ?? all[0]!;
  return { liveIn, liveOut, closure, globals, notReplayable };
};

test("a loop of a script: what it reads, what is used after it, what its callees read", async () => {
  const text = `import math
scale = 3
points = [1, 2, 3]
def weigh(p):
    return math.sqrt(p) * scale
total = 0
for p in points:
    w = weigh(p)
    total += w
print(total)
`;
  expect(await names(text, 8)).toEqual({
    liveIn: ["points", "total"],
    liveOut: ["total"],
    closure: [],
    globals: ["math", "scale", "weigh"],
    notReplayable: null,
  });
});

test("a loop variable read after the loop is live-out, and live-in since the loop may run zero times", async () => {
  const text = `def f(rows):
    last = None
    for row in rows:
        last = row
        key = row[0]
    return last, key
`;
  expect(await names(text, 4)).toMatchObject({ liveIn: ["key", "last", "rows"], liveOut: ["key", "last"] });
});

test("what a loop of a script leaves behind unread: not what functions or later lines read", async () => {
  const text = `def show():
    print(last)
for i in range(3):
    for j in range(3):
        last = n = i * j
print(n)
`;
  const { file, regions: all } = await regions(text);
  expect(leftBehind(file, innermostRegion(all, 3, "loop")!).sort()).toEqual(["i", "j"]);
  expect(leftBehind(file, innermostRegion(all, 5, "loop")!)).toEqual(["j"]);
});

test("what an enclosing loop or a handler reads is live after the inner loop", async () => {
  const text = `def f(grid):
    best = 0
    try:
        for row in grid:
            for x in row:
                best = max(best, x)
                state = x
    except ValueError:
        return state
    return 1
`;
  expect(await names(text, 6)).toMatchObject({ liveOut: ["best", "state"] });
});

test("variables of enclosing functions are the closure; globals reached through methods are found", async () => {
  const text = `LIMIT = 5
class Box:
    def full(self):
        return len(self.items) >= LIMIT
def outer(boxes):
    count = 0
    def inner(n):
        nonlocal count
        for box in boxes[:n]:
            if box.full():
                count += 1
        return count
    return inner
`;
  expect(await names(text, 10)).toEqual({
    liveIn: ["box", "n"].slice(1),
    liveOut: [],
    closure: ["boxes", "count"],
    globals: ["LIMIT"],
    notReplayable: null,
  });
});

test("a variable that a nested function reads is live whenever that function may run", async () => {
  const text = `def f(n):
    size = 0
    def show():
        return size
    for i in range(n):
        size = i
    return show
`;
  expect(await names(text, 6)).toMatchObject({ liveOut: ["size"], liveIn: ["n", "size"] });
});

test.each([
  ["def f(n):\n    for i in n:\n        yield i\n", 3, "it yields"],
  ["async def f(n):\n    async for i in n:\n        print(i)\n", 3, "it is an asynchronous loop"],
  ["def f(n):\n    for i in n:\n        eval(i)\n", 3, "it uses eval(), which can reach any name"],
  ["class C:\n    for i in range(3):\n        pass\n", 3, "it runs in the body of a class"],
  ["class C(D):\n    def f(self):\n        for i in self:\n            super().f(i)\n", 4, "it uses super()"],
])("not replayable: %j", async (text, line, reason) => {
  expect((await names(text, line)).notReplayable).toBe(reason);
});

test("every region leads back to its node", async () => {
  const { file, regions: all } = await regions(
    "def f():\n    for i in x:\n        while i:\n            i -= 1\n",
  );
  expect(all.map((region) => [region.id, regionNode(file, region).kind])).toEqual([
    ["sample:1:function", "FunctionDef"],
    ["sample:2:loop", "For"],
    ["sample:3:loop", "While"],
  ]);
});

test("a statement of the top level is a region when it runs code many times", async () => {
  const { regions: all } = await regions(`import math
xs = list(range(10))
if xs:
    ys = [math.sqrt(x) for x in xs]
zs = sorted(xs, key=lambda x: -x)
one = len(xs)
for x in xs:
    ys = [x for y in xs]
def f():
    return [x for x in xs]
print(ys, zs)
`);
  const statements = all.filter(({ kind }) => kind === "statement");
  expect(statements.map(({ span, liveIn, liveOut }) => [span.line, liveIn, liveOut])).toEqual([
    [4, ["xs"], ["ys"]],
    [5, ["xs"], ["zs"]],
  ]);
});
