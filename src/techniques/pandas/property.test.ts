// Generated ways of working on rows against what Python gives for them, on several frames. The seed is printed.

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sharedService } from "../../../test/python-service.ts";
import { outcomeOf, rewriteProgram } from "../../../test/rewriting.ts";
import type { TextEdit } from "../../schemas/common.ts";
import { applyEdits, mergeEdits } from "../../source/edits.ts";
import { technique } from "./index.ts";

const service = sharedService();

// A value of the row is written `<name>`, whatever the loop has for it: of a frame with `i` and `j` of integers, `x` and `y` of
// floats (`y` may be missing), `flag` of truth values and `text`, `kind` of texts.

const numbers: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("<i>", "<j>", "<x>", "<x>", "<y>", "2", "0.5", "SCALE"),
    fc.tuple(tie("e"), fc.constantFrom("+", "-", "*"), tie("e")).map(([a, o, b]) => `(${a} ${o} ${b})`),
    fc
      .tuple(tie("e"), fc.constantFrom("/", "%", "//"), fc.constantFrom("4", "<j>", "<i>"))
      .map(([a, o, b]) => `${a} ${o} ${b}`),
    fc.tuple(fc.constantFrom("abs", "float", "-", "int"), tie("e")).map(([f, a]) => `${f}(${a})`),
    fc.tuple(fc.constantFrom("min", "max"), tie("e"), tie("e")).map(([f, a, b]) => `${f}(${a}, ${b})`),
    fc.tuple(tie("e"), tie("c")).map(([a, c]) => `(${a} if ${c} else ${a} - 1)`),
    fc.constantFrom(
      "len(<text>)",
      "RANKS[<kind>]",
      "RANKS.get(<text>, 0)",
      "(<x> / <j> if <j> != 0 else 0.0)",
    ),
  ),
  c: conditions(tie("e")),
})).e;

function conditions(number: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.letrec<{ c: string }>((tie) => ({
    c: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.tuple(number, fc.constantFrom("<", ">=", "==", "!="), number).map(([a, o, b]) => `${a} ${o} ${b}`),
      fc.constantFrom(
        "<flag>",
        '<kind> == "a"',
        '<text>.startswith("b")',
        '"c" in <text>',
        '<kind> in ("a", "b")',
        "-1 < <x> <= 1",
      ),
      fc.tuple(tie("c"), fc.constantFrom("and", "or"), tie("c")).map(([a, o, b]) => `(${a} ${o} ${b})`),
      tie("c").map((c) => `not (${c})`),
    ),
  })).c;
}

const texts = fc.constantFrom(
  '"big" if <i> > 3 else "small"',
  '<kind> + "-" + <text>',
  "<text>.strip().upper()",
  '<text>[:2].replace("a", "o")',
  'f"{<kind>}:{<j>}"',
  '"x" if <flag> else "y" if <x> > 0 else "z"',
  "<text> if <flag> else <kind>",
);

const value = fc.oneof(
  { weight: 3, arbitrary: numbers },
  { weight: 2, arbitrary: texts },
  conditions(numbers),
);

/** Ways to go over the rows: how a value of the row is written, and the lines around the value. */
const forms: readonly ((value: string, test: string) => string)[] = [
  (v) => `    df["new"] = df.apply(lambda row: ${rows(v)}, axis=1)\n    return df`,
  (v) => `    return df.apply(lambda r: ${v.replace(/<(\w+)>/g, "r.$1")}, axis=1)`,
  (v, t) =>
    `    out = []\n    for _, row in df.iterrows():\n        if ${rows(t)}:\n            out.append(${rows(v)})\n    return out`,
  (v) =>
    `    out = []\n    for row in df.itertuples():\n        out.append(${v.replace(/<(\w+)>/g, "row.$1")})\n    df["new"] = out\n    return df`,
  (_, t) =>
    `    total = 0\n    for row in df.itertuples():\n        if ${t.replace(/<(\w+)>/g, "row.$1")}:\n            total += row.i\n    return total`,
  (v, t) =>
    `    for k in range(len(df)):\n        if ${cells(t)}:\n            df.loc[k, "x"] = ${cells(v)}\n    return df`,
  (v, t) =>
    `    df["new"] = 0\n    for k in df.index:\n        local = ${cells(v)}\n        if ${cells(t)}:\n            df.at[k, "new"] = local\n        else:\n            df.at[k, "new"] = 1\n    return df`,
  (v, t) =>
    `    kept = 0.0\n    for k in range(1, len(df)):\n        row = df.iloc[k]\n        if ${rows(t)} and df["x"].iloc[k - 1] > 0:\n            kept = kept / 2 + (${rows(v)})\n    return kept`,
];

const rows = (text: string) => text.replace(/<(\w+)>/g, "row['$1']");
const cells = (text: string) => text.replace(/<(\w+)>/g, "df.at[k, '$1']");

const count = 60;

function program(bodies: readonly string[]): string {
  return `import numpy as np
import pandas as pd

SCALE = 1.5
RANKS = {"a": 1, "b": 2, "c": 3}

${bodies.map((body, n) => `def f${n}(df):\n    df = df.copy()\n${body}\n`).join("\n\n")}

def frames():
    rng = np.random.default_rng(7)
    n = 24
    df = pd.DataFrame({
        "i": rng.integers(0, 9, n), "j": rng.integers(-3, 5, n), "x": rng.normal(size=n), "y": rng.normal(size=n),
        "flag": rng.random(n) < 0.5, "text": rng.choice(["abc", " b", "ca", "b c"], n), "kind": rng.choice(["a", "b", "c"], n),
    })
    df.loc[3, "y"] = np.nan
    return df, df.iloc[::-1].reset_index(drop=True), df.iloc[5:9].reset_index(drop=True)


def shown(value):
    if isinstance(value, pd.DataFrame):
        return {name: shown(value[name]) for name in value}
    if isinstance(value, pd.Series):
        return [str(value.dtype), value.name, list(value.index), shown(value.tolist())]
    if isinstance(value, list):
        return [shown(one) for one in value]
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.9g}"
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        return int(value)
    return value


for function in [${bodies.map((_, n) => `f${n}`).join(", ")}]:
    for frame in frames():
        try:
            print(function.__name__, shown(function(frame)))
        except Exception as error:
            print(function.__name__, type(error).__name__)
`;
}

/** The text of one of the generated functions. */
const functionOf = (text: string, name: string) =>
  new RegExp(`^def ${name}\\(.*?(?=^def )`, "ms").exec(text)?.[0] ?? "";

test(`${count} generated functions give the same over whole columns`, async () => {
  const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const bodies = fc
    .sample(fc.tuple(fc.integer({ min: 0, max: forms.length - 1 }), value, conditions(numbers)), {
      numRuns: count,
      seed,
    })
    .map(([form, v, t]) => forms[form]!(v, t));
  const text = program(bodies);
  const expected = outcomeOf(text);
  expect(expected.status, expected.error).toBe(0);
  const ways: TextEdit[][][] = [[], []];
  for (const { region, rewrites } of await rewriteProgram(service(), technique, text)) {
    if (region.kind !== "function") continue;
    for (const [way, { rewrite }] of rewrites.entries()) ways[way]!.push(rewrite.edits);
  }
  expect(ways[0]!.length).toBeGreaterThan(count / 4);
  for (const way of ways) {
    const after = applyEdits(text, mergeEdits(way)!);
    const outcome = outcomeOf(after);
    expect(outcome.status, `seed ${seed}: ${outcome.error}`).toBe(0);
    const lines = outcome.stdout.split("\n");
    const shown = expected.stdout.split("\n").flatMap((line, n) => {
      if (line === lines[n]) return [];
      const name = line.split(" ")[0]!;
      return [`${line}\n${lines[n]}\n${functionOf(text, name)}\n${functionOf(after, name)}`];
    });
    expect(shown.join("\n=====\n"), `seed ${seed}`).toEqual("");
  }
}, 60_000);
