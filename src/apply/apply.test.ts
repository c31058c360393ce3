import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyChanges, saveChanges } from "./apply.ts";

let folder: string;
const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), "utf8");

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "speedwell-apply-"));
  writeFileSync(path("program.py"), "old\n");
  await saveChanges(folder, "run", [
    { path: path("program.py"), before: Buffer.from("old\n"), after: Buffer.from("new\n") },
    { path: path("kernel.pyx"), before: null, after: Buffer.from("cdef int a\n") },
  ]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("added files are made, and taken away again", async () => {
  await applyChanges(folder, { undo: false });
  expect([read("program.py"), read("kernel.pyx")]).toEqual(["new\n", "cdef int a\n"]);
  await applyChanges(folder, { undo: true });
  expect(read("program.py")).toBe("old\n");
  expect(existsSync(path("kernel.pyx"))).toBe(false);
});

test("a file of that name stops everything", async () => {
  writeFileSync(path("kernel.pyx"), "mine\n");
  await expect(applyChanges(folder, { undo: false })).rejects.toThrow(/kernel\.pyx .*already/);
  expect([read("program.py"), read("kernel.pyx")]).toEqual(["old\n", "mine\n"]);
});

test("an added file that was changed since stays", async () => {
  await applyChanges(folder, { undo: false });
  writeFileSync(path("kernel.pyx"), "mine\n");
  await expect(applyChanges(folder, { undo: true })).rejects.toThrow(/changed since/);
  expect([read("program.py"), read("kernel.pyx")]).toEqual(["new\n", "mine\n"]);
});
