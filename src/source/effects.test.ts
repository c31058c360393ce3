import { expect, test } from "vitest";
import { sharedService } from "../../test/python-service.ts";
import { effectsOf, isPure } from "./effects.ts";
import { parseSource } from "./load.ts";

const service = sharedService();

/** Effects of the last statement of the text. */
async function effects(text: string) {
  const file = await parseSource(service(), text, "/tmp/sample.py");
  const node = file.tree.body.at(-1)!;
  const { mutates, outerBinds, calls, io } = effectsOf(file, node);
  return {
    mutates: [...mutates].sort(),
    outerBinds: [...outerBinds],
    calls: calls.length,
    io,
    pure: isPure(file, node),
  };
}

test("arithmetic, known builtins and modules of functions are pure", async () => {
  const found = await effects(
    "from math import sqrt\nimport math\nmax(len(a), math.floor(sqrt(x + 1)), key=abs)\n",
  );
  expect(found).toEqual({ mutates: [], outerBinds: [], calls: 0, io: false, pure: true });
});

test.each([
  ["a.append(b)", ["a", "b"]],
  ["a[0] = 1", ["a"]],
  ["a.x.y = 1", ["a"]],
  ["b = a\nb.sort()", ["a", "b"]],
  ["for row in grid:\n    pass\nrow.append(1)", ["grid", "row"]],
  ["n = len(a)\nn += 1", ["n"]],
  ["def f(v):\n    v.clear()\nf(a)", ["a"]],
])("%j may change %j", async (text, expected) => {
  expect((await effects(text)).mutates.filter((name) => name !== "f")).toEqual(expected);
});

test("a function of the module is seen through, an imported one is not", async () => {
  expect(await effects("def f(v):\n    return v + 1\nf(a)\n")).toMatchObject({ calls: 0, mutates: [] });
  expect(await effects("def f(v):\n    print(v)\nf(a)\n")).toMatchObject({ calls: 0, io: true });
  expect(await effects("def f():\n    global n\n    n = 1\nf()\n")).toMatchObject({ outerBinds: ["n"] });
  expect(await effects("from shop import f\nf(a)\n")).toMatchObject({ calls: 1, mutates: ["a"] });
});

test("a method that a class of the file defines is not taken for Python's own", async () => {
  expect(await effects("class C:\n    def index(self, x):\n        self.n += 1\nc.index(3)\n")).toMatchObject(
    {
      calls: 1,
      mutates: ["c"],
    },
  );
});

test("a callback that is not known is an unknown call", async () => {
  expect(await effects("sorted(a, key=k)\n")).toMatchObject({ calls: 1 });
  expect(await effects("list(map(str, a))\n")).toMatchObject({ calls: 0 });
});
