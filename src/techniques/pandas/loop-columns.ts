// A loop over rows whose body only computes, as statements over whole columns; the loop itself goes.

import type { expr, stmt } from "../../source/ast.generated.ts";
import { livenessOf } from "../../source/dataflow.ts";
import { enclosingBody, scopesOf, type Variable } from "../../source/scopes.ts";
import { soleTarget } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { becomesColumn, fillingOf, isInside, madeBefore, withoutLine } from "./beside-loop.ts";
import { choice } from "./choices.ts";
import { overColumns } from "./columns.ts";
import { under } from "./conditions.ts";
import type { Draft } from "./draft.ts";
import { columnRead, type Kind } from "./frames.ts";
import { calling } from "./functions.ts";
import { countedLabels, uniqueLabels } from "./labels.ts";
import { cellOf, needsCount, type RowLoop } from "./row-loops.ts";
import { columnValue, RowSetting } from "./setting.ts";
import { bracketed, joined, largestExact, NoColumnForm, settled, type Value } from "./values.ts";

/** What one turn does, as it depends on the row. */
interface Turn {
  locals: Map<Variable, Value>;
  cells: Map<string, Value>;
  /** What is put at the end of a list, and under which condition. */
  appended: Map<Variable, { value: Value; test: Value | null }>;
  /** What is added to a number, and under which condition. */
  added: Map<Variable, { value: Value; test: Value | null }>;
}

const emptyTurn = (): Turn => ({
  locals: new Map(),
  cells: new Map(),
  appended: new Map(),
  added: new Map(),
});

export function inColumns(context: RegionContext, rows: RowLoop): Draft {
  return new ColumnLoop(context, rows).draft();
}

class ColumnLoop {
  private readonly context: RegionContext;
  private readonly rows: RowLoop;
  private readonly setting: RowSetting;
  /** Columns as the loop has left them so far. */
  private readonly written = new Map<string, Value>();
  private readonly lines: string[] = [];
  private readonly lists = new Set<Variable>();
  private counted = false;
  private labelled = false;

  constructor(context: RegionContext, rows: RowLoop) {
    this.context = context;
    this.rows = rows;
    this.setting = new RowSetting(context, rows.loop.start, (node) => {
      const cell = cellOf(context, rows, node);
      if (cell?.node.ctx !== "Load") return null;
      if (cell.shift !== 0) throw new NoColumnForm("a value of another row is read");
      if (needsCount(rows, cell)) this.counted = true;
      else if (cell.by === "label") this.labelled = true;
      if (this.written.has(cell.column) && cell.by === "row")
        throw new NoColumnForm("a column is read and written in the loop");
      return this.column(cell.column, cell.by === "row" && rows.head !== "tuples");
    });
    this.setting.calling = calling;
  }

  /** A column as it stands at this point; `taken` in a row as a whole. */
  private column(name: string, taken: boolean): Value {
    const { frame } = this.rows;
    return this.written.get(name) ?? columnValue(frame, name, this.textOf(name), !taken);
  }

  private textOf = (name: string) => `${this.rows.frame.name}[${JSON.stringify(name)}]`;

  draft(): Draft {
    const { context, rows, setting, lines } = this;
    const { loop, frame } = rows;
    if (rows.first !== 0 || rows.last !== 0) throw new NoColumnForm("the loop leaves rows out");
    for (const statement of loop.body) if (statement !== rows.taken) this.emit(this.turnOf(statement));
    if (lines.length === 0) throw new NoColumnForm("nothing comes of the loop");
    const after = livenessOf(context.file, enclosingBody(scopesOf(context.file).around(loop))).after(loop);
    const own = [rows.index, rows.row, ...rows.values.keys(), ...setting.locals.keys()];
    for (const variable of own)
      if (variable && after.has(variable))
        throw new NoColumnForm(`\`${variable.name}\` is used after the loop`);
    if (this.counted && !frame.counted)
      throw new NoColumnForm("rows are found by labels that are not their places");
    const check = this.counted
      ? countedLabels(context, frame, loop.start)
      : this.labelled
        ? uniqueLabels(frame)
        : null;
    if (check) {
      lines.unshift(check.line);
      setting.assume(check.assumption);
      setting.imports.push(...check.imports);
      setting.packages.push(...check.packages);
    }
    const { file } = context;
    const indent = file.text.slice(file.lineStarts[loop.lineno - 1], loop.start);
    const text = lines.join(file.newline + indent);
    const wrote = this.written.size > 0 ? "writing cell by cell" : "going through it row by row";
    return {
      variant: "columns",
      line: loop.lineno,
      summary: `Computes with whole columns of \`${frame.name}\` instead of ${wrote}`,
      edits: [{ start: loop.start, end: loop.end, text }, ...setting.edits, ...setting.imports],
      packages: setting.packages,
      assumptions: setting.assumptions,
      tolerance: setting.tolerance,
    };
  }

  /** The lines for what a statement of the body does in all turns. */
  private emit({ locals, cells, appended, added }: Turn): void {
    const { lines, setting } = this;
    if (locals.size + cells.size + appended.size + added.size > 1) this.independent(locals, cells);
    for (const [variable, value] of locals) {
      const { cases: _cases, otherwise: _otherwise, ...plain } = value;
      if (value.text !== variable.name) lines.push(`${variable.name} = ${value.text}`);
      setting.locals.set(variable, { ...plain, text: variable.name });
    }
    for (const [name, value] of cells) this.emitCells(name, value);
    for (const [variable, { value, test }] of appended) this.emitList(variable, settled(value), test);
    for (const [variable, { value, test }] of added) this.emitSum(variable, value, test);
  }

  /** Several results of one statement are written one after the other: none may read what another has changed. */
  private independent(locals: Turn["locals"], cells: Turn["cells"]): void {
    const texts = [
      ...[...locals].map(([variable, value]) => [variable.name, value.text] as const),
      ...[...cells].map(([name, value]) => [this.textOf(name), value.text] as const),
    ];
    texts.forEach(([changed], i) => {
      const later = texts
        .slice(i + 1)
        .some(([, text]) => text.split(/\b/).join("\0").includes(changed.split(/\b/).join("\0")));
      if (later) throw new NoColumnForm("what a condition changes is read by another of its statements");
    });
  }

  private emitCells(name: string, value: Value): void {
    const target = this.textOf(name);
    const before = this.kindBefore(name);
    if (!value.perRow && !before) throw new NoColumnForm(`column "${name}" is made by its first cell`);
    const kind = before === "float" && value.kind === "int" ? "float" : value.kind;
    if (before === null && value.kind !== "float")
      throw new NoColumnForm(`column "${name}" is made by its first cell`);
    if (before !== null && before !== kind)
      throw new NoColumnForm(`column "${name}" held values of another kind`);
    if (kind === "text" && this.rows.frame.columns.get(name)?.dtype === "object" && this.pandasMajor() > 2)
      throw new NoColumnForm(`column "${name}" holds texts as objects`);
    const [only, ...others] = value.cases ?? [];
    const kept = value.otherwise === target;
    if (only && others.length === 0 && kept && !/\.(select|where)\(/.test(only.value)) {
      this.lines.push(`${this.rows.frame.name}.loc[${only.test}, ${JSON.stringify(name)}] = ${only.value}`);
    } else {
      const text = value.emitted === kind ? value.text : `${bracketed(value.text)}.astype(${kind})`;
      this.lines.push(`${target} = ${text}`);
    }
    const { cases: _cases, otherwise: _otherwise, ...plain } = value;
    this.written.set(name, { ...plain, kind, emitted: kind, bare: false, perRow: true, text: target });
  }

  private pandasMajor(): number {
    return Number((this.context.packages.get("pandas") ?? "3").split(".")[0]);
  }

  private emitList(variable: Variable, value: Value, test: Value | null): void {
    const { context, rows, lines, setting } = this;
    if (!value.perRow) throw new NoColumnForm("a list is filled with one value");
    if (this.lists.has(variable)) throw new NoColumnForm(`\`${variable.name}\` grows in several places`);
    this.lists.add(variable);
    const column = test ? null : becomesColumn(context, rows, variable);
    const made = madeBefore(context, rows, variable);
    const isNew =
      made?.value.kind === "List" && made.value.elts.length === 0 && isInside(context, made.statement);
    const seen = context.facts.liveIn[variable.name];
    if (made?.value.kind !== "List" && (seen?.length !== 1 || seen[0]!.type !== "builtins.list"))
      throw new NoColumnForm(`\`${variable.name}\` is not shown to be a list`);
    if (column && isNew) {
      const name = columnRead(context, column.targets[0]!, rows.frame.variable, rows.frame)!;
      lines.push(`${this.textOf(name)} = ${value.text}`);
      setting.edits.push(withoutLine(context, column));
    } else {
      if (rows.scalars === "numpy" && (value.cases || value.bare))
        throw new NoColumnForm("NumPy's numbers and Python's are put into one list");
      if (test && value.bare) throw new NoColumnForm("what is chosen is put into a list under a condition");
      const chosen = test ? `${bracketed(value.text)}[${test.text}]` : bracketed(value.text);
      const scalars = rows.scalars === "numpy" && value.kind !== "text";
      if (isNew)
        lines.push(`${variable.name} = ${scalars ? `list(${chosen}.to_numpy())` : `${chosen}.tolist()`}`);
      else lines.push(`${variable.name}.extend(${chosen}.${scalars ? "to_numpy()" : "tolist()"})`);
    }
    if (isNew) setting.edits.push(withoutLine(context, made.statement));
  }

  private emitSum(variable: Variable, value: Value, test: Value | null): void {
    const { rows, lines, setting } = this;
    if (value.missing) throw new NoColumnForm("a sum may hold missing values");
    if (value.kind !== "int" && value.kind !== "float")
      throw new NoColumnForm("something else than numbers is summed");
    if (value.kind !== value.emitted) throw new NoColumnForm("a sum of integers is one of floats");
    const largest = Math.max(-value.low, value.high) * Math.max(1, rows.frame.rows.max) * 16;
    if (value.kind === "int" && !(largest < largestExact))
      throw new NoColumnForm("integers may pass 64 bits");
    if (value.kind === "float") setting.inexact("NumPy adds floats in another order than the loop does");
    const own = (text: string) =>
      rows.scalars === "numpy" && value.perRow ? text : `${value.kind}(${text})`;
    // Without it a missing value would be passed over, where adding it gives NaN.
    const option = value.kind === "float" ? "skipna=False" : "";
    let sum: string;
    if (value.perRow) {
      if (value.bare && test) throw new NoColumnForm("what is chosen is summed under a condition");
      const chosen = test ? `${bracketed(value.text)}[${test.text}]` : bracketed(value.text);
      sum = own(value.bare ? `${chosen}.sum()` : `${chosen}.sum(${option})`);
    } else {
      if (value.kind !== "int" || value.text !== "1")
        throw new NoColumnForm("one number is added in every turn");
      sum = test ? own(`${bracketed(test.text)}.sum()`) : `len(${rows.frame.name})`;
    }
    lines.push(`${variable.name} += ${sum}`);
  }

  /** What one statement does in a turn. */
  private turnOf(statement: stmt): Turn {
    const { context, rows, setting } = this;
    const turn = emptyTurn();
    const scopes = scopesOf(context.file);
    const target = soleTarget(statement);
    if (target?.kind === "Name" && (statement.kind === "Assign" || statement.kind === "AugAssign")) {
      const variable = scopes.variable(target)!;
      const isLocal = setting.locals.has(variable) || this.isOwnLocal(variable);
      if (statement.kind === "Assign" && isLocal)
        turn.locals.set(variable, overColumns(setting, statement.value));
      else if (statement.kind === "AugAssign" && isLocal)
        turn.locals.set(variable, this.augmented(statement));
      else if (statement.kind === "AugAssign" && statement.op === "Add")
        turn.added.set(variable, { value: overColumns(setting, statement.value), test: null });
      else throw new NoColumnForm(`\`${target.id}\` is carried from row to row`);
      return turn;
    }
    const cell = target && cellOf(context, rows, target);
    if (cell && (statement.kind === "Assign" || statement.kind === "AugAssign")) {
      if (cell.shift !== 0) throw new NoColumnForm("a value of another row is written");
      // Since copies are made on writing, `frame["c"][i] = x` changes a copy.
      if (cell.by === "row" || (target!.kind === "Subscript" && target!.value.kind === "Subscript"))
        throw new NoColumnForm("what is written may be a copy");
      if (needsCount(rows, cell)) this.counted = true;
      else if (cell.by === "label") this.labelled = true;
      const value =
        statement.kind === "AugAssign" ? this.augmented(statement) : overColumns(setting, statement.value);
      turn.cells.set(cell.column, value);
      return turn;
    }
    if (statement.kind === "If") return this.branched(statement);
    if (statement.kind === "Pass" || statement.kind === "Continue") {
      if (statement.kind === "Pass") return turn;
      throw new NoColumnForm("the loop leaves rows out");
    }
    const call = statement.kind === "Expr" && statement.value.kind === "Call" ? statement.value : null;
    if (call?.func.kind === "Attribute" && call.func.attr === "append" && call.args.length === 1) {
      const list = call.func.value.kind === "Name" ? scopes.variable(call.func.value) : undefined;
      if (list) {
        turn.appended.set(list, { value: overColumns(setting, call.args[0]!), test: null });
        return turn;
      }
    }
    throw new NoColumnForm("the loop does more than compute columns");
  }

  private augmented(statement: Extract<stmt, { kind: "AugAssign" }>): Value {
    const { target, value, op, start, end, lineno, endLineno, column, endColumn } = statement;
    const place = { start, end, lineno, endLineno, column, endColumn };
    const loaded = { ...target, ctx: "Load" } as expr;
    if (target.kind !== "Name") throw new NoColumnForm("a cell is changed by what it holds");
    const whole = overColumns(this.setting, {
      kind: "BinOp",
      left: loaded,
      op,
      right: value,
      ...place,
    } as expr);
    const text = this.context.file.text;
    const sign = /^\s*(\S+)=/.exec(text.slice(target.end, value.start))![1]!;
    const right = overColumns(this.setting, value).text;
    return {
      ...whole,
      text: `${bracketed(this.setting.locals.get(scopesOf(this.context.file).variable(target)!)!.text)} ${sign} ${bracketed(right)}`,
    };
  }

  /** Bound in every turn before it is read: nothing of it comes from before the loop. */
  private isOwnLocal(variable: Variable): boolean {
    const { context, rows } = this;
    return !livenessOf(context.file, enclosingBody(scopesOf(context.file).around(rows.loop)))
      .before(rows.loop)
      .has(variable);
  }

  private branched(statement: Extract<stmt, { kind: "If" }>): Turn {
    const { setting } = this;
    const test = overColumns(setting, statement.test);
    const yes = under(setting, statement.test, true, () => this.branch(statement.body));
    const no = under(setting, statement.test, false, () => this.branch(statement.orelse));
    const turn = emptyTurn();
    for (const variable of new Set([...yes.locals.keys(), ...no.locals.keys()])) {
      const [a, b] = [yes, no].map(({ locals }) => locals.get(variable) ?? setting.locals.get(variable));
      // Bound on one side only: it counts on that side, and nothing reads it afterwards.
      if (a && b) turn.locals.set(variable, choice(setting, test, a, b));
    }
    for (const name of new Set([...yes.cells.keys(), ...no.cells.keys()])) {
      const [a, b] = [yes, no].map(({ cells }) => cells.get(name) ?? this.before(name));
      turn.cells.set(name, this.keeping(test, a!, b!, name));
    }
    for (const kind of ["appended", "added"] as const)
      for (const variable of new Set([...yes[kind].keys(), ...no[kind].keys()])) {
        const [a, b] = [yes[kind].get(variable), no[kind].get(variable)];
        if (a && b) {
          if (a.test || b.test) throw new NoColumnForm("something is added in some cases of several");
          turn[kind].set(variable, { value: choice(setting, test, a.value, b.value), test: null });
        } else if (a) {
          const both: Value = a.test
            ? {
                ...joined("bool", [test, a.test]),
                text: `${bracketed(test.text)} & ${bracketed(a.test.text)}`,
              }
            : test;
          if (!test.perRow) throw new NoColumnForm("a condition does not depend on the row");
          turn[kind].set(variable, { value: a.value, test: both });
        } else throw new NoColumnForm("something is added where a condition does not hold");
      }
    return turn;
  }

  /** A column under a condition; where the other case leaves it as it is, texts too. */
  private keeping(test: Value, a: Value, b: Value, name: string): Value {
    const target = this.textOf(name);
    if (b.text === target && a.kind === "text" && !a.cases && test.perRow) {
      const cases = [{ test: test.text, value: a.text }];
      return { ...joined("text", [a]), text: target, perRow: true, bare: false, cases, otherwise: target };
    }
    return choice(this.setting, test, a, b);
  }

  private branch(block: readonly stmt[]): Turn {
    const { setting } = this;
    const outside = new Map(setting.locals);
    const whole = emptyTurn();
    for (const statement of block) {
      const turn = this.turnOf(statement);
      for (const [variable, value] of turn.locals) {
        whole.locals.set(variable, value);
        setting.locals.set(variable, { ...value, text: bracketed(value.text) });
      }
      for (const [name, value] of turn.cells) {
        if (whole.cells.has(name)) throw new NoColumnForm("a cell is written twice");
        whole.cells.set(name, value);
      }
      for (const kind of ["appended", "added"] as const)
        for (const [variable, one] of turn[kind]) {
          if (whole[kind].has(variable)) throw new NoColumnForm("something is added twice");
          whole[kind].set(variable, one);
        }
    }
    setting.locals.clear();
    for (const [variable, value] of outside) setting.locals.set(variable, value);
    return whole;
  }

  /** What a column holds where a turn does not write it. */
  private before(name: string): Value {
    const filled = this.written.has(name) ? null : fillingOf(this.setting, this.rows, name);
    if (filled && !this.rows.frame.columns.has(name)) return filled;
    return this.column(name, false);
  }

  private kindBefore(name: string): Kind | null {
    return (
      this.written.get(name)?.kind ??
      this.rows.frame.columns.get(name)?.kind ??
      fillingOf(this.setting, this.rows, name)?.kind ??
      null
    );
  }
}
