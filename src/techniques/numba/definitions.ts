// The functions that a kernel needs.

import type { TextEdit } from "../../schemas/index.ts";
import type { FunctionDef, stmt } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { freshName } from "../../source/names.ts";
import { walk } from "../../source/walk.ts";
import type { Attempt, Subject } from "./attempt.ts";
import type { Border } from "./border.ts";
import { bodyOf, checkEdits, checkedFunctions, kernelText, parametersOf } from "./kernel.ts";

/** All functions that go before the region: checked arithmetic, called functions, the kernel itself. */
export function definitionsFor(
  subject: Subject,
  attempt: Attempt,
  kernel: string,
  { parameters, opening }: Pick<Border, "parameters" | "opening">,
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
        opening: [],
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
      parameters,
      opening,
      body: subject.body,
      edits,
      result,
      decorator,
    }),
  );
  return texts;
}
