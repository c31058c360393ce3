// Walks the statements of a region with the values of all variables, into the functions that it calls.

import type { Attribute, Call, expr, FunctionDef, stmt } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import { NothingYet, type Surroundings } from "./findings.ts";
import { Loops } from "./loops.ts";
import { joinStates, type Reached, type State } from "./state.ts";
import { join, mixed, Unsupported, type Value } from "./values.ts";

/** One analysis of one region under given limits and checks. */
export class Statements extends Loops {
  /** Functions of the module that the region calls, in the order their kernels must be defined. */
  readonly callees: FunctionDef[] = [];
  /** Calls of functions of the module, to be renamed to their kernels. */
  readonly calledFrom: Call[] = [];
  /** Module constants that are compiled in: name to source text. */
  readonly constants = new Map<string, string>();
  /** Why names of the entry are not values of the kernel; the reason is given where they are read. */
  private readonly unusable: ReadonlyMap<string, Unsupported>;
  private readonly attributes: ReadonlyMap<string, string>;
  /** The region is a function; out of a loop, `return` leads past what the kernel gives back. */
  private readonly mayReturn: boolean;
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
    this.elementsOnly = null;
    try {
      const after = this.step(statement, state);
      if (this.elementsOnly !== null) this.fail(`${this.elementsOnly} not compiled here`, statement);
      return after;
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
        const masked = this.underMask(statement, state);
        if (masked) return masked;
        const value = this.evaluate(statement.value, state);
        const after = statement.targets.reduce<State>(
          (reached, target) => this.assign(target, value, reached),
          state,
        );
        this.writeUnpacked(statement, "behind");
        this.elements(statement, state, value);
        return after;
      }
      case "AnnAssign":
        if (!statement.value) return state;
        return this.assign(statement.target, this.evaluate(statement.value, state), state);
      case "AugAssign":
        return this.underMask(statement, state) ?? this.augmented(statement, state);
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
        this.returned(statement, state);
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

  private returned(statement: stmt & { kind: "Return" }, state: State): void {
    const value: Value = statement.value ? this.evaluate(statement.value, state) : { type: "none" };
    this.giveBack(value, statement);
    this.elements(statement, state, value);
  }

  private augmented(statement: stmt & { kind: "AugAssign" }, state: State): State {
    const after = this.augment(statement, state);
    this.elements(statement, state, this.evaluate({ ...statement.target, ctx: "Load" } as expr, state));
    return after;
  }

  /** A statement over whole arrays as a loop over elements, where it can be one. */
  private elements(statement: stmt, before: State, value: Value): void {
    const { elementsOnly } = this;
    const looped = this.overElements(statement, before, value);
    if (!looped && elementsOnly !== null) this.fail(`${elementsOnly} not compiled here`, statement);
    this.elementsOnly = null;
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
}

interface Frame {
  callee: FunctionDef | null;
  returns: Value | null;
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
