// A loop nest, statement by statement, each for all iterations at once.

import type { expr, For, stmt } from "../../source/ast.generated.ts";
import { scopesOf } from "../../source/scopes.ts";
import { sourceText, walk } from "../../source/walk.ts";
import { append, isAppend } from "./appends.ts";
import { assign, update } from "./assignments.ts";
import { branch } from "./branches.ts";
import { atom } from "./code.ts";
import { Expressions } from "./expressions.ts";
import { enterLoop } from "./generators.ts";
import { headerOf } from "./iteration.ts";
import { choose } from "./operations.ts";
import { checkOrder } from "./order.ts";
import { refuse } from "./refusal.ts";
import { conjunction, type State, sizeOf } from "./state.ts";
import { accumulateInto } from "./stores.ts";
import { type Carried, type Num, none, type Value } from "./values.ts";

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
  /** The loops around the statement that is looked at, with the places where their bodies mention each name. */
  readonly loops: { loop: For; readers: ReadonlyMap<string, number> }[] = [];

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
    this.expressions.root = loop;
    this.loop(loop);
    if (this.iterations < fewest) refuse("it has too few iterations for arrays to gain", loop);
    checkOrder(this);
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
    enterLoop(this.expressions, axis, bindings, false);
    this.iterations = Math.max(this.iterations, sizeOf(state.stack));
    const readers = readersOf(loop);
    this.loops.push({ loop, readers });
    this.block(loop.body);
    this.loops.pop();
    state.stack.length = depth;
    state.masks.length = masks;
    for (const name of [...bound, ...own]) this.leave(name, depth, loop);
  }

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

  block(statements: readonly stmt[]): undefined {
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
        if (node.targets.length > 1 && node.value.kind !== "Constant")
          return refuse("one value is assigned to several targets", node);
        for (const target of [...node.targets]) assign(this, target, node.value, node);
        return;
      case "AnnAssign":
        if (node.value) assign(this, node.target, node.value, node);
        return;
      case "AugAssign":
        if (node.target.kind === "Name") return update(this, node.target.id, node.op, node.value, node);
        if (node.target.kind === "Subscript")
          return accumulateInto(this, node.target, node.op, node.value, node);
        return refuse("an attribute is changed in every iteration", node);
      case "If":
        return branch(this, node);
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
    if (bound.kind === "builder" && bound.content && this.branches === 0)
      bound = { ...bound, content: { ...state.named(bound.content, name), affine: null, linear: null } };
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
