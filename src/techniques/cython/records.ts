// Classes whose objects compiled code can hold as records: extension types with typed attributes, which never meet Python.

import type { ClassDef, FunctionDef, Node, stmt } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import { withoutDocstring } from "./flow.ts";

export interface RecordClass {
  readonly name: string;
  /** The extension type that stands for it. */
  readonly type: string;
  readonly methods: ReadonlyMap<string, FunctionDef>;
  /** What `__init__` sets before anything is read. */
  readonly attributes: ReadonlySet<string>;
}

const known = new WeakMap<SourceFile, ReadonlyMap<string, RecordClass>>();

/** The classes of the module that are nothing but attributes and plain methods. */
export function recordsOf(file: SourceFile): ReadonlyMap<string, RecordClass> {
  let records = known.get(file);
  if (!records) {
    const classes = (file.tree as { body: stmt[] }).body.filter(
      (one): one is ClassDef => one.kind === "ClassDef",
    );
    records = new Map(classes.flatMap((node) => recordOf(file, node) ?? []).map((one) => [one.name, one]));
    known.set(file, records);
  }
  return records;
}

/** The class that has `node` as its method. */
export function ownerOf(file: SourceFile, node: FunctionDef): RecordClass | null {
  for (const record of recordsOf(file).values())
    if ([...record.methods.values()].includes(node)) return record;
  return null;
}

function recordOf(file: SourceFile, node: ClassDef): RecordClass | null {
  if (node.decorator_list.length + node.keywords.length + (node.type_params?.length ?? 0) > 0) return null;
  if (node.bases.some((base) => base.kind !== "Name" || base.id !== "object")) return null;
  const methods = new Map<string, FunctionDef>();
  let slots: ReadonlySet<string> | null = null;
  for (const member of node.body) {
    if (member.kind === "FunctionDef" && isPlainMethod(member) && !methods.has(member.name))
      methods.set(member.name, member);
    else if (slots === null && slotsIn(member)) slots = slotsIn(member);
    else if (member.kind !== "Pass" && (member.kind !== "Expr" || member.value.kind !== "Constant"))
      return null;
  }
  const init = methods.get("__init__");
  const attributes = init && attributesOf(init);
  if (!attributes || !isLeftAlone(file, node)) return null;
  const fits = [...attributes].every(
    (name) => !methods.has(name) && !inC.has(name) && (!slots || slots.has(name)),
  );
  const type = `${node.name}Record`;
  return fits && !mentions(file.tree, type) ? { name: node.name, type, methods, attributes } : null;
}

/** Operators that are looked up on the type, and what never runs in compiled code. */
const special = /^__(init|repr|str|add|sub|mul|truediv|radd|rsub|rmul|neg)__$/;

function isPlainMethod({ name, args, decorator_list }: FunctionDef): boolean {
  if (
    decorator_list.length > 0 ||
    args.vararg ||
    args.kwarg ||
    args.posonlyargs.length + args.args.length === 0
  )
    return false;
  return special.test(name) || !name.startsWith("__");
}

function slotsIn(member: stmt): ReadonlySet<string> | null {
  if (member.kind !== "Assign" || member.targets.length !== 1) return null;
  const [target] = member.targets;
  const { value } = member;
  if (target!.kind !== "Name" || target!.id !== "__slots__") return null;
  if (value.kind !== "Tuple" && value.kind !== "List") return null;
  const names = value.elts.map((one) =>
    one.kind === "Constant" && one.value.type === "str" ? one.value.value : null,
  );
  return names.includes(null) ? null : new Set(names as string[]);
}

/** The attributes that `__init__` sets, each before anything reads it; null where that is not certain. */
function attributesOf(init: FunctionDef): ReadonlySet<string> | null {
  const self = selfOf(init);
  const body = withoutDocstring(init);
  const attributes = new Set(body.flatMap((statement) => setBy(statement, self)));
  if (attributes.size === 0) return null;
  const assigned = new Set<string>();
  let sound = true;
  for (const statement of body) {
    const owners = new Set<Node>();
    walk(statement, (part) => {
      if (/^(Return|Yield|YieldFrom|Await|Lambda|FunctionDef|ClassDef|Delete)$/.test(part.kind))
        sound = false;
      if (part.kind === "Attribute" && part.value.kind === "Name" && part.value.id === self) {
        owners.add(part.value);
        if (part.attr.startsWith("__")) sound = false;
        if (
          part.ctx === "Store"
            ? !attributes.has(part.attr)
            : assigned.size < attributes.size && !assigned.has(part.attr)
        )
          sound = false;
      }
      if (part.kind === "AugAssign" && part.target.kind === "Attribute" && !assigned.has(part.target.attr))
        sound = false;
      if (part.kind === "Name" && part.id === self && !owners.has(part) && assigned.size < attributes.size)
        sound = false;
    });
    for (const name of setBy(statement, self)) assigned.add(name);
  }
  return sound ? attributes : null;
}

/** The name of a method's object. */
export const selfOf = ({ args }: FunctionDef): string => [...args.posonlyargs, ...args.args][0]!.arg;

/** The attributes of `self` that the statement sets whatever happens. */
function setBy(statement: stmt, self: string): string[] {
  const targets =
    statement.kind === "Assign"
      ? statement.targets
      : statement.kind === "AnnAssign" && statement.value
        ? [statement.target]
        : [];
  return targets
    .flatMap((target) => (target.kind === "Tuple" || target.kind === "List" ? target.elts : [target]))
    .flatMap((target) =>
      target.kind === "Attribute" && target.value.kind === "Name" && target.value.id === self
        ? [target.attr]
        : [],
    );
}

/** Whether the class is only called, named in annotations and derived from: nothing is put into it. */
function isLeftAlone(file: SourceFile, node: ClassDef): boolean {
  const variable = scopesOf(file).lookup(scopesOf(file).module, node.name);
  if (variable?.occurrences.filter(({ action }) => action !== "read").length !== 1) return false;
  const parents = parentMap(file);
  const annotations = new Set<Node | null>();
  walk(file.tree, (part) => {
    if (part.kind === "arg" || part.kind === "AnnAssign") annotations.add(part.annotation);
    if (part.kind === "FunctionDef") annotations.add(part.returns);
  });
  return variable.occurrences.every(({ action, node: use }) => {
    if (action !== "read") return true;
    for (let at: Node | undefined = use; at; at = parents.get(at)) if (annotations.has(at)) return true;
    const parent = parents.get(use);
    if (parent?.kind === "Call" && parent.func.kind === "Name" && parent.func.id === "isinstance")
      return true;
    return parent?.kind === "ClassDef" || (parent?.kind === "Call" && parent.func === use);
  });
}

function mentions(tree: Node, name: string): boolean {
  let found = false;
  walk(tree, (part) => {
    if (part.kind === "Name" ? part.id === name : part.kind === "arg" && part.arg === name) found = true;
  });
  return found;
}

/** Names that attributes in C cannot have. */
const inC = new Set(
  `auto bool break case char class const continue default delete do double else enum extern float for friend goto if
  inline int long namespace new operator private protected public register return short signed sizeof static struct switch
  template this throw typedef union unsigned using virtual void volatile while cdef cpdef ctypedef cimport`.split(
    /\s+/,
  ),
);

/** The extension type of a class, with the C types of its attributes. */
export function recordText(record: RecordClass, typeOf: (attribute: string) => string): string {
  const groups = new Map<string, string[]>();
  for (const name of record.attributes) {
    const type = typeOf(name);
    groups.set(type, [...(groups.get(type) ?? []), name]);
  }
  const lines = [...groups].map(([type, names]) => `    cdef ${type} ${names.join(", ")}`);
  // A chain of objects is as long as it may be when it is let go.
  const numbers = [...groups.keys()].every((type) => /^(double|long long|bint|Py_UCS4)$/.test(type));
  const chained = numbers ? "" : "@cython.trashcan(True)\n";
  return `@cython.freelist(64)\n${chained}cdef class ${record.type}:\n    """\`${record.name}\` within compiled code."""\n${lines.join("\n")}`;
}
