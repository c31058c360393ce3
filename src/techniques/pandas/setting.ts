// What an expression over a row may mention: the row's columns, locals computed from them, numbers of the module.

import type { TextEdit } from "../../schemas/common.ts";
import type { Tolerance } from "../../schemas/rewrite.ts";
import type { expr, Node } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import type { RegionContext } from "../technique.ts";
import { NoColumnForm, type Setting, type Value } from "./columns.ts";
import { type Column, columnRead, type Frame, type Kind } from "./frames.ts";

/** Modules whose functions are known under their own name. */
const modules = new Set(["math"]);

export class RowSetting implements Setting {
  readonly file;
  /** The import that the new text needs; null as long as it needs none. */
  importing: TextEdit | null = null;
  /** Why the last digits of floats may differ; null when they do not. */
  tolerance: Tolerance | null = null;
  /** Locals that hold what was computed from the row. */
  readonly locals = new Map<Variable, Value>();
  private readonly leaf: (node: Node) => Value | null;
  private readonly at: number;

  /** `leaf` knows the places that stand for the row's values; `at` is where the new text stands. */
  constructor(context: RegionContext, at: number, leaf: (node: Node) => Value | null) {
    this.file = context.file;
    this.at = at;
    this.leaf = leaf;
  }

  known(node: Node): Value | null {
    const value = this.leaf(node);
    if (value) return value;
    if (node.kind !== "Name") return null;
    const variable = scopesOf(this.file).variable(node);
    if (!variable) return null;
    return this.locals.get(variable) ?? this.moduleNumber(variable, node.id);
  }

  /** A number of the module that nothing binds twice, as it was seen. */
  private moduleNumber(variable: Variable, name: string): Value | null {
    const scopes = scopesOf(this.file);
    const binds = variable.occurrences.filter(({ action }) => action !== "read");
    if (variable.scope !== scopes.module || binds.length !== 1) return null;
    for (const statement of this.file.tree.body) {
      if (statement.kind !== "Assign" || statement.targets[0] !== binds[0]!.node) continue;
      const { value } = statement;
      if (value.kind !== "Constant" || (value.value.type !== "int" && value.value.type !== "float"))
        return null;
      const number = Number(value.value.text);
      const kind = value.value.type;
      return { text: name, kind, emitted: kind, low: number, high: number, perRow: false, bare: false };
    }
    return null;
  }

  numpy(): string {
    const wanted = importEdit(this.file, { module: "numpy", asName: "np", before: this.at });
    this.importing ??= wanted.edit;
    return wanted.local;
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
    low: column.kind === "float" ? (column.min ?? 0) : (column.min ?? 0),
    high: column.kind === "float" ? (column.max ?? 0) : (column.max ?? 1),
    perRow: true,
    bare: false,
  };
}

function rowKindOf(frame: Frame, column: Column, single: boolean): Kind {
  return !single && frame.rowKind === "float" && column.kind === "int" ? "float" : column.kind;
}

/** A leaf function for places `row["name"]`; the text of each is `holder["name"]`. */
export function readsOf(context: RegionContext, frame: Frame, row: Variable, holder: string | null) {
  return (node: Node): Value | null => {
    const name = columnRead(context, node, row);
    if (name === null || node.kind !== "Subscript") return null;
    const { text } = context.file;
    const own = text.slice(node.value.end, node.end);
    return columnValue(frame, name, (holder ?? text.slice(node.value.start, node.value.end)) + own);
  };
}
