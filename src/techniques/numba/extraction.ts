// A region whose work goes into a kernel of its own: the kernel, its imports, and the call in place of the region.

import type { Rewrite } from "../../schemas/index.ts";
import { definitionEdit } from "../../source/definitions.ts";
import type { SourceFile } from "../../source/file.ts";
import { importEdit } from "../../source/imports.ts";
import { freshName } from "../../source/names.ts";
import { walk } from "../../source/walk.ts";
import type { Attempt, Subject } from "./attempt.ts";
import { drawBorder } from "./border.ts";
import { definitionsFor } from "./definitions.ts";
import { inFunction, inLoop } from "./kernel-call.ts";
import { imports, merged, rewrite, typeInWords } from "./rewrite.ts";
import { Unsupported } from "./values.ts";

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
    widths: findings.widths,
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
    border,
    decorator,
    `@${njit.local}`,
    place.result,
  );
  for (const name of attempt.unusable)
    if (definitions.some((text) => new RegExp(`\\b${name}\\b`).test(text)))
      throw new Unsupported(`\`${name}\`, which no call seen came to need, cannot be compiled`);
  const text = [...definitions, place.text].join("\n");
  const needsNumpy = new RegExp(`\\b${subject.numpy.replace(".", "\\.")}\\b`).test(text);
  const numpy = needsNumpy ? importEdit(file, { module: "numpy", asName: "np", before: node.start }) : null;
  const needsMath = new RegExp(`\\b${subject.math.replace(".", "\\.")}\\.`).test(text);
  const math = needsMath ? importEdit(file, { module: "math", before: node.start }) : null;
  const definitionText = definitions.join("\n\n").trimEnd();
  const kernelEdit = definitionEdit(file, node, definitionText);
  const region_ = { start: place.start, end: place.end, text: newlines(file, place.text) };
  return rewrite(subject, attempt, {
    variant: "kernel",
    summary:
      node.kind === "FunctionDef"
        ? `Compile the work of \`${node.name}\` with Numba`
        : `Compile this loop with Numba, as \`${kernel}\``,
    edits: merged([...imports(file, [njit, numpy, math]), kernelEdit, region_]),
    assumptions: [...place.assumptions, ...assumptionsOf(attempt, inputs, isClean(attempt, inputs))],
  });
}

const newlines = (file: SourceFile, text: string): string => text.replaceAll("\n", file.newline);

/** Nothing that the types admit goes another way in the kernel: plain Python need not stay beside it. */
function isClean(attempt: Attempt, inputs: Attempt["inputs"]): boolean {
  if (attempt.analysis.findings.raises.size > 0) return false;
  return inputs.every(({ name, kind, scalar }) => {
    const limits = attempt.limits.get(name)!;
    if (kind !== "scalar" && kind !== "array" && kind !== "text") return false;
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
  const pool = attempt.inputs.some((input) => input.kind === "pool" && input.name === name);
  if (pool || attempt.outside.has(name)) return true;
  let read = false;
  for (const statement of subject.body) {
    walk(statement, (node) => {
      if (node.kind === "Name" && node.id === name) read = true;
    });
  }
  return read;
}

function writtenInputs(attempt: Attempt, inputs: Attempt["inputs"]): Set<string> {
  const all = [...inputs, ...inputs.flatMap(({ items }) => items)];
  return new Set(all.filter(({ name }) => attempt.analysis.isWritten(name)).map(({ name }) => name));
}
