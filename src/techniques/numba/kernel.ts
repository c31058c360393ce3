// The text of a compiled function: the region's own source with the edits of the analysis, under a name of its own.

import type { TextEdit } from "../../schemas/index.ts";
import type { FunctionDef, stmt } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { reindent } from "../../source/layout.ts";
import { bound } from "./border.ts";
import type { Findings } from "./findings.ts";
import { checkedText } from "./mathematics.ts";
import { renderSpan } from "./render.ts";

export interface KernelRequest {
  file: SourceFile;
  name: string;
  parameters: readonly string[];
  /** Statements before those of the region. */
  opening: readonly string[];
  body: readonly stmt[];
  edits: readonly TextEdit[];
  /** What the kernel returns after its statements; null when they return themselves. */
  result: string | null;
  decorator: string;
}

/** A decorated function definition, ending in a newline. */
export function kernelText({
  file,
  name,
  parameters,
  opening,
  body,
  edits,
  result,
  decorator,
}: KernelRequest): string {
  const first = body[0]!;
  const lineStart = file.lineStarts[first.lineno - 1]!;
  const indentation = file.text.slice(lineStart, first.start);
  const span = { start: lineStart, end: body.at(-1)!.end };
  const statements = reindent(normalise(renderSpan(file.text, span, edits)), indentation, "    ");
  const last = result === null ? "" : `    return ${result}\n`;
  const first_ = opening.map((line) => `    ${line}\n`).join("");
  return `${decorator}\n${signature(name, parameters)}\n${first_}${statements}\n${last}`;
}

const normalise = (text: string): string => text.replaceAll(/\r\n?/g, "\n");

function signature(name: string, parameters: readonly string[]): string {
  const line = `def ${name}(${parameters.join(", ")}):`;
  return line.length <= 88 ? line : `def ${name}(\n    ${parameters.join(",\n    ")},\n):`;
}

/** Lines that raise before integers leave 64 bits, one edit per checked statement. */
export function checkEdits(
  file: SourceFile,
  checks: ReadonlyMap<stmt, ReadonlyMap<string, number>>,
): TextEdit[] {
  return [...checks].map(([statement, operands]) => {
    const indentation = file.text.slice(file.lineStarts[statement.lineno - 1]!, statement.start);
    const conditions = [...operands].map(
      ([operand, bits]) => `-${bound(1n << BigInt(bits))} <= ${operand} <= ${bound(1n << BigInt(bits))}`,
    );
    const [only] = conditions;
    const line = conditions.length === 1 ? `if not ${only}:` : `if not (${conditions.join(" and ")}):`;
    const deeper = `\n${indentation}    `;
    const test =
      line.length + indentation.length <= 84
        ? line
        : `if not (${deeper}${conditions.join(`${deeper}and `)}\n${indentation}):`;
    const text = `${test}${deeper}raise OverflowError\n${indentation}`;
    return { start: statement.start, end: statement.start, text };
  });
}

/** The checked functions that a kernel calls, each decorated. */
export function checkedFunctions(findings: Findings, decorator: string): string[] {
  return [...findings.checked.values()].map((checked) => {
    const options = checked.reorders ? '(fastmath={"reassoc"})' : "";
    return `${decorator}${options}\n${checkedText(checked)}`;
  });
}

/** The statements of a function without its docstring. */
export function bodyOf(node: FunctionDef): stmt[] {
  const [first, ...rest] = node.body;
  const documented =
    first?.kind === "Expr" && first.value.kind === "Constant" && first.value.value.type === "str";
  return documented ? rest : node.body;
}

/** Names of the parameters that can be given by position, in order. */
export function parametersOf(node: FunctionDef): string[] {
  return [...node.args.posonlyargs, ...node.args.args, ...node.args.kwonlyargs].map(({ arg }) => arg);
}
