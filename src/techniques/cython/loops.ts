// Loops: over counters and over vectors as C has them, over everything else as Python does.

import type { Call, expr, For, Node, stmt } from "../../source/ast.generated.ts";
import { beginsLine } from "../../source/layout.ts";
import { dottedName } from "../../source/meaning.ts";
import { add, fits, join as joinRanges, type Range, range, subtract } from "../analysis/ranges.ts";
import { Assignments } from "./assignments.ts";
import { itemOf } from "./compiled.ts";
import { namesIn } from "./flow.ts";
import { wide } from "./seen.ts";
import { Demote, int, leaves, numberOf, type Value } from "./values.ts";
import { length } from "./vectors.ts";

export abstract class Loops extends Assignments {
  protected abstract block(statements: readonly stmt[]): (readonly [Node, string])[];

  protected loop(node: For): string {
    const counted = this.scope.countedBy(node.iter);
    const parts: (readonly [Node, string])[] = [];
    if (counted === "all" && node.target.kind === "Name") {
      const { text, counter } = this.counter(node.iter as expr & { kind: "Call" });
      this.scope.bind(node.target.id, int(counter));
      parts.push([node.iter, text]);
    } else {
      if (!this.resizes(node.body) && !this.stores(node.body)) this.steady.add(node.iter);
      const direct = this.overVector(node, counted === "first");
      if (direct) return this.splice(node, [...direct, ...this.block(node.orelse)]);
      const element = this.elementOfIterable(node.iter);
      const text = this.iterated(node.iter);
      const first = counted === "first" && node.target.kind === "Tuple" ? node.target.elts[0] : undefined;
      const source = counted === "first" ? (node.iter as Call).args[0]! : node.iter;
      const characters =
        this.expression(source).value.kind === "str" &&
        source.kind === "Name" &&
        this.scope.isDeclared(source.id);
      for (const name of namesIn(node.target))
        if (!characters && !(first?.kind === "Name" && name === first.id)) this.scope.holdObject(name);
      if (first?.kind === "Name") {
        this.scope.bind(first.id, int(range(0n, 1n << 46n)));
        for (const [i, item] of (node.target as { elts: expr[] }).elts.entries())
          if (i > 0) this.bindUnpacked(item, itemOf(element, i));
      } else this.bindUnpacked(node.target, element);
      parts.push([node.iter, text]);
      const rebound = namesIn(node.target).filter((name) => this.scope.viewed.has(name));
      if (rebound.length > 0 && this.scope.final) this.reject(node, "it loops over arrays");
    }
    return this.splice(node, [...parts, ...this.block(node.body), ...this.block(node.orelse)]);
  }

  /** `for x in v` and `for i, x in enumerate(v)` over a vector under a name, which stays as long as it is. */
  private overVector(node: For, counted: boolean): (readonly [Node, string])[] | null {
    const source = counted ? (node.iter as Call).args[0]! : node.iter;
    const { value } = this.expression(source);
    if (value.kind !== "vector") return null;
    const [first, second] = counted && node.target.kind === "Tuple" ? node.target.elts : [node.target];
    const item = counted ? second : first;
    if (source.kind !== "Name" || item?.kind !== "Name" || this.resizes(node.body, source.id))
      throw new Demote(value.sites);
    if (counted && first?.kind !== "Name") throw new Demote(value.sites);
    if (first?.kind === "Name" && counted) this.scope.bind(first.id, int(length));
    this.scope.bind(item.id, numberOf(value.of));
    // Only C numbers are read from memory.
    if (!this.scope.isHeldNative(item.id) || !this.scope.isDeclared(source.id))
      return this.steady.has(node.iter) ? null : leaves(value);
    const vector = this.vector(source);
    if (!counted || first?.kind !== "Name")
      return [[source, `${vector}.at[:${vector}.length]`], ...this.block(node.body)];
    const [start, ...rest] = this.block(node.body);
    const next = node.body[0]!;
    const { file } = this.scope;
    const indentation = file.text.slice(file.lineStarts[next.lineno - 1]!, next.start);
    const glue = beginsLine(file, next) ? `\n${indentation}` : "; ";
    const read = `${item.id} = ${vector}.at[${first.id}]`;
    return [
      [node.target, first.id],
      [node.iter, `range(${vector}.length)`],
      [next, start?.[0] === next ? `${read}${glue}${start[1]}` : ""],
      ...rest,
    ];
  }

  /** `range(…)` with its bounds as C numbers, and the values that its counter takes. */
  private counter(iter: expr & { kind: "Call" }): { text: string; counter: Range } {
    if (dottedName(this.scope.file, iter.func, true) === "reversed") {
      const [inner] = iter.args as [expr & { kind: "Call" }];
      const { text, counter } = this.counter(inner);
      return { text: this.splice(iter, [[inner, text]]), counter };
    }
    const texts: (readonly [Node, string])[] = [];
    const ranges: Range[] = [];
    for (const bound of iter.args) {
      const { value } = this.expression(bound);
      if (value.kind !== "int") this.reject(bound, "a bound of `range` is no integer");
      const { text, value: known } = this.native(bound);
      const within = (known as Value & { kind: "int" }).range;
      if (!fits(within, wide)) this.scope.needs.support.add("bounded");
      texts.push([bound, fits(within, wide) ? text : `bounded(${text})`]);
      ranges.push(fits(within, wide) ? within : wide);
    }
    const [start, stop, step] =
      ranges.length === 1 ? [range(0, 0), ranges[0]!, null] : [ranges[0]!, ranges[1]!, ranges[2] ?? null];
    const one = range(1n, 1n);
    const up = joinRanges(start, subtract(stop, one));
    return { text: this.splice(iter, texts), counter: step ? joinRanges(up, add(stop, one)) : up };
  }
}
