// What is known of each name on the way through a body, up to the loops that are to become array expressions.

import type { expr, For, stmt, While } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { walk } from "../../source/walk.ts";
import { creation, unnamed } from "./creations.ts";
import { type Env, forget, joined, renamed, replace, withNewLength } from "./environment.ts";
import { Expressions } from "./expressions.ts";
import { lengthOf } from "./facts.ts";
import { flowThroughLoop } from "./loop-heads.ts";
import { boundNames } from "./nest.ts";
import { Refusal } from "./refusal.ts";
import { type Options, State } from "./state.ts";
import { newId, type Seq, type Value } from "./values.ts";

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
  readonly visitor: Visitor;
  readonly around: (For | While)[] = [];

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
        flowThroughLoop(this, node, env, dry);
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

  state(env: Env): State {
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
      const each = node.kind === "Tuple" && node.elts.length === target.elts.length ? node.elts : null;
      const value = each ? null : this.value(node, env);
      const apart = each?.map((part) => (part.kind === "Starred" ? null : this.value(part, env)));
      this.calls(node, env);
      const items =
        apart ?? (value?.kind === "tuple" && value.items.length >= target.elts.length ? value.items : []);
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
    const open = value.kind === "sequence" && value.dims.some(({ text }) => text === unnamed);
    env.set(name, open ? withNewLength(value, name) : renamed(value, name));
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
      else if (
        value.form === "rows" &&
        target.value.kind === "Name" &&
        mayBe(env.get(target.value.id), value)
      ) {
        // The new row may be of another length.
        const [rows] = value.dims;
        const dims = [rows!, lengthOf(newId(), name, "rows", 1)];
        env.set(name, { ...value, dims, sameWidth: null, distinctRows: false });
      }
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
}

/** Whether a name that an element is put into may mean those rows. */
function mayBe(held: Value | undefined, rows: Seq): boolean {
  if (held?.kind !== "sequence" || held.id === rows.id) return true;
  return held.form === "rows" && !held.fresh && !rows.fresh;
}

const quiet: ReadonlySet<string> = new Set(["index", "count", "copy", "tolist", "sum", "mean", "min", "max"]);
