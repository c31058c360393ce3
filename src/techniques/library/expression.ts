// Putting Python expressions together from templates, with parentheses where precedence needs them.

import { isAtom } from "../../source/expression-text.ts";

/** Fill `{name}` and `{name.part}` places; a place that `values` lacks stays. */
export const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+(?:\.\w+)?)\}/g, (place, name: string) => values[name] ?? place);

/** Put `inner` into the `{}` places of `outer`. */
export function wrap(outer: string, inner: string): string {
  if (outer === "{}") return inner;
  return outer.replace(/\{\}/g, (_place, at: number) => {
    const before = outer[at - 1];
    const after = outer[at + 2];
    const enclosed = before === "(" && after === ")";
    return enclosed || isAtom(inner) ? inner : `(${inner})`;
  });
}

/** Rename whole names in a template, leaving attributes, strings and `{places}` alone. */
export function rename(template: string, from: string, to: string): string {
  return from === to ? template : template.replace(new RegExp(`(?<![\\w.{"'])${from}(?![\\w}"'])`, "g"), to);
}
