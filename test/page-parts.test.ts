// The report page's own logic, apart from the browser: colouring of Python, layout of the flame graph.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleFlame } from "../src/report/fixtures/sample-profile.ts";
import { childrenOf, frameTotals, layOut, nodeAt, rowsBetween, search, sibling } from "../web/flame-tree.ts";
import { type LineState, tokens } from "../web/python.ts";

describe("colouring Python", () => {
  const kinds = (line: string, state: LineState = null) =>
    tokens(line, state)
      .tokens.filter((token) => token.kind !== "plain")
      .map((token) => `${token.kind} ${token.text}`);

  test.each<[string, string[]]>([
    ["def f(x): # why", ["keyword def", "name f", "comment # why"]],
    ["x = 'a # b' + \"it's\"", ["string 'a # b'", 'string "it\'s"']],
    ["rb'\\'' f'{x}'", ["string rb'\\''", "string f'{x}'"]],
    ["n = 1_000 + 2.5e-3 + 0xff", ["number 1_000", "number 2.5e-3", "number 0xff"]],
    ["class Größe: pass", ["keyword class", "name Größe", "keyword pass"]],
    ["definition = classify", []],
    ['"""one line""" + x', ['string """one line"""']],
  ])("%s", (line, expected) => expect(kinds(line)).toEqual(expected));

  test("a string in triple quotes goes on over lines", () => {
    const first = tokens('x = """begins', null);
    expect(first.state).toBe('"""');
    const second = tokens("if this were code: 'x'", first.state);
    expect(second).toEqual({ tokens: [{ text: "if this were code: 'x'", kind: "string" }], state: '"""' });
    const third = tokens('ends""" + 1', second.state);
    expect(third.state).toBeNull();
    expect(kinds('ends""" + 1', '"""')).toEqual(['string ends"""', "number 1"]);
  });

  test("no character is lost, whatever the line", () => {
    const piece = fc.oneof(
      fc.constantFrom('"""', "'''", "'", '"', "\\", "#", "def ", "1e", " ", "\t", "rb", "{", "é", "🐍"),
      fc.string({ unit: "binary", maxLength: 3 }).map((text) => text.replace(/[\r\n]/g, "")),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }).map((parts) => parts.join("")),
        fc.constantFrom<LineState>(null, '"""', "'''"),
        (line, state) => {
          expect(
            tokens(line, state)
              .tokens.map((token) => token.text)
              .join(""),
          ).toBe(line);
        },
      ),
      { seed: 11, numRuns: 2000 },
    );
  });

  test("a real file is coloured whole", () => {
    const text = readFileSync(join(import.meta.dirname, "../src/report/fixtures/airports.py"), "utf8");
    let state: LineState = null;
    for (const line of text.split("\n")) {
      const result = tokens(line, state);
      expect(result.tokens.map((token) => token.text).join("")).toBe(line);
      state = result.state;
    }
    expect(state).toBeNull();
  });
});

describe("the flame graph's layout", () => {
  const tree = layOut(sampleFlame(5000));
  const { parent, microseconds } = tree.view.nodes;
  const right = (node: number) => tree.left[node]! + microseconds[node]!;

  test("children lie inside their parents, side by side, widest first", () => {
    for (let node = 0; node < parent.length; node++) {
      const children = [...childrenOf(tree, node)];
      let at = tree.left[node]!;
      let last = Number.POSITIVE_INFINITY;
      for (const child of children) {
        expect(tree.left[child]).toBe(at);
        expect(microseconds[child]!).toBeLessThanOrEqual(last);
        expect(tree.depth[child]).toBe(tree.depth[node]! + 1);
        last = microseconds[child]!;
        at = right(child);
      }
      expect(at).toBeLessThanOrEqual(right(node));
    }
  });

  test("a point finds the node that covers it", () => {
    for (let node = 0; node < parent.length; node += 7) {
      if (microseconds[node]! === 0) continue;
      expect(nodeAt(tree, tree.depth[node]!, tree.left[node]! + microseconds[node]! / 2)).toBe(node);
    }
    expect(nodeAt(tree, 0, -1)).toBe(-1);
    expect(nodeAt(tree, 0, tree.total)).toBe(-1);
  });

  test("siblings lead right and back, and stop at the ends", () => {
    const [first, second] = childrenOf(tree, 2);
    expect(sibling(tree, first!, 1)).toBe(second);
    expect(sibling(tree, second!, -1)).toBe(first);
    expect(sibling(tree, first!, -1)).toBe(first);
    expect(sibling(tree, 0, 1)).toBe(0);
  });

  test("own times of all functions add up to the whole, and a search inside a match adds nothing", () => {
    const totals = frameTotals(tree);
    expect(totals.reduce((sum, one) => sum + one.self, 0)).toBe(tree.total);
    expect(totals.every((one) => one.microseconds <= tree.total)).toBe(true);
    expect(search(tree, "e")!.microseconds).toBeLessThanOrEqual(tree.total);
    expect(search(tree, "WHOLE program")!.microseconds).toBe(tree.total);
    expect(search(tree, "  ")).toBeNull();
  });

  test("only rows with something to see count", () => {
    expect(rowsBetween(tree, 0, tree.total, tree.total)).toBe(1);
    expect(rowsBetween(tree, 0, tree.total, 1)).toBeGreaterThan(6);
    expect(rowsBetween(tree, 0, tree.total, 1)).toBeLessThanOrEqual(tree.rows);
  });
});
