// Expressions of a loop's body for all iterations at once.

import type { comprehension, expr, FunctionDef, stmt } from "../../source/ast.generated.ts";
import { isPure } from "../../source/effects.ts";
import { dottedName, meaningOf } from "../../source/meaning.ts";
import { sourceText } from "../../source/walk.ts";
import { at, atom, call, comparisons, Level, method } from "./code.ts";
import { lengthOf } from "./facts.ts";
import { headerOf } from "./iteration.ts";
import { fixed } from "./linear.ts";
import { constants, ufunc } from "./mathematics.ts";
import { apply, cast, choose, comparison, negate, operate } from "./operations.ts";
import { reduce } from "./reductions.ts";
import { refuse } from "./refusal.ts";
import { conjunction, lift, type State } from "./state.ts";
import { element } from "./subscripts.ts";
import { joinAxes, type Num, num, type Ref, type Seq, type Sub, type Value } from "./values.ts";

/** A sequence with what of it is indexed; null for anything else. */
export function seqOf(value: Value): Ref | null {
  if (value.kind === "sequence") return { kind: "ref", seq: value, subs: [] };
  return value.kind === "ref" && value.subs.length < value.seq.dims.length ? value : null;
}

export class Expressions {
  readonly state: State;
  /** Functions that are being followed, so that recursion ends. */
  private readonly within: (FunctionDef | Extract<expr, { kind: "Lambda" }>)[] = [];
  /** Run the statements of a function in place of a call of it. */
  runBody: (body: readonly stmt[], node: expr) => Value = (_body, node) =>
    refuse("a function of several statements is called", node);

  constructor(state: State) {
    this.state = state;
  }

  text(node: expr): string {
    return sourceText(this.state.file, node);
  }

  /** `math.sqrt` for what is imported, `len` for builtins; null for variables. */
  dotted(node: expr): string | null {
    return dottedName(this.state.file, node);
  }

  /** The value as a number or an array of numbers. */
  number(node: expr): Num {
    return this.asNumber(this.evaluate(node), node);
  }

  asNumber(value: Value, node: expr): Num {
    switch (value.kind) {
      case "number":
        return value;
      case "ref":
        if (value.subs.length === value.seq.dims.length) return element(this.state, value, node);
        return refuse(`\`${this.text(node)}\` is a whole row`, node);
      case "carried":
        return refuse(`\`${this.text(node)}\` carries a value from one iteration to the next`, node);
      case "opaque":
        return refuse(value.why, node);
      default:
        return refuse(`\`${this.text(node)}\` is no number`, node);
    }
  }

  evaluate(node: expr): Value {
    const { state } = this;
    switch (node.kind) {
      case "Constant":
        return this.constant(node);
      case "Name":
      case "Attribute":
        return this.name(node);
      case "BinOp":
        return operate(state, node.op, this.number(node.left), this.number(node.right), node);
      case "UnaryOp":
        return negate(state, node.op, this.condition(node.op === "Not", node.operand), node);
      case "BoolOp":
        return this.shortCircuit(node);
      case "Compare":
        return this.compare(node);
      case "IfExp": {
        const test = this.truth(node.test);
        if (test.axes.length === 0) return this.scalarChoice(node, test);
        const yes = this.under(test, () => this.number(node.body));
        const no = this.under(this.negated(test), () => this.number(node.orelse));
        return choose(state, test, yes, no, node);
      }
      case "Subscript":
        return this.subscript(node);
      case "Call":
        return this.call(node);
      case "ListComp":
        return this.row(node);
      case "Tuple":
        return { kind: "tuple", items: node.elts.map((item) => this.evaluate(item)) };
      default:
        return refuse(
          `it holds ${kindInWords[node.kind] ?? "an expression"} that has no counterpart for arrays`,
          node,
        );
    }
  }

  private condition(isTruth: boolean, node: expr): Num {
    return isTruth ? this.truth(node) : this.number(node);
  }

  /** The truth of a value: of numbers, whether they are not zero. */
  truth(node: expr): Num {
    const value = this.number(node);
    if (value.type === "bool") return value;
    if (value.axes.length === 0) return { ...value, type: "bool" };
    return comparison(this.state, "!=", value, zero, node);
  }

  /** Evaluate under a condition: what is not reached must do no harm. */
  under<T>(mask: Num, evaluate: () => T): T {
    this.state.masks.push(mask);
    try {
      return evaluate();
    } finally {
      this.state.masks.pop();
    }
  }

  negated(test: Num): Num {
    return negate(this.state, "Not", test, { start: 0 });
  }

  private constant(node: Extract<expr, { kind: "Constant" }>): Num {
    const { value } = node;
    const code = { text: this.text(node), level: Level.atom };
    switch (value.type) {
      case "int": {
        const known = Number(value.text);
        if (!Number.isSafeInteger(known)) refuse("a literal beyond 53 bits", node);
        return num("int", code, { constant: known, lo: known, hi: known, linear: fixed(known) });
      }
      case "float": {
        const known = Number(value.text.replace("inf", "Infinity"));
        return num("float", code, { constant: known, lo: known, hi: known });
      }
      case "bool":
        return num("bool", code, { constant: Number(value.value) });
      case "complex":
        return num("complex", code);
      case "None":
        return refuse("it handles None", node);
      default:
        return refuse("it handles what is no number", node);
    }
  }

  private name(node: Extract<expr, { kind: "Name" | "Attribute" }>): Value {
    const { state } = this;
    const dotted = this.dotted(node);
    if (dotted !== null && constants[dotted] !== undefined) {
      const known = constants[dotted]!;
      return num("float", atom(this.text(node)), {
        lo: known,
        hi: known,
        constant: Number.isNaN(known) ? null : known,
      });
    }
    if (node.kind === "Name") {
      const value = state.env.get(node.id);
      if (value) return value;
      return refuse(`nothing is known of \`${node.id}\``, node);
    }
    const value = state.env.get(this.text(node));
    if (value) return value;
    const owner =
      node.value.kind === "Name" || node.value.kind === "Attribute" ? this.evaluate(node.value) : null;
    const ref = owner && (seqOf(owner) ?? (owner.kind === "opaque" ? owner : null));
    if (ref && node.attr === "shape") return this.shape(ref);
    if (ref?.kind === "ref" && node.attr === "size" && ref.seq.form === "array" && ref.seq.dims.length === 1)
      return this.length(ref.seq.dims[0]!, ref.seq.text);
    return refuse(`nothing is known of \`${this.text(node)}\``, node);
  }

  private shape(of: Ref | Extract<Value, { kind: "opaque" }>): Value {
    if (of.kind === "ref") {
      if (of.subs.length > 0) return refuse("the shape of a part");
      return { kind: "tuple", items: of.seq.dims.map((dim) => this.length(dim, dim.text)) };
    }
    const items = [0, 1, 2, 3].map((d) =>
      this.length(lengthOf(of.id, of.text, "array", d), `${of.text}.shape[${d}]`),
    );
    return { kind: "tuple", items };
  }

  private length(dim: Num["linear"] & object, text: string): Num {
    return num("int", atom(dim.offset === 0 && dim.symbol !== null ? dim.text : text), {
      linear: dim,
      lo: dim.symbol === null ? dim.offset : Math.max(0, dim.offset),
      hi: dim.symbol === null ? dim.offset : Infinity,
    });
  }

  private shortCircuit(node: Extract<expr, { kind: "BoolOp" }>): Num {
    const first = this.truth(node.values[0]!);
    let all = first;
    const pushed: Num[] = [];
    for (const value of node.values.slice(1)) {
      const reached = node.op === "And" ? all : this.negated(all);
      this.state.masks.push(reached);
      pushed.push(reached);
      const next = this.truth(value);
      const axes = joinAxes(all.axes, next.axes);
      if (axes.length === 0) {
        const word = node.op === "And" ? "and" : "or";
        all = num("bool", {
          text: `${at(all.code, Level[word])} ${word} ${at(next.code, Level[word] + 1)}`,
          level: Level[word],
        });
      } else if (node.op === "And") all = conjunction(all, next);
      else {
        const [left, right] = [lift(all, axes), lift(next, axes)];
        const side = (code: typeof left) => (code.level > Level.bitOr ? code.text : `(${code.text})`);
        all = num("bool", { text: `${side(left)} | ${side(right)}`, level: Level.bitOr }, { axes });
      }
    }
    this.state.masks.length -= pushed.length;
    return all;
  }

  private compare(node: Extract<expr, { kind: "Compare" }>): Num {
    let left = this.number(node.left);
    let all: Num | null = null;
    for (const [i, op] of node.ops.entries()) {
      const sign = comparisons[op];
      if (!sign) return refuse("`in` and `is` have no counterpart for arrays", node);
      const right = this.number(node.comparators[i]!);
      const one = comparison(this.state, sign, left, right, node);
      all = all === null ? one : conjunction(all, one);
      left = right;
    }
    return all!;
  }

  private scalarChoice(node: Extract<expr, { kind: "IfExp" }>, test: Num): Num {
    const [yes, no] = [this.number(node.body), this.number(node.orelse)];
    if (joinAxes(yes.axes, no.axes).length > 0) return choose(this.state, test, yes, no, node);
    if (yes.type !== no.type) return refuse("it is now of one type, now of another", node);
    return num(yes.type, {
      text: `${at(yes.code, Level.or)} if ${at(test.code, Level.or)} else ${at(no.code, Level.ternary)}`,
      level: Level.ternary,
    });
  }

  private subscript(node: Extract<expr, { kind: "Subscript" }>): Value {
    const base = this.evaluate(node.value);
    if (base.kind === "tuple") {
      const index = this.number(node.slice);
      const item = index.constant === null ? undefined : base.items.at(index.constant);
      return item ?? refuse("a tuple is indexed by a variable", node);
    }
    if (base.kind === "opaque") return refuse(base.why, node);
    const ref = this.reference(base, node);
    return ref.subs.length === ref.seq.dims.length ? element(this.state, ref, node) : ref;
  }

  /** The place that a subscript names, whether it is read or written. */
  reference(base: Value, node: Extract<expr, { kind: "Subscript" }>): Ref {
    const ref = seqOf(base);
    if (!ref) {
      if (base.kind === "carried")
        return refuse(`\`${this.text(node.value)}\` changes from one iteration to the next`, node);
      if (base.kind === "opaque") return refuse(base.why, node);
      return refuse(`\`${this.text(node.value)}\` is no list or array of numbers`, node);
    }
    const indices = node.slice.kind === "Tuple" ? node.slice.elts : [node.slice];
    if (indices.length > 1 && ref.seq.form !== "array")
      return refuse("a list is indexed by several numbers", node);
    const subs = [...ref.subs, ...indices.map((index) => this.sub(index, ref.seq))];
    if (subs.length > ref.seq.dims.length) return refuse("it has fewer dimensions", node);
    return { kind: "ref", seq: ref.seq, subs };
  }

  private sub(node: expr, seq: Seq): Sub {
    if (node.kind === "Slice") return refuse(`a slice of \`${seq.text}\` is taken in the loop`, node);
    const index = this.number(node);
    if (index.type !== "int") return refuse(`\`${seq.text}\` is indexed by what is no integer`, node);
    if (index.affine) {
      const { axis, offset } = index.affine;
      // Under a condition a shifted index may not be reached where it would leave the array.
      return { kind: "axis", axis, offset };
    }
    if (index.axes.length === 0) return { kind: "fixed", value: index };
    return { kind: "gather", value: index };
  }

  private call(node: Extract<expr, { kind: "Call" }>): Value {
    const { state } = this;
    const name = this.dotted(node.func);
    if (name === null) {
      if (node.func.kind === "Name") {
        const meaning = meaningOf(state.file, node.func);
        if (meaning.kind === "function") return this.inline(meaning.node, node);
      }
      return refuse(`\`${this.text(node.func)}\` is called, of which nothing is known`, node);
    }
    if (node.keywords.length > 0) return refuse(`\`${name}\` is called with keywords`, node);
    const fn = ufunc(name);
    if (fn) {
      if (node.args.length !== fn.arity) return refuse(`\`${name}\` is called with other arguments`, node);
      const values = node.args.map((arg) => this.evaluate(arg));
      if (values.some((value) => value.kind === "ref" || value.kind === "sequence")) {
        const partial = values.some((value) => seqOf(value) !== null);
        if (partial) return refuse(`\`${name}\` of a whole row`, node);
      }
      const args = values.map((value, i) => this.asNumber(value, node.args[i]!));
      return apply(state, fn, this.text(node.func), args, node);
    }
    switch (name) {
      case "len": {
        const value = this.evaluate(node.args[0]!);
        const ref = seqOf(value);
        if (ref)
          return this.length(
            ref.seq.dims[ref.subs.length]!,
            ref.subs.length === 0 ? `len(${ref.seq.text})` : ref.seq.dims[ref.subs.length]!.text,
          );
        if (value.kind === "opaque")
          return this.length(lengthOf(value.id, value.text, "opaque", 0), `len(${value.text})`);
        return refuse("the length of what is no list or array", node);
      }
      case "abs": {
        const value = this.number(node.args[0]!);
        const code = value.axes.length > 0 ? call(`${state.np}.abs`, value.code) : call("abs", value.code);
        const top = Math.max(Math.abs(value.lo), Math.abs(value.hi));
        if (value.type === "int" && value.origin === "python" && value.axes.length > 0) state.integers = true;
        const type = value.type === "complex" ? "float" : value.type === "bool" ? "int" : value.type;
        if (value.type === "complex")
          state.reasons.add("NumPy's absolute value of complex numbers may differ in the last digit");
        return num(type, code, { origin: value.origin, axes: value.axes, lo: 0, hi: top, soft: value.soft });
      }
      case "float": {
        const value = this.number(node.args[0]!);
        if (value.type === "complex") return refuse("`float` of a complex number", node);
        if (value.axes.length === 0)
          return num("float", call("float", value.code), { lo: value.lo, hi: value.hi });
        if (value.type === "float") return { ...value, origin: "python", soft: false, factors: null };
        return num("float", cast(value, "float"), { axes: value.axes, lo: value.lo, hi: value.hi });
      }
      case "int": {
        const value = this.number(node.args[0]!);
        if (value.type === "complex") return refuse("`int` of a complex number", node);
        if (value.axes.length === 0) return num("int", call("int", value.code));
        if (value.type === "int") return { ...value, origin: "python" };
        if (value.type === "float") state.hazards.add("FloatingPointError");
        return num("int", cast(value, "int"), {
          axes: value.axes,
          lo: Math.floor(value.lo),
          hi: Math.ceil(value.hi),
        });
      }
      case "round": {
        const value = this.number(node.args[0]!);
        if (
          node.args.length > 1 ||
          value.type !== "float" ||
          value.axes.length === 0 ||
          value.origin === "numpy"
        )
          return refuse("`round` works otherwise on arrays", node);
        state.hazards.add("FloatingPointError");
        return num("int", method(call(`${state.np}.rint`, value.code), "astype(int)"), { axes: value.axes });
      }
      case "bool":
        return this.truth(node.args[0]!);
      case "min":
      case "max":
        if (node.args.length > 1) return this.extreme(name, node);
        return this.reduction(name, node.args[0]!, node);
      case "sum":
      case "any":
      case "all":
      case "math.fsum":
        if (node.args.length !== 1 || name === "math.fsum")
          return refuse(`\`${name}\` with a start, or exact`, node);
        return this.reduction(name, node.args[0]!, node);
      case "numpy.sum":
      case "numpy.abs":
      case "numpy.absolute":
        return refuse("array expressions are in the loop already", node);
      default:
        return refuse(`\`${name}\` has no counterpart for arrays here`, node);
    }
  }

  /** `min(a, b)` keeps the first unless the next is smaller: so NaN and −0.0 come out as from Python. */
  private extreme(name: "min" | "max", node: Extract<expr, { kind: "Call" }>): Num {
    const { state } = this;
    let [best, ...others] = node.args.map((arg) => this.number(arg)) as [Num, ...Num[]];
    for (const [i, other] of others.entries()) {
      const axes = joinAxes(best.axes, other.axes);
      if (axes.length === 0) {
        if (best.type !== other.type) return refuse("it is now of one type, now of another", node);
        best = num(best.type, call(name, best.code, other.code), { origin: best.origin });
      } else if (best.type === "int" && other.type === "int") {
        const fn = name === "min" ? "minimum" : "maximum";
        const choice = (a: number, b: number) => (name === "min" ? Math.min(a, b) : Math.max(a, b));
        best = num("int", call(`${state.np}.${fn}`, lift(best, axes), lift(other, axes)), {
          axes,
          origin: best.origin === "numpy" || other.origin === "numpy" ? "numpy" : "python",
          lo: choice(best.lo, other.lo),
          hi: choice(best.hi, other.hi),
        });
      } else {
        const next = state.named(other, "value");
        best = state.named(best, "value");
        const better = comparison(state, name === "min" ? "<" : ">", next, best, node.args[i]!);
        const range = { lo: Math.min(best.lo, next.lo), hi: Math.max(best.hi, next.hi) };
        if (name === "max") range.lo = Math.max(bound(best.lo, best), bound(next.lo, next));
        best = { ...choose(state, better, next, best, node), lo: range.lo, hi: range.hi };
      }
    }
    return best;
  }

  /** `sum(…)`, `max(…)`, `any(…)` of a generator, a list comprehension or a row. */
  private reduction(name: string, source: expr, node: expr): Num {
    const { state } = this;
    if (source.kind === "GeneratorExp" || source.kind === "ListComp")
      return this.over(
        source.generators,
        source,
        (axes) => {
          const value = name === "any" || name === "all" ? this.truth(source.elt) : this.number(source.elt);
          return { value, axes, mask: state.mask };
        },
        name,
        node,
      );
    const ref = seqOf(this.evaluate(source));
    if (!ref || ref.subs.length !== ref.seq.dims.length - 1)
      return refuse(`\`${name}\` of something unknown`, node);
    if (ref.subs.every(({ kind }) => kind === "fixed") && ref.seq.form !== "array") {
      // Over Python's own numbers the builtin is fast as it is.
      const { type, origin } = ref.seq.element ?? refuse(`\`${ref.seq.text}\` was empty`, node);
      if (name === "any" || name === "all") return num("bool", atom(this.text(node)));
      const whole = name === "sum" && type === "bool" ? "int" : type;
      return num(whole, atom(this.text(node)), { origin, soft: name === "sum" && type === "float" });
    }
    const item = "item";
    const { axis, bindings } = headerOf(
      this,
      { ...source, kind: "Name", id: item, ctx: "Store" } as expr,
      source,
    );
    state.stack.push(axis);
    try {
      const value = this.asNumber(bindings.get(item)!, source);
      return reduce(this, name, value, null, [axis], node);
    } finally {
      state.stack.pop();
    }
  }

  /** A list comprehension: a row of its own in every iteration. */
  private row(node: Extract<expr, { kind: "ListComp" }>): Value {
    const { state } = this;
    if (node.generators.some(({ ifs }) => ifs.length > 0))
      return refuse("a list comprehension with a condition", node);
    return this.generate(node.generators, node, (axes) => {
      const inner = this.evaluate(node.elt);
      const value = inner.kind === "builder" ? inner.content! : this.asNumber(inner, node.elt);
      if (node.generators.length > 1) return refuse("a list comprehension with several loops", node);
      if (!axes.every(({ id }) => value.axes.some((axis) => axis.id === id)))
        return refuse("a list holds the same number again and again", node);
      return { kind: "builder", depth: state.stack.length, content: value };
    });
  }

  /** Run through the loops of a comprehension, evaluate inside, and reduce over them. */
  private over(
    generators: readonly comprehension[],
    source: expr,
    inside: (axes: Num["axes"]) => { value: Num; axes: Num["axes"]; mask: Num | null },
    name: string,
    node: expr,
  ): Num {
    return this.generate(generators, source, (axes) => {
      const outer = this.state.masks;
      const { value } = inside(axes);
      const own = outer.slice(this.outerMasks);
      const mask = own.length === 0 ? null : own.reduce((all, one) => conjunction(all, one));
      return reduce(this, name, value, mask, axes, node);
    });
  }

  private outerMasks = 0;

  /** Evaluate with the names of a comprehension bound, one axis for each of its loops. */
  generate<T>(generators: readonly comprehension[], source: expr, inside: (axes: Num["axes"]) => T): T {
    const { state } = this;
    const saved = new Map(state.env);
    const [depth, masks, outer] = [state.stack.length, state.masks.length, this.outerMasks];
    this.outerMasks = masks;
    const axes: Num["axes"][number][] = [];
    try {
      for (const generator of generators) {
        if (generator.is_async) return refuse("it is asynchronous", source);
        const { axis, bindings } = headerOf(this, generator.target, generator.iter);
        this.enter(axis, bindings, true);
        axes.push(axis);
        for (const test of generator.ifs) state.masks.push(this.truth(test));
      }
      return inside(axes);
    } finally {
      state.stack.length = depth;
      state.masks.length = masks;
      this.outerMasks = outer;
      state.env = saved;
    }
  }

  /** Go into a loop: its names are bound, and its position is an array if anything asks for it. */
  enter(axis: Num["axes"][number], bindings: ReadonlyMap<string, Value>, ownScope: boolean): void {
    const { state } = this;
    state.stack.push(axis);
    for (const [name, value] of bindings) {
      if (value.kind === "number" && value.affine && name === axis.index) {
        const local =
          this.within.length > 0 ? state.fresh(name) : ownScope ? state.options.localName(name) : name;
        const offset = value.affine.offset;
        state.emit({
          text: `${local} = ${arange(state, axis, offset)}`,
          defines: local,
          commits: false,
          harmless: true,
        });
        state.env.set(name, { ...value, code: atom(local) });
      } else state.env.set(name, value);
    }
  }

  /** A call of a function of the module that only computes: its result with the arguments in place. */
  private inline(definition: FunctionDef, node: Extract<expr, { kind: "Call" }>): Value {
    const { args } = definition;
    const plain =
      args.posonlyargs.length + args.kwonlyargs.length + args.defaults.length === 0 &&
      !args.vararg &&
      !args.kwarg;
    if (
      !plain ||
      args.args.length !== node.args.length ||
      node.keywords.length > 0 ||
      definition.decorator_list.length > 0
    )
      return refuse(`\`${definition.name}\` takes its arguments in a way that is not followed`, node);
    if (this.within.includes(definition)) return refuse(`\`${definition.name}\` calls itself`, node);
    const values = node.args.map((arg, i) => {
      const value = this.evaluate(arg);
      return value.kind === "number" && value.axes.length > 0 && !value.affine
        ? this.state.named(value, args.args[i]!.arg)
        : value;
    });
    return this.follow(definition, values, node);
  }

  /** What a function gives for values in place of its parameters. */
  follow(
    definition: FunctionDef | Extract<expr, { kind: "Lambda" }>,
    values: readonly Value[],
    node: expr,
  ): Value {
    const parameters = definition.args.args;
    if (parameters.length !== values.length || this.within.includes(definition))
      return refuse("its function takes other arguments", node);
    const saved = this.state.env;
    // A lambda sees the names around it, a function those of the module.
    const seen =
      definition.kind === "Lambda"
        ? [...saved]
        : [...saved].filter(([name]) => this.state.options.isGlobal(name));
    this.state.env = new Map(seen);
    for (const [i, value] of values.entries()) this.state.env.set(parameters[i]!.arg, value);
    this.within.push(definition);
    try {
      if (definition.kind === "Lambda") return this.evaluate(definition.body);
      const body = definition.body.filter((statement, i) => !(i === 0 && isDocstring(statement)));
      const [only] = body;
      if (body.length === 1 && only!.kind === "Return" && only!.value) return this.evaluate(only!.value);
      return this.runBody(body, node);
    } finally {
      this.within.pop();
      this.state.env = saved;
    }
  }

  /** How a name of the code that is followed is called here: a function's own names get new ones. */
  local(name: string): string {
    return this.within.length > 0 ? this.state.fresh(name) : name;
  }

  /** Whether a function of the module is called that changes nothing but its own names. */
  onlyComputes(func: expr): boolean {
    if (func.kind !== "Name") return false;
    const meaning = meaningOf(this.state.file, func);
    return meaning.kind === "function" && isPure(this.state.file, meaning.node);
  }

  get isInlined(): boolean {
    return this.within.length > 0;
  }

  literal(value: number): Num {
    return num("int", atom(String(value)), { constant: value, lo: value, hi: value, linear: fixed(value) });
  }
}

const bound = (lo: number, value: Num): number =>
  value.type === "float" ? (Number.isFinite(lo) ? lo : -Infinity) : lo;

const isDocstring = (statement: { kind: string }): boolean =>
  statement.kind === "Expr" && (statement as { value?: { kind: string } }).value?.kind === "Constant";

const zero = num("int", atom("0"), { constant: 0, lo: 0, hi: 0, linear: fixed(0) });

/** The positions of an axis as an array, moved by `offset`. */
export function arange(state: State, axis: Num["axes"][number], offset = 0): string {
  const start = { ...axis.start, offset: axis.start.offset + offset };
  const stop = { ...axis.stop, offset: axis.stop.offset + offset };
  const text = (bound: typeof start) =>
    bound.symbol === null
      ? String(bound.offset)
      : bound.offset === 0
        ? bound.text
        : bound.offset > 0
          ? `${bound.text} + ${bound.offset}`
          : `${bound.text} - ${-bound.offset}`;
  const step = axis.step === 1 ? "" : `, ${axis.step}`;
  if (start.symbol === null && start.offset === 0 && step === "") return `${state.np}.arange(${text(stop)})`;
  return `${state.np}.arange(${text(start)}, ${text(stop)}${step})`;
}

const kindInWords: Readonly<Record<string, string>> = {
  Lambda: "a lambda",
  ListComp: "a list comprehension",
  GeneratorExp: "a generator",
  DictComp: "a dict",
  Dict: "a dict",
  Set: "a set",
  List: "a list",
  JoinedStr: "text",
  Await: "an await",
  Yield: "a yield",
  NamedExpr: "an assignment",
  Starred: "a starred value",
};
