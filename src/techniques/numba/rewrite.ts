// From an analysed region to the edits of the file: the kernel, its imports, and the call in place of the region.

import type { Rewrite, TextEdit, Tolerance } from "../../schemas/index.ts";
import type { FunctionDef, Node, stmt } from "../../source/ast.generated.ts";
import { mergeEdits } from "../../source/edits.ts";
import type { SourceFile } from "../../source/file.ts";
import { importEdit } from "../../source/imports.ts";
import { reindent } from "../../source/layout.ts";
import { dottedName } from "../../source/meaning.ts";
import { freshName } from "../../source/names.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { Attempt, Subject } from "./attempt.ts";
import { type Border, type Conversion, convertResult, drawBorder } from "./border.ts";
import { bodyOf, checkEdits, checkedFunctions, kernelText, parametersOf } from "./kernel.ts";
import { representative, Unsupported, type Value } from "./values.ts";

/** The function as it is, compiled by a decorator. Throws `Unsupported` where Python and Numba could differ. */
export function decorated(subject: Subject, attempt: Attempt): Rewrite {
  const { file, node } = subject;
  const { findings, callees, constants } = attempt.analysis;
  if (node.kind !== "FunctionDef") throw new Unsupported("only whole functions can be decorated");
  const parameters = parametersOf(node);
  const plain =
    attempt.inputs.every(
      ({ kind, name }) => (kind === "scalar" || kind === "array") && parameters.includes(name),
    ) &&
    parameters.every((parameter) => attempt.inputs.some(({ name }) => name === parameter)) &&
    attempt.inputs.every(
      ({ name, kind, scalar }) => kind === "array" || scalar !== "int" || onlyCounts(subject, name),
    );
  if (
    !plain ||
    findings.raises.size > 0 ||
    findings.edits.size > 0 ||
    callees.length > 0 ||
    findings.checked.size > 0
  ) {
    throw new Unsupported("the function needs more than a decorator");
  }
  if (
    node.args.vararg ||
    node.args.kwarg ||
    node.args.kwonlyargs.length > 0 ||
    parentMap(file).get(node)?.kind !== "Module"
  ) {
    throw new Unsupported("the function takes what Numba does not pass, or is not at module level");
  }
  const result = convertResult(attempt.analysis.returns!, subject.numpy, "the result");
  if (!result.plain || result.soft) throw new Unsupported("the result has to be converted");
  const njit = importEdit(file, { module: "numba", name: "njit", before: node.start });
  const lineStart = file.lineStarts[node.lineno - 1]!;
  const decorator = { start: lineStart, end: lineStart, text: `@${njit.local}${file.newline}` };
  const types = attempt.inputs.map((input) => `\`${input.name}\` ${typeInWords(input)}`);
  return rewrite(subject, attempt, {
    variant: "decorator",
    summary: `Compile \`${node.name}\` with Numba.`,
    edits: merged(file, [...imports(file, [njit]), decorator]),
    assumptions: [
      ...(types.length > 0 ? [`The arguments are of the types seen: ${types.join(", ")}.`] : []),
      ...(attempt.inputs.some(({ scalar, kind }) => scalar === "int" && kind === "scalar")
        ? ["The integers given as arguments fit in 64 bits."]
        : []),
      ...[...constants].map(([name, value]) => `\`${name}\` stays ${value}.`),
    ],
  });
}

/** An integer that only bounds ranges: beyond 64 bits the loop itself would not end. */
function onlyCounts({ file, body }: Subject, name: string): boolean {
  let only = true;
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.kind !== "Name" || node.id !== name) return;
      const user = parentMap(file).get(node);
      const counts = user?.kind === "Call" && dottedName(file, user.func) === "range";
      if (!counts && user?.kind !== "Return") only = false;
    });
  }
  return only;
}

function typeInWords(input: Attempt["inputs"][number]): string {
  return input.kind === "scalar"
    ? `a ${input.scalar}`
    : `an array of ${input.scalar}s with ${input.dimensions} axes`;
}

/** A kernel before the region's statement, and a call of it in the region. */
export function extracted(subject: Subject, attempt: Attempt): Rewrite {
  const { file, node, region } = subject;
  const { analysis } = attempt;
  const { findings } = analysis;
  if (attempt.checks.size > 0) findings.raises.add("OverflowError");
  const taken = new Set<string>();
  const fresh = (base: string): string => {
    const name = freshName(file, base, taken);
    taken.add(name);
    return name;
  };
  const holder =
    region.kind === "function"
      ? region.qualname.split(".").at(-1)!
      : region.qualname.split(".").at(-1) || "loop";
  const kernel = fresh(`_${holder.replace(/^_+/, "")}_kernel`);
  const mayRaise = findings.raises.size > 0;
  const inputs = attempt.inputs.filter((input) => isRead(subject, attempt, input.name));
  const written = writtenInputs(attempt, inputs);
  const border = drawBorder({
    inputs,
    outside: attempt.outside,
    limits: attempt.limits,
    written,
    mayRaise,
    guarded: !isClean(attempt, inputs),
    numpy: subject.numpy,
    fresh: (base) => fresh(base),
  });
  const njit = importEdit(file, { module: "numba", name: "njit", before: node.start });
  const decorator = findings.boundsCheck ? `@${njit.local}(boundscheck=True)` : `@${njit.local}`;
  const place =
    node.kind === "FunctionDef"
      ? inFunction(subject, attempt, kernel, border)
      : inLoop(subject, attempt, kernel, border, fresh);
  const definitions = definitionsFor(
    subject,
    attempt,
    kernel,
    inputs,
    decorator,
    `@${njit.local}`,
    place.result,
  );
  const text = [...definitions, place.text].join("\n");
  const needsNumpy = new RegExp(`\\b${subject.numpy.replace(".", "\\.")}\\b`).test(text);
  const numpy = needsNumpy ? importEdit(file, { module: "numpy", asName: "np", before: node.start }) : null;
  const needsMath = new RegExp(`\\b${subject.math.replace(".", "\\.")}\\.`).test(text);
  const math = needsMath ? importEdit(file, { module: "math", before: node.start }) : null;
  const insertion = kernelPlace(file, node);
  const definitionText = definitions.join("\n\n").trimEnd();
  const kernelEdit: TextEdit = {
    start: insertion.at,
    end: insertion.at,
    text: newlines(file, spaced(insertion.where, definitionText) + blankLines(file, insertion)),
  };
  const region_ = { start: place.start, end: place.end, text: newlines(file, place.text) };
  return rewrite(subject, attempt, {
    variant: "kernel",
    summary:
      node.kind === "FunctionDef"
        ? `Compile the work of \`${node.name}\` with Numba.`
        : `Compile this loop with Numba, as \`${kernel}\`.`,
    edits: merged(file, [...imports(file, [njit, numpy, math]), kernelEdit, region_]),
    assumptions: [...place.assumptions, ...assumptionsOf(attempt, inputs, isClean(attempt, inputs))],
  });
}

const newlines = (file: SourceFile, text: string): string => text.replaceAll("\n", file.newline);

/** Nothing that the types admit goes another way in the kernel: plain Python need not stay beside it. */
function isClean(attempt: Attempt, inputs: Attempt["inputs"]): boolean {
  if (attempt.analysis.findings.raises.size > 0) return false;
  return inputs.every(({ name, kind, scalar }) => {
    const limits = attempt.limits.get(name)!;
    if (kind === "list" || kind === "rows" || kind === "tuple") return false;
    if (kind === "scalar") return scalar !== "int";
    return limits.integers === null && limits.shortest === 0;
  });
}

function assumptionsOf(attempt: Attempt, inputs: Attempt["inputs"], clean: boolean): string[] {
  const found: string[] = [];
  if (clean && inputs.length > 0) {
    const types = inputs.map(
      (input) => `\`${input.name}\` ${input.kind === "text" ? "a string" : typeInWords(input)}`,
    );
    found.push(`The values are of the types seen: ${types.join(", ")}.`);
  }
  for (const [name, value] of attempt.analysis.constants) found.push(`\`${name}\` stays ${value}.`);
  if (inputs.some(({ origin, scalar }) => origin === "numpy" && scalar === "float")) {
    found.push(
      "NumPy's warnings about overflow and invalid values do not come from compiled code; none was seen.",
    );
  }
  return found;
}

function isRead(subject: Subject, attempt: Attempt, name: string): boolean {
  const outside = attempt.outside.get(name);
  if (outside !== undefined) return true;
  let read = false;
  for (const statement of subject.body) {
    walk(statement, (node) => {
      if (node.kind === "Name" && node.id === name) read = true;
    });
  }
  return read;
}

function writtenInputs(attempt: Attempt, inputs: Attempt["inputs"]): Set<string> {
  return new Set(inputs.filter(({ name }) => attempt.analysis.isWritten(name)).map(({ name }) => name));
}

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

function inFunction(subject: Subject, attempt: Attempt, kernel: string, border: Border): Place {
  const { file, node } = subject;
  const body = subject.body;
  const first = body[0]!;
  const lineStart = file.lineStarts[first.lineno - 1]!;
  const indentation = file.text.slice(lineStart, first.start);
  const returns = attempt.analysis.returns!;
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
  if (border.writeBack.length === 0) return [`return ${conversion!.expression(call)}`];
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

function inLoop(
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

/** All functions that go before the region: checked arithmetic, called functions, the kernel itself. */
function definitionsFor(
  subject: Subject,
  attempt: Attempt,
  kernel: string,
  inputs: Attempt["inputs"],
  decorator: string,
  plainDecorator: string,
  result: string | null,
): string[] {
  const { file } = subject;
  const { analysis } = attempt;
  const callees = new Map<FunctionDef, string>();
  for (const callee of analysis.callees) {
    callees.set(
      callee,
      freshName(file, `_${callee.name.replace(/^_+/, "")}_kernel`, new Set([...callees.values(), kernel])),
    );
  }
  const renames: TextEdit[] = [];
  const renameCalls = (body: readonly stmt[]): void => {
    for (const statement of body) {
      walk(statement, (part) => {
        if (part.kind !== "Call" || part.func.kind !== "Name" || dottedName(file, part.func) !== null) return;
        const name = [...callees].find(([callee]) => callee.name === (part.func as { id?: string }).id)?.[1];
        if (name) renames.push({ start: part.func.start, end: part.func.end, text: name });
      });
    }
  };
  renameCalls(subject.body);
  for (const callee of callees.keys()) renameCalls(bodyOf(callee));
  const edits = [...checkEdits(file, attempt.checks), ...analysis.findings.edits.values(), ...renames];
  const texts = checkedFunctions(analysis.findings, plainDecorator);
  for (const [callee, name] of callees) {
    texts.push(
      kernelText({
        file,
        name,
        parameters: parametersOf(callee),
        body: bodyOf(callee),
        edits,
        result: null,
        decorator,
      }),
    );
  }
  texts.push(
    kernelText({
      file,
      name: kernel,
      parameters: inputs.map(({ name }) => name),
      body: subject.body,
      edits,
      result,
      decorator,
    }),
  );
  return texts;
}

type Where = "after a statement" | "after the function" | "before everything";

/** Where the kernel goes: after the statement that stands before the one with the region, at module level. */
function kernelPlace(file: SourceFile, node: Node & { start: number }): { at: number; where: Where } {
  const { body } = file.tree;
  let index = body.findIndex((statement) => statement.start <= node.start && node.start < statement.end);
  // A loop of a script: after the last definition or import before it, not amid the script's own work.
  if (body[index] && !body[index]!.kind.endsWith("Def")) {
    const heading = body
      .slice(0, index)
      .findLastIndex(({ kind }) => kind.endsWith("Def") || kind.startsWith("Import"));
    index = heading + 1;
  }
  const before = body[index - 1];
  if (before) return { at: endOfLine(file, before.end), where: "after a statement" };
  const first = body[0]!;
  if (first.kind === "FunctionDef") return { at: nextLine(file, first.end), where: "after the function" };
  return { at: file.lineStarts[first.lineno - 1]!, where: "before everything" };
}

/** What is missing to two blank lines between the kernel and what follows. */
function blankLines(file: SourceFile, { at, where }: { at: number; where: Where }): string {
  if (where !== "after a statement") return "";
  const following = /^\s*/.exec(file.text.slice(at).replaceAll(/\r\n?/g, "\n"))![0];
  return "\n".repeat(Math.max(0, 3 - following.split("\n").length + 1));
}

function spaced(where: Where, definitions: string): string {
  if (where === "after a statement") return `\n\n\n${definitions}`;
  return where === "after the function" ? `\n\n${definitions}\n` : `${definitions}\n\n\n`;
}

function endOfLine(file: SourceFile, offset: number): number {
  return offset + /[\r\n]|$/.exec(file.text.slice(offset))!.index;
}

function nextLine(file: SourceFile, offset: number): number {
  return file.lineStarts.find((start) => start > offset) ?? file.text.length;
}

/** The edits of the imports; those for the same place become one block in the order of PEP 8. */
function imports(file: SourceFile, wanted: readonly ({ edit: TextEdit | null } | null)[]): TextEdit[] {
  const places = new Map<number, TextEdit[]>();
  for (const item of wanted) {
    if (item?.edit) places.set(item.edit.start, [...(places.get(item.edit.start) ?? []), item.edit]);
  }
  return [...places].flatMap(([start, edits]) => {
    if (edits.length === 1 || !edits.every(({ text }) => /^\s*(import|from) .*\s*$/.test(text))) return edits;
    const lines = edits.map(({ text }) => text.trim());
    const group = (standard: boolean): string =>
      lines
        .filter((line) => (line === "import math") === standard)
        .sort((a, b) => Number(a.startsWith("from")) - Number(b.startsWith("from")))
        .join(file.newline);
    const block = [group(true), group(false)].filter((text) => text !== "").join(file.newline.repeat(2));
    const { text } = edits[0]!;
    return [{ start, end: start, text: /^\s*/.exec(text)![0] + block + /\s*$/.exec(text)![0] }];
  });
}

function merged(_file: SourceFile, edits: readonly TextEdit[]): TextEdit[] {
  const all = mergeEdits(edits.map((edit) => [edit]));
  if (!all) throw new Unsupported("the imports and the kernel would have to stand in the same place");
  return all;
}

function toleranceOf(attempt: Attempt): Tolerance | null {
  const reasons = [...attempt.analysis.findings.inexact];
  if (reasons.length === 0) return null;
  const [first, ...rest] = reasons.join("; ");
  return {
    kind: "relative",
    bound: 1e-12,
    absolute: 1e-12,
    reason: `${first!.toUpperCase()}${rest.join("")}.`,
  };
}

function rewrite(
  subject: Subject,
  attempt: Attempt,
  {
    variant,
    summary,
    edits,
    assumptions,
  }: { variant: string; summary: string; edits: TextEdit[]; assumptions: string[] },
): Rewrite {
  const { region } = subject;
  return {
    id: `${region.id}:numba:${variant}`,
    technique: `numba/${variant}`,
    region: region.id,
    file: subject.file.path,
    line: region.span.line,
    endLine: region.span.endLine,
    summary,
    edits,
    requires: [
      { package: "numba", version: "" },
      { package: "numpy", version: "" },
    ],
    assumptions,
    tolerance: toleranceOf(attempt),
    warmsUp: true,
  };
}
