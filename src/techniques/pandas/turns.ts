// A loop over the values of the columns that it reads, in turns, without a Series or a cell made of every row.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, Node } from "../../source/ast.generated.ts";
import { builtinNames, keywords, moduleAttributes } from "../../source/builtins.ts";
import { livenessOf } from "../../source/dataflow.ts";
import { beginsLine, blockOf } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { enclosingBody, type Scope, scopesOf } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft } from "./draft.ts";
import { columnRead, type Kind } from "./frames.ts";
import { countedLabels, type LabelCheck, uniqueLabels } from "./labels.ts";
import { type Cell, type Cells, cellOf, needsCount, type RowLoop } from "./row-loops.ts";
import { NoColumnForm } from "./values.ts";

/** The loop with the values in turns. Throws NoColumnForm. */
export function inTurns(context: RegionContext, rows: RowLoop, cells: Cells): Draft {
  const { frame, loop, head } = rows;
  if (cells.other)
    throw new NoColumnForm(
      cells.other.kind === "Name" && rows.row && scopesOf(context.file).variable(cells.other) === rows.row
        ? `\`${rows.row.name}\` is used as a whole`
        : `\`${frame.name}\` is used as a whole in the loop`,
    );
  if (rows.values.size > 0 && rows.index === null)
    throw new NoColumnForm("the loop takes values in turns already");
  const steps = cells.read.every(({ shift }) => shift === 0) && rows.first === 0 && rows.last === 0;
  const counting =
    head === "places" && (cells.indexUsed || !steps || cells.stored.length > 0 || isLive(context, rows));
  if (cells.stored.length > 0 && head !== "places")
    throw new NoColumnForm("cells are written under conditions or with values that are not columns");
  if (cells.read.length + cells.stored.length === 0) throw new NoColumnForm("the loop reads no values");
  if (head === "rows" || head === "tuples") {
    if (cells.read.some(({ by }) => by !== "row")) throw new NoColumnForm("other rows are read");
  }
  if (!steps && !counting) throw new NoColumnForm("the loop leaves rows out");
  const { edits, check } = counting ? byPlace(context, rows, cells) : zipped(context, rows, cells);
  if (rows.taken) {
    const rest = loop.body[1]!;
    edits.push({ start: (rows.taken as expr).start, end: rest.start, text: "" });
  }
  return {
    variant: "rows",
    line: loop.lineno,
    summary: `Takes the values of \`${frame.name}\` from its columns instead of ${
      head === "places" || head === "labels" ? "looking up every cell" : "making a Series of every row"
    }`.replace("a Series of every row", head === "tuples" ? "a tuple of every row" : "a Series of every row"),
    edits: [...edits, ...(check?.imports ?? [])],
    packages: check?.packages ?? [],
    assumptions: check ? [check.assumption] : [],
    tolerance: null,
  };
}

interface Change {
  edits: TextEdit[];
  check: LabelCheck | null;
}

/** How the values of a column come out as they stand in the loop. */
function valuesOf(rows: RowLoop, column: string, cells: readonly Cell[]): string {
  const { frame, head } = rows;
  const text = `${frame.name}[${JSON.stringify(column)}]`;
  if (head === "tuples") return `${text}.tolist()`;
  if (frame.rowKind === null && cells.some(({ by }) => by === "row"))
    throw new NoColumnForm("a column that is made before may change what the rows hold");
  if (head === "rows")
    return `${text}.${{ objects: "tolist()", int: "to_numpy()", float: "to_numpy(float)" }[frame.rowKind!]}`;
  const kind = frame.columns.get(column)?.kind ?? null;
  if (kind === null) throw new NoColumnForm(`column "${column}" is of a kind that is not understood`);
  const direct = cells.some(
    ({ node }) =>
      node.kind === "Subscript" && node.value.kind === "Attribute" && node.value.attr === "values",
  );
  if (kind === "date" || kind === "span") {
    if (direct) throw new NoColumnForm(`column "${column}" holds dates`);
    return `${text}.tolist()`;
  }
  // A row that is taken out as a whole has one dtype.
  const whole = cells.filter(({ by }) => by === "row").length;
  if (kind === "int" && frame.rowKind === "float" && whole > 0) {
    if (whole < cells.length) throw new NoColumnForm("a column is read as integers and as floats");
    return `${text}.to_numpy(float)`;
  }
  return `${text}.to_numpy()`;
}

function byColumn(cells: readonly Cell[]): Map<string, Cell[]> {
  const found = new Map<string, Cell[]>();
  for (const cell of cells) found.set(cell.column, [...(found.get(cell.column) ?? []), cell]);
  return found;
}

/** `for a, b in zip(…)`. */
function zipped(context: RegionContext, rows: RowLoop, cells: Cells): Change {
  const { loop, frame, head } = rows;
  const naming = new Naming(context, rows);
  const names: string[] = [];
  const columns: string[] = [];
  const edits: TextEdit[] = [];
  for (const [column, places] of byColumn(cells.read)) {
    const given = places.find(({ node }) => node.kind === "Name")?.node as { id: string } | undefined;
    const name = given?.id ?? naming.of(column);
    names.push(name);
    columns.push(valuesOf(rows, column, places));
    for (const { node } of places) edits.push({ start: node.start, end: node.end, text: name });
  }
  const check = checkOf(context, rows, cells.read);
  if (head !== "places" && rows.index && (cells.indexUsed || isLive(context, rows))) {
    names.unshift(rows.index.name);
    columns.unshift(`${frame.name}.index`);
  }
  edits.push(
    { start: loop.target.start, end: loop.target.end, text: names.join(", ") },
    {
      start: loop.iter.start,
      end: loop.iter.end,
      text: columns.length === 1 ? columns[0]! : `zip(${columns.join(", ")})`,
    },
  );
  if (check) {
    if (!beginsLine(context.file, loop))
      throw new NoColumnForm("there is no place for a line beside the loop");
    const { file } = context;
    const indent = file.text.slice(file.lineStarts[loop.lineno - 1], loop.start);
    edits.push({ start: loop.start, end: loop.start, text: check.line + file.newline + indent });
  }
  return { edits, check };
}

/** What must hold of the labels for the rows found to be the loop's own. */
function checkOf(context: RegionContext, rows: RowLoop, cells: readonly Cell[]): LabelCheck | null {
  if (!cells.some((cell) => needsCount(rows, cell)))
    return cells.some(({ by }) => by === "label") ? uniqueLabels(rows.frame) : null;
  if (!rows.frame.counted) throw new NoColumnForm("rows are found by labels that are not their places");
  return countedLabels(context, rows.frame, rows.loop.start);
}

/** The loop goes on counting; the columns lie in arrays beside it. */
function byPlace(context: RegionContext, rows: RowLoop, cells: Cells): Change {
  const { file } = context;
  const { loop, frame } = rows;
  if (!beginsLine(file, loop)) throw new NoColumnForm("there is no place for a line beside the loop");
  const naming = new Naming(context, rows);
  const before: string[] = [];
  const after: string[] = [];
  const edits: TextEdit[] = [];
  const all = [...cells.read, ...cells.stored];
  const check = checkOf(context, rows, all);
  for (const { shift } of all)
    if (rows.first + shift < 0 || shift > rows.last)
      throw new NoColumnForm("a row beyond the frame may be asked for");
  const stored = new Set(cells.stored.map(({ column }) => column));
  if (stored.size > 0) endsAsItBegan(loop);
  for (const [column, places] of byColumn(all)) {
    const name = naming.of(column);
    if (stored.has(column)) {
      if (places.some(({ by }) => by === "row"))
        throw new NoColumnForm("a column is read and written in the loop");
      before.push(`${name} = ${writable(context, rows, column, places)}`);
      after.push(`${frame.name}[${JSON.stringify(column)}] = ${name}`);
    } else before.push(`${name} = ${valuesOf(rows, column, places)}`);
    for (const { node, shift } of places) {
      const sign = shift === 0 ? "" : shift > 0 ? ` + ${shift}` : ` - ${-shift}`;
      edits.push({ start: node.start, end: node.end, text: `${name}[${rows.index!.name}${sign}]` });
    }
  }
  const indent = file.text.slice(file.lineStarts[loop.lineno - 1], loop.start);
  const lines = (of: readonly string[]) => of.map((line) => line + file.newline + indent).join("");
  edits.push({
    start: loop.start,
    end: loop.start,
    text: lines([...(check ? [check.line] : []), ...before]),
  });
  if (after.length > 0)
    edits.push({
      start: loop.end,
      end: loop.end,
      text: after.map((line) => file.newline + indent + line).join(""),
    });
  return { edits, check };
}

/** Nothing leaves the loop before what it wrote is put back. */
function endsAsItBegan(loop: Node): void {
  walk(loop, (node) => {
    if (
      node.kind === "Return" ||
      node.kind === "Yield" ||
      node.kind === "YieldFrom" ||
      node.kind === "Await" ||
      node.kind === "Raise"
    )
      throw new NoColumnForm("the loop may be left while it writes");
  });
}

/** A copy of a column that takes the values written as the column itself would. */
function writable(context: RegionContext, rows: RowLoop, column: string, places: readonly Cell[]): string {
  const kind = rows.frame.columns.get(column)?.kind ?? filledWith(context, rows, column);
  const text = `${rows.frame.name}[${JSON.stringify(column)}]`;
  const parents = parentMap(context.file);
  for (const { node } of places) {
    if (node.ctx === "Load") continue;
    const statement = parents.get(node);
    if (statement?.kind !== "Assign" || statement.targets.length !== 1)
      throw new NoColumnForm("a cell is changed by what it holds");
    const fits =
      kind === "float" ? isNumeric(context, rows, statement.value) : constantKind(statement.value) === kind;
    if (!fits) throw new NoColumnForm(`values of another kind may be written into column "${column}"`);
  }
  if (kind === "text") throw new NoColumnForm("texts are written one by one");
  return `${text}.to_numpy(copy=True)`;
}

/** Whether an expression cannot give anything but a number, unless it raises. */
function isNumeric(context: RegionContext, rows: RowLoop, node: expr, looked: readonly Node[] = []): boolean {
  const inner = (one: expr) => isNumeric(context, rows, one, looked);
  const kind = constantKind(node);
  if (kind !== null) return kind === "int" || kind === "float";
  const cell = cellOf(context, rows, node);
  if (cell)
    return ["int", "float"].includes(
      rows.frame.columns.get(cell.column)?.kind ?? filledWith(context, rows, cell.column) ?? "",
    );
  switch (node.kind) {
    case "BinOp":
      if (node.op === "Add") return inner(node.left) || inner(node.right);
      // A text may be repeated, or filled in by `%`.
      if (node.op === "Mult") return inner(node.left) && inner(node.right);
      return node.op === "Mod" ? inner(node.left) : ["Sub", "Div", "FloorDiv", "Pow"].includes(node.op);
    case "UnaryOp":
      return node.op !== "Not" && inner(node.operand);
    case "IfExp":
      return inner(node.body) && inner(node.orelse);
    case "Call":
      if (node.func.kind !== "Name") return false;
      if (["abs", "float", "int", "len", "round"].includes(node.func.id))
        return isBuiltin(context, node.func);
      return (
        ["min", "max"].includes(node.func.id) &&
        node.args.length > 1 &&
        node.args.every(inner) &&
        isBuiltin(context, node.func)
      );
    case "Name": {
      const variable = scopesOf(context.file).variable(node);
      if (!variable || looked.includes(node)) return false;
      const facts = context.facts.liveIn[node.id];
      const seen =
        facts?.length === 1 && /^(builtins|numpy)\.(int|float|int64|float64)$/.test(facts[0]!.type);
      const parents = parentMap(context.file);
      return variable.occurrences.every(({ action, node: bound }) => {
        if (action === "read" || action === "update") return true;
        const { span } = context.region;
        if (!("start" in bound) || bound.kind === "arg" || bound.start < span.start) return seen;
        const statement = parents.get(bound);
        return (
          statement?.kind === "Assign" &&
          statement.targets[0] === bound &&
          isNumeric(context, rows, statement.value, [...looked, node, bound])
        );
      });
    }
    default:
      return false;
  }
}

const isBuiltin = ({ file }: RegionContext, node: expr): boolean =>
  !scopesOf(file)
    .variable(node)
    ?.occurrences.some(({ action }) => action !== "read");

/** The kind of a constant; null for what is computed. */
function constantKind(node: expr): Kind | "other" | null {
  if (node.kind === "UnaryOp" && node.op === "USub") return constantKind(node.operand);
  if (node.kind !== "Constant") return null;
  const { type } = node.value;
  if (type === "int" || type === "float" || type === "bool") return type;
  return type === "str" ? "text" : "other";
}

function filledWith(context: RegionContext, rows: RowLoop, column: string): Kind | null {
  const block = blockOf(context.file, rows.loop);
  let kind: Kind | null = null;
  for (const statement of block.slice(0, block.indexOf(rows.loop))) {
    if (statement.kind !== "Assign" || statement.targets.length !== 1) continue;
    if (columnRead(context, statement.targets[0]!, rows.frame.variable, rows.frame) !== column) continue;
    const found = constantKind(statement.value);
    const nan = statement.value.kind === "Attribute" && statement.value.attr === "nan";
    kind = nan ? "float" : found === "other" ? null : found;
  }
  return kind;
}

function isLive(context: RegionContext, { index, loop, comprehension }: RowLoop): boolean {
  if (comprehension) return false;
  const scope = enclosingBody(scopesOf(context.file).around(loop));
  return index !== null && livenessOf(context.file, scope).after(loop).has(index);
}

/** Names for the values of columns: the column's own where nothing else goes by it. */
class Naming {
  private readonly taken = new Set<string>();
  private readonly context: RegionContext;
  private readonly scope: Scope;

  constructor(context: RegionContext, rows: RowLoop) {
    this.context = context;
    this.scope = scopesOf(context.file).around(rows.comprehension ?? rows.loop);
  }

  of(column: string): string {
    const base = /^[A-Za-z_]\w*$/.test(column) ? column : "value";
    const free =
      !this.taken.has(base) && !builtinNames.has(base) && !keywords.has(base) && !moduleAttributes.has(base);
    const name =
      free && !scopesOf(this.context.file).lookup(this.scope, base)
        ? base
        : freshName(this.context.file, base, this.taken);
    this.taken.add(name);
    return name;
  }
}
