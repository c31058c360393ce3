// Draws of random numbers: the generators of Python's `random`, run in C from the state that they have.
//
// A generator is a parameter or a variable from outside, one made with a seed in the function itself, or the one that the
// functions of the module share. It must stay among what stands here, as the lists of `vectors.ts` must.

import type { Call, expr } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { fits, join as joinRanges, range, subtract } from "../analysis/ranges.ts";
import { rangeOf } from "./arithmetic.ts";
import { type Compiled, number } from "./compiled.ts";
import { Containers } from "./containers.ts";
import { wide } from "./seen.ts";
import { elementOf, float, int, leaves, none, type Value, vectorKind } from "./values.ts";

export abstract class Draws extends Containers {
  /** A call that makes a generator or draws from one; null for every other call. */
  protected draw(node: Call): Compiled | null {
    const { scope } = this;
    const shared = /^random\.(\w+)$/.exec(dottedName(scope.file, node.func, true) ?? "")?.[1];
    if (shared === "Random") return this.generator(node);
    if (node.keywords.length > 0) return null;
    if (shared !== undefined) {
      const drawn = this.drawn(node, shared, "shared_draws");
      if (drawn) scope.needs.shared.add(shared);
      return drawn;
    }
    if (node.func.kind !== "Attribute" || dottedName(scope.file, node.func, true) !== null) return null;
    const { value, text } = this.expression(node.func.value);
    if (value.kind !== "draws" || value.sites.length === 0) return null;
    return this.drawn(node, node.func.attr, this.isSure(node.func.value) ? text : `(<Draws?>(${text}))`);
  }

  /** `random.Random(seed)`. */
  private generator(node: Call): Compiled | null {
    const [seed] = node.args;
    const site = String(node.start);
    if (!seed || node.args.length > 1 || node.keywords.length > 0 || this.scope.needs.demoted.has(site))
      return null;
    if (!/^(int|str|char|bytes)$/.test(this.expression(seed).value.kind)) return null;
    this.scope.needs.support.add("draws_from");
    const text = `draws_from(Random(${this.asObject(seed)}))`;
    return { text, value: { kind: "draws", sites: [site] }, native: false };
  }

  private drawn(node: Call, verb: string, generator: string): Compiled | null {
    const { args } = node;
    const [first, second] = args;
    const values = args.map((one) => this.expression(one).value);
    const numbers = (): string => args.map((one) => `, ${this.drawable(one)}`).join("");
    const integers = values.every((value) => value.kind === "int" && value.origin === "python");
    switch (`${verb} ${args.length}`) {
      case "random 0":
      case "uniform 2":
      case "gauss 2":
      case "expovariate 1":
        if (values.some((value) => vectorKind(value) === null)) return null;
        return this.supported(`draws_${verb}`, `${generator}${numbers()}`, float());
      case "randrange 1":
        return integers ? this.below(generator, first!) : null;
      case "randrange 2":
      case "randint 2":
        return integers ? this.between(generator, first!, second!, verb === "randint") : null;
      case "choice 1":
        return this.choose(generator, first!, values[0]!);
      default:
        return null;
    }
  }

  /** A number as a C double that is equal to it. */
  private drawable(node: expr): string {
    const compiled = number(this.native(node));
    return compiled.value.kind === "int" ? this.exact(compiled) : compiled.text;
  }

  private below(generator: string, bound: expr): Compiled {
    const { text, value } = this.native(bound);
    const drawn = joinRanges(range(0n, 0n), subtract(rangeOf(value), range(1n, 1n)));
    return this.supported("draws_below", `${generator}, ${text}`, int(fits(drawn, wide) ? drawn : wide));
  }

  private between(generator: string, start: expr, stop: expr, included: boolean): Compiled {
    const [from, to] = [this.native(start), this.native(stop)];
    const drawn = joinRanges(rangeOf(from.value), rangeOf(to.value));
    const text = `${generator}, ${from.text}, ${included ? `(${to.text}) + 1` : to.text}`;
    return this.supported("draws_between", text, int(drawn));
  }

  /** `choice(items)` of what stands under a name. */
  private choose(generator: string, items: expr, value: Value): Compiled | null {
    if (items.kind !== "Name") return null;
    const index = (count: string) => this.supported("draws_below", `${generator}, ${count}`, none).text;
    if (value.kind === "vector") {
      const vector = this.vector(items);
      const text = `${this.vectors(value.of, "get")}(${vector}, ${index(`${vector}.length`)})`;
      return { text, value: elementOf(value)!, native: true };
    }
    if (!/^(list|tuple|str)$/.test(value.kind)) return null;
    const container = this.container(items);
    const element = elementOf(value);
    if (element?.kind === "char") return null;
    if (value.kind === "tuple") leaves(value);
    return this.item(`${container}[${index(`len(${container})`)}]`, element);
  }
}
