// What a region binds to its variables and puts into what they hold, as functions of the shapes known so far.

import type { Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { walk } from "../../source/walk.ts";
import { keyedBy } from "./loops.ts";
import { binary, isOnly, itemsOf, join, type Shape, type ShapeOf, textOf, unknown } from "./shapes.ts";

type Value = (shapeOf: ShapeOf) => Shape;

/** For every variable that `node` binds or puts something into: the values, as functions of the shapes known so far. */
export function bindingsIn(file: SourceFile, node: Node) {
  const variableOf = (name: Node) => scopesOf(file).variable(name);
  const found = new Map<Variable, { name: string; values: Value[] }>();
  const bind = (target: Node, value: Value): void => {
    if (target.kind === "Name" || target.kind === "arg") {
      const variable = variableOf(target);
      if (!variable) return;
      const entry = found.get(variable) ?? { name: variable.name, values: [] };
      entry.values.push(value);
      found.set(variable, entry);
    } else if (target.kind === "Tuple" || target.kind === "List")
      target.elts.forEach((item, index) => {
        if (item.kind === "Starred") bind(item.value, () => unknown);
        else
          bind(item, (shapeOf) => {
            const whole = value(shapeOf);
            return isOnly(whole, "tuple") && whole.positions
              ? (whole.positions[index] ?? unknown)
              : itemsOf(whole);
          });
      });
  };
  const put = (container: Node, field: "elements" | "values", value: Value): void =>
    putPart(container, (shapeOf) => ({ types: new Set<string>(), [field]: value(shapeOf) }) as Shape);
  /** `part` is put into what the expression gives: `rows`, `rows[i]`, `groups.setdefault(k, [])`, `self.rows`. */
  const putPart = (holder: Node, part: Value): void => {
    if (holder.kind === "Name") bind(holder, part);
    else if (holder.kind === "Attribute")
      putPart(holder.value, (s) => ({ types: new Set<string>(), attributes: { [holder.attr]: part(s) } }));
    else if (holder.kind === "Subscript") putItem(holder.value, part);
    else if (holder.kind === "Call" && holder.func.kind === "Attribute") putItem(holder.func.value, part);
  };
  const putItem = (holder: Node, part: Value): void =>
    putPart(holder, (s) => ({ types: new Set<string>(), elements: part(s), values: part(s) }));
  walk(node, (part) => {
    switch (part.kind) {
      case "Assign":
        for (const target of part.targets) {
          bind(target, (shapeOf) => shapeOf(part.value));
          if (target.kind === "Subscript") {
            const name = textOf(target.slice);
            putPart(target.value, (shapeOf) => {
              const values = shapeOf(part.value);
              return {
                types: new Set<string>(),
                values,
                ...(name === null ? {} : { fields: { [name]: values } }),
              };
            });
            put(target.value, "elements", (shapeOf) => join(shapeOf(target.slice), shapeOf(part.value)));
          }
        }
        break;
      case "AnnAssign":
        if (part.value) bind(part.target, (shapeOf) => shapeOf(part.value!));
        break;
      case "NamedExpr":
        bind(part.target, (shapeOf) => shapeOf(part.value));
        break;
      case "AugAssign":
        bind(part.target, (shapeOf) => binary(part.op, shapeOf(part.target), shapeOf(part.value)));
        break;
      case "For":
      case "comprehension":
        bind(part.target, (shapeOf) => itemsOf(shapeOf(part.iter)));
        break;
      case "withitem":
        if (part.optional_vars) bind(part.optional_vars, (shapeOf) => shapeOf(part.context_expr));
        break;
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
      case "ExceptHandler":
      case "MatchAs":
      case "alias": {
        const variable = part === node ? undefined : variableOf(part);
        if (variable) found.set(variable, { name: variable.name, values: [() => unknown] });
        break;
      }
      case "Lambda": {
        // The function that a sort asks for the key of every item.
        const [item] = part.args.args;
        const call = item && part.args.args.length === 1 ? keyedBy(file, part) : null;
        const sorted = call?.func.kind === "Attribute" ? call.func.value : call?.args[0];
        if (sorted && call!.args.length < 2) bind(item!, (shapeOf) => itemsOf(shapeOf(sorted)));
        break;
      }
      case "Call":
        if (part.func.kind === "Attribute" && part.args.length > 0) {
          const { attr, value: container } = part.func;
          const last = part.args.at(-1)!;
          if (["append", "add", "appendleft", "insert"].includes(attr))
            put(container, "elements", (s) => s(last));
          if (["extend", "update", "extendleft"].includes(attr))
            put(container, "elements", (s) => itemsOf(s(last)));
          if (attr === "update")
            put(container, "values", (s) =>
              isOnly(s(last), "dict") ? (s(last).values ?? unknown) : unknown,
            );
          if (attr === "setdefault") {
            put(container, "elements", (s) => s(part.args[0]!));
            put(container, "values", (s) => s(last));
          }
        }
        break;
    }
  });
  return found;
}
