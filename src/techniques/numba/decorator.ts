// A function that Numba compiles as it is, by a decorator.

import type { Rewrite } from "../../schemas/index.ts";
import { importEdit } from "../../source/imports.ts";
import { dottedName } from "../../source/meaning.ts";
import { parentMap } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import type { Attempt, Subject } from "./attempt.ts";
import { convertResult } from "./border.ts";
import { parametersOf } from "./kernel.ts";
import { imports, merged, rewrite, typeInWords } from "./rewrite.ts";
import { Unsupported } from "./values.ts";

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
    summary: `Compile \`${node.name}\` with Numba`,
    edits: merged([...imports(file, [njit]), decorator]),
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
