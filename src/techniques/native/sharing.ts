// Which variables may hold arrays that share memory: views, items, and other names for one array.

import type { expr, Node } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { walk } from "../../source/walk.ts";
import { onlyComputes } from "./reads.ts";
import type { Subject } from "./subject.ts";
import { isArray } from "./types.ts";

/** Variables that may share memory through what the source says. */
interface Group {
  members: Set<Variable>;
  /** Some member may hold what came from elsewhere: a parameter, an attribute, what an unknown function gave. */
  foreign: boolean;
}

const known = new WeakMap<Subject, Map<Variable, Group>>();

/**
 * True or false: whether two variables surely have memory of their own; a sentence to assume when nothing but the run says so.
 */
export function areApart(subject: Subject, a: Variable, b: Variable): boolean | string {
  const groups = known.get(subject) ?? groupsOf(subject);
  known.set(subject, groups);
  const [one, other] = [groupOf(groups, a), groupOf(groups, b)];
  if (a === b || one === other) return false;
  const isPair = ([x, y]: readonly [string, string]) =>
    (x === a.name && y === b.name) || (x === b.name && y === a.name);
  if (subject.context.facts.aliases.some(isPair)) return false;
  if (!one.foreign || !other.foreign) return true;
  return `\`${a.name}\` and \`${b.name}\` do not share memory, as in every recorded call.`;
}

function groupOf(groups: Map<Variable, Group>, variable: Variable): Group {
  let group = groups.get(variable);
  if (!group) {
    const bound = variable.occurrences.filter(({ action }) => action === "bind");
    const foreign = bound.length === 0 || bound.some(({ node }) => node.kind === "arg");
    group = { members: new Set([variable]), foreign };
    groups.set(variable, group);
  }
  return group;
}

function groupsOf(subject: Subject): Map<Variable, Group> {
  const scopes = scopesOf(subject.file);
  const groups = new Map<Variable, Group>();
  const join = (variables: readonly Variable[], foreign: boolean): void => {
    const [first, ...rest] = variables;
    if (!first) return;
    const into = groupOf(groups, first);
    into.foreign ||= foreign;
    for (const variable of rest) {
      const group = groupOf(groups, variable);
      if (group === into) continue;
      into.foreign ||= group.foreign;
      for (const member of group.members) {
        into.members.add(member);
        groups.set(member, into);
      }
    }
  };
  const namesIn = (node: Node): Variable[] => {
    const found: Variable[] = [];
    walk(node, (part) => {
      const variable =
        part.kind === "Name" && dottedName(subject.file, part) === null ? scopes.variable(part) : undefined;
      if (variable) found.push(variable);
    });
    return found;
  };
  /** The variables whose memory a value may be, or hold. */
  const heldBy = (value: expr): Variable[] => {
    if (isNew(subject, value)) return [];
    if (value.kind === "IfExp") return [...heldBy(value.body), ...heldBy(value.orelse)];
    if (value.kind === "Subscript" || value.kind === "Attribute") return heldBy(value.value);
    return namesIn(value);
  };
  const bind = (targets: readonly Node[], value: expr): void => {
    if (isNew(subject, value)) return;
    const held = heldBy(value);
    join([...targets.flatMap(namesIn), ...held], held.length === 0 || holdsUnknown(subject, value));
  };
  walk(subject.file.tree, (node) => {
    switch (node.kind) {
      case "Assign":
        bind(
          node.targets.filter((target) => !isStoreInArray(subject, target)),
          node.value,
        );
        break;
      case "AnnAssign":
      case "NamedExpr":
        if (node.value) bind([node.target], node.value);
        break;
      case "For":
      case "AsyncFor":
      case "comprehension":
        bind([node.target], node.iter);
        break;
      case "withitem":
        if (node.optional_vars) bind([node.optional_vars], node.context_expr);
        break;
      case "Call":
        // What is put into a container is held by it.
        if (
          node.func.kind === "Attribute" &&
          dottedName(subject.file, node.func) === null &&
          !onlyComputes(subject, node)
        )
          join([...namesIn(node.func.value), ...node.args.flatMap(namesIn)], false);
        break;
    }
  });
  return groups;
}

/** `out[i] = value` copies into an array, and keeps nothing of the value. */
const isStoreInArray = (subject: Subject, target: Node): boolean =>
  target.kind === "Subscript" && isArray(subject.type(target.value));

function holdsUnknown(subject: Subject, value: expr): boolean {
  let found = false;
  walk(value, (part) => {
    if (part.kind === "Attribute" && !isArray(subject.type(part.value))) found = true;
    if (part.kind === "Call" && !onlyComputes(subject, part)) found = true;
  });
  return found;
}

/** Whether an expression makes a new value rather than giving one that is there. */
function isNew(subject: Subject, node: expr): boolean {
  if (["BinOp", "UnaryOp", "Compare", "Constant", "JoinedStr"].includes(node.kind)) return true;
  if (node.kind === "Tuple" || node.kind === "List") return node.elts.every((item) => isNew(subject, item));
  if (node.kind === "ListComp") return isNew(subject, node.elt);
  if (node.kind === "IfExp") return isNew(subject, node.body) && isNew(subject, node.orelse);
  if (node.kind === "Subscript") {
    const type = subject.type(node);
    return type?.is === "array" && type.sizes.length === 0;
  }
  if (node.kind !== "Call") return node.kind === "Attribute" && ["shape", "size", "ndim"].includes(node.attr);
  const name = dottedName(subject.file, node.func);
  if (name === "numpy.diag") return false;
  if (
    name !== null &&
    /^(range|len|isinstance|numpy\.(empty|full|shape|size|ndim|iscomplexobj|isscalar|\w+_like|random\.\w+))$/.test(
      name,
    )
  )
    return true;
  return onlyComputes(subject, node);
}
