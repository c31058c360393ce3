// Patches are applied exactly or not at all.

import { expect, test } from "vitest";
import { applyPatch, looksLikePatch, parsePatch } from "./patch.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");
const apply = (text: string, patch: string) => {
  const [file] = parsePatch(bytes(patch), "p.patch");
  return applyPatch(bytes(text), file!, "p.patch", "a.py").toString("latin1");
};

const plain = "--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n one\n-two\n+zwei\n three\n";

test("a hunk changes the lines that it names", () => {
  expect(apply("one\ntwo\nthree\nfour\n", plain)).toBe("one\nzwei\nthree\nfour\n");
  expect(parsePatch(bytes(plain), "p")[0]).toMatchObject({ old: "a.py", new: "a.py" });
});

test("another line in its place refuses the patch, though the lines stand elsewhere", () => {
  expect(() => apply("zero\none\ntwo\nthree\n", plain)).toThrow(
    "p.patch, line 3: the patch does not fit a.py, whose line 1 is another.",
  );
  expect(() => apply("one\r\ntwo\r\nthree\r\n", plain)).toThrow("whose line 1 is another");
});

test("newlines, bytes that are no text, and a missing last newline survive", () => {
  const patch =
    "--- a.py\n+++ a.py\n@@ -1,2 +1,2 @@\n \xe9\r\n-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n";
  expect(apply("\xe9\r\nx", patch)).toBe("\xe9\r\ny");
});

test("files that come, go or change their name", () => {
  const added =
    "diff --git a/n.py b/n.py\nnew file mode 100644\n--- /dev/null\n+++ b/n.py\n@@ -0,0 +1 @@\n+x = 1\n";
  expect(parsePatch(bytes(added), "p")[0]).toMatchObject({ old: null, new: "n.py" });
  expect(apply("", added)).toBe("x = 1\n");
  const gone =
    "diff --git a/g.py b/g.py\ndeleted file mode 100644\n--- a/g.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-x = 1\n";
  expect(parsePatch(bytes(gone), "p")[0]).toMatchObject({ old: "g.py", new: null });
  expect(apply("x = 1\n", gone)).toBe("");
  const moved = "diff --git a/o.py b/n.py\nsimilarity index 100%\nrename from o.py\nrename to n.py\n";
  expect(parsePatch(bytes(moved), "p")[0]).toMatchObject({ old: "o.py", new: "n.py", hunks: [] });
});

test("a tab before the time ends the path, and quoted paths are read", () => {
  const timed = "--- old name.py\t2026-01-01\n+++ old name.py\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n";
  expect(parsePatch(bytes(timed), "p")[0]).toMatchObject({ old: "old name.py", new: "old name.py" });
  const quoted = '--- "a/\\303\\251.py"\n+++ "b/\\303\\251.py"\n@@ -1 +1 @@\n-a\n+b\n';
  expect(parsePatch(bytes(quoted), "p")[0]).toMatchObject({ old: "é.py", new: "é.py" });
});

test("what is no patch, or is cut off, is said with its line", () => {
  expect(() => parsePatch(bytes("hello\n"), "p.patch")).toThrow("p.patch is no unified diff");
  expect(() => parsePatch(bytes(plain.slice(0, -7)), "p.patch")).toThrow(/^p\.patch, line \d+: /);
  expect(looksLikePatch(bytes(plain))).toBe(true);
  expect(looksLikePatch(bytes("x = 1\n"))).toBe(false);
});
