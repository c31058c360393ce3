// Whether a function may be called as its old version was, and what its parameters are called now.

import type { AsyncFunctionDef, arg, FunctionDef } from "../source/ast.generated.ts";

type Function_ = FunctionDef | AsyncFunctionDef;

interface Parameter {
  name: string;
  optional: boolean;
}

/**
 * The new names of renamed parameters by their old ones, when every call of `old` that passes them by position is one of
 * `other` as well; null when some call is not.
 */
export function renamedParameters(old: Function_, other: Function_): Record<string, string> | null {
  if (old.kind !== other.kind || bindingOf(old) !== bindingOf(other)) return null;
  const [before, after] = [positional(old), positional(other)];
  const [keywords, newKeywords] = [keywordOnly(old), keywordOnly(other)];
  const renamed: Record<string, string> = {};
  const rename = (from: string, to: string) => {
    if (from !== to) renamed[from] = to;
  };
  if (after.length < before.length) return null;
  for (const [i, parameter] of before.entries()) {
    const now = after[i]!;
    if (parameter.optional && !now.optional) return null;
    rename(parameter.name, now.name);
  }
  const added = after.slice(before.length);
  if (old.args.vararg) {
    if (!other.args.vararg || added.length > 0) return null;
    rename(old.args.vararg.arg, other.args.vararg.arg);
  }
  if (old.args.kwarg) {
    if (!other.args.kwarg) return null;
    rename(old.args.kwarg.arg, other.args.kwarg.arg);
  }
  for (const { name, optional } of keywords) {
    const now = [...newKeywords, ...added].find((one) => one.name === name);
    if (!now || (optional && !now.optional)) return null;
  }
  const known = new Set(keywords.map(({ name }) => name));
  if ([...newKeywords, ...added].some(({ name, optional }) => !optional && !known.has(name))) return null;
  // A name that moved to another place would be another argument for a call that names it.
  const names = new Set([...before, ...keywords].map(({ name }) => name));
  return Object.values(renamed).some((name) => names.has(name)) ? null : renamed;
}

const withDefaults = (args: readonly arg[], defaults: number): Parameter[] =>
  args.map(({ arg: name }, i) => ({ name, optional: i >= args.length - defaults }));

const positional = ({ args }: Function_): Parameter[] =>
  withDefaults([...args.posonlyargs, ...args.args], args.defaults.length);

const keywordOnly = ({ args }: Function_): Parameter[] =>
  args.kwonlyargs.map(({ arg: name }, i) => ({ name, optional: args.kw_defaults[i] !== null }));

const binding =
  /^(staticmethod|classmethod|property|cached_property|setter|getter|deleter|singledispatch|overload)$/;

/** The decorators that say how a function is reached: as an attribute, through a class, by a call. */
const bindingOf = ({ decorator_list }: Function_): string =>
  decorator_list
    .flatMap((node) => {
      const name = node.kind === "Name" ? node.id : node.kind === "Attribute" ? node.attr : "";
      return binding.test(name) ? [name] : [];
    })
    .join(" ");
