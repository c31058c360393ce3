// What an expression over a row may mention: the row's columns, locals computed from them, numbers of the module, tables.

import type { TextEdit } from "../../schemas/common.ts";
import type { Tolerance } from "../../schemas/rewrite.ts";
import type { Call, expr, Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { importEdit } from "../../source/imports.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap, useOf } from "../../source/uses.ts";
import { isEditable, sourceText } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import type { Column, Frame, Kind } from "./frames.ts";
import { columnRead } from "./frames.ts";
import { tableOf, tableSeen } from "./tables.ts";
import { NoColumnForm, type Setting, type Table, type Value } from "./values.ts";

/** Modules whose functions are known under their own name. */
const modules = new Set(["math"]);

const pandasFunctions = ["isna", "isnull", "notna", "notnull", "to_datetime", "Series"];

export class RowSetting implements Setting {
  readonly file;
  /** The imports that the new text needs. */
  readonly imports: TextEdit[] = [];
  /** Distributions that the new text imports and the file did not. */
  readonly packages: string[] = [];
  readonly assumptions: string[] = [];
  /** Changes of functions that are called for every row. */
  readonly edits: TextEdit[] = [];
  /** Why the last digits of floats may differ; null when they do not. */
  tolerance: Tolerance | null = null;
  /** Locals that hold what was computed from the row. */
  readonly locals = new Map<Variable, Value>();
  /** Functions whose bodies are being read. */
  readonly inside = new Set<Node>();
  /** Makes a call of one of the file's functions one for whole columns. */
  calling: (setting: RowSetting, node: Call) => Value | null = () => null;
  readonly nonZero = new Set<string>();
  readonly arrow: boolean;
  readonly context: RegionContext;
  private readonly leaf: (node: Node) => Value | null;
  private readonly at: number;

  /** `leaf` knows the places that stand for the row's values; `at` is where the new text stands. */
  constructor(context: RegionContext, at: number, leaf: (node: Node) => Value | null) {
    this.context = context;
    this.file = context.file;
    this.at = at;
    this.leaf = leaf;
    this.arrow = context.packages.has("pyarrow");
  }

  known(node: Node): Value | null {
    const value = this.leaf(node);
    if (value) return value;
    if (node.kind !== "Name") return null;
    const variable = scopesOf(this.file).variable(node);
    if (!variable) return null;
    return (
      this.locals.get(variable) ?? this.constantNumber(variable, node.id) ?? this.seenNumber(variable, node)
    );
  }

  /** A number of the module that nothing binds twice, as it stands there. */
  private constantNumber(variable: Variable, name: string): Value | null {
    const value = this.solelyBound(variable);
    if (value?.kind !== "Constant") return null;
    const { type } = value.value;
    const base = { text: name, perRow: false, bare: false, missing: false };
    if (type === "str") return { ...base, kind: "text", emitted: "text", low: 0, high: 0 };
    if (type !== "int" && type !== "float") return null;
    const number = Number(value.value.text);
    return { ...base, kind: type, emitted: type, low: number, high: number };
  }

  /** A number that the region is given and that nothing in it binds again, as it was seen. */
  private seenNumber(variable: Variable, node: Node): Value | null {
    const facts = this.context.facts.liveIn[variable.name];
    const [fact] = facts ?? [];
    if (facts?.length !== 1 || !fact || !this.isConstantHere(variable)) return null;
    if (node.kind !== "Name" || node.ctx !== "Load") return null;
    const base = { text: variable.name, perRow: false, bare: false, missing: false };
    if (fact.type === "builtins.int" && fact.integer) {
      const [low, high] = [Number(fact.integer.min), Number(fact.integer.max)];
      return { ...base, kind: "int", emitted: "int", low, high };
    }
    if (fact.type === "builtins.float" && fact.float && !fact.float.nan && !fact.float.infinite)
      return {
        ...base,
        kind: "float",
        emitted: "float",
        low: fact.float.min ?? 0,
        high: fact.float.max ?? 0,
      };
    if (fact.type === "builtins.str") return { ...base, kind: "text", emitted: "text", low: 0, high: 0 };
    return null;
  }

  /** Bound before the region begins, and by nothing within it. */
  private isConstantHere(variable: Variable): boolean {
    const { span } = this.context.region;
    return variable.occurrences.every(
      ({ action, node }) =>
        action === "read" ||
        node.kind === "arg" ||
        !("start" in node) ||
        node.start < span.start ||
        node.start >= span.end,
    );
  }

  /** The value of a variable that one statement binds, and nothing else. */
  private solelyBound(variable: Variable): expr | null {
    const binds = variable.occurrences.filter(({ action }) => action !== "read");
    const statement = binds.length === 1 ? parentMap(this.file).get(binds[0]!.node) : undefined;
    return statement?.kind === "Assign" && statement.targets[0] === binds[0]!.node ? statement.value : null;
  }

  called(node: Call): Value | null {
    return this.calling(this, node);
  }

  table(node: expr): Table | null {
    const literal = tableOf(sourceText(this.file, node), node);
    if (literal || node.kind !== "Name") return literal;
    const variable = scopesOf(this.file).variable(node);
    if (!variable) return null;
    const facts = this.context.facts.liveIn[node.id];
    if (facts?.length === 1 && this.isConstantHere(variable)) return tableSeen(node.id, facts[0]!);
    const made = this.solelyBound(variable);
    const own = made && isOnlyLookedInto(this.file, variable) ? tableOf(node.id, made) : null;
    return own && { ...own, text: node.id };
  }

  numpy(): string {
    return this.importing("numpy", "np");
  }

  pandas(): string {
    return this.importing("pandas", "pd");
  }

  private importing(module: string, asName: string): string {
    const { edit, local } = importEdit(this.file, { module, asName, before: this.at });
    if (edit && !this.packages.includes(module)) {
      this.imports.push(edit);
      this.packages.push(module);
    }
    return local;
  }

  pandasFunction(node: expr): string | null {
    const text = sourceText(this.file, node);
    for (const name of pandasFunctions) {
      const { edit, local } = importEdit(this.file, { module: "pandas", name, before: this.at });
      if (edit === null && local === text) return name;
    }
    return null;
  }

  numpyFunction(node: expr): string | null {
    if (node.kind !== "Attribute") return null;
    const { edit, local } = importEdit(this.file, { module: "numpy", before: this.at });
    return edit === null && sourceText(this.file, node.value) === local ? node.attr : null;
  }

  parsesDates(node: expr): boolean {
    const wanted = { module: "datetime", name: "datetime", before: this.at };
    const { edit, local } = importEdit(this.file, wanted);
    return edit === null && sourceText(this.file, node) === `${local}.strptime`;
  }

  assume(assumption: string): void {
    if (!this.assumptions.includes(assumption)) this.assumptions.push(assumption);
  }

  inexact(reason: string): void {
    this.tolerance = { kind: "relative", bound: 1e-12, absolute: 1e-13, reason };
  }

  isOwn(node: expr, name: string): boolean {
    const scopes = scopesOf(this.file);
    const root = node.kind === "Attribute" && node.value.kind === "Name" ? node.value : node;
    if (root.kind !== "Name") return false;
    const variable = scopes.variable(root);
    const binds = variable?.occurrences.filter(({ action }) => action !== "read") ?? [];
    if (root === node) return binds.length === 0;
    return (
      modules.has(name.split(".")[0]!) &&
      binds.length === 1 &&
      binds[0]!.node.kind === "alias" &&
      binds[0]!.node.name === root.id &&
      binds[0]!.node.asname === null
    );
  }
}

/** Whether nothing can change what a variable holds: it is looked into, and no more. */
function isOnlyLookedInto(file: SourceFile, variable: Variable): boolean {
  return variable.occurrences.every(({ action, node }) => {
    if (action !== "read") return true;
    const use = useOf(file, node);
    if (use.kind === "method") return ["get", "items", "keys", "values"].includes(use.method);
    return (use.kind === "subscript" && !use.stored) || use.kind === "container" || use.kind === "iterated";
  });
}

/** The value of a column, read as `text`, with what a row makes of it. */
export function columnValue(frame: Frame, name: string, text: string, single = false): Value {
  const column = frame.columns.get(name);
  if (!column) throw new NoColumnForm(`column "${name}" is of a kind that is not understood`);
  const kind = rowKindOf(frame, column, single);
  if (column.dtype === "int64" && (column.min === null || column.max === null))
    throw new NoColumnForm(`column "${name}" held no values`);
  return {
    text,
    kind,
    emitted: column.kind,
    low: column.min ?? 0,
    high: column.max ?? (column.kind === "float" ? 0 : 1),
    perRow: true,
    bare: false,
    missing: column.nan,
  };
}

function rowKindOf(frame: Frame, column: Column, single: boolean): Kind {
  if (!single && frame.rowKind === null)
    throw new NoColumnForm("a column that is made before may change what the rows hold");
  return !single && frame.rowKind === "float" && column.kind === "int" ? "float" : column.kind;
}

/** A leaf function for the values that the row holds; the text of each is `holder["name"]`. */
export function readsOf(context: RegionContext, frame: Frame, row: Variable, holder: string | null) {
  return (node: Node): Value | null => {
    const name = columnRead(context, node, row, frame);
    if (name === null || !("start" in node) || (node.kind !== "Subscript" && node.kind !== "Attribute"))
      return null;
    const of = holder ?? row.name;
    // The parts of an f-string have no text of their own before Python 3.12.
    const text = isEditable(context.file, node)
      ? of + context.file.text.slice(node.value.end, node.end)
      : `${of}[${JSON.stringify(name)}]`;
    return columnValue(frame, name, text);
  };
}
