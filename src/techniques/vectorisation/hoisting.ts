// What a loop around leaves as it is need not be asked or converted in each of its iterations.

import type { expr, For, stmt, While } from "../../source/ast.generated.ts";
import { applyEdits } from "../../source/edits.ts";
import type { SourceFile } from "../../source/file.ts";
import { beginsLine, indentationStep, reindent } from "../../source/layout.ts";
import { walk } from "../../source/walk.ts";
import { namesIn } from "./code.ts";
import type { Env } from "./environment.ts";
import { Expressions } from "./expressions.ts";
import { condition, indentOf } from "./layout.ts";
import { type Conversion, type Options, rowsFirst, State } from "./state.ts";
import type { Seq } from "./values.ts";

export interface Change {
  start: number;
  end: number;
  text: string;
}

type Loop = For | While;

interface Place {
  loop: Loop;
  /** By the text of the list. */
  conversions: Map<string, Conversion>;
  conditions: Set<string>;
}

export class Hoisting {
  private readonly places = new Map<Loop, Place>();
  private readonly file: SourceFile;
  private readonly options: Options;
  private readonly isInside: (loop: Loop) => boolean;

  constructor(file: SourceFile, options: Options, isInside: (loop: Loop) => boolean) {
    this.file = file;
    this.options = options;
    this.isInside = isInside;
  }

  /**
   * Take out of a nest what may stand before the loops around it. Gives the names of arrays that are made there, and what
   * to call when the nest is used after all.
   */
  take(state: State, around: readonly Loop[], env: Env): { known: Set<string>; use: () => void } {
    const known = new Set<string>();
    const loops = [...around].reverse();
    const innermost = loops[0];
    const nothing = { known, use: () => {} };
    if (!innermost) return nothing;
    const steady = [...state.conversions.values()].filter(({ seq }) => this.isSteady(seq, innermost, env));
    if (steady.length === 0) return nothing;
    let loop: Loop | null = null;
    for (const one of loops) {
      if (!steady.every(({ seq }) => this.isSteady(seq, one, env))) break;
      loop = one;
    }
    if (!loop) return nothing;
    const place = this.places.get(loop) ?? { loop, conversions: new Map(), conditions: new Set() };
    const added: Conversion[] = [];
    for (const conversion of steady) {
      const earlier = place.conversions.get(conversion.seq.text);
      if (earlier) renameIn(state, conversion.name, earlier.name);
      else added.push({ ...conversion });
      known.add(earlier?.name ?? conversion.name);
    }
    const at = loop;
    const conditions = state.takeConditions((text) => this.isSteadyCondition(text, at, env, state));
    return {
      known,
      use: () => {
        this.places.set(at, place);
        for (const conversion of added) place.conversions.set(conversion.seq.text, conversion);
        for (const one of conditions) place.conditions.add(one);
      },
    };
  }

  /** The changes with what was taken out put before its loop. */
  finish(changes: readonly Change[]): Change[] {
    const { file } = this;
    let all = [...changes];
    const innerFirst = [...this.places.values()].sort((a, b) => b.loop.start - a.loop.start);
    for (const { loop, conversions, conditions } of innerFirst) {
      const indent = indentOf(file, loop);
      const lines = [...conversions.values()].map(
        ({ name, seq }) => `${name} = ${this.options.numpy}.array(${seq.text})`,
      );
      if (conditions.size === 0) {
        const text = lines.map((line) => line + file.newline + indent).join("");
        all.push({ start: loop.start, end: loop.start, text });
        continue;
      }
      const inside = all.filter(({ start, end }) => start >= loop.start && end <= loop.end);
      all = all.filter((change) => !inside.includes(change));
      const moved = inside
        .map(({ start, end, text }) => ({ start: start - loop.start, end: end - loop.start, text }))
        .sort((a, b) => a.start - b.start || a.end - b.end);
      const step = indentationStep(file);
      const original = file.text.slice(loop.start, loop.end);
      const plain = (text: string): string =>
        reindent(indent + text.replaceAll(/\r\n?/g, "\n"), indent, indent + step);
      const text = [
        ...condition(rowsFirst([...conditions]), indent, step),
        ...lines.map((line) => indent + step + line),
        plain(applyEdits(original, moved)),
        `${indent}else:`,
        plain(original),
      ]
        .join("\n")
        .slice(indent.length)
        .replaceAll("\n", file.newline);
      all.push({ start: loop.start, end: loop.end, text });
    }
    return all;
  }

  /** Whether a list stays the same object with the same elements throughout a loop. */
  private isSteady(seq: Seq, loop: Loop, env: Env): boolean {
    if (!/^\w+$/.test(seq.text) || !this.isInside(loop) || !beginsLine(this.file, loop as stmt)) return false;
    const expressions = new Expressions(new State(this.file, this.options, env));
    let steady = true;
    const mayBe = (node: expr): boolean => {
      let base = node;
      while (base.kind === "Subscript") base = base.value;
      const value = base.kind === "Name" ? env.get(base.id) : undefined;
      if (value?.kind === "number") return false;
      if (value?.kind === "ref") return value.seq.id === seq.id;
      if (value?.kind !== "sequence")
        return base.kind !== "Name" || base.id === seq.text || value !== undefined;
      return value.id === seq.id || (value.form !== "array" && !value.fresh && !seq.fresh);
    };
    walk(loop, (part) => {
      if (part.kind === "Name" && part.ctx !== "Load" && part.id === seq.text) steady = false;
      if (part.kind === "Subscript" && part.ctx !== "Load" && mayBe(part.value)) steady = false;
      if (part.kind === "AugAssign" && part.target.kind === "Name" && mayBe(part.target)) steady = false;
      if (part.kind === "Attribute" && part.ctx !== "Load") steady = false;
      if (part.kind === "Call" && expressions.dotted(part.func) === null) {
        const owner = part.func.kind === "Attribute" ? part.func.value : null;
        if (owner ? mayBe(owner) : !expressions.onlyComputes(part.func)) steady = false;
      }
    });
    return steady;
  }

  /** Whether a condition says the same in every iteration of a loop. */
  private isSteadyCondition(text: string, loop: Loop, env: Env, state: State): boolean {
    const names = namesIn(text);
    const made = new Set([...state.conversions.values()].map(({ name }) => name));
    let bound = false;
    walk(loop, (part) => {
      if (part.kind === "Name" && part.ctx !== "Load" && names.has(part.id)) bound = true;
    });
    if (bound || [...names].some((name) => made.has(name))) return false;
    return [...names].every((name) => {
      const value = env.get(name);
      if (value?.kind === "sequence" && value.form !== "array") return this.isSteady(value, loop, env);
      return (
        value?.kind === "number" ||
        value?.kind === "sequence" ||
        /^(len|set|map|id|abs|not|and|or|is|np)$/.test(name) ||
        name === this.options.numpy
      );
    });
  }
}

function renameIn(state: State, from: string, to: string): void {
  if (from === to) return;
  const pattern = new RegExp(`(?<![\\w.])${from}(?!\\w)`, "g");
  for (const line of state.lines) {
    line.text = line.text.replaceAll(pattern, to);
    if (line.split) {
      const [before, value, after] = line.split.map((part) => part.replaceAll(pattern, to));
      line.split = [before!, value!, after!];
    }
  }
  for (const conversion of state.conversions.values()) if (conversion.name === from) conversion.name = to;
}
