// Notebooks as Python text and back: formats, line ends, escapes, IPython's commands.

import { expect, test } from "vitest";
import { cellPlaceOf, lineName } from "./cell-lines.ts";
import { readNotebook } from "./notebook.ts";

const cell = (source: string | string[], type = "code") => ({ cell_type: type, metadata: {}, source });
const notebook = (...cells: object[]) => ({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
const read = (value: object, indent: number | string = 1) =>
  readNotebook(`${JSON.stringify(value, null, indent)}\n`, "a.ipynb");

const two = notebook(
  cell("# Title", "markdown"),
  cell(["import math\n", "x = 1"]),
  cell(["def f(n):\n", "    return n * x\n"]),
);

test("the code cells are one module, and every line knows its cell", () => {
  const { text, cellLines } = read(two);
  expect(text).toBe("import math\nx = 1\n\n\n# In[2]:\n\ndef f(n):\n    return n * x\n\n");
  expect(cellPlaceOf(cellLines, 2)).toEqual({ cell: 1, line: 2 });
  expect(cellPlaceOf(cellLines, 8)).toEqual({ cell: 2, line: 2 });
  expect(lineName(cellLines, 7, 8)).toBe("cell 2:1–2");
  expect(lineName(undefined, 7, 8)).toBe("7–8");
});

test("text without edits gives back the same bytes, whatever their layout", () => {
  const sources = [
    ["a = 1\n", "\n", "\n", "b = 2\n", "\n"],
    "c = 'é'\r\nd = 2\r\n",
    [],
    "",
    ["\n", "e = 3"],
    "# In[2]:",
  ];
  const cells = sources.map((source) => cell(source));
  const odd = `\ufeff${JSON.stringify(notebook(...cells), null, "\t")
    .replace(/\n/g, "\r\n")
    .replace("é", "\\u00e9")}`;
  for (const content of [odd, JSON.stringify(two), JSON.stringify(two, null, 1)]) {
    const { text, write } = readNotebook(content, "a.ipynb");
    expect(write(text)).toBe(content);
  }
});

test("an edit changes the lines of its cell and nothing else", () => {
  const content = JSON.stringify(two, null, 1).replace(/\n/g, "\r\n");
  const { text, write } = readNotebook(content, "a.ipynb");
  const changed = write(
    text.replace("return n * x", 'return "é" + n').replace("import math\n", "import math\nimport re\n"),
  );
  expect(changed).toBe(
    content
      .replace("return n * x", 'return \\"é\\" + n')
      .replace('"import math\\n",\r\n', '"import math\\n",\r\n    "import re\\n",\r\n'),
  );
  const single = JSON.stringify(notebook(cell("x = 'ü'\ny = 1"), cell("z = 2")));
  const ascii = single.replace("ü", "\\u00fc");
  for (const one of [single, ascii]) {
    const opened = readNotebook(one, "a.ipynb");
    expect(opened.write(opened.text.replace("y = 1", "y = 'ü'"))).toBe(
      one.replace("y = 1", one === single ? "y = 'ü'" : "y = '\\u00fc'"),
    );
  }
});

test("commands of IPython that change no result are left out, and come back", () => {
  const content = notebook(
    cell(
      "%matplotlib inline\n!pip install numpy\nx = (5\n% 3)\ns = '''\n%not a command\n'''\nif x:\n    %timeit f(x)\n?x\nx?",
    ),
    cell("%%time\ny = 1\n%time z = f(2)  # twice"),
    cell("%%html\n<b>no Python</b>"),
  );
  const { text, skipped, write } = read(content);
  expect(text.split("\n")).toEqual([
    ...["# IPython: %matplotlib inline", "# IPython: !pip install numpy", "x = (5", "% 3)", "s = '''"],
    ...[
      "%not a command",
      "'''",
      "if x:",
      "    pass # IPython: %timeit f(x)",
      "# IPython: ?x",
      "# IPython: x?",
      "",
      "",
    ],
    ...["# In[2]:", "", "# IPython: %%time", "y = 1", "z = f(2)  # twice # IPython: %time", "", ""],
    ...["# In[3]:", "", "# IPython: %%html", "# IPython: <b>no Python</b>", ""],
  ]);
  expect(skipped).toEqual(["%matplotlib", "%pip", "%timeit", "?", "%%time", "%time", "%%html"]);
  const rewritten = write(text.replace("y = 1", "y = 10"));
  expect(JSON.parse(rewritten).cells[1].source).toBe("%%time\ny = 10\n%time z = f(2)  # twice");
  expect(JSON.parse(rewritten).cells[0]).toEqual(content.cells[0]);
});

test.each([
  ["files = !ls", "! is a command"],
  ["x = 1\n!rm -r data", "!rm is a command"],
  ["%cd data", "%cd is a command"],
  ["%run other.py", "%run is a command"],
  ["%%bash\nls", "%%bash is a command"],
  ["out = %sql select 1", "%sql is a command"],
])("%j is refused with its cell and line", (source, reason) => {
  const line = source.split("\n").findIndex((text) => /[!%]/.test(text)) + 1;
  expect(() => read(notebook(cell("a = 1"), cell(source)))).toThrow(
    `a.ipynb cannot be run: in cell 2, line ${line}, ${reason}`,
  );
});

test.each([
  ["{", "is not a notebook: it holds no valid JSON"],
  ["[]", "is not a notebook: it has no nbformat"],
  [JSON.stringify({ nbformat: 3, worksheets: [] }), "is a notebook in the old format 3"],
  [JSON.stringify({ nbformat: 4 }), "is not a notebook: it has no cells"],
  [JSON.stringify(notebook(cell("# only", "markdown"))), "has no code cells"],
  [
    JSON.stringify({ ...two, metadata: { kernelspec: { language: "R" } } }),
    "is a notebook of R, not of Python",
  ],
])("%s", (content, reason) => {
  expect(() => readNotebook(content, "a.ipynb")).toThrow(`a.ipynb ${reason}`);
});
