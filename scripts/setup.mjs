// Make a fresh clone ready: npm packages, a Python environment with requirements.txt, for tests also a Chromium.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attempt, fail, root, run } from "./process.mjs";

const venv = join(root, ".venv");
const python = process.platform === "win32" ? join(venv, "Scripts/python.exe") : join(venv, "bin/python");

export function setup({ browser = false } = {}) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Node ${process.versions.node} is too old: 20.19 or later is needed.`);
  installNodePackages();
  makePythonEnvironment();
  if (browser) findBrowser();
}

/** A step is done again only when the file that names what to install has changed since it was last done. */
function once(step, files, work) {
  const stamp = join(root, "node_modules", ".setup", step);
  const key = createHash("sha256");
  for (const file of files) key.update(readFileSync(join(root, file)));
  const digest = key.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  work();
  mkdirSync(join(root, "node_modules", ".setup"), { recursive: true });
  writeFileSync(stamp, digest);
}

function installNodePackages() {
  // Not `npm ci`: it refuses a lock file in which some registry lacks a package for another platform. This installs what
  // the lock file says, too.
  once("npm", ["package-lock.json"], () =>
    run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]),
  );
}

function makePythonEnvironment() {
  const usable = () => existsSync(python) && attempt(python, ["-c", "import numpy, numba"]).status === 0;
  if (!usable()) rmSync(join(root, "node_modules", ".setup", "python"), { force: true });
  once("python", ["requirements.txt"], () => {
    const base = basePython();
    const install = [
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--only-binary",
      ":all:",
      "-r",
      "requirements.txt",
    ];
    console.log(`Making a Python environment in .venv with ${base.version} …`);
    if (!existsSync(python) && attempt(base.path, ["-m", "venv", venv]).status !== 0) {
      // Debian ships venv without ensurepip unless python3-venv is installed; the pip outside can fill it.
      rmSync(venv, { recursive: true, force: true });
      run(base.path, ["-m", "venv", "--without-pip", venv]);
    }
    if (attempt(python, ["-m", "pip", "--version"]).status === 0) run(python, ["-m", "pip", ...install]);
    else run(base.path, ["-m", "pip", "--python", python, ...install]);
  });
}

function basePython() {
  for (const path of [process.env.SPEEDWELL_PYTHON, "python3", "python"].filter(Boolean)) {
    const found = attempt(path, [
      "-c",
      "import sys, platform; print(platform.python_version(), sys.version_info >= (3, 9))",
    ]);
    const [version, recent] = (found.stdout ?? "").trim().split(" ");
    if (found.status === 0 && recent === "True") return { path, version: `Python ${version}` };
  }
  return fail("Python 3.9 or later with pip is needed, and none was found on PATH.");
}

function findBrowser() {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const found = () => names.some((name) => attempt(name, ["--version"]).status === 0);
  if (found()) return;
  console.log("Installing Chromium for the report's tests …");
  const quiet = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, stdio: "ignore" };
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  for (const args of [
    ["apt-get", "update"],
    ["apt-get", "install", "-y", "chromium"],
  ]) {
    const [command, ...rest] = [...sudo, ...args];
    attempt(command, rest, quiet);
  }
  if (!found()) fail("Chromium is needed for the report's tests: install it so that `chromium` is on PATH.");
}

if (process.argv[1]?.endsWith("setup.mjs")) setup({ browser: process.argv.includes("--browser") });
