// Variables that hold what the program has just made of literals when a loop begins: nothing from outside can be in them.

import type { Region } from "../schemas/region.ts";
import type { expr, Node, stmt } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";
import { type RegionNode, regionNode } from "./regions.ts";
import { type Scopes, scopesOf, type Variable } from "./scopes.ts";
import { parentMap } from "./uses.ts";

/** What is in such a variable: numbers of one type, in lists that share nothing; or nothing. */
export type Made = "int" | "float" | "empty";

/**
 * Names among the live-ins of a loop that are bound once, to a list of plain numbers or lists of such, or to an empty container,
 * in every iteration of whatever loops stand around; until the loop begins, only numbers of that type are put into single places.
 */
export function madeAnew(file: SourceFile, region: Region): Record<string, Made> {
  if (region.kind !== "loop") return {};
  const loop = regionNode(file, region);
  const scopes = scopesOf(file);
  const scope = scopes.around(loop);
  const found = region.liveIn.map((name) => {
    const variable = scopes.lookup(scope, name);
    return [name, variable ? new Making(file, scopes, loop, variable).holds() : null] as const;
  });
  return Object.fromEntries(found.filter((one): one is [string, Made] => one[1] !== null));
}

class Making {
  private readonly scopes: Scopes;
  private readonly parents: Map<Node, Node>;
  private readonly loop: RegionNode;
  private readonly variable: Variable;

  constructor(file: SourceFile, scopes: Scopes, loop: RegionNode, variable: Variable) {
    this.scopes = scopes;
    this.parents = parentMap(file);
    this.loop = loop;
    this.variable = variable;
  }

  holds(): Made | null {
    const { occurrences, scope } = this.variable;
    const binding = occurrences.filter(({ action }) => action !== "read");
    if (binding.length !== 1 || binding[0]!.action !== "bind") return null;
    if (occurrences.some((one) => one.scope !== scope)) return null;
    const maker = this.parents.get(binding[0]!.node);
    if (maker?.kind !== "Assign" || maker.targets.length !== 1 || maker.targets[0] !== binding[0]!.node)
      return null;
    const kind = this.kindOf(maker.value);
    if (kind === null || !this.runsBefore(maker)) return null;
    const isSo = occurrences.every(
      ({ node }) =>
        node === binding[0]!.node || startOf(node) >= this.loop.start || this.isHarmless(node, kind),
    );
    return isSo ? kind : null;
  }

  /** Whether the statement runs whenever the loop begins, since it stands in the same block or in one around it. */
  private runsBefore(maker: stmt): boolean {
    const block = this.parents.get(maker);
    if (maker.start >= this.loop.start || block === undefined) return false;
    for (let at: Node | undefined = this.parents.get(this.loop); at; at = this.parents.get(at)) {
      if (at === block) return true;
      // The loop would begin again without it.
      if (at.kind === "For" || at.kind === "While" || at.kind === "AsyncFor") return false;
    }
    return false;
  }

  /** What the numbers are of a list that is made here; null where it is anything else. */
  private kindOf(value: expr): Made | null {
    if (value.kind === "List") return sameKind(value.elts.map((one) => this.itemKind(one)));
    if (value.kind === "Dict") return value.keys.length === 0 ? "empty" : null;
    if (value.kind === "ListComp") return this.itemKind(value.elt);
    if (value.kind === "Call") {
      const isPlain = value.args.length === 0 && value.keywords.length === 0;
      return isPlain && ["list", "dict", "set"].some((name) => this.isBuiltin(value.func, name))
        ? "empty"
        : null;
    }
    if (value.kind !== "BinOp" || value.op !== "Mult") return null;
    const list = [value.left, value.right].find((side) => side.kind === "List");
    // Rows that are repeated so are one object.
    return list?.kind === "List" ? sameKind(list.elts.map((one) => this.numberKind(one))) : null;
  }

  private itemKind(value: expr): Made | null {
    return this.numberKind(value) ?? this.kindOf(value);
  }

  private numberKind(value: expr): "int" | "float" | null {
    if (value.kind === "Constant" && (value.value.type === "int" || value.value.type === "float"))
      return value.value.type;
    if (value.kind === "UnaryOp" && value.op === "USub") return this.numberKind(value.operand);
    return this.isWhole(value) ? "int" : null;
  }

  /** Whole numbers, of literals and of the variables of loops over ranges. */
  private isWhole(value: expr): boolean {
    if (value.kind === "Constant") return value.value.type === "int";
    if (value.kind === "BinOp" && ["Add", "Sub", "Mult"].includes(value.op))
      return this.isWhole(value.left) && this.isWhole(value.right);
    if (value.kind !== "Name") return false;
    const variable = this.scopes.variable(value);
    const bound = variable?.occurrences.filter(({ action }) => action !== "read") ?? [];
    return bound.length > 0 && bound.every(({ node }) => this.countsRange(node));
  }

  private countsRange(target: Node): boolean {
    const parent = this.parents.get(target);
    if (parent?.kind !== "For" && parent?.kind !== "comprehension") return false;
    return (
      parent.target === target && parent.iter.kind === "Call" && this.isBuiltin(parent.iter.func, "range")
    );
  }

  private isBuiltin(node: expr, name: string): boolean {
    return (
      node.kind === "Name" &&
      node.id === name &&
      (this.scopes.variable(node)?.occurrences.every(({ action }) => action === "read") ?? true)
    );
  }

  /** `len(name)`, or a number of the same type put into a place of it. */
  private isHarmless(name: Node, kind: Made): boolean {
    let place = name;
    let parent = this.parents.get(place);
    if (parent?.kind === "Call") return parent.args.length === 1 && this.isBuiltin(parent.func, "len");
    while (parent?.kind === "Subscript" && parent.value === place) {
      place = parent;
      parent = this.parents.get(place);
    }
    if (place === name || parent?.kind !== "Assign" || parent.targets.length !== 1) return false;
    return parent.targets[0] === place && this.numberKind(parent.value) === kind;
  }
}

const startOf = (node: Node): number => ("start" in node ? node.start : 0);

const sameKind = (kinds: readonly (Made | null)[]): Made | null => {
  const [first = "empty"] = kinds;
  return kinds.every((kind) => kind === first) ? first : null;
};
