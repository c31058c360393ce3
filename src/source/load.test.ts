import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allPythons } from "../../test/python.ts";
import { Fault } from "../base/fault.ts";
import { type PythonService, startService } from "../interpreter/service.ts";
import { encodeSource, loadSource, parseSource } from "./load.ts";
import { isLocated } from "./tree.ts";
import { isEditable, sourceText, walk } from "./walk.ts";

const comments = `
import io, json, sys, tokenize
for path in json.loads(sys.stdin.read()):
    with tokenize.open(path) as file:
        text = file.read()
    lines = text.splitlines(True)
    found = [[t.start[0], t.string] for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type == tokenize.COMMENT]
    print(json.dumps(found))
`;

describe.each(allPythons())("on Python $version", ({ path: python, version }) => {
  let service: PythonService;
  let folder: string;
  beforeAll(async () => {
    service = await startService(python);
    folder = mkdtempSync(join(tmpdir(), "speedwell-load-"));
  });
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });
  const load = (bytes: Buffer | string) => {
    const path = join(folder, "sample.py");
    writeFileSync(path, bytes);
    return loadSource(service, path);
  };

  test.each<[string, Buffer]>([
    ["CRLF", Buffer.from("x = 'é'\r\nif x:\r\n\ty = 1\r\n")],
    ["CR alone", Buffer.from("x = 1\rif x:\r  y = 2\r")],
    ["a BOM", Buffer.from("\ufeffx = 'é'\n")],
    ["Latin-1", Buffer.from("# -*- coding: latin-1 -*-\nx = 'é'; y = x\n", "latin1")],
    [
      "cp1252",
      Buffer.concat([Buffer.from("# coding: cp1252\nx = '"), Buffer.from([0x80]), Buffer.from("'; y = x\n")]),
    ],
    [
      "Shift-JIS",
      Buffer.concat([
        Buffer.from("# coding: shift_jis\nx = '"),
        Buffer.from([0x93, 0xfa]),
        Buffer.from("'; y = x\n"),
      ]),
    ],
    ["form feeds and tabs", Buffer.from("x = 1\n\f\nclass C:\n\tdef f(self):\n\t\treturn 'a\fb'\n")],
    ["letters outside the basic plane", Buffer.from("x = '😀𝒳'; y = x\n")],
    ["no newline at the end", Buffer.from("x = 1; y = x")],
    ["nothing at all", Buffer.from("")],
    ["surrogate escapes", Buffer.from("x = '\\ud800\\udc80'; y = x\n")],
    ["a long integer", Buffer.from(`x = 0x${"f".repeat(6000)}; y = x\n`)],
  ])("source with %s comes back byte for byte, with exact places", async (_, bytes) => {
    const file = await load(bytes);
    expect(encodeSource(file, file.text)).toEqual(bytes);
    walk(file.tree, (node) => {
      if (node.kind === "Name") expect(sourceText(file, node)).toBe(node.id);
    });
  });

  test("names, attributes and comments of the standard library stand where the tree says", async () => {
    const library = execFileSync(python, ["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"], {
      encoding: "utf8",
    }).trim();
    const paths = readdirSync(library)
      .filter((name) => name.endsWith(".py"))
      .filter((_, index) => version === "3.12" || index % 6 === 0)
      .map((name) => join(library, name));
    const expected = execFileSync(python, ["-c", comments], {
      input: JSON.stringify(paths),
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    for (const [index, line] of expected.trim().split("\n").entries()) {
      const file = await loadSource(service, paths[index]!);
      expect(file.comments.map(({ lineno, text }) => [lineno, text])).toEqual(JSON.parse(line));
      walk(file.tree, (node) => {
        if (!isLocated(node) || !isEditable(file, node)) return;
        if (node.kind === "Name") expect(sourceText(file, node)).toBe(node.id);
        else if (node.kind === "Attribute") expect(sourceText(file, node).endsWith(node.attr)).toBe(true);
      });
    }
  });

  test.each([
    ["def f(:\n", /line 1 is not valid Python/],
    ["x = 1\n  y = 2\n", /line 2 is not valid Python: unexpected indent/],
    ["x = 1\n\0\n", /null byte/],
    ["# coding: nonsense\n", /is not valid Python/],
    ["x = (\n", /is not valid Python/],
  ])("a clear sentence for %j", async (text, message) => {
    const error = await load(text).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Fault);
    expect((error as Fault).message).toMatch(message);
    expect((await parseSource(service, "x = 1", "after.py")).tree.body).toHaveLength(1);
  });

  test("bytes that are not UTF-8, and a file that is missing", async () => {
    await expect(load(Buffer.from([0x78, 0x3d, 0x22, 0xff, 0x22]))).rejects.toThrow(Fault);
    await expect(loadSource(service, join(folder, "gone.py"))).rejects.toThrow(
      /gone.py cannot be read: No such file/,
    );
  });

  test("deep nesting is read where Python can, and refused in words where it cannot", async () => {
    const sum = await load(`x = ${Array(2000).fill("y").join(" + ")}\n`);
    let depth = 0;
    walk(sum.tree, (node) => {
      if (node.kind === "BinOp") depth++;
    });
    expect(depth).toBe(1999);
    const outcome = await load(`x = ${"-".repeat(100_000)}1\n`).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(Fault);
    expect((outcome as Fault).message).toMatch(/nested too deeply|ended with/);
  });
});

test("a comment within an f-string is found where Python allows it", async () => {
  for (const { version, path } of allPythons()) {
    if (Number(version.split(".")[1]) < 12) continue;
    const service = await startService(path);
    const text =
      'x = f"{a["#"]:>{w}}#" # one\ny = f\'\'\'{\n  b # two\n}\'\'\'\nz = rf"\\{c}#\\N{d}" "#"  # three\n';
    const file = await parseSource(service, text, "sample.py");
    expect(file.comments.map((comment) => comment.text)).toEqual(["# one", "# two", "# three"]);
    await service.close();
  }
});

test("an interpreter that cannot start is a Fault", async () => {
  await expect(startService("/nonexistent/python")).rejects.toThrow(/cannot be started/);
});
