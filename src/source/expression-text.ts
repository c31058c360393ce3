// Python expressions as text: what is code in them, and whether one keeps together beside an operator.

import type { operator } from "./ast.generated.ts";

/** How each operator is written. */
export const operatorSign: Readonly<Record<operator, string>> = {
  Add: "+",
  Sub: "-",
  Mult: "*",
  MatMult: "@",
  Div: "/",
  Mod: "%",
  Pow: "**",
  LShift: "<<",
  RShift: ">>",
  BitOr: "|",
  BitXor: "^",
  BitAnd: "&",
  FloorDiv: "//",
};

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
