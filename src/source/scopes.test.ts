import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allPythons } from "../../test/python.ts";
import { Fault } from "../base/fault.ts";
import { AgentError, startService } from "../interpreter/service.ts";
import { loadSource } from "./load.ts";
import { type Scope, scopesOf } from "./scopes.ts";

interface Symbols {
  type: string;
  name: string;
  line: number;
  names: Record<string, "local" | "free" | "global">;
  children: Symbols[];
}

/** Differences between our scope and Python's own, as readable lines. */
function differences(scope: Scope, symbols: Symbols, ours: Map<Scope, Map<string, string>>): string[] {
  const found: string[] = [];
  for (const [name, kind] of ours.get(scope) ?? []) {
    const theirs = symbols.names[name];
    if (theirs !== kind) found.push(`${symbols.type} ${scope.qualname}: ${name} is ${theirs}, not ${kind}`);
  }
  const inner = [...scope.children];
  const theirs = symbols.children.filter((child) => ["function", "class"].includes(child.type));
  for (const child of inner) {
    if (child.kind === "type parameters") continue;
    const name = plainName(child);
    const line = "lineno" in child.node ? child.node.lineno : 0;
    // Python 3.11 gives some comprehensions the line of their element: the nearest of the same name is meant.
    const twin = theirs
      .filter((other) => other.name.replace(/[<>]/g, "") === name)
      .sort((a, b) => Math.abs(a.line - line) - Math.abs(b.line - line))
      .find((other) => [...(ours.get(child)?.keys() ?? [])].every((used) => used in other.names));
    // Python 3.12 on inlines comprehensions: what they hold stands in the scope around them.
    if (!twin && child.kind === "comprehension") inner.push(...child.children);
    else if (!twin) found.push(`no ${name} at line ${line} in ${symbols.name}`);
    else {
      theirs.splice(theirs.indexOf(twin), 1);
      found.push(...differences(child, twin, ours));
    }
  }
  return found;
}

function plainName(scope: Scope): string {
  return (scope.qualname.split(".").at(-1) ?? "").replace(/[<>]/g, "");
}

// Every third file of each Python's library, which ones by the seed; SPEEDWELL_SEED sets it.
const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 2 ** 31);

describe.each(allPythons())(`on Python $version (seed ${seed})`, ({ path: python, version }) => {
  test("every name of the standard library belongs to the scope that Python gives it", async () => {
    const library = execFileSync(python, ["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"], {
      encoding: "utf8",
    }).trim();
    const files = readdirSync(library, { recursive: true, encoding: "utf8" }).filter(
      (path) =>
        path.endsWith(".py") &&
        !(version === "3.11" ? /site-packages/ : /site-packages|^test|idlelib|lib2to3/).test(path),
    );
    const paths = files.sort().filter((_, index) => (index + seed) % 3 === 0);
    const service = await startService(python);
    const wrong: string[] = [];
    let checked = 0;
    for (const path of paths) {
      try {
        const file = await loadSource(service, join(library, path));
        // With this import Python leaves annotations out of its tables; we keep them as reads, since tools evaluate them.
        if (/^from __future__ import .*annotations/m.test(file.text)) continue;
        const symbols = (await service.call("symbols", { text: file.text, path })) as Symbols;
        const scopes = scopesOf(file);
        const ours = new Map<Scope, Map<string, string>>();
        for (const variable of scopes.variables)
          for (const { scope } of variable.occurrences) {
            const names = ours.get(scope) ?? new Map<string, string>();
            ours.set(scope, names);
            names.set(
              variable.name,
              variable.scope === scope && scope.bound.has(variable.name)
                ? "local"
                : variable.scope === scopes.module
                  ? "global"
                  : "free",
            );
            checked++;
          }
        wrong.push(...differences(scopes.module, symbols, ours).map((line) => `${path}: ${line}`));
      } catch (error) {
        if (!(error instanceof Fault || error instanceof AgentError)) throw error;
      }
    }
    await service.close();
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(checked).toBeGreaterThan(40_000);
  });
});
