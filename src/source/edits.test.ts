import fc from "fast-check";
import { expect, test } from "vitest";
import { sharedService } from "../../test/python-service.ts";
import type { TextEdit } from "../schemas/common.ts";
import { applyEdits, mapSpan, mergeEdits } from "./edits.ts";
import { importEdit, type WantedImport } from "./imports.ts";
import { parseSource } from "./load.ts";
import { freshName } from "./names.ts";
import { spanOf } from "./regions.ts";

const service = sharedService();

test("a span is followed through edits, in lines and UTF-8 bytes", async () => {
  const text = "é = 1\nfor x in y:\n    pass\nz = 2\n";
  const file = await parseSource(service(), text, "/tmp/sample.py");
  const loop = file.tree.body[1]!;
  const edits: TextEdit[] = [
    { start: 0, end: 0, text: "import os\n\n" },
    { start: loop.start, end: loop.start, text: "s = set(y)\n" },
    { start: loop.end - 4, end: loop.end, text: "ü()" },
  ];
  const changed = applyEdits(text, edits);
  const span = mapSpan(spanOf(loop), edits, changed);
  expect(changed.slice(span.start, span.end)).toBe("s = set(y)\nfor x in y:\n    ü()");
  expect(span).toMatchObject({ line: 4, column: 0, endLine: 6, endColumn: 8 });
});

test("edits of several rewrites: shared imports once, conflicts refused", () => {
  const line = { start: 0, end: 0, text: "import os\n" };
  const name = { start: 5, end: 5, text: ", deque" };
  const paren = { start: 9, end: 9, text: ")" };
  expect(
    mergeEdits([
      [line, name, paren],
      [line, name, paren],
    ]),
  ).toEqual([line, name, paren, paren]);
  expect(mergeEdits([[{ start: 1, end: 4, text: "a" }], [{ start: 3, end: 6, text: "b" }]])).toBeNull();
  expect(mergeEdits([[{ start: 1, end: 4, text: "a" }], [{ start: 4, end: 4, text: "b" }]])).toHaveLength(2);
});

test("merging loses nothing and keeps order (property)", () => {
  const edit = fc.record({ start: fc.nat(40), length: fc.nat(6), text: fc.string({ maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), (raw) => {
      const edits = raw.map(({ start, length, text }) => ({ start, end: start + length, text }));
      const merged = mergeEdits(edits.map((one) => [one]));
      if (merged) expect(() => applyEdits("x".repeat(60), merged)).not.toThrow();
    }),
  );
});

const deque: WantedImport = { module: "collections", name: "deque" };
const numpy: WantedImport = { module: "numpy", asName: "np" };

test.each<[string, string, WantedImport, string, string]>([
  ["an empty file", "", deque, "from collections import deque\n", "deque"],
  ["no imports", "x = 1\n", deque, "from collections import deque\n\nx = 1\n", "deque"],
  [
    "after the docstring and __future__",
    '"""Doc."""\nfrom __future__ import annotations\n\nx = 1\n',
    deque,
    '"""Doc."""\nfrom __future__ import annotations\n\nfrom collections import deque\n\nx = 1\n',
    "deque",
  ],
  [
    "into the line that imports from the module",
    "from collections import Counter\n",
    deque,
    "from collections import Counter, deque\n",
    "deque",
  ],
  [
    "into its group, in order",
    "import os\nimport sys\n\nimport pandas as pd\n\nx = 1\n",
    numpy,
    "import os\nimport sys\n\nimport numpy as np\nimport pandas as pd\n\nx = 1\n",
    "np",
  ],
  [
    "as a new group",
    "import os  # paths\n\nx = 1\n",
    numpy,
    "import os  # paths\n\nimport numpy as np\n\nx = 1\n",
    "np",
  ],
  ["reused under another name", "import numpy\n", numpy, "import numpy\n", "numpy"],
  ["reused through its module", "import collections as c\n", deque, "import collections as c\n", "c.deque"],
  [
    "renamed where the name is taken",
    "import os\n\ndef f(deque):\n    return deque\n",
    deque,
    "import os\nfrom collections import deque as deque_2\n\ndef f(deque):\n    return deque\n",
    "deque_2",
  ],
  [
    "below the header of the file",
    "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\ndef f():\n    pass\n",
    deque,
    "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nfrom collections import deque\n\n\ndef f():\n    pass\n",
    "deque",
  ],
])("import: %s", async (_, text, wanted, expected, local) => {
  const file = await parseSource(service(), text, "/tmp/sample.py");
  const found = importEdit(file, wanted);
  expect(applyEdits(text, found.edit ? [found.edit] : [])).toBe(expected);
  expect(found.local).toBe(local);
});

test("import lines end as the file's own do", async () => {
  const text = "import os\r\n\r\nx = 1\r\n";
  const { edit } = importEdit(await parseSource(service(), text, "/tmp/sample.py"), deque);
  expect(applyEdits(text, [edit!])).toBe("import os\r\nfrom collections import deque\r\n\r\nx = 1\r\n");
});

test("a fresh name is used nowhere in the file, nor by Python", async () => {
  const file = await parseSource(service(), "seen = 1\ndef f():\n    global seen_2\n", "/tmp/sample.py");
  expect(freshName(file, "seen")).toBe("seen_3");
  expect(freshName(file, "list")).toBe("list_2");
});
