// Putting Python expressions together from templates, with parentheses where precedence needs them.

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

/** Whether the expression keeps together next to any operator, dot or bracket: a name, call, index or bracket. */
export function isAtom(expression: string): boolean {
  let depth = 0;
  for (const { character, code } of codeOf(expression)) {
    if (!code) continue;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (depth === 0 && /[\s+\-*/%@<>=!&|^~,:]/.test(character)) return false;
  }
  return true;
}

/** Rename whole names in a template, leaving attributes, strings and `{places}` alone. */
export function rename(template: string, from: string, to: string): string {
  return from === to ? template : template.replace(new RegExp(`(?<![\\w.{"'])${from}(?![\\w}"'])`, "g"), to);
}

/** Each character, and whether it is code rather than part of a string literal. */
export function* codeOf(text: string): Generator<{ character: string; index: number; code: boolean }> {
  let quote: string | null = null;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (quote !== null) {
      yield { character, index, code: false };
      if (character === "\\") yield { character: text[++index] ?? "", index, code: false };
      else if (character === quote) quote = null;
    } else {
      if (character === '"' || character === "'") quote = character;
      yield { character, index, code: quote === null };
    }
  }
}
