// Statements over whole arrays become loops over their elements: no array in between, and far less for Numba to compile.

import type { expr, stmt } from "../../source/ast.generated.ts";
import { operatorSign } from "../../source/expression-text.ts";
import { walk } from "../../source/walk.ts";
import { atom, binary, type Code, Level } from "../vectorisation/code.ts";
import { wrap } from "../vectorisation/layout.ts";
import { type Access, type Place, placeText } from "./element-access.ts";
import { ElementCode, type Plan, Whole } from "./element-code.ts";
import type { State } from "./state.ts";
import { type ArrayValue, isArray, representative, sameSymbol, type Value } from "./values.ts";

/** Writes loops over elements. */
export abstract class ElementLoops extends ElementCode {
  private names: string[] = [];
  /** How many operations the largest statement has that became a loop. */
  fused = 0;
  /** Per statement what was written of it, and what must not hold: a function may be called in several ways. */
  private readonly written = new Map<stmt, Written>();

  /** Writes the statement as a loop; false when it stays. */
  protected overElements(statement: stmt, before: State, value: Value): boolean {
    if (!isOver(statement)) return false;
    if (!isArray(value) || value.dimensions.length > loopNames.length) return false;
    const target = targetOf(statement);
    if (statement.kind === "Assign" && statement.targets.length > 1) return false;
    if (target && target.kind !== "Name" && target.kind !== "Subscript") return false;
    const lineStart = this.around.file.lineStarts[statement.lineno - 1]!;
    const indentation = this.around.file.text.slice(lineStart, statement.start);
    if (indentation.trim() !== "") return false;
    if (!this.reporting) return true;
    // What the loop would take out of comments has no place in it.
    if (this.text(statement as never).includes("#")) return false;
    return this.replaced(statement, (record) => {
      const plan = this.planOf(statement, target, before, value, record);
      const last = statement.kind === "Return" ? [`return ${plan.bound}`] : [];
      return { plan, lines: [...this.linesOf(plan), ...last] };
    });
  }

  /** Writes what `make` gives in place of the statement; false where it throws `Whole`. */
  protected replaced(statement: Over, make: (record: Written) => { plan: Plan; lines: string[] }): boolean {
    const lineStart = this.around.file.lineStarts[statement.lineno - 1]!;
    const indentation = this.around.file.text.slice(lineStart, statement.start);
    const earlier = this.written.get(statement);
    const record: Written = earlier ?? { text: null, never: new Set(), overlaps: false };
    this.written.set(statement, record);
    try {
      const { plan, lines } = make(record);
      this.sameText(statement, earlier && { ...earlier }, lines.join("\n"));
      this.forget(statement);
      const all = [...plan.before, ...this.conditionLines(record.never), ...lines];
      this.fused = Math.max(this.fused, operations(statement.value));
      const laid = all.flatMap((line) => wrap(indentation + line, indentation + space(line), "    "));
      this.edit(statement, laid.join("\n").trimStart());
      return true;
    } catch (error) {
      if (!(error instanceof Whole)) throw error;
      this.sameText(statement, earlier, null);
      return false;
    }
  }

  private sameText(statement: stmt, earlier: { text: string | null } | undefined, text: string | null): void {
    if (earlier && earlier.text !== text)
      this.fail("this statement works on arrays of several kinds", statement);
    this.written.get(statement)!.text = text;
  }

  /** What was written into the statement as it stood went into the lines, or is not needed. */
  private forget(statement: stmt): void {
    for (const key of this.findings.edits.keys()) {
      const [start, end] = key.split(/[-@]/).map(Number) as [number, number];
      if (start >= statement.start && end <= statement.end) this.findings.edits.delete(key);
    }
  }

  private planOf(
    statement: Over,
    target: expr | null,
    state: State,
    value: ArrayValue,
    record: Written,
  ): Plan {
    const part = target !== null && (statement.kind === "AugAssign" || target.kind === "Subscript");
    const place = part ? this.evaluate({ ...target, ctx: "Load" } as expr, state) : value;
    if (!isArray(place)) throw new Whole();
    const rank = place.dimensions.length;
    if (value.dimensions.length > rank) throw new Whole();
    const plan: Plan = {
      rank,
      before: [],
      accesses: [],
      indices: this.indicesFor(rank),
      starts: Array.from({ length: rank }, () => 0n),
      target: null,
      bound: part ? null : target?.kind === "Name" ? target.id : this.nameOf("result", ""),
      overlaps: record.overlaps,
      text: "",
      sign: "=",
      place,
    };
    if (part) {
      const access = this.accessOf(target, place, state, plan);
      if (access.lengths.includes(null)) throw new Whole();
      plan.target = { text: this.text(target), access, container: representative(place.container) };
      plan.starts = startsOf(access, rank);
      plan.accesses.push({ access, axes: trailing(rank, rank) });
    }
    const whole = this.elementCode(statement.value, state, plan, trailing(rank, value.dimensions.length));
    if (
      statement.kind !== "AugAssign" &&
      (isElement(whole) || !isArray(this.evaluate(statement.value, state)))
    )
      throw new Whole();
    plan.text = whole.text;
    if (plan.target && statement.kind === "AugAssign") {
      const own = atom(this.elementText(plan.target.access, trailing(rank, rank), plan));
      this.divides(statement.op, this.evaluate(statement.value, state));
      const both = this.rounded(binary(statement.op, own, whole), place, statement.op);
      if (both.level < Level.atom && !plan.overlaps) plan.sign = `${operatorSign[statement.op]}=`;
      else plan.text = both.text;
    }
    record.overlaps = plan.overlaps;
    for (const condition of this.neverOf(plan)) record.never.add(condition);
    return plan;
  }

  /** Names for the variables of the loops. */
  protected indicesFor(rank: number): string[] {
    while (this.names.length < rank) this.names.push(this.around.fresh(loopNames[this.names.length]!));
    return this.names.slice(0, rank);
  }

  /** The loop, or two where what is read must all be read before anything is written. */
  private linesOf(plan: Plan): string[] {
    const { indices, rank, starts, target, bound, text, sign } = plan;
    const loop = (line: string): string[] => this.loopAround(plan, [line]);
    const own = target && this.elementText(target.access, trailing(rank, rank), plan);
    const made = bound ?? (plan.overlaps ? this.nameOf(`new_${target!.access.name}`, "") : null);
    if (made === null) return loop(`${own} ${sign} ${text}`);
    const extents = indices.map((_, axis) => placeText(this.extent(plan, axis)));
    const shape = extents.length === 1 ? extents[0]! : `(${extents.join(", ")})`;
    const index = indices.map((name, axis) => placeText({ text: name, offset: -starts[axis]! })).join(", ");
    this.findings.numpy = true;
    return [
      `${made} = ${this.around.numpy}.empty(${shape}${this.dtypeOf(plan.place)})`,
      ...loop(`${made}[${index}] = ${text}`),
      ...(bound === null ? loop(`${own} = ${made}[${index}]`) : []),
    ];
  }

  protected loopAround(plan: Plan, lines: readonly string[]): string[] {
    return [
      ...plan.indices.map(
        (name, axis) => `${"    ".repeat(axis)}for ${name} in range(${this.span(plan, axis)}):`,
      ),
      ...lines.map((line) => `${"    ".repeat(plan.rank)}${line}`),
    ];
  }

  private dtypeOf(value: ArrayValue): string {
    const element = representative(value.container).element;
    const { numpy } = this.around;
    if (element?.type === "int") return `, ${numpy}.${element.dtype ?? "int64"}`;
    if (element?.type === "complex") return `, ${numpy}.complex128`;
    return element?.type === "bool" ? `, ${numpy}.bool_` : "";
  }

  /** How long the loop over an axis is: as long as the first array that has it. */
  private extent(plan: Plan, axis: number): Place {
    for (const { access, axes } of plan.accesses) {
      const length = access.lengths[axes.indexOf(axis)];
      if (length) return length;
    }
    throw new Whole();
  }

  private span(plan: Plan, axis: number): string {
    const { text, offset } = this.extent(plan, axis);
    const start = plan.starts[axis]!;
    const end = placeText({ text, offset: offset + start });
    return start === 0n ? end : `${start}, ${end}`;
  }

  /** Arrays that are stretched along an axis, or do not fit, are left to Python. */
  protected neverOf(plan: Plan): Set<string> {
    const conditions = new Set(plan.accesses.flatMap(({ access }) => access.never));
    for (const [axis] of plan.indices.entries()) {
      const lengths = plan.accesses.flatMap(({ access, axes }) => access.lengths[axes.indexOf(axis)] ?? []);
      const [first, ...others] = lengths;
      if (!first) throw new Whole();
      const known = [first];
      for (const other of others) {
        if (known.some((one) => sameSymbol(one.symbol, other.symbol) || placeText(one) === placeText(other)))
          continue;
        known.push(other);
        conditions.add(shortened(`${placeText(other)} != ${placeText(first)}`));
      }
    }
    // Arguments that share memory are kept away where the kernel may raise.
    this.raise("ValueError");
    return conditions;
  }

  private conditionLines(never: ReadonlySet<string>): string[] {
    if (never.size === 0) return [];
    const line = `if ${[...never].join(" or ")}:`;
    const head =
      line.length <= 72
        ? [line]
        : ["if (", ...[...never].map((one, i) => `    ${i === 0 ? "" : "or "}${one}`), "):"];
    return [...head, "    raise ValueError"];
  }
}

/** What was written of a statement, and what must not hold. */
interface Written {
  text: string | null;
  never: Set<string>;
  overlaps: boolean;
}

type Over = stmt & { value: expr } & { kind: "Assign" | "AugAssign" | "Return" };

const isOver = (statement: stmt): statement is Over =>
  statement.kind === "Assign" ||
  statement.kind === "AugAssign" ||
  (statement.kind === "Return" && statement.value !== null);

function targetOf(statement: Over): expr | null {
  if (statement.kind === "Assign") return statement.targets[0]!;
  return statement.kind === "AugAssign" ? statement.target : null;
}

function operations(node: expr): number {
  let count = 0;
  walk(node, (part) => {
    if (["BinOp", "Compare", "Call", "UnaryOp"].includes(part.kind)) count++;
  });
  return count;
}

export const loopNames = ["row", "column", "layer", "place"];

/** The last axes of the loop, which an array of `rank` dimensions runs along. */
export const trailing = (of: number, rank: number): number[] =>
  Array.from({ length: rank }, (_, i) => of - rank + i);

/** Where the loops start, so that elements of the target are named by the loops' variables alone. */
function startsOf(access: Access, rank: number): bigint[] {
  const starts = Array.from({ length: rank }, () => 0n);
  for (const place of access.places)
    if (typeof place !== "string" && place.from.text === "") starts[place.axis] = place.from.offset;
  return starts;
}

/** `a - 1 != b - 1` */
function shortened(condition: string): string {
  const match = /^(.*) ([-+] \d+) (!=) (.*) \2$/.exec(condition);
  return match ? `${match[1]} != ${match[4]}` : condition;
}

const space = (line: string): string => /^ */.exec(line)![0];

/** Nothing but one element of an array: copying it is left to NumPy. */
const isElement = ({ text }: Code): boolean => /^\w+\[[^[\]()]*\]$/.test(text);
