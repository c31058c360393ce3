// Expressions of a loop's body for all iterations at once.

import type { expr, FunctionDef, Node, stmt } from "../../source/ast.generated.ts";
import { effectsOf } from "../../source/effects.ts";
import { dottedName, meaningOf } from "../../source/meaning.ts";
import { sourceText } from "../../source/walk.ts";
import { evaluateCall } from "./calls.ts";
import { atom } from "./code.ts";
import { evaluateRow } from "./generators.ts";
import { fixed } from "./linear.ts";
import { evaluateConstant, evaluateName } from "./literals-and-names.ts";
import { evaluateCompare, scalarChoice, shortCircuit } from "./logic.ts";
import { choose, comparison, negate, operate } from "./operations.ts";
import { evaluateSubscript } from "./references.ts";
import { refuse } from "./refusal.ts";
import type { State } from "./state.ts";
import { element } from "./subscripts.ts";
import { type Num, num, type Value } from "./values.ts";

export class Expressions {
  readonly state: State;
  /** Functions that are being followed, so that recursion ends. */
  readonly within: (FunctionDef | Extract<expr, { kind: "Lambda" }>)[] = [];

  /** Run the statements of a function in place of a call of it. */
  runBody: (body: readonly stmt[], node: expr) => Value = (_body, node) =>
    refuse("a function of several statements is called", node);

  outerMasks = 0;

  /** The loop or comprehension that is turned into lines, and the array of random numbers drawn for it. */
  root: Node | null = null;
  drawn: string | null = null;

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
        return evaluateConstant(this, node);
      case "Name":
      case "Attribute":
        return evaluateName(this, node);
      case "BinOp":
        return operate(state, node.op, this.number(node.left), this.number(node.right), node);
      case "UnaryOp":
        return negate(state, node.op, this.condition(node.op === "Not", node.operand), node);
      case "BoolOp":
        return shortCircuit(this, node);
      case "Compare":
        return evaluateCompare(this, node);
      case "IfExp": {
        const test = this.truth(node.test);
        if (test.axes.length === 0) return scalarChoice(this, node, test);
        const yes = this.under(test, () => this.number(node.body));
        const no = this.under(this.negated(test), () => this.number(node.orelse));
        return choose(state, test, yes, no, node);
      }
      case "Subscript":
        return evaluateSubscript(this, node);
      case "Call":
        return evaluateCall(this, node);
      case "ListComp":
        return evaluateRow(this, node);
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

  /** How a name of the code that is followed is called here: a function's own names get new ones. */
  local(name: string): string {
    return this.within.length > 0 ? this.state.fresh(name) : name;
  }

  /** Whether a function of the module is called that changes nothing but its own names. */
  onlyComputes(func: expr): boolean {
    if (func.kind !== "Name") return false;
    const meaning = meaningOf(this.state.file, func);
    if (meaning.kind !== "function") return false;
    const { mutates, outerBinds, calls, io } = effectsOf(this.state.file, meaning.node);
    return mutates.size === 0 && outerBinds.size === 0 && calls.length === 0 && !io;
  }

  get isInlined(): boolean {
    return this.within.length > 0;
  }

  literal(value: number): Num {
    return num("int", atom(String(value)), { constant: value, lo: value, hi: value, linear: fixed(value) });
  }
}

const zero = num("int", atom("0"), { constant: 0, lo: 0, hi: 0, linear: fixed(0) });

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
