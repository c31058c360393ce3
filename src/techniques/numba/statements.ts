// Walks the statements of a region with the values of all variables, loops until nothing changes.

import type {
  Attribute,
  AugAssign,
  Call,
  Compare,
  expr,
  For,
  FunctionDef,
  Subscript,
  stmt,
  While,
} from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import { Calls } from "./calls.ts";
import { NothingYet, type Surroundings } from "./findings.ts";
import type { Range } from "./ranges.ts";
import * as ranges from "./ranges.ts";
import { bind, joinStates, type Reached, type State, sameStates, widenStates } from "./state.ts";
import {
  type Container,
  constant,
  float,
  type IntValue,
  int,
  isScalar,
  join,
  mixed,
  representative,
  shift,
  tightest,
  typeName,
  Unsupported,
  upperBounds,
  type Value,
} from "./values.ts";

interface Loop {
  breaks: Reached;
  continues: Reached;
}

interface Frame {
  callee: FunctionDef | null;
  returns: Value | null;
}

/** One analysis of one region under given limits and checks. */
export class Statements extends Calls {
  /** Functions of the module that the region calls, in the order their kernels must be defined. */
  readonly callees: FunctionDef[] = [];
  /** Module constants that are compiled in: name to source text. */
  readonly constants = new Map<string, string>();
  /** Why names of the entry are not values of the kernel; the reason is given where they are read. */
  private readonly unusable: ReadonlyMap<string, Unsupported>;
  private readonly attributes: ReadonlyMap<string, string>;
  /** The region is a function; out of a loop, `return` leads past what the kernel gives back. */
  private readonly mayReturn: boolean;
  private loops: Loop[] = [];
  private frames: Frame[] = [{ callee: null, returns: null }];

  constructor(
    around: Surroundings,
    unusable: ReadonlyMap<string, Unsupported>,
    attributes: ReadonlyMap<string, string>,
    mayReturn: boolean,
  ) {
    super(around);
    this.mayReturn = mayReturn;
    this.unusable = unusable;
    this.attributes = attributes;
  }

  get returns(): Value | null {
    return this.frames[0]!.returns;
  }

  override evaluate(node: expr, state: State): Value {
    if (node.kind === "Name" && !state.has(node.id)) {
      const reason = this.unusable.get(node.id);
      if (reason && this.frames.length === 1) throw reason;
      const known = this.moduleConstant(node.id, node);
      if (known) return known;
    }
    return super.evaluate(node, state);
  }

  /** A name that the module binds once, to a number: compiled in. */
  private moduleConstant(name: string, node: expr): Value | null {
    const variable = scopesOf(this.around.file).variable(node);
    if (variable?.scope.kind !== "module") return null;
    const bindings = variable.occurrences.filter(({ action }) => action !== "read");
    const statement = bindings.length === 1 ? parentMap(this.around.file).get(bindings[0]!.node) : undefined;
    if (statement?.kind !== "Assign") return null;
    const { value } = statement;
    const literal = value.kind === "UnaryOp" ? value.operand : value;
    if (literal.kind !== "Constant" || !["int", "float"].includes(literal.value.type)) return null;
    const before = this.reporting;
    this.reporting = false;
    const known = super.evaluate(value, new Map());
    this.reporting = before;
    this.constants.set(name, this.text(value));
    return known.type === "int" ? { ...known, literals: null } : known;
  }

  protected attribute(node: Attribute, state: State): Value | null {
    if (node.value.kind !== "Name") return null;
    const name = this.attributes.get(`${node.value.id}.${node.attr}`);
    if (name === undefined) return null;
    if (this.reporting) this.edit(node, name);
    return super.evaluate({ ...node, kind: "Name", id: name, ctx: "Load" }, state);
  }

  run(body: readonly stmt[], state: State): Reached {
    let current: Reached = state;
    for (const statement of body) {
      if (!current) break;
      current = this.execute(statement, current);
    }
    return current;
  }

  private execute(statement: stmt, state: State): Reached {
    const outer = this.statement;
    this.statement = statement;
    try {
      return this.step(statement, state);
    } catch (error) {
      // What reads an empty container is not reached yet; a later round over the loop fills it.
      if (error instanceof NothingYet && !this.reporting) return null;
      if (error instanceof NothingYet)
        throw new Unsupported("an element is read from a list that may be empty", error.start);
      throw error;
    } finally {
      this.statement = outer;
    }
  }

  private step(statement: stmt, state: State): Reached {
    switch (statement.kind) {
      case "Assign": {
        const value = this.evaluate(statement.value, state);
        return statement.targets.reduce<State>((after, target) => this.assign(target, value, after), state);
      }
      case "AnnAssign":
        if (!statement.value) return state;
        return this.assign(statement.target, this.evaluate(statement.value, state), state);
      case "AugAssign":
        return this.augment(statement, state);
      case "Expr":
        if (statement.value.kind === "Constant") return state;
        if (statement.value.kind !== "Call")
          this.fail("an expression without effect is not compiled", statement);
        this.evaluate(statement.value, state);
        return state;
      case "Pass":
        return state;
      case "If": {
        this.condition(statement.test, state);
        const yes = this.refine(state, statement.test, true);
        const no = this.refine(state, statement.test, false);
        return joinStates(yes && this.run(statement.body, yes), no && this.run(statement.orelse, no));
      }
      case "While":
      case "For":
        return this.loop(statement, state);
      case "Break":
      case "Continue": {
        const loop = this.loops.at(-1);
        if (!loop) return this.fail("`break` out of the region", statement);
        if (statement.kind === "Break") loop.breaks = joinStates(loop.breaks, state);
        else loop.continues = joinStates(loop.continues, state);
        return null;
      }
      case "Return":
        if (!this.mayReturn && this.frames.length === 1) this.fail("`return` out of the loop", statement);
        this.giveBack(statement.value ? this.evaluate(statement.value, state) : { type: "none" }, statement);
        return null;
      case "Raise":
        return this.raiseStatement(statement);
      case "Assert":
        this.condition(statement.test, state);
        this.raise("AssertionError");
        if (statement.msg && this.reporting)
          this.edit({ start: statement.test.end, end: statement.msg.end }, "");
        return this.refine(state, statement.test, true);
      default:
        return this.fail(`${statementName(statement.kind)} is not compiled`, statement);
    }
  }

  private raiseStatement(statement: stmt & { kind: "Raise" }): Reached {
    const exception = statement.exc?.kind === "Call" ? statement.exc.func : statement.exc;
    const name = exception ? dottedName(this.around.file, exception) : null;
    if (!name || !/^[A-Z]\w*(Error|Exception|Iteration)$/.test(name))
      this.fail("this `raise` is not compiled", statement);
    this.raise(name);
    if (this.reporting) this.edit(statement, `raise ${name}`);
    return null;
  }

  private giveBack(value: Value, node: { start: number }): void {
    const frame = this.frames.at(-1)!;
    if (frame.returns === null) frame.returns = value;
    else {
      const joined = join(frame.returns, value) ?? this.softened(frame.returns, value, node);
      frame.returns = joined ?? this.fail(mixed("the results", frame.returns, value), node);
    }
  }

  /** Ends the region or function: what falls off the end returns None. */
  fallOff(end: Reached, node: FunctionDef): void {
    if (end) this.giveBack({ type: "none" }, node);
  }

  protected callFunction(node: Call, callee: FunctionDef, args: Value[]): Value {
    if (this.frames.some((frame) => frame.callee === callee))
      this.fail(`\`${callee.name}\` calls itself`, node);
    const { args: parameters } = callee;
    const names = [...parameters.posonlyargs, ...parameters.args].map(({ arg }) => arg);
    const plain = !parameters.vararg && !parameters.kwarg && parameters.kwonlyargs.length === 0;
    if (!plain || names.length !== args.length || callee.decorator_list.length > 0) {
      this.fail(`the call of \`${callee.name}\` is not compiled`, node);
    }
    if (parentMap(this.around.file).get(callee)?.kind !== "Module")
      this.fail(`\`${callee.name}\` is a nested function`, node);
    const [loops, statement] = [this.loops, this.statement];
    this.loops = [];
    const frame: Frame = { callee, returns: null };
    this.frames.push(frame);
    const end = this.run(
      callee.body,
      new Map(names.map((name, i) => [name, { value: args[i]!, certain: true }])),
    );
    this.fallOff(end, callee);
    this.frames.pop();
    this.loops = loops;
    this.statement = statement;
    if (!this.callees.includes(callee)) this.callees.push(callee);
    if (this.reporting) this.calledFrom.push(node);
    // Every way through it reads from what is still empty in this round.
    if (!frame.returns) throw new NothingYet(node.start);
    return frame.returns;
  }
  /** Calls of functions of the module, to be renamed to their kernels. */
  readonly calledFrom: Call[] = [];

  // Assignment

  protected assign(target: expr, value: Value, state: State): State {
    if (target.kind === "Name") return bind(state, target.id, value);
    if (target.kind === "Tuple" || target.kind === "List") {
      if (value.type !== "tuple" || value.items.length !== target.elts.length) {
        return this.fail(`${typeName(value)} is unpacked`, target);
      }
      const { items } = value;
      return target.elts.reduce<State>((after, part, i) => this.assign(part, items[i]!, after), state);
    }
    if (target.kind === "Subscript") {
      this.storeElement(target, value, state);
      return state;
    }
    return this.fail("this assignment is not compiled", target);
  }

  private storeElement(target: Subscript, value: Value, state: State): void {
    const owner = this.evaluate(target.value, state);
    if (owner.type !== "array" && owner.type !== "list")
      this.fail(`${typeName(owner)} is assigned to`, target);
    const container = representative(owner.container);
    if (container.outside === "text") this.fail("a string is assigned to", target);
    if (!container.written) this.changes++;
    container.written = true;
    if (container.input !== null) this.writtenInputs.add(container.input);
    if (target.slice.kind === "Slice") {
      if (owner.type !== "list" || value.type !== "list") this.fail("a slice is assigned to", target);
      for (const bound of [target.slice.lower, target.slice.upper, target.slice.step]) {
        if (bound && this.evaluate(bound, state).type !== "int")
          this.fail("a slice has bounds that are no integers", bound);
      }
      // Only with a step must the lengths agree; without one the list may change its length.
      if (!target.slice.step) this.resize(container, target);
      this.raise("ValueError");
      const element = representative(value.container).element;
      if (element) this.store(container, element, target);
      return;
    }
    const place = this.elementPlace(target, owner, state);
    if (place !== null) this.fail(`a row is replaced`, target);
    this.store(container, value, target);
  }

  /** Checks the indices; gives the row when some dimensions are left. */
  private elementPlace(
    target: Subscript,
    owner: Value & { type: "array" | "list" },
    state: State,
  ): Value | null {
    const container = representative(owner.container);
    const before = container.element;
    // Reading gives the same checks; what is read does not matter.
    container.element ??= float();
    const value = this.elementAt(target, owner, state);
    container.element = before;
    return value.type === "array" ? value : null;
  }

  private augment(statement: AugAssign, state: State): State {
    const { target } = statement;
    const before = this.evaluate({ ...target, ctx: "Load" } as expr, state);
    const value = this.evaluate(statement.value, state);
    if (before.type === "list" || before.type === "array")
      return this.fail("a container is changed by an augmented assignment", statement);
    const after = this.binary(statement, statement.op, before, value);
    return this.assign(target, after, state);
  }

  // Conditions

  protected refine(state: State, test: expr, truth: boolean): State | null {
    if (test.kind === "UnaryOp" && test.op === "Not") return this.refine(state, test.operand, !truth);
    if (test.kind === "BoolOp") {
      if ((test.op === "And") === truth) {
        return test.values.reduce<State | null>(
          (after, part) => after && this.refine(after, part, truth),
          state,
        );
      }
      let reached: Reached = null;
      let before: State | null = state;
      for (const part of test.values) {
        if (!before) break;
        reached = joinStates(reached, this.refine(before, part, truth));
        before = this.refine(before, part, !truth);
      }
      return reached;
    }
    if (test.kind === "Constant" && test.value.type === "bool")
      return test.value.value === truth ? state : null;
    if (test.kind === "Name") {
      const value = state.get(test.id)?.value;
      return value?.type === "int" ? this.compared(state, test, truth ? "NotEq" : "Eq", constant(0)) : state;
    }
    if (test.kind !== "Compare") return state;
    if (!truth && test.ops.length > 1) return state;
    return this.refineChain(state, test, truth);
  }

  private refineChain(state: State, test: Compare, truth: boolean): State | null {
    const parts = [test.left, ...test.comparators];
    let current: State | null = state;
    for (const [i, op] of test.ops.entries()) {
      if (!current) return null;
      const actual = truth ? op : opposite[op];
      if (!actual) continue;
      const [left, right] = [parts[i]!, parts[i + 1]!];
      const quiet = this.reporting;
      this.reporting = false;
      const [a, b]: [Value, Value] = [this.evaluate(left, current), this.evaluate(right, current)];
      this.reporting = quiet;
      // A negated comparison of floats also holds for NaN, which has no place in the bounds: they still hold.
      if (!truth && (a.type === "float" || b.type === "float") && actual !== "Eq" && actual !== "NotEq")
        continue;
      current = this.compared(current, left, actual, b);
      if (current) current = this.compared(current, right, mirrored[actual]!, a);
    }
    return current;
  }

  /** The state in which `node op other` holds; null when it cannot. */
  private compared(state: State, node: expr, op: string, other: Value): State | null {
    if (
      node.kind === "BinOp" &&
      node.op === "Mult" &&
      node.left.kind === "Name" &&
      node.right.kind === "Name"
    ) {
      // i * i <= n bounds i.
      const value = state.get(node.left.id)?.value;
      if (node.left.id !== node.right.id || value?.type !== "int" || other.type !== "int") return state;
      if (op !== "Lt" && op !== "LtE") return state;
      const root = ranges.squareRoot(other.range.hi);
      const range = ranges.meet(value.range, { lo: -root, hi: root });
      return range && bind(state, node.left.id, { ...value, range });
    }
    if (node.kind !== "Name") return state;
    const value = state.get(node.id)?.value;
    if (value?.type === "int" && other.type === "int") {
      const narrowed = narrowInt(value, op, other);
      return narrowed && bind(state, node.id, narrowed);
    }
    if (value?.type === "float" && (other.type === "float" || other.type === "int")) {
      const [lo, hi] =
        other.type === "float" ? [other.lo, other.hi] : [Number(other.range.lo), Number(other.range.hi)];
      const zero = lo === 0 && hi === 0;
      if (op === "NotEq" && zero) return bind(state, node.id, { ...value, nonzero: true });
      const bounds = { lo: value.lo, hi: value.hi };
      if (op === "Gt" || op === "GtE" || op === "Eq") bounds.lo = Math.max(bounds.lo, lo);
      if (op === "Lt" || op === "LtE" || op === "Eq") bounds.hi = Math.min(bounds.hi, hi);
      const strict = (op === "Gt" && lo >= 0) || (op === "Lt" && hi <= 0);
      // An empty interval: only NaN is left, or nothing; keep what was known.
      if (bounds.lo > bounds.hi) return state;
      const narrowed = float(value.origin, bounds.lo, bounds.hi, value.nonzero || strict);
      return bind(state, node.id, { ...narrowed, soft: value.soft });
    }
    return state;
  }

  // Loops

  private loop(statement: For | While, entry: State): Reached {
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
      const source = this.evaluate(statement.iter, head);
      const { item, atLeastOnce: once } = this.iterate(source, statement.iter);
      atLeastOnce = once;
      const empty = source.type === "range" && item.type === "int" && item.range.lo > item.range.hi;
      inside = empty ? null : this.assign(statement.target, item, head);
    }
    this.loops.push(loop);
    const iterated = statement.kind === "For" ? this.iteratedBy(statement, head) : null;
    if (iterated) this.iterating.push(iterated);
    const end = inside && this.run(statement.body, inside);
    if (iterated) this.iterating.pop();
    this.loops.pop();
    return { end: joinStates(end, loop.continues), breaks: loop.breaks, atLeastOnce, exit };
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

const opposite: Partial<Record<string, string>> = {
  Lt: "GtE",
  LtE: "Gt",
  Gt: "LtE",
  GtE: "Lt",
  Eq: "NotEq",
  NotEq: "Eq",
};
const mirrored: Partial<Record<string, string>> = {
  Lt: "Gt",
  LtE: "GtE",
  Gt: "Lt",
  GtE: "LtE",
  Eq: "Eq",
  NotEq: "NotEq",
};

function narrowInt(value: IntValue, op: string, other: IntValue): IntValue | null {
  const { lo, hi } = other.range;
  let bounds: Range = value.range;
  let atMost = value.atMost;
  if (op === "Lt") {
    bounds = { lo: bounds.lo, hi: ranges.least(bounds.hi, hi - 1n) };
    atMost = [...atMost, ...upperBounds(other).map((bound) => shift(bound, -1n)!)];
  } else if (op === "LtE" || op === "Eq") {
    bounds = {
      lo: op === "Eq" ? ranges.greatest(bounds.lo, lo) : bounds.lo,
      hi: ranges.least(bounds.hi, hi),
    };
    atMost = [...atMost, ...upperBounds(other)];
  } else if (op === "Gt") bounds = { lo: ranges.greatest(bounds.lo, lo + 1n), hi: bounds.hi };
  else if (op === "GtE") bounds = { lo: ranges.greatest(bounds.lo, lo), hi: bounds.hi };
  else if (op === "NotEq" && lo === hi) {
    if (bounds.lo === lo) bounds = { lo: lo + 1n, hi: bounds.hi };
    else if (bounds.hi === lo) bounds = { lo: bounds.lo, hi: hi - 1n };
  }
  if (bounds.lo > bounds.hi) return null;
  const nonzero =
    value.nonzero || bounds.lo > 0n || bounds.hi < 0n || (op === "NotEq" && lo === 0n && hi === 0n);
  return { ...value, range: bounds, atMost: tightest(atMost), nonzero };
}

/** Whether `next` says nothing that `head` does not cover. */
function subsumed(next: Reached, head: Reached): boolean {
  return sameStates(joinStates(head, next), head);
}

function statementName(kind: string): string {
  const words: Record<string, string> = {
    Try: "`try`",
    TryStar: "`try`",
    With: "`with`",
    Global: "`global`",
    Nonlocal: "`nonlocal`",
    Delete: "`del`",
    Import: "an import in the region",
    ImportFrom: "an import in the region",
    FunctionDef: "a nested function",
    ClassDef: "a nested class",
    Match: "`match`",
  };
  return words[kind] ?? kind;
}

/** Names bound anywhere in the statements. */
export function boundNames(body: readonly stmt[]): Set<string> {
  const names = new Set<string>();
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.kind === "Name" && node.ctx !== "Load") names.add(node.id);
    });
  }
  return names;
}
