// Loops: their bodies are analysed again until nothing that is known at their heads changes.

import type { expr, For, stmt, While } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import type { Range } from "../analysis/ranges.ts";
import * as ranges from "../analysis/ranges.ts";
import { MaskedStatements } from "./masked-statements.ts";
import { columnsOf, recordAt } from "./records.ts";
import { joinStates, type Reached, type State, sameStates, widenStates } from "./state.ts";
import {
  type Container,
  type IntValue,
  int,
  isScalar,
  join,
  type RecordsValue,
  representative,
  shift,
  typeName,
  upperBounds,
  type Value,
} from "./values.ts";

/** Walks loops. */
export abstract class Loops extends MaskedStatements {
  abstract run(body: readonly stmt[], state: State): Reached;

  protected loops: Loop[] = [];

  protected loop(statement: For | While, entry: State): Reached {
    const outer = this.reporting;
    let head: Reached = entry;
    this.reporting = false;
    let rounds = 0;
    for (;;) {
      const changes = this.changes;
      const { end } = this.round(statement, head);
      const next = joinStates(entry, end);
      const settled = sameStates(next, head) && changes === this.changes;
      if (settled) break;
      const stable = subsumed(next, head) && changes === this.changes;
      if (stable) break;
      head = rounds < 2 ? joinStates(head, next) : widenStates(head, next);
      if (++rounds > 60) this.fail("the types in this loop do not settle", statement);
    }
    // The bounds that widening gave away and the loop's own conditions give back.
    for (let i = 0; i < 2; i++) {
      const changes = this.changes;
      const next: Reached = joinStates(entry, this.round(statement, head).end);
      if (!subsumed(next, head) || changes !== this.changes) break;
      head = next;
    }
    this.reporting = outer;
    const { end, breaks, atLeastOnce, exit } = this.round(statement, head);
    let normal = statement.kind === "For" ? (atLeastOnce ? end : joinStates(entry, end)) : exit;
    if (normal) normal = this.run(statement.orelse, normal);
    return joinStates(normal, breaks);
  }

  /** The body once, from the state at its head. */
  private round(
    statement: For | While,
    head: Reached,
  ): { end: Reached; breaks: Reached; atLeastOnce: boolean; exit: Reached } {
    if (!head) return { end: null, breaks: null, atLeastOnce: false, exit: null };
    const loop: Loop = { breaks: null, continues: null };
    let atLeastOnce = false;
    let exit: Reached = null;
    let inside: Reached;
    if (statement.kind === "While") {
      this.condition(statement.test, head);
      inside = this.refine(head, statement.test, true);
      exit = this.refine(head, statement.test, false);
    } else {
      const records = this.recordsOf(statement, head);
      if (records) {
        atLeastOnce = this.shortest(records.length) >= 1n;
        inside = this.overRecords(statement, records, head);
      } else {
        const source = this.evaluate(statement.iter, head);
        const { item, atLeastOnce: once } = this.iterate(source, statement.iter);
        atLeastOnce = once;
        const empty = source.type === "range" && item.type === "int" && item.range.lo > item.range.hi;
        inside = empty ? null : this.assign(statement.target, item, head);
      }
      this.writeUnpacked(statement.body[0]!, "before");
    }
    this.loops.push(loop);
    const iterated = statement.kind === "For" ? this.iteratedBy(statement, head) : null;
    if (iterated) this.iterating.push(iterated);
    const end = inside && this.run(statement.body, inside);
    if (iterated) this.iterating.pop();
    this.loops.pop();
    return { end: joinStates(end, loop.continues), breaks: loop.breaks, atLeastOnce, exit };
  }

  /** The list of tuples that a loop runs over, itself or by `enumerate`. */
  private recordsOf(statement: For, state: State): RecordsValue | null {
    const { iter, target } = statement;
    const counted =
      iter.kind === "Call" &&
      dottedName(this.around.file, iter.func) === "enumerate" &&
      iter.args.length === 1 &&
      target.kind === "Tuple" &&
      target.elts.length === 2 &&
      target.elts[0]!.kind === "Name";
    const list = counted ? iter.args[0]! : iter;
    const value = list.kind === "Name" ? state.get(list.id)?.value : null;
    return value?.type === "records" ? value : null;
  }

  /** `for (p, v, m) in bodies` runs over the indices, and puts the tuple together at the head of the body. */
  private overRecords(statement: For, records: RecordsValue, head: State): State {
    const { iter, target } = statement;
    const layout = this.around.layouts.get(records.input)!;
    const [index, tuple] =
      iter.kind === "Call" && target.kind === "Tuple" ? [target.elts[0]!, target.elts[1]!] : [null, target];
    const position: IntValue = {
      ...int(ranges.range(0, 1n << 40n)),
      atMost: records.length ? [shift(records.length, -1n)!] : [],
    };
    let state = index ? this.assign(index, position, head) : head;
    state = this.assign(tuple, records.item, state);
    if (this.reporting) {
      const name = index ? this.text(index) : this.around.fresh("index");
      const targetText = this.rendered(tuple);
      const [column] = columnsOf(layout);
      this.unpackFirst(`${targetText} = ${recordAt(layout, name)}`);
      this.edit({ start: target.start, end: iter.end }, `${name} in range(len(${column!.parameter}))`);
    }
    return state;
  }

  private iteratedBy(statement: For, head: State): Container | null {
    const known = statement.iter.kind === "Name" ? head.get(statement.iter.id)?.value : null;
    return known?.type === "list" ? representative(known.container) : null;
  }

  protected iterate(source: Value, node: expr): { item: Value; atLeastOnce: boolean } {
    if (source.type === "range") {
      const { start, stop, step } = source;
      if (step.range.lo > 0n) {
        const range = { lo: start.range.lo, hi: ranges.greatest(start.range.lo - 1n, stop.range.hi - 1n) };
        const bounds = upperBounds(stop).map((bound) => shift(bound, -1n)!);
        const item: IntValue = { ...int(range), atMost: bounds };
        return { item, atLeastOnce: stop.range.lo > start.range.hi };
      }
      if (step.range.hi < 0n) {
        const range: Range = {
          lo: ranges.least(start.range.hi + 1n, stop.range.lo + 1n),
          hi: start.range.hi,
        };
        return {
          item: { ...int(range), atMost: upperBounds(start) },
          atLeastOnce: stop.range.hi < start.range.lo,
        };
      }
      return this.fail("a range whose direction is not known", node);
    }
    if (source.type === "array" || source.type === "list") {
      const axis = this.lengthOf(source);
      const atLeastOnce = this.shortest(axis) >= 1n;
      if (source.type === "array" && source.dimensions.length > 1) {
        return { item: { ...source, dimensions: source.dimensions.slice(1) }, atLeastOnce };
      }
      return { item: this.element(source.container, node), atLeastOnce };
    }
    if (source.type === "tuple" && source.items.length > 0) {
      const [first, ...rest] = source.items;
      const item = rest.reduce<Value | null>((all, next) => all && join(all, next), first!);
      if (item && isScalar(item)) return { item, atLeastOnce: true };
    }
    return this.fail(`a loop over ${typeName(source)} is not compiled`, node);
  }
}

interface Loop {
  breaks: Reached;
  continues: Reached;
}

/** Whether `next` says nothing that `head` does not cover. */
function subsumed(next: Reached, head: Reached): boolean {
  return sameStates(joinStates(head, next), head);
}
