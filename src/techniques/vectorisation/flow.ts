// What is known of each name on the way through a body, up to the loops that are to become array expressions.

import type { expr, For, stmt, While } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { walk } from "../../source/walk.ts";
import { atom, namesIn } from "./code.ts";
import { creation } from "./creations.ts";
import { Expressions } from "./expressions.ts";
import { lengthOf } from "./facts.ts";
import { headerOf } from "./iteration.ts";
import { boundNames } from "./nest.ts";
import { Refusal } from "./refusal.ts";
import { type Options, State } from "./state.ts";
import { type Num, newId, num, type Seq, type Value } from "./values.ts";

export type Env = Map<string, Value>;

/** What is asked at the statements that a rewrite may begin with. */
export interface Visitor {
  /** A loop: true when it was rewritten, with what it leaves in `env`. */
  loop(node: For, env: Env, around: readonly (For | While)[]): boolean;
  /** Any other statement. */
  statement(node: stmt, env: Env, around: readonly (For | While)[]): void;
}

export class Flow {
  private readonly file: SourceFile;
  private readonly options: Options;
  private readonly visitor: Visitor;
  private readonly around: (For | While)[] = [];

  constructor(file: SourceFile, options: Options, visitor: Visitor) {
    this.file = file;
    this.options = options;
    this.visitor = visitor;
  }

  run(statements: readonly stmt[], env: Env, dry = false): undefined {
    for (const node of statements) this.statement(node, env, dry);
  }

  private statement(node: stmt, env: Env, dry: boolean): undefined {
    if (!dry && node.kind !== "For") this.visitor.statement(node, env, this.around);
    switch (node.kind) {
      case "Assign":
        for (const target of node.targets) this.assign(target, node.value, env);
        break;
      case "AnnAssign":
        if (node.value) this.assign(node.target, node.value, env);
        break;
      case "AugAssign":
        if (node.target.kind === "Name") {
          const value = this.value(
            {
              ...node,
              kind: "BinOp",
              left: { ...node.target, ctx: "Load" },
              right: node.value,
            } as unknown as expr,
            env,
          );
          const held = env.get(node.target.id);
          if (held?.kind === "sequence") this.grow(env, held, null);
          else this.bind(env, node.target.id, value);
        } else this.stored(node.target, env);
        this.calls(node, env);
        break;
      case "If": {
        this.calls(node.test, env);
        const [yes, no] = [new Map(env), new Map(env)];
        this.run(node.body, yes, dry);
        this.run(node.orelse, no, dry);
        const ends = (body: readonly stmt[]) =>
          ["Return", "Raise", "Continue", "Break"].includes(body.at(-1)?.kind ?? "");
        if (ends(node.body)) replace(env, no);
        else if (ends(node.orelse)) replace(env, yes);
        else replace(env, joined(yes, no));
        break;
      }
      case "For":
      case "While":
        this.loop(node, env, dry);
        break;
      case "With":
      case "AsyncWith":
        this.run(node.body, env, dry);
        break;
      case "Try":
      case "TryStar": {
        const before = new Map(env);
        this.run(node.body, env, true);
        for (const name of boundNames(this.state(env), [node])) env.delete(name);
        for (const [name, value] of env) if (before.get(name) !== value) env.delete(name);
        break;
      }
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
        env.delete(node.name);
        break;
      case "Delete":
        for (const target of node.targets)
          if (target.kind === "Name") env.delete(target.id);
          else this.stored(target, env);
        break;
      default:
        this.calls(node, env);
    }
  }

  private state(env: Env): State {
    return new State(this.file, this.options, env);
  }

  /** The value of an expression; null when nothing is known of it. */
  value(node: expr, env: Env): Value | null {
    try {
      const state = this.state(env);
      const expressions = new Expressions(state);
      return creation(expressions, node) ?? expressions.evaluate(node);
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  private assign(target: expr, node: expr, env: Env): undefined {
    if (target.kind === "Name") {
      const value = this.value(node, env);
      this.calls(node, env);
      this.bind(env, target.id, value);
    } else if (target.kind === "Tuple" || target.kind === "List") {
      const value = this.value(node, env);
      this.calls(node, env);
      const items = value?.kind === "tuple" && value.items.length >= target.elts.length ? value.items : [];
      for (const [i, part] of target.elts.entries())
        if (part.kind === "Name") this.bind(env, part.id, items[i] ?? null);
        else this.stored(part, env);
    } else {
      this.calls(node, env);
      this.stored(target, env);
    }
  }

  /** The name gets another value: what was written with its old one is written otherwise, or forgotten. */
  private bind(env: Env, name: string, value: Value | null): undefined {
    forget(env, name);
    if (!value || value.kind === "carried" || value.kind === "builder") {
      env.set(name, { kind: "opaque", id: newId(), text: name, why: `nothing is known of \`${name}\`` });
      return;
    }
    env.set(name, renamed(value, name));
  }

  /** An element or an attribute is assigned: lists stay as long, but attributes get other values. */
  private stored(target: expr, env: Env): undefined {
    if (target.kind === "Attribute") {
      for (const key of [...env.keys()]) if (key.includes(".")) env.delete(key);
      return;
    }
    if (target.kind === "Starred") return this.stored(target.value, env);
    if (target.kind !== "Subscript") return;
    let base: expr = target;
    while (base.kind === "Subscript") base = base.value;
    const sliced = target.slice.kind === "Slice";
    for (const [name, value] of env) {
      if (value.kind !== "sequence" || value.form === "array") continue;
      if (sliced || base.kind !== "Name") env.set(name, withNewLength(value, name));
    }
    this.options.stored();
  }

  /** What calls within may do to lists. */
  private calls(node: stmt | expr, env: Env): undefined {
    walk(node, (part) => {
      if (part.kind !== "Call") return;
      const known = new Expressions(this.state(env)).dotted(part.func);
      if (part.func.kind === "Attribute" && part.func.value.kind === "Name" && known === null) {
        const held = env.get(part.func.value.id);
        if (held?.kind === "sequence" && held.form !== "array") {
          if (!quiet.has(part.func.attr))
            this.grow(env, held, part.func.attr === "append" ? this.value(part.args[0]!, env) : null);
          return;
        }
      }
      if (known !== null) return;
      // A function that is not known may change every list that it can reach.
      for (const [name, value] of env) {
        if (value.kind === "sequence" && value.form !== "array" && !value.fresh)
          env.set(name, withNewLength(value, name));
        if (name.includes(".")) env.delete(name);
      }
      for (const arg of part.args) {
        const held = arg.kind === "Name" ? env.get(arg.id) : undefined;
        if (held?.kind === "sequence" && held.form !== "array")
          env.set((arg as { id: string }).id, withNewLength(held, held.text));
      }
      this.options.stored();
    });
  }

  private grow(env: Env, held: Seq, item: Value | null): undefined {
    for (const [name, value] of env) {
      if (value.kind !== "sequence" || value.id !== held.id) continue;
      const same = item?.kind === "number" && (held.element === null || held.element.type === item.type);
      if (!same)
        env.set(name, {
          kind: "opaque",
          id: newId(),
          text: name,
          why: `nothing is known of what \`${name}\` holds`,
        });
      else {
        const element = held.element ?? {
          type: item.type,
          dtype: item.dtype,
          origin: item.origin,
          lo: -Infinity,
          hi: Infinity,
        };
        env.set(
          name,
          element.origin === "python"
            ? withNewLength({ ...value, element }, name)
            : { kind: "opaque", id: newId(), text: name, why: `\`${name}\` holds NumPy's numbers` },
        );
      }
    }
    this.options.stored();
  }

  private loop(node: For | While, env: Env, dry: boolean): undefined {
    if (!dry && node.kind === "For" && this.visitor.loop(node, env, this.around)) return;
    this.around.push(node);
    const bound = boundNames(
      this.state(env),
      node.kind === "For" ? [...node.body, { ...node, body: [], orelse: [] } as unknown as stmt] : node.body,
    );
    const start = this.widened(env, node, bound);
    // Types, and lengths where they stay, that hold at the head of the loop however often it has run.
    const loose = new Set<string>();
    for (let round = 0; round < 8; round++) {
      const trial = new Map(start);
      this.target(node, trial);
      this.run(node.body, trial, true);
      const changed = [...start].filter(
        ([name, value]) =>
          !alike(value, trial.get(name)) || !(loose.has(name) || sameLength(value, trial.get(name))),
      );
      if (changed.length === 0) break;
      for (const [name, value] of changed) {
        if (value.kind === "sequence" && alike(value, trial.get(name))) {
          loose.add(name);
          start.set(name, withNewLength(value, name));
        } else
          start.set(name, {
            kind: "opaque",
            id: newId(),
            text: name,
            why: `\`${name}\` is now of one type, now of another`,
          });
      }
    }
    const inside = new Map(start);
    this.target(node, inside);
    if (!dry) this.run(node.body, inside, false);
    this.around.pop();
    replace(env, start);
    this.run(node.orelse, env, dry);
  }

  /** What holds at the head of a loop: names that it binds keep at most their type. */
  private widened(env: Env, node: For | While, bound: ReadonlySet<string>): Env {
    const start = new Map(env);
    for (const name of bound) {
      const value = start.get(name);
      forget(start, name);
      if (value?.kind === "number") start.set(name, num(value.type, atom(name), { origin: value.origin }));
      else if (value?.kind === "sequence")
        start.set(name, { ...value, id: newId(), text: name, fresh: false });
      else if (value)
        start.set(name, { kind: "opaque", id: newId(), text: name, why: `\`${name}\` changes in the loop` });
    }
    // Lists that it changes in place have another length.
    const trial = new Map(start);
    this.target(node, trial);
    this.run(node.body, trial, true);
    for (const [name, value] of start) {
      const after = trial.get(name);
      if (
        value.kind === "sequence" &&
        (after?.kind !== "sequence" || after.id !== value.id) &&
        !bound.has(name)
      )
        start.set(
          name,
          after?.kind === "sequence" && after.element
            ? withNewLength({ ...value, element: value.element ?? after.element }, name)
            : (after ?? value),
        );
    }
    return start;
  }

  /** Bind the target of a loop as a single iteration sees it. */
  private target(node: For | While, env: Env): undefined {
    if (node.kind !== "For") return;
    const state = this.state(env);
    for (const name of boundNames(state, [{ ...node, body: [], orelse: [] } as unknown as stmt])) {
      forget(env, name);
      env.set(name, { kind: "opaque", id: newId(), text: name, why: `nothing is known of \`${name}\`` });
    }
    try {
      const { axis, bindings } = headerOf(new Expressions(state), node.target, node.iter);
      for (const [name, value] of bindings) {
        if (value.kind === "number" && value.affine) {
          const { start, stop } = axis;
          const offset = value.affine.offset;
          env.set(name, {
            ...num("int", atom(name)),
            lo: start.symbol === null ? start.offset + offset : start.length ? 0 : -Infinity,
            hi: stop.symbol === null ? stop.offset - 1 + offset : Infinity,
            below: { ...stop, offset: stop.offset + offset },
            linear: {
              symbol: `value ${newId()}`,
              text: name,
              offset: 0,
              length: start.symbol === null && start.offset + offset >= 0,
            },
          });
        } else if (value.kind === "ref" && value.subs.length === value.seq.dims.length) {
          const { type, origin } = value.seq.element!;
          env.set(name, num(type, atom(name), { origin }));
        } else if (value.kind === "ref") {
          const { seq } = value;
          env.set(name, {
            ...seq,
            id: newId(),
            form: seq.form === "rows" ? "list" : seq.form,
            text: name,
            dims: seq.dims.slice(1).map((dim, d) =>
              seq.form === "rows"
                ? lengthOf(newId(), name, "list", d)
                : {
                    ...dim,
                    text: dim.text.includes(".shape") ? lengthOf(0, name, "array", d).text : dim.text,
                  },
            ),
            sizes: seq.sizes.slice(1),
            shortest: seq.shortest.slice(1),
            sameWidth: null,
            fresh: false,
          });
        } else env.set(name, value);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

const quiet: ReadonlySet<string> = new Set(["index", "count", "copy", "tolist", "sum", "mean", "min", "max"]);

function replace(env: Env, by: Env): undefined {
  const next = new Map(by);
  env.clear();
  for (const [name, value] of next) env.set(name, value);
}

function alike(a: Value, b: Value | undefined): boolean {
  if (!b) return false;
  if (a.kind === "opaque") return true;
  if (a.kind === "number") return b.kind === "number" && a.type === b.type && a.origin === b.origin;
  if (a.kind === "sequence")
    return (
      b.kind === "sequence" &&
      a.form === b.form &&
      a.element?.type === b.element?.type &&
      a.dims.length === b.dims.length
    );
  return a === b;
}

function sameLength(a: Value, b: Value | undefined): boolean {
  if (a.kind !== "sequence" || b?.kind !== "sequence") return true;
  return a.dims.every((dim, d) => dim.symbol === b.dims[d]?.symbol && dim.offset === b.dims[d]?.offset);
}

function joined(a: Env, b: Env): Env {
  const both = new Map<string, Value>();
  for (const [name, value] of a) {
    const other = b.get(name);
    if (value === other) both.set(name, value);
    else if (value.kind === "number" && other?.kind === "number" && alike(value, other))
      both.set(name, num(value.type, atom(name), { origin: value.origin }));
    else if (value.kind === "sequence" && other?.kind === "sequence" && alike(value, other))
      both.set(name, { ...withNewLength(value, name), fresh: value.fresh && other.fresh });
  }
  return both;
}

/** The same list with a length of its own. */
function withNewLength(value: Seq, name: string): Seq {
  const id = newId();
  return {
    ...value,
    id,
    text: name,
    dims: value.dims.map((_, d) => lengthOf(id, name, value.form, d)),
    sameWidth: null,
    distinctRows: false,
  };
}

/** A value under the name that it is bound to. */
export function renamed(value: Value, name: string): Value {
  if (value.kind === "number") {
    let { linear, below } = value;
    if (linear?.symbol != null) {
      const own = linear.offset === 0;
      if (own) linear = { ...linear, text: name };
      else if (namesIn(linear.text).has(name))
        linear = { symbol: `value ${newId()}`, text: name, offset: 0, length: false };
    }
    if (below?.symbol != null && namesIn(below.text).has(name)) below = null;
    return { ...value, code: atom(name), axes: [], linear, below, viewOf: null, factors: null };
  }
  if (value.kind === "sequence") return { ...value, text: name };
  if (value.kind === "opaque") return { ...value, text: name };
  return value;
}

/** The name no longer means what it did: nothing may be written with it. */
function forget(env: Env, name: string): undefined {
  for (const [key, value] of env) {
    if (key === name) continue;
    if (value.kind === "number") {
      const stale = (one: Num["linear"]) =>
        one !== null && one.symbol !== null && one.text !== key && namesIn(one.text).has(name);
      if (stale(value.linear) || stale(value.below))
        env.set(key, {
          ...value,
          linear: stale(value.linear) ? null : value.linear,
          below: stale(value.below) ? null : value.below,
        });
    } else if (
      value.kind === "sequence" &&
      value.dims.some((dim) => namesIn(dim.text).has(name)) &&
      value.text !== name
    ) {
      env.set(key, {
        ...value,
        dims: value.dims.map((dim, d) =>
          namesIn(dim.text).has(name) && dim.symbol !== null
            ? {
                ...dim,
                text: lengthOf(value.id, value.text, value.form, d).text,
                offset: 0,
                symbol: `${dim.symbol} ${dim.offset}`,
              }
            : dim,
        ),
      });
    }
  }
  env.delete(name);
}
