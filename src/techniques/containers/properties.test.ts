// Programs put together at random, full of lists that change, alias, escape and hold odd values: whatever the technique
// rewrites must print what it printed before.

import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { testPython } from "../../../test/python.ts";
import { sharedService } from "../../../test/python-service.ts";
import { rewriteProgram } from "../../../test/rewriting.ts";
import { technique } from "./index.ts";

const service = sharedService();

const prelude = `
import math
from functools import cmp_to_key

class Point:
    def __init__(self, key):
        self.key = key
    def __eq__(self, other):
        return isinstance(other, Point) and self.key == other.key
    def __repr__(self):
        return "P%r" % (self.key,)

class Row:
    def __init__(self, key, n):
        self.key = key
        self.n = n
    def __repr__(self):
        return "R%r%r" % (self.key, self.n)

shared = list(range(12))

def touch(x):
    shared.append(x)
    return x

def extend(items, x):
    items.append(x)
    return len(items)

def look(items):
    return len(items)

def same(p, q):
    return p == q

def compare(p, q):
    if p < q:
        return 1
    return -1 if p > q else 0

def by_both(p, q):
    if p[0] != q[0]:
        return q[0] - p[0]
    elif p[1] < q[1]:
        return -1
    elif p[1] > q[1]:
        return 1
    else:
        return 0

def biased(p, q):
    return 1 if p > q else -1

def first(rows, wanted):
    for row in rows:
        if row["key"] == wanted:
            return row

def place_of(rows, wanted):
    for row in rows:
        if wanted == row[0]:
            return row[1]
    return None

def number_of(rows, wanted):
    for row in rows:
        if row.key == wanted:
            return row.n
    return -1

class Limit(Exception):
    pass

steps = [0]

def tick():
    steps[0] += 1
    if steps[0] > 400:
        raise Limit
`;

const valueKinds: Record<string, string> = {
  integers: "[i * 7 % 11 for i in range(20)]",
  texts: "['t%d' % (i * 5 % 9) for i in range(20)]",
  floats: "[float(i % 5) for i in range(12)] + [float('nan'), -0.0]",
  mixed: "[1, True, 1.0, 'a', None, 2, (1, 2), b'x', 0, False] * 2",
  tuples: "[(i * 3 % 5, 'k%d' % (i % 3)) for i in range(16)]",
  lists: "[[i % 3] for i in range(10)]",
  points: "[Point(i % 4) for i in range(10)]",
  rows: "[Row(i * 3 % 5, i) for i in range(16)]",
  records: "[{'key': i * 3 % 5, 'n': i} for i in range(16)]",
  few: "[3, 1]",
  none: "[]",
};

const name = fc.constantFrom("a", "b", "own", "other", "shared", "made");
const item = fc.constantFrom("x", "x", "(x, 1)", "1", "len(out)", "own[0] if own else x");
const key = fc.constantFrom("[0]", "['key']", ".key");

const statement: fc.Arbitrary<string[]> = fc.letrec<{ one: string[]; block: string[] }>((tie) => ({
  block: fc.array(tie("one"), { minLength: 1, maxLength: 3 }).map((parts) => parts.flat()),
  one: fc.oneof(
    { maxDepth: 2 } as fc.OneOfConstraints,
    fc.tuple(name, item).map(([l, e]) => [`out.append(${e} in ${l})`]),
    fc.tuple(name, item).map(([l, e]) => [`if ${e} not in ${l}:`, `    out.append(${e})`]),
    fc
      .tuple(name, name)
      .map(([l, m]) => [`if x not in ${l}:`, `    ${l}.append(x)`, `    out.append(len(${m}))`]),
    fc.tuple(name, item).map(([l, e]) => [`out.append(${l}.count(${e}))`]),
    fc.tuple(name, item).map(([l, e]) => [`${l}.append(${e})`]),
    name.map((l) => [`if ${l}:`, `    out.append(${l}.pop(0))`]),
    name.map((l) => [`if len(${l}) > 3:`, `    ${l}.pop(0)`]),
    name.map((l) => [`out.append(${l}.pop(0))`]),
    name.map((l) => [`if ${l}:`, `    del ${l}[0]`]),
    name.map((l) => [`if len(${l}) > 1:`, `    out.append(${l}[0])`, `    ${l} = ${l}[1:]`]),
    fc.tuple(name, item).map(([l, e]) => [`${l}.insert(0, ${e})`]),
    name.map((l) => [`if ${l}:`, `    ${l}.sort()`, `    out.append(${l}.pop(0))`]),
    name.map((l) => [`if ${l}:`, `    least = min(${l})`, `    ${l}.remove(least)`, "    out.append(least)"]),
    fc
      .tuple(name, key)
      .map(([l, k]) => [`for r in ${l}:`, `    if r${k} == x:`, "        out.append(r)", "        break"]),
    fc.tuple(name, key).map(([l, k]) => [`out.append([r for r in ${l} if r${k} == x])`]),
    fc.tuple(name, key).map(([l, k]) => [`out.append(next((r for r in ${l} if x == r${k}), None))`]),
    fc
      .tuple(name, key)
      .map(([l, k]) => [`for r in ${l}:`, `    if r${k} == x and len(out) < 30:`, "        out.append(r)"]),
    fc
      .tuple(name, key)
      .map(([l, k]) => [
        `for r in ${l}:`,
        `    if x != r${k}:`,
        "        continue",
        "    out.append(r)",
        "    if len(out) > 20:",
        "        break",
      ]),
    name.map((l) => [`for r in ${l}:`, "    if r == x:", "        out.append(r)"]),
    fc
      .tuple(name, key, key)
      .map(([l, k, m]) => [
        `for r in ${l}:`,
        `    if r${k} == x and r${m} == x${m === ".key" ? "" : " % 3"}:`,
        "        out.append(r)",
      ]),
    fc
      .tuple(name, fc.constantFrom("", "[0]", "['key']"))
      .map(([l, k]) => [
        `for i in range(len(${l})):`,
        `    if ${l}[i]${k} == x:`,
        "        out.append(i)",
        "        if len(out) > 20:",
        "            break",
      ]),
    fc
      .tuple(name, fc.constantFrom("r", "r[0]", "r['key']", "r[c]", "r.lower()"))
      .map(([l, k]) => [`for i, r in enumerate(${l}):`, `    if x == ${k}:`, "        out.append((i, r))"]),
    fc
      .tuple(name, fc.constantFrom(" == x", "[0] == x", " + x == 12", " == own[0]"))
      .map(([l, t]) => [
        `for i in range(len(${l})):`,
        `    for j in range(i + 1, len(${l})):`,
        `        if ${l}[j]${t} and len(out) < 30:`,
        "            out.append((i, j))",
      ]),
    name.map((l) => [`for u, v in ${l}:`, "    if u == x:", "        out.append(v)"]),
    fc
      .tuple(name, key)
      .map(([l, k]) => [`if not any(r${k} == x for r in ${l}):`, `    ${l}.append(${l}[0])`]),
    fc
      .tuple(name, name)
      .map(([l, m]) => [
        "found = False",
        `for r in ${l}:`,
        "    if same(r, x):",
        "        found = True",
        "        break",
        "if not found:",
        `    ${m}.append(x)`,
      ]),
    fc
      .tuple(
        name,
        fc.constantFrom("", "r['key'] = 2", "fresh['key'] = 3", "l.append(fresh)", "l[0]['key'] = 1"),
      )
      .map(([l, later]) => [
        `for r in ${l}:`,
        "    if r['key'] == x and len(out) < 40:",
        "        out.append(r['n'])",
        "        break",
        "else:",
        "    fresh = {'key': x, 'n': len(out)}",
        `    ${l}.append(fresh)`,
        ...(later === "" ? [] : [`    ${later.replace(/^l/, l)}`]),
      ]),
    fc
      .tuple(
        name,
        fc.constantFrom("i:i + 3", "i:j", "j:i + 1", ":j", "i - 1:j", "i + 2:i + 1", "i + c:i + 4"),
        fc.constantFrom("pass", "pass", "i += 1", "j += 3", "own.pop()", "a.append(1)"),
      )
      .map(([l, bounds, step]) => [
        `for i in range(len(${l})):`,
        "    for j in range(i, i + 3):",
        `        ${step}`,
        `        part = ${l}[${bounds}]`,
        `        if len(out) < 50:`,
        `            out.append((sum(${l}[${bounds}]), len(part), sum(part)))`,
      ]),
    name.map((l) => [`if len(${l}) > 2:`, `    ${l}[0] = ${l}[c]`, `    out.append(${l}[c + 1])`]),
    fc
      .constantFrom("own", "a", "b")
      .map((l) => [
        `while len(${l}) > 1:`,
        "    tick()",
        `    at = ${l}.index(min(${l}))`,
        `    out.append(${l}[at])`,
        `    ${l}.pop(at)`,
      ]),
    fc.constant<string[]>(["c = 1 - c"]),
    fc
      .tuple(name, fc.constantFrom("first", "place_of", "number_of"))
      .map(([l, f]) => [
        `hit = ${f}(${l}, x)`,
        "if hit is not None and len(out) < 40:",
        "    out.append(hit)",
      ]),
    name.map((l) => [`hit = first(${l}, x)`, "if hit:", "    hit['key'] = 3"]),
    fc
      .constantFrom("list(table.keys())", "list(table)", "sorted(table)", "set(table)")
      .map((keys) => [`if x in ${keys}:`, "    table[x] += 1", "elif c:", "    table[x] = 1"]),
    name.map((l) => [`out.append(sorted(${l}).index(x) if x in ${l} else 0)`]),
    name.map((l) => [`out.append([r for r in ${l} if x == r and r])`]),
    name.map((l) => [`${l}.append(x)`, `${l}.sort()`]),
    fc.tuple(name, item).map(([l, e]) => [`if ${e} in ${l}:`, `    out.append(${l}.index(${e}))`]),
    fc.tuple(name, item).map(([l, e]) => [`out.append(${l}.index(${e}))`]),
    fc
      .tuple(name, name, fc.constantFrom("count", "index"))
      .map(([l, m, f]) => [`out.append(sorted(${l}, key=${m}.${f})[:2])`]),
    fc.tuple(name, name).map(([l, m]) => [`out.append(max(${l}, key=lambda r: (${m}.count(r), 0)))`]),
    fc.constantFrom("str(x)", "'a' + str(x)", "text").map((e) => [`text = text + ${e} + '-'`]),
    fc.tuple(name, item).map(([l, e]) => [`out.append(${e} in set(${l}))`]),
    fc.tuple(name, item).map(([l, e]) => [`out.append(${e} in list(${l}))`]),
    name.map((l) => [`out.append(sorted(${l})[0] if ${l} else None)`]),
    fc.tuple(name, fc.constantFrom("min", "max", "sum")).map(([l, f]) => [`out.append(${f}(${l}))`]),
    fc.constant<string[]>(["data += b'ab'"]),
    fc.constant<string[]>(["data = data + str(x).encode()"]),
    fc.constant<string[]>(["text = str(x) + text"]),
    fc.constant<string[]>(["out.append(text[:3])"]),
    name.map((l) => [`out.append(len([v for v in ${l} if v != 3]))`]),
    name.map((l) => [`out.append(sum(1 for v in ${l} if v > 2))`]),
    name.map((l) => [`out.append(sorted(${l}, key=cmp_to_key(lambda p, q: p[0] - q[0]))[:3])`]),
    name.map((l) => [`out.append(sorted(${l}, key=cmp_to_key(lambda p, q: (q > p) - (q < p)))[:3])`]),
    fc
      .tuple(name, fc.constantFrom("compare", "by_both", "biased"))
      .map(([l, f]) => [`out.append(sorted(${l}, key=cmp_to_key(${f}))[:4])`]),
    fc.tuple(name, name).map(([l, m]) => [`${l} = ${l} + ${m}[:2]`]),
    fc.tuple(name, name).map(([l, m]) => [`${l} = ${m}`]),
    name.map((l) => [`${l} = list(${l})`]),
    fc.tuple(name, item).map(([l, e]) => [`${l} = ${l} + [${e}]`]),
    fc.constant<string[]>(["touch(x)"]),
    name.map((l) => [`extend(${l}, x)`]),
    name.map((l) => [`out.append(look(${l}))`]),
    name.map((l) => [`out.append(${l}[-1] if ${l} else None)`]),
    name.map((l) => [`out.append(sorted(map(str, ${l}))[:2])`]),
    name.map((l) => [`if len(${l}) > 30:`, "    break"]),
    fc.tuple(tie("block")).map(([body]) => ["for x in b[:4]:", ...body.map((line) => `    ${line}`)]),
    fc.tuple(name, tie("block")).map(([l, body]) => [`if x in ${l}:`, ...body.map((line) => `    ${line}`)]),
    fc
      .tuple(name, tie("block"))
      .map(([l, body]) => [
        `while ${l} and len(out) < 40:`,
        "    tick()",
        `    x = ${l}.pop(0)`,
        ...body.map((line) => `    ${line}`),
      ]),
  ),
})).block as fc.Arbitrary<string[]>;

const one = fc.record({
  body: fc.array(statement, { minLength: 1, maxLength: 2 }).map((blocks) => blocks.flat()),
  loop: fc.constantFrom(
    "for x in a:",
    "for x in b:",
    "for x in list(a):",
    "for x in b[:]:",
    "while a and len(out) < 60:",
  ),
  own: fc.constantFrom("[]", "[x for x in b]", "list(b)", "b", "b[:3]", "[b[0]]", "[1, 2]"),
  other: fc.constantFrom("own", "[]", "list(a)", "a", "list(own)"),
  result: fc.constantFrom(
    "out",
    "(out, own)",
    "(out, len(own), a)",
    "(out, b, other)",
    "(out, data, text)",
    "(out, data, text, a)",
    "(out, shared, made)",
    "(out, table)",
  ),
  first: fc.constantFrom(...Object.values(valueKinds)),
  second: fc.constantFrom(...Object.values(valueKinds)),
});

function programOf(functions: readonly (typeof one extends fc.Arbitrary<infer T> ? T : never)[]): string {
  const parts = functions.map(({ body, loop, own, other, result, first, second }, n) => {
    const step = ["tick()", ...(loop.startsWith("while") ? ["x = a.pop()"] : [])];
    return [
      `def f${n}(a, b):`,
      ...[
        "out = []",
        "x = c = 0",
        "table = {}",
        "data = b'x'",
        "text = ''",
        `own = ${own}`,
        `other = ${other}`,
        "made = [0, 1, 2, 3]",
        loop,
      ].map((line) => `    ${line}`),
      ...[...step, ...body].map((line) => `        ${line}`),
      `    return ${result}`,
      "",
      `first, second = ${first}, ${second}`,
      "try:",
      `    print(${n}, f${n}(first, second), first, second)`,
      "except Exception as error:",
      `    print(${n}, type(error).__name__, first, second)`,
      "shared[:] = range(12)",
      "steps[0] = 0",
    ].join("\n");
  });
  // `global` names are read as such: no function assigns them.
  return `${prelude}\n${parts.join("\n\n").replace(/^( +)shared = .*$/gm, "$1pass")}\n`;
}

/** What each program prints, all run by one process. */
function outputs(programs: readonly string[]): string[] {
  const runner = `
import contextlib, io, json, sys
for text in json.load(sys.stdin):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(text, "program", "exec"), {"__name__": "__main__"})
        except Exception as error:
            print("ended by", repr(error))
    print(json.dumps(out.getvalue()))
`;
  const { stdout } = spawnSync(testPython(), ["-c", runner], {
    input: JSON.stringify(programs),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("every rewrite of a random program prints the same", async () => {
  const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 2 ** 31);
  const runs = Number(process.env.SPEEDWELL_RUNS ?? 8);
  console.log(`seed ${seed}`);
  const made = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 8, maxLength: 8 }), async (functions) => {
      const text = programOf(functions);
      const found = await rewriteProgram(service(), technique, text);
      const rewrites = found.flatMap((region) => region.rewrites);
      const [before, ...after] = outputs([text, ...rewrites.map((rewrite) => rewrite.text)]);
      for (const [index, output] of after.entries()) {
        const { rewrite, text: changed } = rewrites[index]!;
        made.set(rewrite.technique, (made.get(rewrite.technique) ?? 0) + 1);
        if (output !== before)
          throw new Error(`${rewrite.id}\n${difference(before!, output!)}\n${excerpt(text, changed)}`);
      }
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );
  console.log(`rewrites checked: ${JSON.stringify(Object.fromEntries(made))}`);
  expect([...made.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(runs / 2);
});

function difference(before: string, after: string): string {
  const lines = after.split("\n");
  return before
    .split("\n")
    .flatMap((line, i) => (line === lines[i] ? [] : [`- ${line}`, `+ ${lines[i]}`]))
    .slice(0, 4)
    .join("\n");
}

/** The function around the first line that differs, before and after. */
function excerpt(before: string, after: string): string {
  const functions = (text: string) => text.split(/^(?=def )/m);
  const old = functions(before);
  return functions(after)
    .filter((part) => !old.includes(part))
    .join("\n");
}
