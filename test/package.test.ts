// The published package: no runtime dependencies, and it runs in an empty folder.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runChild } from "../src/base/process.ts";
import { Doctor } from "../src/schemas/index.ts";
import { emptyFolder } from "./cli.ts";
import { testPython } from "./python.ts";

const root = join(import.meta.dirname, "..");

test("npm pack, then npx of the tarball in an empty folder", { timeout: 180_000 }, async () => {
  expect(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).dependencies).toBeUndefined();
  const folder = emptyFolder("package");
  const packed = await runChild("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
  });
  expect(packed.code).toBe(0);
  const [{ filename, files }] = JSON.parse(packed.stdout);
  const paths: string[] = files.map((file: { path: string }) => file.path);
  expect(paths).toContain("dist/speedwell.js");
  expect(paths).toContain("dist/report-page.html");
  expect(paths).toContain("agent/speedwell_agent/record.py");
  expect(paths.filter((path) => /test|__pycache__|\.map$/.test(path))).toEqual([]);
  const env = { ...process.env, SPEEDWELL_PYTHON: testPython(), npm_config_offline: "true" };
  const empty = emptyFolder("empty");
  const result = await runChild("npx", ["--yes", `file:${join(folder, filename)}`, "doctor", "--json"], {
    cwd: empty,
    env,
  });
  expect(result.stderr).not.toContain("ERR");
  expect(Doctor.parse(JSON.parse(result.stdout)).packages.numpy).toMatch(/^\d/);
});
