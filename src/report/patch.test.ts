import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FileChange, patchRoot, unifiedPatch } from "./patch.ts";

let root: string;
const git = (...args: string[]) =>
  execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "speedwell-patch-"));
  git("init", "-q");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Write the old bytes, apply the patch with the real Git, and expect the new bytes. */
function applies(changes: FileChange[]): string {
  for (const { path, before } of changes) {
    mkdirSync(dirname(path), { recursive: true });
    if (before !== null) writeFileSync(path, before);
  }
  const patch = unifiedPatch(changes, root);
  writeFileSync(join(root, "p.diff"), patch);
  git("apply", "--check", "p.diff");
  git("apply", "p.diff");
  for (const { path, after } of changes)
    expect(readFileSync(path).equals(Buffer.from(after as Uint8Array)), path).toBe(true);
  return patch.toString("latin1");
}

const at = (name: string, before: string | Buffer | null, after: string | Buffer): FileChange => ({
  path: join(root, name),
  before,
  after,
});

const text = Array.from({ length: 40 }, (_, index) => `line ${index}`).join("\n");

describe("git apply takes the patch and gives exactly the new bytes", () => {
  test.each<[string, string, string]>([
    ["several places", `${text}\n`, `import x\n${text.replace("line 20", "line twenty")}\nend\n`],
    ["CRLF", text.replaceAll("\n", "\r\n"), text.replace("line 7", "seven").replaceAll("\n", "\r\n")],
    ["mixed line ends", "a\r\nb\nc\rd\ne\r\n", "a\r\nB\nc\rD\ne\n"],
    ["no newline at the end", text, `${text}\nmore`],
    ["a newline added at the end", text, `${text}\n`],
    ["a newline taken from the end", `${text}\n`, text],
    ["tabs and trailing space", "\tif x: \n\t\ty\n", "\tif x: \n\t\tz \n"],
    ["form feeds and other controls", "a\n\x0c\nb\x1b[0m\x00\n", "a\n\x0c\nc\x1b[1m\x00\n"],
    ["one line", "a", "b"],
    ["all lines gone", "a\nb\n", ""],
    ["from nothing", "", "a\nb\n"],
    ["lines like headers", "--- a/x\n+++ b/x\n", "--- a/y\n+++ b/x\n@@ -1 +1 @@\n"],
  ])("%s", (_, before, after) => {
    applies([at("f.py", before, after)]);
  });

  test("files that are added, in folders that are not there", () => {
    const patch = applies([
      at("f.py", "a\n", "b\n"),
      at("g.pyx", null, "cdef int a\n"),
      at("p q/h.py", null, "x"),
    ]);
    expect(patch).toContain("new file mode 100644\n--- /dev/null\n+++ b/g.pyx\n");
    git("apply", "-R", "p.diff");
    expect(existsSync(join(root, "g.pyx"))).toBe(false);
  });

  test("other encodings and a byte order mark", () => {
    const bytes = (...parts: (string | number[])[]) =>
      Buffer.concat(
        parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
      );
    applies([
      at(
        "latin.py",
        bytes("# coding: latin-1\ns = 'caf\xe9'\n"),
        bytes("# coding: latin-1\ns = 'caf\xe9s'\n"),
      ),
      at("bom.py", bytes([0xef, 0xbb, 0xbf], "x = 1\n"), bytes([0xef, 0xbb, 0xbf], "x = 2\n")),
      at("sjis.py", bytes("x = '", [0x83, 0x5c], "'\n"), bytes("y = '", [0x83, 0x5c], "'\n")),
    ]);
  });

  test.each([
    "with space.py",
    "naïve/größe.py",
    "日本語/計算.py",
    'quo"te.py',
    "back\\slash.py",
    "tab\there.py",
    " leading.py",
    "a b/c d é.py",
    "-dash.py",
  ])("a file called %j", (name) => {
    applies([at(name, "x = 1\n", "x = 2\n"), at("plain.py", "y = 1\n", "y = 2\n")]);
  });

  test("any text becomes any other text", () => {
    const line = fc.constantFrom(
      "a",
      "b",
      "",
      " ",
      "x = 1",
      "é",
      "\t",
      "\r",
      "\\ No newline",
      "-",
      "+++ b/f",
    );
    const source = fc
      .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n", ""))
      .map(([lines, end]) => lines.join("\n") + end);
    fc.assert(
      fc.property(source, source, (before, after) => {
        fc.pre(before !== after && before !== "");
        applies([at("f.py", before, after)]);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

test("each file is preceded by the SHA-256 of what it applies to", () => {
  const patch = applies([at("a.py", "x\n", "y\n")]);
  expect(patch.split("\n")[0]).toBe(
    "# sha256 73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac a.py",
  );
});

test("a file outside the root is said to be left out, and the rest applies", () => {
  const outside = { path: "/elsewhere/other.py", before: "a\n", after: "b\n" };
  mkdirSync(join(root, "sub"));
  writeFileSync(join(root, "in.py"), "x\n");
  const patch = unifiedPatch([outside, at("in.py", "x\n", "y\n")], root);
  expect(patch.toString()).toContain(
    `# not in this patch, because it lies outside ${root}: /elsewhere/other.py\n`,
  );
  writeFileSync(join(root, "p.diff"), patch);
  git("apply", "p.diff");
  expect(readFileSync(join(root, "in.py"), "utf8")).toBe("y\n");
});

test("an unchanged file gives no patch", () => {
  expect(unifiedPatch([at("a.py", "x\n", "x\n")], root)).toHaveLength(0);
});

test("paths start at the Git work tree, so that git apply works in any folder of it", () => {
  const folder = join(root, "deep/er");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "a.py"), "x\n");
  expect(patchRoot(folder)).toBe(root);
  const patch = unifiedPatch(
    [{ path: join(folder, "a.py"), before: "x\n", after: "y\n" }],
    patchRoot(folder),
  );
  execFileSync("git", ["apply", "-"], { cwd: folder, input: patch });
  expect(readFileSync(join(folder, "a.py"), "utf8")).toBe("y\n");
});

test("outside Git, paths start at the folder itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "speedwell-nogit-"));
  try {
    writeFileSync(join(folder, "a.py"), "x\n");
    expect(patchRoot(folder)).toBe(folder);
    const patch = unifiedPatch([{ path: join(folder, "a.py"), before: "x\n", after: "y\n" }], folder);
    execFileSync("git", ["apply", "-"], { cwd: folder, input: patch });
    expect(readFileSync(join(folder, "a.py"), "utf8")).toBe("y\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
