// From the lines of a nest to the text that stands in the loop's place, in the layout of the file.

import type { stmt } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { indentationStep, reindent } from "../../source/layout.ts";
import { breakLines } from "../../source/line-breaking.ts";
import { namesIn } from "./code.ts";
import { refuse } from "./refusal.ts";
import type { Conversion, Line, State } from "./state.ts";

export interface Piece {
  text: string;
  /** Lines for before the region's statement, such as conversions that serve several loops. */
  conversions: readonly Conversion[];
  /** Nothing stands beside it: no original for other cases. */
  plain: boolean;
}

const width = 88;

/** The text for `node` (a loop, or a statement with a comprehension), without the first line's indentation. */
export function layOut(state: State, node: stmt, known: ReadonlySet<string>): Piece {
  const { file } = state;
  const lines = withoutDead(state.lines, state.hazards.size > 0);
  if (!lines.some(({ commits }) => commits)) refuse("nothing comes of it", node);
  for (const line of lines)
    if ((line.size ?? 0) > state.options.memory)
      refuse("an array of its intermediate values would be too large", node);
  const read = new Set(lines.flatMap((line) => [...namesIn(line.text)]));
  const conversions = [...state.conversions.values()].filter(
    ({ name }) => read.has(name) && !known.has(name),
  );
  const converted = conversions.map(({ name, seq }) => `${name} = ${state.np}.array(${seq.text})`);
  const limits = state.integers
    ? [...state.conversions.values()]
        .filter(({ seq, name }) => seq.element?.type === "int" && read.has(name))
        .map(({ name }) => withinBits(state, name))
    : [];
  const checks = lines.some(({ check }) => check);
  const indent = indentOf(file, node);
  const step = indentationStep(file);
  const body = (inner: string, use: readonly Line[]): string[] => render(state, node, use, inner, false);
  const original = (inner: string): string => reindent(textOf(file, node, indent), indent, inner);
  const join = (pieces: readonly string[]): string =>
    pieces.join("\n").slice(indent.length).replaceAll("\n", file.newline);
  const conditions = state.allConditions();
  const inner = indent + step;
  if (state.hazards.size === 0 && !checks) {
    if (conditions.length === 0 && limits.length === 0) {
      const all = [...converted.map((line) => indent + line), ...render(state, node, lines, indent, true)];
      return { text: join(all), conversions, plain: true };
    }
    if (!state.needsOriginal && limits.length === 0) {
      const all = [
        `${indent}if ${conditions.join(" and ")}:`,
        ...converted.map((line) => inner + line),
        ...render(state, node, lines, inner, true),
      ];
      return { text: join(all), conversions: [], plain: false };
    }
    const rows = conversions.some(({ seq }) => seq.form === "rows");
    if (limits.length > 0 && rows)
      refuse("rows of integers are computed with, which may outgrow 64 bits", node);
    const outside = limits.length > 0 ? converted.map((line) => indent + line) : [];
    const inside = limits.length > 0 ? [] : converted.map((line) => inner + line);
    const test = [...conditions, ...limits];
    const all = [
      ...outside,
      ...condition(test, indent, step),
      ...inside,
      ...body(inner, lines),
      `${indent}else:`,
      original(inner),
    ];
    return { text: join(all), conversions: limits.length > 0 ? conversions : [], plain: false };
  }
  const raised = new Set(state.hazards);
  if (conditions.length > 0 || limits.length > 0 || checks) raised.add("ValueError");
  const { undo } = state;
  const out: string[] = [...(undo ? [indent + undo.keep] : []), `${indent}try:`];
  const raise = (test: readonly string[], at: string): void => {
    if (test.length === 0) return;
    const text =
      test.length === 1 && /^not /.test(test[0]!)
        ? test[0]!.slice(4)
        : test.length === 1
          ? negate(test[0]!)
          : `not (${test.join(" and ")})`;
    out.push(`${at}if ${text}:`, `${at}${step}raise ValueError`);
  };
  raise(conditions, inner);
  out.push(...converted.map((line) => inner + line));
  raise(limits, inner);
  const watched = state.hazards.has("FloatingPointError");
  const deep = watched ? inner + step : inner;
  if (watched) out.push(`${inner}with ${state.np}.errstate(all="raise", under="ignore"):`);
  const commits = lines.filter(({ commits: one }) => one);
  const single = commits.length === 1 && lines.at(-1) === commits[0];
  const { first, last } = single ? { first: lines, last: [] } : separated(state, lines, node);
  for (const line of first) {
    if (line.check) raise([line.text], deep);
    else out.push(...body(deep, [line]));
  }
  const names = [...raised].sort();
  out.push(
    `${indent}except ${names.length === 1 ? names[0] : `(${names.join(", ")})`}:`,
    ...(undo ? [inner + undo.restore] : []),
    original(inner),
  );
  if (last.length > 0) out.push(`${indent}else:`, ...body(inner, last));
  return { text: join(out), conversions: [], plain: false };
}

const withinBits = (state: State, name: string): string =>
  `${state.np}.abs(${name}).max(initial=0) < 2**${state.options.bits}`;

/** The opposite of a condition, simply written where it is one comparison. */
const negate = (test: string): string => {
  const places: { index: number; sign: string }[] = [];
  let depth = 0;
  for (let i = 0; i < test.length; i++) {
    if ("([{".includes(test[i]!)) depth++;
    else if (")]}".includes(test[i]!)) depth--;
    else if (depth === 0) {
      if (/^ (and|or|is|not|if) /.test(test.slice(i)) || test.startsWith("not ")) return `not (${test})`;
      const sign = /^ (<=|>=|==|!=|<|>) /.exec(test.slice(i))?.[1];
      if (sign) places.push({ index: i, sign });
    }
  }
  if (places.length === 0) return `not ${test}`;
  const [{ index, sign }] = places as [{ index: number; sign: string }];
  // The opposite of an order is not the other order where NaN may be: those conditions end in `.all()` or `.any()`.
  if (places.length > 1) return `not (${test})`;
  return `${test.slice(0, index)} ${opposites[sign]} ${test.slice(index + sign.length + 2)}`;
};

const opposites: Readonly<Record<string, string>> = {
  "<": ">=",
  ">": "<=",
  "<=": ">",
  ">=": "<",
  "==": "!=",
  "!=": "==",
};

/** The head of an `if`, in several lines where it is long. */
export function condition(tests: readonly string[], indent: string, step: string): string[] {
  const line = `${indent}if ${tests.join(" and ")}:`;
  if (line.length <= width) return [line];
  return [
    `${indent}if (`,
    ...tests.map((test, i) => `${indent}${step}${i === 0 ? "" : "and "}${test}`),
    `${indent}):`,
  ];
}

/** Lines that bind a temporary which nothing reads are left out, unless they may raise as the loop does. */
function withoutDead(lines: readonly Line[], mayRaise: boolean): Line[] {
  const live = new Set<string>();
  const kept: Line[] = [];
  for (const line of [...lines].reverse()) {
    const dead = line.defines !== null && !line.commits && !live.has(line.defines);
    if (dead && !line.draws && (!mayRaise || line.harmless)) continue;
    if (line.defines !== null) live.delete(line.defines);
    const read = line.defines !== null ? line.text.slice(line.text.indexOf("=") + 1) : line.text;
    for (const name of namesIn(read)) live.add(name);
    kept.unshift(line);
  }
  return kept;
}

/** What can raise comes first, what changes anything last: an error must leave everything as it was. */
function separated(state: State, lines: readonly Line[], node: stmt): { first: Line[]; last: Line[] } {
  const first: Line[] = [];
  const last: Line[] = [];
  const changed = new Set<string>();
  for (const line of lines) {
    if ([...namesIn(line.text)].some((name) => changed.has(name)) && !line.commits)
      refuse("it may raise after it has stored something that it reads again", node);
    if (!line.commits) {
      first.push(line);
      continue;
    }
    const parts = line.split ?? ["", "", line.text];
    if ([...namesIn(parts[1])].some((name) => changed.has(name)))
      refuse("it may raise after it has stored something that it reads again", node);
    const base = /^[\w.]+/.exec(line.text.replace(/^(if|for) .*?:\n\s*/s, ""))?.[0] ?? "";
    for (const name of namesIn(base)) changed.add(name);
    if (line.split && line.split[1] !== "" && !/^[\w.]+$/.test(line.split[1])) {
      const name = state.fresh("new_values");
      first.push({ ...line, text: `${name} = ${line.split[1]}`, defines: name, commits: false });
      last.push({ ...line, text: line.split[0] + name + line.split[2] });
    } else last.push(line);
  }
  return { first, last };
}

function render(
  state: State,
  node: stmt,
  lines: readonly Line[],
  indent: string,
  comments: boolean,
): string[] {
  const { file } = state;
  const out: string[] = [];
  const pending = comments
    ? file.comments.filter(({ start, end }) => start > node.start && end <= endOfLine(file, node.end))
    : [];
  for (const [i, line] of lines.entries()) {
    const limit = line.node && lines[i + 1]?.node !== line.node ? endOfLine(file, headEnd(line.node)) : -1;
    let trailing = "";
    const wanted = i === lines.length - 1 ? Infinity : limit;
    while (pending.length > 0 && pending[0]!.start < wanted) {
      const comment = pending.shift()!;
      const alone = /^\s*$/.test(file.text.slice(file.lineStarts[comment.lineno - 1], comment.start));
      if (!alone && trailing === "") trailing = `  ${comment.text}`;
      else out.push(indent + comment.text);
    }
    const text = line.text.split("\n").map((part) => indent + part.replace(/^ {4}/, indentationStep(file)));
    if (trailing !== "" && text[0]!.length + trailing.length > width) {
      out.push(indent + trailing.trim());
      trailing = "";
    }
    for (const [k, part] of text.entries())
      out.push(...wrap(part + (k === text.length - 1 ? trailing : ""), indent, indentationStep(file)));
  }
  return out;
}

/** Where the statement's own text ends, without the body of a compound one. */
function headEnd(node: stmt): number {
  return "body" in node && Array.isArray(node.body) && node.body.length > 0
    ? (node.body[0] as stmt).start - 1
    : node.end;
}

/** A long assignment in several lines, broken at its outermost operators of the weakest kind. */
export function wrap(line: string, indent: string, step: string): string[] {
  if (line.length <= width || line.includes("#")) return [line];
  const match = /^(\s*)([^=]+? [-+*/]?= |return )(.*)$/s.exec(line);
  const byBrackets = (): string[] => breakLines(line.trim(), indent, step, width, "\n").split("\n");
  if (!match) return byBrackets();
  const [, space, head, value] = match as unknown as [string, string, string, string];
  const parts =
    splitAt(value, [" + ", " - "]) ?? splitAt(value, [" * ", " / ", " @ "]) ?? splitAt(value, [" & ", " | "]);
  if (!parts) return byBrackets();
  return [`${space}${head}(`, ...parts.map((part) => `${space}${step}${part}`), `${space})`];
}

function splitAt(text: string, signs: readonly string[]): string[] | null {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (depth === 0 && i > from && signs.some((sign) => text.startsWith(sign, i))) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.length > 1 ? parts : null;
}

function endOfLine(file: SourceFile, offset: number): number {
  return offset + /[\r\n]|$/.exec(file.text.slice(offset))!.index;
}

export function indentOf(file: SourceFile, node: stmt): string {
  return file.text.slice(file.lineStarts[node.lineno - 1], node.start);
}

function textOf(file: SourceFile, node: stmt, indent: string): string {
  return indent + file.text.slice(node.start, node.end).replaceAll(/\r\n?/g, "\n");
}
