// Other names for the same list, as far as the source shows them.

import type { Call, Node } from "../../source/ast.generated.ts";
import { soleFunction } from "../../source/effects.ts";
import type { SourceFile } from "../../source/file.ts";
import { pureBuiltins } from "../../source/known-calls.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import type { Subject } from "./subject.ts";

interface Links {
  /** Variables that assignments, loops and `with` may make the same object, or one that the other holds. */
  variables: Map<Variable, Set<Variable>>;
  /** Variables bound to something read from an attribute, by the attribute's name. */
  attributes: Map<string, Set<Variable>>;
  /** Variables that were bound to what a call, an index or an attribute gave: it may be any object. */
  foreign: Set<Variable>;
}

const linksByTree = new WeakMap<Node, Links>();

/** Variables, other than its own, through which the subject's list may be reached directly. */
export function aliasesOf(context: RegionContext, subject: Subject): Set<Variable> {
  const links = linksOf(context);
  const isName = subject.text === subject.variable.name;
  const found = new Set<Variable>(
    isName ? [subject.variable] : (links.attributes.get(subject.text.split(".").at(-1)!) ?? []),
  );
  for (const variable of found) for (const other of links.variables.get(variable) ?? []) found.add(other);
  if (isName) found.delete(subject.variable);
  return found;
}

/** Whether the variable was ever given an object of unknown origin by the code itself. */
export function isForeign(context: RegionContext, variable: Variable): boolean {
  const links = linksOf(context);
  const group = new Set([variable]);
  for (const one of group) for (const other of links.variables.get(one) ?? []) group.add(other);
  return [...group].some((one) => links.foreign.has(one));
}

function linksOf({ file }: RegionContext): Links {
  let links = linksByTree.get(file.tree);
  if (links) return links;
  const scopes = scopesOf(file);
  const made: Links = { variables: new Map(), attributes: new Map(), foreign: new Set() };
  links = made;
  const bind = (targets: readonly Node[], value: Node | null, isItem: boolean): void => {
    const bound = targets.flatMap((target) => namesIn(target));
    const held = new Set<Variable>(targets.length > 1 ? bound : []);
    if (value)
      look(file, value, (part) => {
        if (part.kind === "Name") for (const variable of namesIn(part)) held.add(variable);
        else if (part.kind === "Attribute") {
          const known = made.attributes.get(part.attr) ?? new Set();
          for (const one of bound) known.add(one);
          made.attributes.set(part.attr, known);
        }
        if (isItem || ["Attribute", "Subscript", "Call", "Await"].includes(part.kind))
          for (const one of bound) made.foreign.add(one);
      });
    if (isItem) return; // an item of a list is another object than the list
    for (const a of bound)
      for (const b of held) {
        made.variables.set(a, (made.variables.get(a) ?? new Set()).add(b));
        made.variables.set(b, (made.variables.get(b) ?? new Set()).add(a));
      }
  };
  const namesIn = (target: Node): Variable[] => {
    const found: Variable[] = [];
    walk(target, (part) => {
      const variable = part.kind === "Name" ? scopes.variable(part) : undefined;
      if (variable) found.push(variable);
      return part.kind !== "Subscript" && part.kind !== "Attribute";
    });
    return found;
  };
  walk(file.tree, (node) => {
    if (node.kind === "Assign") bind(node.targets, node.value, false);
    else if (node.kind === "AnnAssign" || node.kind === "NamedExpr") bind([node.target], node.value, false);
    else if (node.kind === "For" || node.kind === "comprehension")
      bind([node.target], node.iter, node.iter.kind !== "Tuple" && node.iter.kind !== "List");
    else if (node.kind === "withitem" && node.optional_vars)
      bind([node.optional_vars], node.context_expr, false);
  });
  return links;
}

/** Call `see` on the parts of a value that the value may be or hold; not on what only goes into computing a new one. */
function look(file: SourceFile, value: Node, see: (part: Node) => void): void {
  walk(value, (part) => {
    const computed = [
      "Compare",
      "JoinedStr",
      "BinOp",
      "UnaryOp",
      "ListComp",
      "SetComp",
      "DictComp",
      "GeneratorExp",
      "Lambda",
    ];
    if (computed.includes(part.kind)) return false;
    if (part.kind === "Subscript" && part.slice.kind === "Slice") return false;
    if (part.kind === "Call" && part.func.kind === "Name" && pureBuiltins.has(part.func.id)) return false;
    see(part);
    if (part.kind !== "Call") return true;
    if (part.func.kind === "Attribute") return !givingScalars.has(part.func.attr);
    return !givesItems(file, part);
  });
}

/** Methods of lists that give no item and no list. */
const givingScalars: ReadonlySet<string> = new Set(["count", "index"]);

/** A function of the file that gives constants and items of what its loops run over, and nothing that it is given. */
function givesItems(file: SourceFile, { func }: Call): boolean {
  const scopes = scopesOf(file);
  const variable = func.kind === "Name" ? scopes.variable(func) : undefined;
  const definition = variable && soleFunction(variable);
  if (!definition) return false;
  let found = true;
  walk(definition, (node) => {
    if (node.kind === "Yield" || node.kind === "YieldFrom") found = false;
    if (node.kind !== "Return" || !node.value || node.value.kind === "Constant") return;
    let root: Node = node.value;
    while (root.kind === "Subscript" || root.kind === "Attribute") root = root.value;
    const binds = scopes.variable(root)?.occurrences.filter(({ action }) => action !== "read") ?? [];
    const isItem = binds.every(({ node: bind }) => {
      const loop = parentMap(file).get(bind);
      return loop?.kind === "For" && loop.target === bind;
    });
    if (root.kind !== "Name" || binds.length === 0 || !isItem) found = false;
  });
  return found;
}
