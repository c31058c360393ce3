// Code that looks like the patterns and must be left alone, with the reason that the user reads.

import { expect, test } from "vitest";
import { sharedService } from "../../../test/python-service.ts";
import { outcomeOf, rewriteProgram } from "../../../test/rewriting.ts";
import { technique } from "./index.ts";

const service = sharedService();

const call = "print(f(list(range(20)), list(range(0, 40, 2))))\n";

test.each<[string, string, RegExp]>([
  [
    "unhashable items",
    "def f(a, b):\n    return [x for x in a if [x] in b]\nprint(f(list(range(20)), [[n] for n in range(20)]))\n",
    /type list may be unhashable/,
  ],
  [
    "a class with its own equality",
    "class P:\n    def __init__(self, k):\n        self.k = k\n    def __eq__(self, o):\n        return self.k == o.k\ndef f(a, b):\n    return [x.k for x in a if x in b]\nprint(f([P(n) for n in range(20)], [P(n) for n in range(9)]))\n",
    /type __main__.P may be unhashable/,
  ],
  [
    "a list that shrinks in the loop",
    `def f(a, b):\n    n = 0\n    for x in a:\n        if x in b:\n            b.remove(x)\n            n += 1\n    return n\n${call}`,
    /changed in the loop in other ways than by append/,
  ],
  [
    "a list bound anew in the loop",
    `def f(a, b):\n    n = 0\n    for x in a:\n        n += x in b\n        b = b[1:] + [x]\n    return n\n${call}`,
    /b is bound anew/,
  ],
  [
    "a list that a called function changes",
    `items = list(range(30))\ndef drop():\n    items.pop()\ndef f(a, b):\n    n = 0\n    for x in a:\n        n += x in items\n        drop()\n    return n\n${call}`,
    /items may be changed by a function that the loop calls/,
  ],
  [
    "a list that is handed to unknown code",
    `import random\ndef f(a, b):\n    n = 0\n    for x in a:\n        n += x in b\n        random.shuffle(b)\n    return n\nrandom.seed(1)\n${call}`,
    /b is handed on to other code/,
  ],
  [
    "the same list under two names",
    "def f(a, b):\n    n = 0\n    for x in list(a):\n        if x % 2 in b:\n            a.append(x + 100)\n            n += 1\n    return n\nboth = list(range(20))\nprint(f(both, both))\n",
    /a is the same list as b/,
  ],
  [
    "a generator, whose caller runs in between",
    `def f(a, b):\n    for x in a:\n        if x in b:\n            yield x\nprint(list(f(list(range(20)), list(range(20)))))\n`,
    /other code runs whenever the loop yields/,
  ],
  [
    "a callback",
    `def f(a, b, g):\n    n = 0\n    for x in a:\n        n += x in b\n        g(x)\n    return n\nprint(f(list(range(20)), list(range(20)), abs))\n`,
    /g is called in the loop/,
  ],
  [
    "a short list",
    `def f(a, b):\n    return [x for x in a if x in b]\nprint(f(list(range(20)), [1, 2]))\n`,
    /too few/,
  ],
  [
    "a queue that the caller sees",
    `def f(a, b):\n    out = []\n    while a:\n        out.append(a.pop(0))\n    return out\n${call}`,
    /other code may hold the list a too/,
  ],
  [
    "a queue that is sliced",
    `def f(a, b):\n    q = list(a)\n    out = []\n    while q:\n        out.append(q[1:3])\n        q.pop(0)\n    return out\n${call}`,
    /q is sliced/,
  ],
  [
    "a queue that changes while a loop runs over it",
    `def f(a, b):\n    q = list(a)\n    for x in q:\n        if len(q) > 5:\n            q.pop(0)\n    return len(q)\n${call}`,
    /q changes while a loop runs over it/,
  ],
  [
    "a queue found empty",
    `def f(a, b):\n    q = list(a)\n    while True:\n        q.pop(0)\ntry:\n    f([1, 2, 3], [])\nexcept IndexError as error:\n    print(error)\n`,
    /while it is empty/,
  ],
  [
    "a queue that may be empty where its first item is left out",
    `def f(a, b):\n    q = []\n    for x in a:\n        q = q[1:]\n        q.append(x)\n    return q\n${call}`,
    /q may be empty where/,
  ],
  [
    "items equal in order that are not the same",
    `def f(a, b):\n    q = [True, 1, 3, 2, False]\n    out = []\n    while q:\n        q.sort()\n        out.append(q.pop(0))\n    return out\n${call}`,
    /may be equal in order without being the same/,
  ],
  [
    "a sort by key, which keeps the order of equals",
    `def f(a, b):\n    q = list(a)\n    out = []\n    while q:\n        q.sort(key=lambda n: n % 3)\n        out.append(q.pop(0))\n    return out\n${call}`,
    /items with equal keys keep their order/,
  ],
  [
    "a heap whose order is seen",
    `def f(a, b):\n    q = list(a)\n    for x in b:\n        q.append(x)\n        q.sort()\n        q.pop(0)\n    return q\n${call}`,
    /the order of q is used/,
  ],
  [
    "a key that changes during the search",
    "def f(rows, ks):\n    n = 0\n    for k in ks:\n        for r in rows:\n            if r['k'] == k:\n                r['k'] = -1\n                n += 1\n    return n\nprint(f([{'k': n % 5} for n in range(20)], list(range(5))))\n",
    /may change the key of an item/,
  ],
  [
    "an item read after the search",
    "def f(rows, ks):\n    n = 0\n    for k in ks:\n        for r in rows:\n            if r[0] == k:\n                break\n        n += r[1]\n    return n\nprint(f([(n % 5, n) for n in range(20)], list(range(5))))\n",
    /r is read after the loop/,
  ],
  [
    "an item read after a loop around the search that binds it too",
    "def f(rows, ks):\n    out = []\n    for r in rows:\n        for k in ks:\n            for r in rows:\n                if r[0] == k:\n                    out.append(r)\n        out.append(r)\n    return out\nprint(f([(n % 5, n) for n in range(20)], list(range(5))))\n",
    /r is read after the loop/,
  ],
  [
    "a column that changes during the search",
    "def f(rows, ks, c):\n    n = 0\n    for k in ks:\n        for r in rows:\n            if r[c] == k:\n                n += 1\n                c = 1\n    return n\nprint(f([(n % 5, n) for n in range(20)], list(range(5)), 0))\n",
    /c is bound anew/,
  ],
  [
    "later items, from one that changes in the search",
    "def f(xs, _):\n    n = 0\n    for i in range(len(xs)):\n        for j in range(i + 1, len(xs)):\n            if xs[i] == xs[j]:\n                n += i\n                i = 3\n    return n\nprint(f([n % 7 for n in range(30)], 0))\n",
    /^/,
  ],
  [
    "an item found by a function that is given another key",
    "def g(rows, k):\n    for r in rows:\n        if r['k'] == k:\n            return r\ndef f(rows, ks):\n    for k in ks:\n        r = g(rows, k)\n        if r:\n            r['k'] = -1\n    return rows\nprint(f([{'k': n % 5} for n in range(20)], list(range(5)) * 2))\n",
    /handed on, and may be given another key|may change the key/,
  ],
  [
    "items that are taken apart and may change",
    "def f(pairs, ks):\n    n = 0\n    for k in ks:\n        for a, b in pairs:\n            if a == k:\n                n += b\n                pairs[0][0] = k + 1\n    return n\nprint(f([[n % 5, n] for n in range(20)], list(range(5))))\n",
    /taken apart, and may change/,
  ],
  [
    "items put into lists of a dict, which cannot be hashed",
    "def f(a, b):\n    groups = {0: []}\n    for x in a:\n        groups[0].append([x])\n    g = groups[0]\n    return [x for x in b if [x] in g]\nprint(f(list(range(20)), list(range(20))))\n",
    /type list may be unhashable/,
  ],
  [
    "text that is read while it grows",
    "def f(a, b):\n    s = ''\n    for x in a:\n        s = str(x) + s\n        if len(s) > 9:\n            break\n    return s\nprint(f(range(20), 0))\n",
    /s is read while it grows/,
  ],
  [
    "bytes that an exception may leave unfinished",
    "def f(a, b):\n    s = b''\n    try:\n        for x in a:\n            s += bytes([x])\n    except ValueError:\n        pass\n    return s\nprint(f([1, 2, 3], 0))\n",
    /after an exception/,
  ],
  [
    "a smallest item that may not be there",
    `def f(a, b):\n    n = 0\n    for x in a:\n        if x > 100:\n            n += min(b)\n    return n\n${call}`,
    /raises when there is nothing in b/,
  ],
  [
    "a list that another name holds while it is added to",
    `def f(a, b):\n    out = []\n    kept = []\n    for x in a:\n        kept.append(out)\n        out = out + [x]\n    return kept\n${call}`,
    /out is handed on|another name/,
  ],
  [
    "a list given by the caller that is added to",
    `def f(a, b):\n    for x in a:\n        b = b + [x]\n    return b\n${call}`,
    /other code may hold the list b too/,
  ],
  [
    "a sorted list that is not sorted when the loop begins",
    `def f(a, b):\n    q = [9, 3]\n    for x in a:\n        q.append(x)\n        q.sort()\n    return q\n${call}`,
    /may not be in order when the loop begins/,
  ],
  [
    "a sorted list that is put out of order",
    `def f(a, b):\n    q = []\n    for x in a:\n        q.append(x)\n        q.sort()\n        if x % 3 == 0:\n            q.reverse()\n    return q\n${call}`,
    /q is changed otherwise/,
  ],
  [
    "NaN in a sorted list",
    "def f(a, b):\n    q = []\n    for x in a:\n        q.append(x)\n        q.sort()\n    return q\nprint(f([2.0, float('nan'), 1.0], 0))\n",
    /no certain order/,
  ],
  [
    "the position of a value that is not there",
    "def f(a, b):\n    n = 0\n    for x in a:\n        try:\n            n += b.index(x)\n        except ValueError:\n            n -= 1\n    return n\nprint(f(list(range(20)), list(range(0, 40, 2))))\n",
    /error for a value that is not in the list/,
  ],
  [
    "a comparison of more than a key",
    "from functools import cmp_to_key\ndef f(a, b):\n    return sorted(a, key=cmp_to_key(lambda p, q: p % 3 - q % 5))\nprint(f([3, 1, 2], 0))\n",
    /not one of a key/,
  ],
  [
    "a comparison that never finds two items equal",
    "from functools import cmp_to_key\ndef f(a, b):\n    return sorted(a, key=cmp_to_key(lambda p, q: -1 if p[0] < q[0] else 1))\nprint(f([(3, 1), (1, 2), (3, 3)], 0))\n",
    /not one of a key/,
  ],
  [
    "text sorted both ways",
    "from functools import cmp_to_key\ndef f(a, b):\n    return sorted(a, key=cmp_to_key(lambda p, q: (p[0] > q[0]) - (p[0] < q[0]) or (p[1] < q[1]) - (p[1] > q[1])))\nprint(f([('a', 'x'), ('a', 'y')], 0))\n",
    /sorted both ways/,
  ],
  [
    "NaN among the keys sorted by",
    "from functools import cmp_to_key\ndef f(a, b):\n    return sorted(a, key=cmp_to_key(lambda p, q: p - q))\nprint(f([3.0, float('nan'), 2.0], 0))\n",
    /NaN among the keys/,
  ],
  [
    "slices whose bounds may count from the end",
    `def f(a, b):\n    return [sum(a[i:i + b[0]]) for i in range(len(a))]\n${call}`,
    /may be negative/,
  ],
  [
    "slices that may end before they begin",
    `def f(a, b):\n    return [sum(a[i:j]) for i in range(len(a)) for j in range(len(a))]\n${call}`,
    /may end before it begins/,
  ],
  [
    "a slice that begins where a name pointed to before",
    `def f(a, b):\n    out = []\n    for i in range(9):\n        for j in range(i, len(a)):\n            i = 9\n            out.append(sum(a[i:j]))\n    return out\n${call}`,
    /may end before it begins/,
  ],
  [
    "sums of floats",
    "def f(a, b):\n    return [sum(a[i:i + 3]) for i in range(len(a))]\nprint(f([n / 7 for n in range(30)], 0))\n",
    /would be rounded otherwise/,
  ],
  [
    "an item that is given another key after it was added",
    "def f(rows, b):\n    kept = []\n    for row in rows:\n        for one in kept:\n            if one['k'] == row['k']:\n                break\n        else:\n            new = {'k': row['k']}\n            kept.append(new)\n            new['k'] += 1\n    return kept\nprint(f([{'k': n % 9} for n in range(40)], 0))\n",
    /may be given another key afterwards/,
  ],
  [
    "a list that grows while it is searched",
    "def f(rows, kept):\n    for row in rows:\n        for one in kept:\n            if one['k'] == row['k']:\n                kept.append({'k': row['k'] + 1})\n                break\n    return kept\nprint(f([{'k': n % 9} for n in range(40)], [{'k': 1}]))\n",
    /grows while it is searched/,
  ],
  [
    "NaN among the keys",
    "def f(rows, ks):\n    n = 0\n    for k in ks:\n        n += len([r for r in rows if r[0] == k])\n    return n\nnan = float('nan')\nprint(f([(nan, n) for n in range(20)], [nan]))\n",
    /NaN/,
  ],
])("%s: left alone", async (_, text, reason) => {
  const found = await rewriteProgram(service(), technique, text);
  const region = found.find((one) => one.region.qualname === "f" && one.region.kind === "function")!;
  expect(region.rewrites.map(({ rewrite }) => rewrite.summary)).toEqual([]);
  expect(region.declined.map((one) => one.reason).join("\n")).toMatch(reason);
});

test("two lists with the same last name get two sets", async () => {
  const found = await rewriteProgram(
    service(),
    technique,
    "class Bag:\n    def __init__(self, items):\n        self.items = items\ndef f(a, b):\n    return [x for x in range(50) if x in a.items and x not in b.items]\nprint(f(Bag(list(range(30))), Bag(list(range(9)))))\n",
  );
  const text = found.find(({ region }) => region.qualname === "f")?.rewrites[0]?.text;
  expect(text).toContain("items_set = set(a.items)");
  expect(text).toContain("items_set_2 = set(b.items)");
  expect(text).toContain("x in items_set and x not in items_set_2");
});

test("a list that an inner loop uses as a queue is a list again for the loop around it", async () => {
  const text = `def f(a, b):\n    q = [0]\n    for x in a:\n        q = q + b[:3]\n        for y in b:\n            if len(q) > 2:\n                q.pop(0)\n    return len(q)\n${call}`;
  const found = await rewriteProgram(service(), technique, text);
  const rewrites = found.flatMap((one) => one.rewrites);
  expect(rewrites.length).toBeGreaterThan(0);
  for (const rewrite of rewrites) expect(outcomeOf(rewrite.text)).toEqual(outcomeOf(text));
});

test("nothing is said of code without any such pattern", async () => {
  const found = await rewriteProgram(
    service(),
    technique,
    `def f(a, b):\n    wanted = set(b)\n    return [x for x in a if x in wanted]\n${call}`,
  );
  expect(found.flatMap(({ rewrites, declined }) => [...rewrites, ...declined])).toEqual([]);
});
