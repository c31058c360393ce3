// The function of the compiled module that Python calls: exact types are checked there, and what changes in place is brought
// back where it raises.

import type { Entry, Unit } from "./module.ts";
import type { Needs } from "./scope.ts";
import { declaredType, isNative, sitesIn, Unsupported, type Value, vectorType } from "./values.ts";

/** Its definition. */
export function entryText({ node, inputs, changed }: Entry, main: Unit, needs: Needs): string {
  const { parameters, scope } = main;
  const held = parameters.filter((_, index) => sitesIn(main.parameter(index).value).length > 0);
  const generators = held.filter((name) => scope.values.get(name)!.kind === "draws");
  const inVectors = new Set(held.filter((name) => !generators.includes(name)));
  const args = parameters.map((name, index) => argument(name, index, main, inputs, needs));
  if (main.recursive) {
    needs.imports.add("import sys");
    args.push("min(sys.getrecursionlimit(), 5000)");
  }
  const result = resultText(`${main.name}(${args.join(", ")})`, main, needs);
  const head = `def ${node.name}(${parameters.join(", ")}):`;
  const written = [...inVectors].some((name) => changed.has(name));
  // What is not in vectors must not hold the same lists.
  const mutable = parameters.filter(
    (name) =>
      !held.includes(name) &&
      (changed.has(name) || written || needs.records.size > 0) &&
      !isNative(inputs.get(name) ?? { kind: "any" }) &&
      !/^(none|str|bytes)$/.test(inputs.get(name)?.kind ?? ""),
  );
  const body: string[] = [];
  const draws = generators.length > 0 || needs.shared.size > 0;
  if (inVectors.size > 0 || draws) body.push("cdef dict made = {}");
  if (mutable.length > 0) {
    needs.support.add("remember");
    if (scope.viewed.size > 0 || [...inputs.values()].some(({ kind }) => kind === "array"))
      needs.support.add("as_array");
    body.push("cdef dict kept = {}", ...mutable.map((name) => `remember(${name}, kept)`));
  }
  for (const name of inVectors) {
    needs.support.add("with_vectors");
    body.push(`${name} = with_vectors(${name}, ${formOf(scope.values.get(name)!)}, made)`);
  }
  for (const name of generators) {
    needs.support.add("draws_of");
    body.push(`${name} = draws_of(${name}, made)`);
  }
  if (needs.shared.size > 0) {
    needs.support.add("draws_shared");
    body.push(`draws_shared(made, (${[...needs.shared].map((verb) => `"${verb}", `).join("")}))`);
  }
  if (written) {
    needs.support.add("without_missing");
    body.push("without_missing(made)");
  }
  if (written && mutable.length > 0) body.push("if not kept.keys().isdisjoint(made):", "    raise TypeError");
  let lines = given(
    result,
    { lists: inVectors.size > 0, draws, returned: sitesIn(scope.result).length > 0 },
    needs,
  );
  if (mutable.length > 0)
    lines = [
      "try:",
      ...lines.map((line) => `    ${line}`),
      "except BaseException:",
      "    bring_back(kept)",
      "    raise",
    ];
  return [head, ...[...body, ...lines].map((line) => `    ${line}`)].join("\n");
}

/** The way back: a result with lists for its vectors, and what lists and generators have come to, in the end and at once. */
function given(
  call: string,
  { lists, draws, returned }: { lists: boolean; draws: boolean; returned: boolean },
  needs: Needs,
): string[] {
  const lines = [`result = ${call}`];
  if (lists) {
    needs.support.add("originals").add("write_back");
    lines.push("known = originals(made)");
  }
  if (returned) {
    needs.support.add("with_lists");
    lines.push(`result = with_lists(result, ${lists ? "known" : "{}"})`);
  }
  if (lists) lines.push("write_back(made, known)");
  if (draws) {
    needs.support.add("draws_back");
    lines.push("draws_back(made)");
  }
  return lines.length > 1 ? [...lines, "return result"] : [`return ${call}`];
}

/** What the lists in a value stand for: `[Floats]` for a list of lists of floats. */
function formOf(value: Value): string {
  if (sitesIn(value).length === 0) return "None";
  if (value.kind === "vector") return vectorType[value.of];
  if (value.kind === "list") return `[${formOf(value.element!)}]`;
  if (value.kind !== "tuple")
    throw new Unsupported("lists of numbers in something else than lists and tuples");
  if (!value.items) return `(${formOf(value.element!)}, ...)`;
  const items = value.items.map(formOf);
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}

/** A parameter as the compiled function takes it. */
function argument(name: string, index: number, main: Unit, inputs: Entry["inputs"], needs: Needs): string {
  const { value, native } = main.parameter(index);
  const own = inputs.get(name);
  if (!native || !value) {
    const kept = value && declaredType(value, false) !== "object";
    if (kept || (own && own.kind === "array")) return name;
    if (own && (isNative(own) || own.kind === "none")) return name;
    needs.support.add("readable_again");
    return `readable_again(${name})`;
  }
  const check = { int: "as_int", float: "as_float", bool: "as_bool", char: "as_char" }[value.kind as "int"];
  const wide = value.kind === "int" && own?.kind === "int" && own.range.hi > 1n << 31n;
  const step = wide ? "as_long" : check;
  needs.support.add(step);
  return `${step}(${name})`;
}

/** What the compiled function gives, as Python has it. */
function resultText(call: string, main: Unit, needs: Needs): string {
  const { value, native } = main.result;
  if (!native || !value || !("origin" in value) || value.origin === "python") return call;
  if (value.origin === "either" || value.kind === "bool")
    throw new Unsupported("its result is now a number of Python, now one of NumPy", main.scope.node.start);
  const type = value.kind === "int" ? "int64" : "float64";
  needs.imports.add(`from numpy import ${type}`);
  return `${type}(${call})`;
}
