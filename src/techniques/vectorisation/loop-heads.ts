// What holds at the head of a loop, however often it has run.

import type { For, stmt, While } from "../../source/ast.generated.ts";
import { atom } from "./code.ts";
import { alike, type Env, forget, replace, sameLength, withNewLength } from "./environment.ts";
import { Expressions } from "./expressions.ts";
import { lengthOf } from "./facts.ts";
import type { Flow } from "./flow.ts";
import { headerOf } from "./iteration.ts";
import { boundNames } from "./nest.ts";
import { Refusal } from "./refusal.ts";
import { newId, num } from "./values.ts";

export function flowThroughLoop(flow: Flow, node: For | While, env: Env, dry: boolean): undefined {
  if (!dry && node.kind === "For" && flow.visitor.loop(node, env, flow.around)) return;
  flow.around.push(node);
  const bound = boundNames(
    flow.state(env),
    node.kind === "For" ? [...node.body, { ...node, body: [], orelse: [] } as unknown as stmt] : node.body,
  );
  const start = widened(flow, env, node, bound);
  // Types, and lengths where they stay, that hold at the head of the loop however often it has run.
  const loose = new Set<string>();
  for (let round = 0; round < 8; round++) {
    const trial = new Map(start);
    bindTarget(flow, node, trial);
    flow.run(node.body, trial, true);
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
  bindTarget(flow, node, inside);
  if (!dry) flow.run(node.body, inside, false);
  flow.around.pop();
  replace(env, start);
  flow.run(node.orelse, env, dry);
}

/** What holds at the head of a loop: names that it binds keep at most their type. */
function widened(flow: Flow, env: Env, node: For | While, bound: ReadonlySet<string>): Env {
  const start = new Map(env);
  for (const name of bound) {
    const value = start.get(name);
    forget(start, name);
    if (value?.kind === "number") start.set(name, num(value.type, atom(name), { origin: value.origin }));
    else if (value?.kind === "sequence") start.set(name, { ...value, id: newId(), text: name, fresh: false });
    else if (value)
      start.set(name, { kind: "opaque", id: newId(), text: name, why: `\`${name}\` changes in the loop` });
  }
  // Lists that it changes in place have another length.
  const trial = new Map(start);
  bindTarget(flow, node, trial);
  flow.run(node.body, trial, true);
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
function bindTarget(flow: Flow, node: For | While, env: Env): undefined {
  if (node.kind !== "For") return;
  const state = flow.state(env);
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
        // Of a list that was empty in every call seen nothing is known.
        const { element } = value.seq;
        if (element) env.set(name, num(element.type, atom(name), { origin: element.origin }));
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
