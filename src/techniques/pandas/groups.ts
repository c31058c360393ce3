// `frame.groupby(key)…apply(function)`, `.agg` and `.transform` with functions that pandas has for all groups at once.

import type { TextEdit } from "../../schemas/common.ts";
import type { Tolerance } from "../../schemas/rewrite.ts";
import type { Call, expr, Lambda, Node } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { Left } from "../draft.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft } from "./draft.ts";
import { type Column, columnRead, type Frame, frameOf } from "./frames.ts";
import { bracketed, brief, NoColumnForm } from "./values.ts";

/** What a group's values are summed up by: whether floats come out of it to the last digit. */
const aggregations: Record<string, { exact: boolean }> = {
  sum: { exact: false },
  mean: { exact: false },
  std: { exact: false },
  var: { exact: false },
  median: { exact: true },
  min: { exact: true },
  max: { exact: true },
  count: { exact: true },
  nunique: { exact: true },
  size: { exact: true },
  first: { exact: true },
  last: { exact: true },
};

/** Methods that give a value for every row, of its group. */
const perRow: ReadonlySet<string> = new Set([
  "cumsum",
  "cummax",
  "cummin",
  "cumcount",
  "rank",
  "shift",
  "diff",
]);

/** Operators that mean the same of the values of all groups. */
const signs: Record<string, string> = { Add: "+", Sub: "-", Mult: "*", Div: "/" };

/** A call on a frame that is grouped. */
interface Grouped {
  call: Call;
  method: "apply" | "agg" | "transform";
  frame: Frame;
  keys: readonly string[];
  /** `frame.groupby(key)`, as it stands there. */
  groups: string;
  /** The one column that is taken out of the groups; null for all of the frame. */
  column: string | null;
}

/** Drafts for such calls in `region`; the reason where the function is none of pandas'. */
export function findGroups(context: RegionContext, region: Node): (Draft | Left)[] {
  const found: (Draft | Left)[] = [];
  walk(region, (node) => {
    const grouped = node.kind === "Call" ? groupedCall(context, node) : null;
    if (!grouped) return;
    try {
      found.push(new Groups(context, grouped).draft());
    } catch (error) {
      if (!(error instanceof NoColumnForm)) throw error;
      found.push({ line: grouped.call.lineno, reason: error.message });
    }
  });
  return found;
}

function groupedCall(context: RegionContext, call: Call): Grouped | null {
  const { func, args, keywords } = call;
  if (func.kind !== "Attribute" || args.length !== 1 || keywords.length > 0) return null;
  const method = func.attr === "aggregate" ? "agg" : func.attr;
  if (method !== "apply" && method !== "agg" && method !== "transform") return null;
  const taken = func.value.kind === "Subscript" ? func.value : null;
  const groups = taken ? taken.value : func.value;
  if (groups.kind !== "Call" || groups.func.kind !== "Attribute" || groups.func.attr !== "groupby")
    return null;
  const frame = frameOf(context, groups.func.value);
  const keys = groups.args.length === 1 ? textsOf(groups.args[0]!) : null;
  if (!frame || !keys) return null;
  if (groups.keywords.some(({ arg }) => arg !== "sort" && arg !== "observed")) return null;
  const column = taken ? textsOf(taken.slice) : [];
  if (!column || column.length > 1 || taken?.slice.kind === "List") return null;
  return { call, method, frame, keys, groups: sourceText(context.file, groups), column: column[0] ?? null };
}

/** A text, or a list of them. */
function textsOf(node: expr): string[] | null {
  if (node.kind === "Constant" && node.value.type === "str") return [node.value.value];
  if (node.kind !== "List") return null;
  const texts = node.elts.map((one) => textsOf(one)?.[0] ?? null);
  return texts.includes(null) ? null : (texts as string[]);
}

class Groups {
  private inexact = false;
  private readonly context: RegionContext;
  private readonly grouped: Grouped;

  constructor(context: RegionContext, grouped: Grouped) {
    this.context = context;
    this.grouped = grouped;
  }

  draft(): Draft {
    const { call, frame, keys, column } = this.grouped;
    for (const key of keys)
      if (this.columnOf(key).nan) throw new NoColumnForm(`values of "${key}" may be missing`);
    if (column !== null) this.columnOf(column);
    const [given] = call.args;
    const edits: TextEdit[] =
      given!.kind === "Dict"
        ? this.inDict(given!)
        : [{ start: call.start, end: call.end, text: this.whole(given!) }];
    const reason = "pandas adds the floats of a group in another order";
    const tolerance: Tolerance = { kind: "relative", bound: 1e-10, absolute: 1e-12, reason };
    return {
      variant: "groups",
      line: call.lineno,
      summary: `Computes all groups of \`${frame.name}\` at once instead of calling a function for each`,
      edits,
      packages: [],
      assumptions: [],
      tolerance: this.inexact ? tolerance : null,
    };
  }

  private columnOf(name: string): Column {
    const column = this.grouped.frame.columns.get(name);
    if (!column) throw new NoColumnForm(`column "${name}" is of a kind that is not understood`);
    return column;
  }

  /** `agg({"a": lambda x: x.sum()})`: the functions that have a name are called by it. */
  private inDict(node: Extract<expr, { kind: "Dict" }>): TextEdit[] {
    if (this.grouped.method !== "agg" || this.grouped.column !== null)
      throw new NoColumnForm("the groups are not summed up by column");
    const edits: TextEdit[] = [];
    node.keys.forEach((key, i) => {
      const value = node.values[i]!;
      const column = key && textsOf(key)?.[0];
      if (!column || value.kind === "Constant" || value.kind === "List") return;
      const name = this.named(value, column);
      if (name !== null) edits.push({ start: value.start, end: value.end, text: JSON.stringify(name) });
    });
    if (edits.length === 0) throw new NoColumnForm("pandas has no such function for all groups");
    return edits;
  }

  private whole(given: expr): string {
    const { method, groups, column, call } = this.grouped;
    const base = sourceText(this.context.file, (call.func as Extract<expr, { kind: "Attribute" }>).value);
    const name = column === null ? null : this.named(given, column);
    if (name !== null && method === "transform") return `${base}.transform(${JSON.stringify(name)})`;
    if (name !== null) return `${base}.${name}()`;
    if (given.kind !== "Lambda")
      throw new NoColumnForm(`${brief(sourceText(this.context.file, given))} is called`);
    const parameter = parameterOf(this.context, given);
    if (method === "transform") return this.overRows(given.body, parameter, base);
    if (method === "apply" && column === null) return this.overGroups(given.body, parameter, groups);
    throw new NoColumnForm("pandas has no such function for all groups");
  }

  /** The name by which pandas calls what a function does with the values of one group; null for another. */
  private named(given: expr, column: string): string | null {
    if (given.kind !== "Lambda") {
      const name = this.ofFunction(given);
      return name && this.counted(name, column);
    }
    const parameter = parameterOf(this.context, given);
    const name = this.summed(given.body, (node) => isName(this.context, node, parameter));
    return name && this.counted(name, column);
  }

  /** What `np.mean`, `len` and the like are called. */
  private ofFunction(given: expr): string | null {
    const { file } = this.context;
    const text = sourceText(file, given);
    if (given.kind === "Name") {
      const binds = scopesOf(file)
        .variable(given)
        ?.occurrences.some(({ action }) => action !== "read");
      return binds ? null : ({ len: "size", sum: "sum", max: "max", min: "min" }[text] ?? null);
    }
    if (given.kind !== "Attribute" || !["sum", "mean", "max", "min"].includes(given.attr)) return null;
    const { edit, local } = importEdit(file, { module: "numpy", before: this.grouped.call.start });
    return edit === null && text === `${local}.${given.attr}` ? given.attr : null;
  }

  /** The aggregation, when the column's values allow it. */
  private counted(name: string, column: string): string {
    const { kind, nan } = this.columnOf(column);
    const known = aggregations[name]!;
    if (kind === "text" && !["count", "nunique", "size", "first", "last"].includes(name))
      throw new NoColumnForm("texts are summed up");
    if (kind === "bool") throw new NoColumnForm("truth values are summed up");
    if (nan && ["first", "last", "min", "max"].includes(name))
      throw new NoColumnForm(`values of "${column}" may be missing`);
    const inexact = kind === "float" ? !known.exact : ["mean", "std", "var"].includes(name);
    if (inexact) this.inexact = true;
    return name;
  }

  /** `x.mean()`, `len(x)`, `x.iloc[0]`: the aggregation; null for anything else. */
  private summed(node: expr, isValues: (node: expr) => boolean): string | null {
    if (
      node.kind === "Call" &&
      node.func.kind === "Attribute" &&
      node.args.length + node.keywords.length === 0
    ) {
      const { attr, value } = node.func;
      return Object.hasOwn(aggregations, attr) &&
        attr !== "first" &&
        attr !== "last" &&
        attr !== "size" &&
        isValues(value)
        ? attr
        : null;
    }
    if (node.kind === "Call" && node.func.kind === "Name" && node.func.id === "len" && node.args.length === 1)
      return isValues(node.args[0]!) ? "size" : null;
    if (node.kind !== "Subscript" || node.value.kind !== "Attribute" || node.value.attr !== "iloc")
      return null;
    const at = sourceText(this.context.file, node.slice);
    if (!isValues(node.value.value)) return null;
    return at === "0" ? "first" : at === "-1" ? "last" : null;
  }

  /** `x - x.mean()` and the like, as the column and what `transform` gives of it. */
  private overRows(node: expr, parameter: Variable, base: string): string {
    const { frame, column } = this.grouped;
    if (column === null) throw new NoColumnForm("all columns of the groups are computed at once");
    const own = `${frame.name}[${JSON.stringify(column)}]`;
    const isValues = (one: expr) => isName(this.context, one, parameter);
    const text = (one: expr): string => {
      if (isValues(one)) return own;
      if (one.kind === "Constant") return sourceText(this.context.file, one);
      const name = this.summed(one, isValues);
      if (name !== null) return `${base}.transform(${JSON.stringify(this.counted(name, column))})`;
      if (one.kind === "Call" && one.func.kind === "Attribute" && isValues(one.func.value)) {
        const { attr } = one.func;
        if (perRow.has(attr) && one.args.every(({ kind }) => kind === "Constant" || kind === "UnaryOp")) {
          if (attr === "cumsum" && this.columnOf(column).kind === "float") this.inexact = true;
          return base + this.context.file.text.slice(one.func.value.end, one.end);
        }
        if (attr === "fillna" && one.args.length === 1 && one.keywords.length === 0)
          return `${own}.fillna(${text(one.args[0]!)})`;
      }
      if (one.kind === "BinOp" && Object.hasOwn(signs, one.op))
        return `${bracketed(text(one.left))} ${signs[one.op]} ${bracketed(text(one.right))}`;
      throw new NoColumnForm("pandas has no such function for all groups");
    };
    return text(node);
  }

  /** `lambda g: g["a"].sum() / g["b"].sum()`, as the same of the aggregations of all groups. */
  private overGroups(node: expr, parameter: Variable, groups: string): string {
    const { frame } = this.grouped;
    const names = new Set<string>();
    let numbers = 0;
    const text = (one: expr): string => {
      if (one.kind === "Constant") return sourceText(this.context.file, one);
      const size = this.summed(one, (values) => isName(this.context, values, parameter));
      if (size === "size") {
        numbers++;
        names.add("");
        return `${groups}.size()`;
      }
      let read: string | null = null;
      const name = this.summed(one, (values) => {
        read = columnRead(this.context, values, parameter, frame);
        return read !== null;
      });
      if (name !== null && read !== null) {
        numbers++;
        names.add(read);
        return `${groups}[${JSON.stringify(read)}].${this.counted(name, read)}()`;
      }
      const computed = this.ofComputed(one, parameter);
      if (computed) {
        numbers++;
        names.add("");
        return computed;
      }
      if (one.kind === "BinOp" && Object.hasOwn(signs, one.op))
        return `${bracketed(text(one.left))} ${signs[one.op]} ${bracketed(text(one.right))}`;
      throw new NoColumnForm("pandas has no such function for all groups");
    };
    const whole = text(node);
    if (numbers === 0) throw new NoColumnForm("a result does not depend on the group");
    const [only, ...others] = names;
    return only !== "" && others.length === 0 ? `${bracketed(whole)}.rename(None)` : whole;
  }

  /** `(g["a"] * g["b"]).sum()`, as what is computed of all rows, in groups; null for anything else. */
  private ofComputed(node: expr, parameter: Variable): string | null {
    const { frame, keys, groups } = this.grouped;
    if (node.kind !== "Call" || node.func.kind !== "Attribute" || node.func.value.kind !== "BinOp")
      return null;
    if (
      node.args.length + node.keywords.length > 0 ||
      !["sum", "mean", "min", "max"].includes(node.func.attr)
    )
      return null;
    const columns: string[] = [];
    const text = (one: expr): string => {
      if (one.kind === "Constant") return sourceText(this.context.file, one);
      const read = columnRead(this.context, one, parameter, frame);
      if (read !== null) {
        const { kind, nan } = this.columnOf(read);
        if ((kind !== "int" && kind !== "float") || nan)
          throw new NoColumnForm(`column "${read}" may hold other values than numbers`);
        columns.push(kind);
        return `${frame.name}[${JSON.stringify(read)}]`;
      }
      if (one.kind !== "BinOp" || !["Add", "Sub", "Mult"].includes(one.op))
        throw new NoColumnForm("pandas has no such function for all groups");
      return `${bracketed(text(one.left))} ${signs[one.op]} ${bracketed(text(one.right))}`;
    };
    const whole = text(node.func.value);
    if (!/\(["'][^"']*["']\)$/.test(groups) || columns.length === 0) return null;
    if (columns.includes("float") || node.func.attr === "mean") this.inexact = true;
    return `(${whole}).groupby(${frame.name}[${JSON.stringify(keys[0])}]).${node.func.attr}()`;
  }
}

function parameterOf(context: RegionContext, given: Lambda): Variable {
  const { args, posonlyargs, kwonlyargs, vararg, kwarg, defaults } = given.args;
  const plain = args.length === 1 && posonlyargs.length + kwonlyargs.length + defaults.length === 0;
  if (!plain || vararg || kwarg) throw new NoColumnForm("the function takes more than the group");
  return scopesOf(context.file).variable(args[0]!)!;
}

const isName = (context: RegionContext, node: expr, variable: Variable): boolean =>
  node.kind === "Name" && scopesOf(context.file).variable(node) === variable;
