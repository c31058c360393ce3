// What stands in place of the region: guards, the call of the kernel, and plain Python for what it leaves.

import type { SourceFile } from "../../source/file.ts";
import { reindent } from "../../source/layout.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { Attempt, Subject } from "./attempt.ts";
import { type Border, type Conversion, convertResult } from "./border.ts";
import { representative, Unsupported, type Value } from "./values.ts";

interface Place {
  start: number;
  end: number;
  text: string;
  /** What the kernel gives back at its end; null when its own statements return. */
  result: string | null;
  assumptions: string[];
}

const softAssumption = (what: string): string =>
  `Every element of ${what} is assigned a float, so that the int it starts with never comes out, as in all calls seen.`;

export function inFunction(subject: Subject, attempt: Attempt, kernel: string, border: Border): Place {
  const { file, node } = subject;
  const body = subject.body;
  const first = body[0]!;
  const lineStart = file.lineStarts[first.lineno - 1]!;
  const indentation = file.text.slice(lineStart, first.start);
  const { returns } = attempt.analysis;
  if (returns === null) throw new Unsupported("what it gives could not be followed");
  const own = returnedInput(subject, attempt, returns);
  const conversion = own === null ? convertResult(returns, subject.numpy, "the result") : null;
  const call = `${kernel}(${border.arguments.join(", ")})`;
  const nothing = returns.type === "none" || own !== null;
  const finish = finishing(call, nothing, own, conversion, border);
  const catches = exceptionsOf(attempt);
  const clean = border.guards.length === 0 && border.arrayGuards.length === 0 && catches === null;
  const lines: string[] = [];
  if (clean) lines.push(...border.conversions, ...finish);
  else {
    const attemptLines = catches === null ? finish : tried(finish, catches);
    const inner = border.arrayGuards.length === 0 ? attemptLines : guard(border.arrayGuards, attemptLines);
    const all = [...border.conversions, ...inner];
    lines.push(...(border.guards.length === 0 ? all : guard(border.guards, all)));
  }
  const text = lines.map((line) => (line === "" ? "" : indentation + line)).join("\n");
  const assumptions = conversion?.soft ? [softEvidence(subject, "return", "the result")] : [];
  if (clean) {
    // A return at the end of a function that returns nothing adds nothing.
    const plain = text.replace(/\n\s*return$/, "");
    return { start: lineStart, end: node.end, text: plain, result: null, assumptions };
  }
  return { start: lineStart, end: lineStart, text: `${text}\n`, result: null, assumptions };
}

function finishing(
  call: string,
  nothing: boolean,
  own: string | null,
  conversion: Conversion | null,
  border: Border,
): string[] {
  if (nothing) return [call, ...border.writeBack, own === null ? "return" : `return ${own}`];
  if (border.writeBack.length === 0 && !conversion!.repeats)
    return [`return ${conversion!.expression(call)}`];
  return [`result = ${call}`, ...border.writeBack, `return ${conversion!.expression("result")}`];
}

/** The facts must show that a container made of ints and filled with floats comes out as floats only. */
function softEvidence(subject: Subject, name: string, what: string): string {
  const seen = JSON.stringify(subject.facts.liveOut[name] ?? []);
  if (!seen.includes('"builtins.float"') || seen.includes('"builtins.int"')) {
    throw new Unsupported(`${what} holds ints and floats`);
  }
  return softAssumption(what);
}

/** A function that gives back one of its arguments: the name of it. */
function returnedInput(subject: Subject, attempt: Attempt, returns: Value): string | null {
  if (returns.type !== "array") return null;
  const { input } = representative(returns.container);
  if (input === null) return null;
  // Only where every `return` names that argument, which is never bound to anything else.
  for (const statement of subject.body) {
    walk(statement, (node) => {
      if (node.kind === "Return" && !(node.value?.kind === "Name" && node.value.id === input)) {
        throw new Unsupported("the result is a part of an argument");
      }
      if (node.kind === "Name" && node.id === input && node.ctx !== "Load") {
        throw new Unsupported("an argument that is given back is bound anew");
      }
    });
  }
  return attempt.outside.get(input) ?? input;
}

export function inLoop(
  subject: Subject,
  attempt: Attempt,
  kernel: string,
  border: Border,
  fresh: (base: string) => string,
): Place {
  const { file, node, region } = subject;
  const { end } = attempt;
  if (!end) throw new Unsupported("the loop never ends normally");
  const lineStart = file.lineStarts[node.lineno - 1]!;
  const indentation = file.text.slice(lineStart, node.start);
  if (indentation.trim() !== "") throw new Unsupported("the loop does not stand on lines of its own");
  const assumptions: string[] = [];
  const names: string[] = [];
  const after: string[] = [];
  for (const name of region.liveOut) {
    const variable = end.get(name);
    if (!variable?.certain || !variable.value)
      throw new Unsupported(`\`${name}\` may be unbound, or of another type, after the loop`);
    if (variable.value.type === "none") throw new Unsupported(`\`${name}\` is None after the loop`);
    const conversion = convertResult(variable.value, subject.numpy, `\`${name}\``);
    if (conversion.soft) assumptions.push(softEvidence(subject, name, `\`${name}\``));
    names.push(name);
    if (!conversion.plain) after.push(`${name} = ${conversion.expression(name)}`);
  }
  const call = `${kernel}(${border.arguments.join(", ")})`;
  const targets = names.join(", ");
  const finish = [...after, ...border.writeBack];
  const direct = names.length === 0 ? call : `${targets} = ${call}`;
  const catches = exceptionsOf(attempt);
  const original = reindentLoop(file, node, indentation);
  let lines: string[];
  let result: string | null = names.length === 0 ? null : targets;
  if (border.guards.length === 0 && border.arrayGuards.length === 0 && catches === null) {
    lines = [...border.conversions, direct, ...finish];
  } else if (catches === null && border.arrayGuards.length === 0) {
    lines = [...guard(border.guards, [...border.conversions, direct, ...finish]), "else:", ...original];
  } else {
    // The loop stays for what the kernel leaves to Python; None says that it did.
    const done = fresh("compiled");
    result = names.length === 0 ? "True" : names.length === 1 ? `${targets}` : targets;
    const attemptLines = catches === null ? [`${done} = ${call}`] : tried([`${done} = ${call}`], catches);
    const inner = border.arrayGuards.length === 0 ? attemptLines : guard(border.arrayGuards, attemptLines);
    const all = [...border.conversions, ...inner];
    const settle = names.length === 0 ? finish : [`${targets} = ${done}`, ...finish];
    lines = [
      `${done} = None`,
      ...(border.guards.length === 0 ? all : guard(border.guards, all)),
      `if ${done} is None:`,
      ...original,
    ];
    if (settle.length > 0) lines.push("else:", ...settle.map((line) => `    ${line}`));
  }
  const text = lines.map((line, i) => (i === 0 || line === "" ? line : indentation + line)).join("\n");
  return { start: node.start, end: node.end, text, result, assumptions };
}

/** The loop as it stands, one level deeper, as lines without the indentation around it. */
function reindentLoop(file: SourceFile, node: Subject["node"], indentation: string): string[] {
  walk(node, (part) => {
    if (part.kind === "Constant" && part.lineno !== part.endLineno)
      throw new Unsupported("a string over several lines is in the loop");
  });
  const text = indentation + sourceText(file, node).replaceAll(/\r\n?/g, "\n");
  return reindent(text, indentation, "    ").split("\n");
}

function guard(conditions: readonly string[], lines: readonly string[]): string[] {
  const line = `if ${conditions.join(" and ")}:`;
  const head =
    line.length <= 84
      ? [line]
      : ["if (", ...conditions.map((condition, i) => `    ${i === 0 ? "" : "and "}${condition}`), "):"];
  return [...head, ...lines.map((inner) => `    ${inner}`)];
}

/** Exceptions after which plain Python runs, and raises in its own words; null when there are none. */
function exceptionsOf(attempt: Attempt): string | null {
  const raises = new Set(attempt.analysis.findings.raises);
  if (raises.has("ArithmeticError"))
    for (const kind of ["OverflowError", "ZeroDivisionError"]) raises.delete(kind);
  const names = [...raises].sort();
  if (names.length === 0) return null;
  return names.length === 1 ? names[0]! : `(${names.join(", ")})`;
}

function tried(lines: readonly string[], exceptions: string): string[] {
  return [
    "try:",
    ...lines.map((line) => `    ${line}`),
    `except ${exceptions}:`,
    "    pass  # left to the Python code below",
  ];
}
