// A loop nest, statement by statement, each for all iterations at once.

import type { expr, For, If, stmt } from "../../source/ast.generated.ts";
import { scopesOf } from "../../source/scopes.ts";
import { sourceText, walk } from "../../source/walk.ts";
import { accumulate, reducesInto } from "./accumulate.ts";
import { append, isAppend } from "./appends.ts";
import { atom } from "./code.ts";
import { conflictIn, orderProblem } from "./dependence.ts";
import { Expressions } from "./expressions.ts";
import { extremeUpdate } from "./extremes.ts";
import { headerOf } from "./iteration.ts";
import { choose, operate } from "./operations.ts";
import { refuse } from "./refusal.ts";
import { conjunction, type State, sizeOf } from "./state.ts";
import { accumulateInto, store } from "./stores.ts";
import type { Carried, Num, Value } from "./values.ts";

export class Nest {
  readonly state: State;
  readonly expressions: Expressions;
  /** Names that are read after the nest. */
  private readonly live: ReadonlySet<string>;
  /** Names of results that the nest gives to what is around it. */
  readonly results = new Map<string, Value>();
  branches = 0;
  private iterations = 0;
  /** Lists that grow, by identity, and what is appended to each name. */
  readonly appended = new Map<number, { name: string; fresh: boolean }>();
  readonly grown = new Map<string, Num | null>();
  /** Lists whose elements get another type. */
  readonly retyped = new Set<number>();

  constructor(state: State, live: ReadonlySet<string>) {
    this.state = state;
    this.live = live;
    this.expressions = new Expressions(state);
    this.expressions.runBody = (body, node) => this.body(body, node);
  }

  /** The statements of a function that is called, with what it returns. */
  private body(statements: readonly stmt[], node: expr): Value {
    const { state, expressions } = this;
    if (state.stack.length === 0) return refuse("a function of several statements is called", node);
    for (const [i, one] of statements.entries()) {
      state.order++;
      if (one.kind === "Return")
        return one.value ? expressions.evaluate(one.value) : refuse("None is returned", node);
      const early =
        one.kind === "If" && one.body.length === 1 && one.body[0]!.kind === "Return" ? one.body[0]! : null;
      if (one.kind !== "If" || early?.kind !== "Return") {
        this.statement(one);
        continue;
      }
      let test = expressions.truth(one.test);
      if (test.axes.length === 0 || !early.value)
        return refuse("a function returns early for some calls", node);
      test = state.named(test, "mask");
      const yes = expressions.under(test, () => expressions.number(early.value!));
      const rest = [...one.orelse, ...statements.slice(i + 1)];
      const no = expressions.under(expressions.negated(test), () =>
        expressions.asNumber(this.body(rest, node), node),
      );
      return choose(state, test, yes, no, node);
    }
    return refuse("None is returned", node);
  }

  /** Turn the whole loop into lines. Throws `Refusal` where that is not shown to be right. */
  run(loop: For): undefined {
    this.state.current = loop;
    this.loop(loop);
    if (this.iterations < fewest) refuse("it has too few iterations for arrays to gain", loop);
    this.checkOrder();
  }

  private loop(loop: For): undefined {
    const { state } = this;
    if (loop.orelse.length > 0) refuse("it has an `else`", loop);
    const { axis, bindings } = headerOf(this.expressions, loop.target, loop.iter);
    const depth = state.stack.length;
    const masks = state.masks.length;
    const bound = boundNames(state, loop.body);
    const own = new Set(bindings.keys());
    for (const name of bound) {
      if (own.has(name)) refuse(`\`${name}\` is bound by the loop and assigned in it`, loop);
      const before = state.env.get(name) ?? null;
      const carried: Carried = { kind: "carried", before, depth, result: null, running: false };
      state.env.set(name, carried);
    }
    this.expressions.enter(axis, bindings, false);
    this.iterations = Math.max(this.iterations, sizeOf(state.stack));
    const readers = readersOf(loop);
    this.loops.push({ loop, readers });
    this.block(loop.body);
    this.loops.pop();
    state.stack.length = depth;
    state.masks.length = masks;
    for (const name of [...bound, ...own]) this.leave(name, depth, loop);
  }

  /** The loops around the statement that is looked at, with the places where their bodies mention each name. */
  readonly loops: { loop: For; readers: ReadonlyMap<string, number> }[] = [];

  /** What a name is after the loop. */
  private leave(name: string, depth: number, loop: For): undefined {
    const { state } = this;
    const value = state.env.get(name);
    if (this.results.has(name) && value?.kind === "number") {
      state.env.set(name, this.results.get(name)!);
      return;
    }
    if (value?.kind === "carried" && value.result) {
      if (depth === 0) {
        this.results.set(name, value.result);
        state.env.set(name, value.result);
      } else if (value.before?.kind === "carried") {
        value.before.result = value.result;
        state.env.set(name, value.before);
      } else state.env.set(name, value.result);
      return;
    }
    if (value?.kind === "carried" && value.before) {
      state.env.set(name, value.before);
      return;
    }
    if (depth === 0 && this.live.has(name))
      refuse(`\`${name}\` is read after the loop as the last iteration leaves it`, loop);
    state.env.set(name, {
      kind: "opaque",
      id: 0,
      text: name,
      why: `\`${name}\` is what the last iteration left`,
    });
  }

  private block(statements: readonly stmt[]): undefined {
    for (const statement of statements) {
      this.state.order++;
      if (this.branches === 0 && !this.expressions.isInlined) this.state.current = statement;
      this.statement(statement);
    }
  }

  private statement(node: stmt): undefined {
    const { state } = this;
    switch (node.kind) {
      case "Pass":
        return;
      case "Expr":
        if (node.value.kind === "Constant") return;
        if (isAppend(node.value)) return append(this, node.value);
        return refuse(`\`${sourceText(state.file, node.value)}\` is run for its effect`, node);
      case "Assign":
        if (node.targets.length !== 1) return refuse("one value is assigned to several targets", node);
        return this.assign(node.targets[0]!, node.value, node);
      case "AnnAssign":
        if (node.value) this.assign(node.target, node.value, node);
        return;
      case "AugAssign":
        if (node.target.kind === "Name") return this.update(node.target.id, node.op, node.value, node);
        if (node.target.kind === "Subscript")
          return accumulateInto(this, node.target, node.op, node.value, node);
        return refuse("an attribute is changed in every iteration", node);
      case "If":
        return this.branch(node);
      case "For":
        if (this.branches > 0) return refuse("a loop runs only under a condition", node);
        if (state.masks.length > 0) return refuse("a loop runs only under a condition", node);
        return this.loop(node);
      case "Continue":
        return refuse("it goes on with the next iteration from deep inside", node);
      case "Break":
        return refuse("it ends early, by a condition", node);
      case "Return":
        return refuse("it returns from within", node);
      case "While":
        return refuse("it holds a `while` loop", node);
      default:
        return refuse(`it holds ${words[node.kind] ?? `a statement (${node.kind})`}`, node);
    }
  }

  private assign(target: expr, value: expr, node: stmt): undefined {
    if (target.kind === "Name") {
      const reduction = reducesInto(target.id, value);
      if (reduction && this.state.env.get(target.id)?.kind === "carried")
        return this.update(target.id, reduction.op, reduction.value, node);
      if (extremeUpdate(this, target.id, value, node)) return;
      return this.bind(target.id, this.valueOf(value), value);
    }
    if (target.kind === "Tuple") return this.unpack(target, value);
    if (target.kind === "Subscript") return store(this, target, this.expressions.evaluate(value), value);
    return refuse("an attribute is assigned in every iteration", node);
  }

  private valueOf(value: expr): Value {
    if (value.kind === "List" && value.elts.length === 0)
      return { kind: "builder", depth: this.state.stack.length, content: null };
    if (value.kind === "Constant" && value.value.type === "None") return none;
    return this.expressions.evaluate(value);
  }

  private unpack(target: Extract<expr, { kind: "Tuple" }>, value: expr): undefined {
    const parts =
      value.kind === "Tuple"
        ? value.elts.map((one) => this.valueOf(one))
        : this.rowParts(value, target.elts.length);
    if (parts.length !== target.elts.length)
      refuse("several names are assigned from another number of values", target);
    const names = target.elts.map((one) =>
      one.kind === "Name" ? one.id : refuse("a target is no name", one),
    );
    // Names that get an array one after the other must not be read by those that follow.
    for (const [i, part] of parts.entries())
      if (
        part.kind === "number" &&
        names.slice(0, i).some((name) => new RegExp(`\\b${name}\\b`).test(part.code.text))
      )
        refuse("names are assigned from one another", target);
    for (const [i, part] of parts.entries()) this.bind(names[i]!, part, value);
  }

  private rowParts(value: expr, count: number): Value[] {
    const whole = this.expressions.evaluate(value);
    if (whole.kind === "tuple") return [...whole.items];
    if (
      whole.kind !== "ref" ||
      whole.seq.dims.length - whole.subs.length !== 1 ||
      whole.seq.sameWidth !== count
    )
      return refuse("a value of unknown length is taken apart", value);
    return Array.from({ length: count }, (_, i) => {
      const index = this.expressions.literal(i);
      return { kind: "ref", seq: whole.seq, subs: [...whole.subs, { kind: "fixed", value: index }] } as Value;
    });
  }

  /** A name gets a value in this iteration. */
  bind(name: string, value: Value, node: expr): undefined {
    const { state } = this;
    if (state.env.get(name)?.kind === "carried" && (state.env.get(name) as Carried).result)
      refuse(`\`${name}\` is summed and assigned`, node);
    let bound = value;
    if (bound.kind === "ref" && bound.subs.length === bound.seq.dims.length)
      bound = this.expressions.asNumber(bound, node);
    if (bound.kind === "number") {
      if (bound.affine) {
        // A position keeps being one under its new name.
        state.env.set(name, bound);
        return;
      }
      if (this.branches > 0) {
        state.env.set(name, bound.code.text.length > 40 ? state.named(bound, name) : bound);
        return;
      }
      const harmless = bound.constant !== null || bound.viewOf !== null;
      const copied =
        bound.viewOf && this.isWritten(bound.viewOf.id)
          ? { ...bound, code: atom(`${bound.code.text}.copy()`), viewOf: null }
          : bound;
      const local = this.expressions.local(name);
      state.emit({
        text: `${local} = ${copied.code.text}`,
        defines: local,
        commits: false,
        harmless,
        size: sizeOf(copied.axes),
      });
      state.env.set(name, { ...copied, code: atom(local) });
      return;
    }
    if (bound.kind === "carried" || (bound.kind === "opaque" && bound !== none))
      refuse(`\`${name}\` gets a value of which nothing is known`, node);
    state.env.set(name, bound);
  }

  /** Whether the nest writes to a sequence: then a view of it would change. */
  private isWritten(id: number): boolean {
    const [outermost] = this.loops;
    if (!outermost) return false;
    let written = false;
    walk(outermost.loop, (node) => {
      if (node.kind !== "Subscript" || node.ctx === "Load") return;
      let base: expr = node;
      while (base.kind === "Subscript") base = base.value;
      const value = this.state.env.get(sourceText(this.state.file, base));
      if (
        value &&
        (value.kind === "sequence" ? value.id === id : value.kind === "ref" && value.seq.id === id)
      )
        written = true;
    });
    return written;
  }

  /** `name op= value`: part of a sum over loops, or a plain update within the iteration. */
  private update(name: string, op: string, value: expr, node: stmt): undefined {
    const { state } = this;
    const held = state.env.get(name);
    if (held?.kind === "carried") return accumulate(this, name, held, op, value, node);
    if (!held) return refuse(`nothing is known of \`${name}\``, node);
    const old = this.expressions.asNumber(held, value);
    this.bind(name, operate(state, op, old, this.expressions.number(value), node), value);
  }

  private branch(node: If): undefined {
    const { state, expressions } = this;
    if (extremeUpdate(this, null, node, node)) return;
    const hazards = state.hazards.size;
    let test = expressions.truth(node.test);
    // What may raise is computed, whatever comes of it.
    if (state.hazards.size > hazards && test.axes.length > 0) test = state.named(test, "mask");
    // `if …: continue`: what follows is under the opposite condition.
    if (node.orelse.length === 0 && node.body.length === 1 && node.body[0]!.kind === "Continue") {
      if (this.branches > 0) refuse("it goes on with the next iteration from deep inside", node);
      state.masks.push(expressions.negated(test.axes.length > 0 ? state.named(test, "skipped") : test));
      return;
    }
    const same = this.sameTarget(node);
    if (same) {
      const { target, yes, no } = same;
      const value = choose(
        state,
        test,
        expressions.under(test, () => expressions.number(yes)),
        expressions.under(expressions.negated(test), () => expressions.number(no)),
        node,
      );
      return store(this, target, value, yes);
    }
    if (test.axes.length === 0) refuse("a condition does not change in the loop", node);
    if (node.body.length + node.orelse.length > 1 || test.code.text.length > 40)
      test = state.named(test, "mask");
    const before = new Map(state.env);
    const run = (mask: Num, statements: readonly stmt[]): Map<string, Value> => {
      state.env = new Map(before);
      this.branches++;
      expressions.under(mask, () => this.block(statements));
      this.branches--;
      const after = state.env;
      state.env = new Map(before);
      return after;
    };
    const yes = run(test, node.body);
    const no = node.orelse.length > 0 ? run(expressions.negated(test), node.orelse) : before;
    this.merge(test, before, yes, no, node);
  }

  /** `if …: a[i] = x` and `else: a[i] = y`: one assignment of the one or the other. */
  private sameTarget(node: If): { target: Extract<expr, { kind: "Subscript" }>; yes: expr; no: expr } | null {
    const [a, b] = [node.body, node.orelse];
    const [first, second] = [a[0], b[0]];
    if (a.length !== 1 || b.length !== 1 || first?.kind !== "Assign" || second?.kind !== "Assign")
      return null;
    const [one, two] = [first.targets[0]!, second.targets[0]!];
    if (one.kind !== "Subscript" || first.targets.length + second.targets.length > 2) return null;
    const text = (target: expr) => sourceText(this.state.file, target).replaceAll(/\s/g, "");
    return text(one) === text(two) ? { target: one, yes: first.value, no: second.value } : null;
  }

  private merge(
    test: Num,
    before: Map<string, Value>,
    yes: Map<string, Value>,
    no: Map<string, Value>,
    node: If,
  ): undefined {
    const { state } = this;
    for (const name of new Set([...yes.keys(), ...no.keys()])) {
      const [a, b] = [yes.get(name), no.get(name)];
      if (a === b) continue;
      if (a?.kind === "number" && b?.kind === "number") {
        const value = choose(state, test, a, b, node);
        if (this.branches > 0) state.env.set(name, value);
        else {
          const local = this.expressions.local(name);
          state.emit({
            text: `${local} = ${value.code.text}`,
            defines: local,
            commits: false,
            size: sizeOf(value.axes),
          });
          state.env.set(name, { ...value, code: atom(local) });
        }
      } else if (a?.kind === "carried" && b?.kind === "carried") state.env.set(name, before.get(name)!);
      else {
        const why = `\`${name}\` is assigned only under a condition`;
        state.env.set(name, { kind: "opaque", id: 0, text: name, why });
      }
    }
  }

  /** Whether the statements may run one after the other, each for all iterations. */
  private checkOrder(): undefined {
    const { state } = this;
    const { accesses } = state;
    const conflict = conflictIn(accesses, () => false);
    if (conflict) refuse(`\`${conflict.write.seq.text}\` ${conflict.reason}`, conflict.write);
    const [overlaps, guarded] = [new Set<string>(), new Set<string>()];
    for (const write of accesses) {
      if (!write.write) continue;
      for (const other of accesses) {
        const [a, b] = [write.seq, other.seq];
        if (a.id === b.id) {
          if (!other.write && a.form !== "array" && other.order > write.order)
            refuse(`\`${a.text}\` is read again after it is written`, other);
          continue;
        }
        if (a.fresh || b.fresh) continue;
        const harmless = orderProblem(write, { ...other, seq: a }) === null;
        if (harmless) {
          if (a.form === "array" && b.form === "array") overlaps.add([a.text, b.text].sort().join(" "));
          continue;
        }
        if (a.form === "array" && b.form === "array") {
          const [one, two] = [a.text, b.text].sort();
          guarded.add(`${one} ${two}`);
          state.conditions.add(`not ${state.np}.may_share_memory(${one}, ${two})`);
        } else if (a.form === b.form) state.conditions.add(`${a.text} is not ${b.text}`);
      }
    }
    this.noteOverlaps(overlaps, guarded);
    // A list that grows must not be one that is read.
    for (const [id, { name, fresh }] of this.appended)
      for (const { seq } of accesses)
        if (seq.id !== id && seq.form !== "array" && !fresh && !seq.fresh)
          state.conditions.add(`${name} is not ${seq.text}`);
  }

  private noteOverlaps(overlaps: ReadonlySet<string>, guarded: ReadonlySet<string>): undefined {
    for (const pair of overlaps) {
      if (guarded.has(pair)) continue;
      const [a, b] = pair.split(" ");
      this.state.assumptions.add(
        `\`${a}\` and \`${b}\` do not overlap in memory, unless they are the same array.`,
      );
    }
  }

  isLive(name: string): boolean {
    return this.live.has(name);
  }

  /** The condition under which the statement runs, over those axes. */
  maskOver(): Num | null {
    const { masks } = this.state;
    if (masks.length === 0) return null;
    return masks.reduce((all, one) => conjunction(all, one));
  }
}

/** NumPy's own overhead is that of some tens of iterations. */
const fewest = 16;

/** `None`, from which a search for the best may start. */
export const none: Value = { kind: "opaque", id: -1, text: "None", why: "it may be None" };

/** Variables of the code around that statements bind. */
export function boundNames(state: State, statements: readonly stmt[]): Set<string> {
  const scopes = scopesOf(state.file);
  const found = new Set<string>();
  for (const statement of statements)
    walk(statement, (node) => {
      if (node.kind !== "Name" || node.ctx === "Load") return;
      if (scopes.variable(node)?.scope.kind === "comprehension") return;
      found.add(node.id);
    });
  return found;
}

/** How often each name stands in the loop's body. */
function readersOf(loop: For): Map<string, number> {
  const found = new Map<string, number>();
  for (const statement of loop.body)
    walk(statement, (node) => {
      if (node.kind === "Name") found.set(node.id, (found.get(node.id) ?? 0) + 1);
    });
  return found;
}

const words: Readonly<Record<string, string>> = {
  FunctionDef: "a function",
  ClassDef: "a class",
  Delete: "a `del`",
  Raise: "a `raise`",
  Assert: "an `assert`",
  Try: "a `try`",
  With: "a `with`",
  Import: "an import",
  ImportFrom: "an import",
  Global: "a `global`",
  Nonlocal: "a `nonlocal`",
};
