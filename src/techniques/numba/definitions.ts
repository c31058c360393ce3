// The functions that a kernel needs, and where in the file they go.

import type { TextEdit } from "../../schemas/index.ts";
import type { FunctionDef, Node, stmt } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { dottedName } from "../../source/meaning.ts";
import { freshName } from "../../source/names.ts";
import { walk } from "../../source/walk.ts";
import type { Attempt, Subject } from "./attempt.ts";
import { bodyOf, checkEdits, checkedFunctions, kernelText, parametersOf } from "./kernel.ts";

/** All functions that go before the region: checked arithmetic, called functions, the kernel itself. */
export function definitionsFor(
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
export function kernelPlace(file: SourceFile, node: Node & { start: number }): { at: number; where: Where } {
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
export function blankLines(file: SourceFile, { at, where }: { at: number; where: Where }): string {
  if (where !== "after a statement") return "";
  const following = /^\s*/.exec(file.text.slice(at).replaceAll(/\r\n?/g, "\n"))![0];
  return "\n".repeat(Math.max(0, 3 - following.split("\n").length + 1));
}

export function spaced(where: Where, definitions: string): string {
  if (where === "after a statement") return `\n\n\n${definitions}`;
  return where === "after the function" ? `\n\n${definitions}\n` : `${definitions}\n\n\n`;
}

function endOfLine(file: SourceFile, offset: number): number {
  return offset + /[\r\n]|$/.exec(file.text.slice(offset))!.index;
}

function nextLine(file: SourceFile, offset: number): number {
  return file.lineStarts.find((start) => start > offset) ?? file.text.length;
}
