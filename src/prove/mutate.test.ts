// The small mistakes that are put into an original, and those that would be none.

import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { testPython } from "../../test/python.ts";
import { agentDirectory } from "../interpreter/agent.ts";

const program = `
import ast, json, sys
sys.path.insert(0, sys.argv[1])
from speedwell_agent.mutate import Mutants

found = {}
for label, statements in Mutants(ast.parse(sys.stdin.read()).body, 500, 1):
    compile(ast.Module(body=statements, type_ignores=[]), "", "exec")
    found.setdefault(label.split(": ")[1], []).append(ast.unparse(statements[0].body))
print(json.dumps(found))
`;

function mutants(body: string): Record<string, string[]> {
  const input = `def f(xs, a, b):\n${body.replace(/^/gm, "    ")}\n`;
  const run = spawnSync(testPython(), ["-c", program, agentDirectory()], { input, encoding: "utf8" });
  expect(run.stderr).toBe("");
  return JSON.parse(run.stdout);
}

test.each([
  ["a += b", "= for an operator", "a = b"],
  ["a = b", "None for a value", "a = None"],
  ["g(1, a, b)", "None for an argument", "g(1, None, b)"],
  ["g(a, key=b)", "without key", "g(a)"],
  ["return a.lstrip()", "rstrip for lstrip", "return a.rstrip()"],
  ["return a == 'no'", "another text", "return a == 'non'"],
  ["if not a: b()", "no longer negated", "if not not a:\n    b()"],
  ["for x in xs: g(x)", "a loop that never begins", "for x in xs:\n    break\n    g(x)"],
  ["try: g()\nexcept KeyError: pass", "an exception no longer caught", "try:\n    g()\nexcept ():\n    pass"],
  ["return lambda: 1", "a function that gives None", "return lambda: None"],
])("%s", (body, label, mutated) => {
  expect(mutants(body)[label]).toContain(mutated);
});

test("what only people read, and ties that change nothing, are left as they are", () => {
  const tied = (body: string) => Object.keys(mutants(body)).filter((label) => /^(Lt|Gt)/.test(label));
  expect(tied("if a > b: b = a")).toEqual(["LtE for Gt"]);
  expect(tied("if xs[0] < b: xs[0], b = b, xs[0]")).toEqual(["GtE for Lt"]);
  expect(tied("return a if a <= b else b")).toEqual(["Gt for LtE"]);
  expect(tied("if a > b: b = 0").sort()).toEqual(["GtE for Gt", "LtE for Gt"]);
  expect(Object.keys(mutants("'told'\na: 'text'\nraise ValueError('no', 1)"))).toEqual([]);
});
