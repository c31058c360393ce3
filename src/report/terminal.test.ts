import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleReport } from "./fixtures/sample.ts";
import { terminalStyle } from "./style.ts";
import { renderTerminal } from "./terminal.ts";
import { textWidth } from "./text.ts";

const plain = { width: 80, colour: false, unicode: true };
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of colours
const COLOUR = /\x1b\[\d+m/g;

const widest = (screen: string): number =>
  Math.max(...screen.split("\n").map((line) => textWidth(line.replace(COLOUR, ""))));

describe("the screen", () => {
  test("after optimizing", () => {
    expect(renderTerminal(sampleReport(), plain)).toMatchSnapshot();
  });

  test("after optimizing, in ASCII", () => {
    const screen = renderTerminal(sampleReport(), { ...plain, unicode: false });
    expect(screen).toMatchSnapshot();
    expect(screen).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test("with nothing kept", () => {
    expect(renderTerminal(sampleReport({ outcome: "none" }), plain)).toMatchSnapshot();
  });

  test("after a diagnosis alone: the verdict first, then where the time goes", () => {
    expect(renderTerminal(sampleReport({ outcome: "run" }), plain)).toMatchSnapshot();
  });

  test("colour changes nothing but colour", () => {
    const coloured = renderTerminal(sampleReport(), { ...plain, colour: true });
    expect(coloured).not.toBe(renderTerminal(sampleReport(), plain));
    expect(coloured.replace(COLOUR, "")).toBe(renderTerminal(sampleReport(), plain));
  });

  test("the gain stands in the first line", () => {
    const [first] = renderTerminal(sampleReport(), plain).split("\n");
    expect(first).toBe("2.9× faster (2.8–3.0)  6.4 s → 2.2 s, same output");
  });

  test("a program that failed is said to have failed before anything else", () => {
    const model = sampleReport({ outcome: "run" });
    model.run = { ...model.run, status: "failed", exit: 3 };
    expect(renderTerminal(model, plain)).toMatch(/^The program ended with exit code 3 after 6\.4 s\./);
    model.run = { ...model.run, status: "killed", exit: null, signal: "SIGKILL" };
    expect(renderTerminal(model, plain)).toMatch(/^The program was ended by SIGKILL/);
  });

  test("a gain that was not measured does not claim the same output", () => {
    const model = sampleReport();
    const outcome = model.optimization!.outcome!;
    Object.assign(outcome, { measured: false, pairs: null, sameOutput: null, reason: "the time ended" });
    const screen = renderTerminal(model, plain);
    expect(screen.split("\n")[0]).toContain("predicted");
    expect(screen).not.toContain("same output");
    Object.assign(outcome, { speedup: null, newSeconds: null });
    expect(renderTerminal(model, plain)).toContain("what the whole gains is not known");
  });
});

test("one sentence per reason, with all that it holds for; of each technique one before the second of any", () => {
  const model = sampleReport({ outcome: "none" });
  const { optimization } = model;
  const [view] = optimization!.rewrites;
  const late = (title: string, line: number, budget: number) => ({
    ...view!,
    title,
    shown: "main.py",
    rewrite: { ...view!.rewrite, line },
    proof: null,
    reason: `the time ended before its results were checked; run again with --budget ${budget}`,
  });
  const outdone = { ...late("Caching", 3, 1), reason: "another rewrite of these lines gives more" };
  optimization!.rewrites = [outdone, late("Arrays", 1, 90), late("Arrays", 42, 120), late("Sets", 1, 90)];
  const [some] = optimization!.declined;
  const left = (title: string, at: string, reason: string) => ({
    ...some!,
    shown: "main.py",
    title,
    at,
    reason,
  });
  optimization!.declined = [
    left("Numba", "1", "`g` is a dict"),
    left("Numba", "2", "`g` is a dict"),
    left("Numba", "3", "`s` is a str"),
    left("Sets", "4", "the list is changed"),
    left("Arrays", "4", "the list is changed"),
  ];
  const lines = renderTerminal(model, { ...plain, width: 100 })
    .split("\n")
    .map((line) => line.trim());
  const from = lines.indexOf("Refused") + 1;
  expect(lines.slice(from, from + 8)).toEqual([
    "✗ main.py:1, 42 Arrays; main.py:1 Sets: the time ended before its results were checked; run again",
    "with --budget 120",
    "✗ main.py:3 Caching: another rewrite of these lines gives more",
    "",
    "Left alone",
    "main.py:1, 2 Numba: `g` is a dict",
    "main.py:4 Sets, Arrays: the list is changed",
    "main.py:3 Numba: `s` is a str",
  ]);
});

describe("no line is wider than the terminal", () => {
  const hostile = [
    "x".repeat(300),
    "長い名前の関数".repeat(30),
    "👩‍👩‍👧‍👦 family ".repeat(20),
    "e\u0301".repeat(200),
    "\x1b[31mred\x1b[0m\x07\r\n\tbeep",
    "\u202Eright to left\u202C مرحبا שלום",
    "\ud800 lone \udfff",
    "/very/long/path".repeat(20),
  ];
  for (const width of [40, 80, 100])
    for (const unicode of [true, false])
      test(`${width} cells, ${unicode ? "Unicode" : "ASCII"}`, () => {
        for (const text of hostile)
          for (const outcome of ["kept", "none", "run"] as const) {
            const screen = renderTerminal(sampleReport({ hostile: text, outcome }), {
              width,
              unicode,
              colour: false,
            });
            expect(widest(screen), text).toBeLessThanOrEqual(width);
            // biome-ignore lint/suspicious/noControlCharactersInRegex: no control character may come through
            expect(screen).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
          }
      });

  test("whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const screen = renderTerminal(sampleReport({ hostile: text }), plain);
        expect(widest(screen)).toBeLessThanOrEqual(80);
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

describe("what the terminal can show", () => {
  const utf8 = { LANG: "en_GB.UTF-8", TERM: "xterm" };
  const style = (env: Record<string, string>, isTTY = true, noColour = false) =>
    terminalStyle({ isTTY, columns: 80, env, noColour });

  test("colour on a terminal, unless refused", () => {
    expect(style(utf8).colour).toBe(true);
    expect(style(utf8, false).colour).toBe(false);
    expect(style({ ...utf8, NO_COLOR: "1" }).colour).toBe(false);
    expect(style({ ...utf8, NO_COLOR: "" }).colour).toBe(true);
    expect(style({ ...utf8, TERM: "dumb" }).colour).toBe(false);
    expect(style(utf8, true, true).colour).toBe(false);
    expect(style({ ...utf8, FORCE_COLOR: "1" }, false).colour).toBe(true);
    expect(style({ ...utf8, FORCE_COLOR: "1", NO_COLOR: "1" }).colour).toBe(false);
  });

  test("Unicode where the locale has it", () => {
    expect(style(utf8).unicode).toBe(true);
    expect(style({ LANG: "C.utf8" }).unicode).toBe(true);
    expect(style({ LANG: "C" }).unicode).toBe(false);
    expect(style({ LANG: "en_GB.UTF-8", LC_ALL: "C" }).unicode).toBe(false);
  });

  test("80 cells where the width is not known, 100 at most", () => {
    const width = (columns: number | undefined) =>
      terminalStyle({ isTTY: true, columns, env: utf8, noColour: false }).width;
    expect([width(undefined), width(200), width(60), width(5)]).toEqual([80, 100, 60, 40]);
  });
});
