// Light colouring of Python: enough of the lexical grammar to tell comments, strings, numbers and keywords apart.

export type TokenKind = "plain" | "comment" | "string" | "number" | "keyword" | "name";

export interface Token {
  text: string;
  kind: TokenKind;
}

/** The quotes that an open triple-quoted string waits for; null outside one. */
export type LineState = '"""' | "'''" | null;

const KEYWORDS = new Set(
  (
    "False None True and as assert async await break case class continue def del elif else except finally for from " +
    "global if import in is lambda match nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

const LEXEME =
  /#.*|[rbfut]{0,3}(?:"""|'''|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)|\d[\w.]*(?:(?<=[eE])[+-]\d+)?|[\p{L}_][\p{L}\p{N}_]*|\s+|[^\s\p{L}\p{N}_#"']+/giu;

/** The tokens of one line, and the state for the next line. */
export function tokens(line: string, state: LineState): { tokens: Token[]; state: LineState } {
  const result: Token[] = [];
  let at = 0;
  if (state !== null) {
    const end = closing(line, 0, state);
    result.push({ text: line.slice(0, end ?? undefined), kind: "string" });
    if (end === null) return { tokens: result, state };
    at = end;
  }
  let previous = "";
  LEXEME.lastIndex = at;
  for (let match = LEXEME.exec(line); match !== null; match = LEXEME.exec(line)) {
    if (match[0] === "") break;
    if (match.index > at) result.push({ text: line.slice(at, match.index), kind: "plain" });
    let text = match[0];
    let kind: TokenKind = "plain";
    const triple = /(?:"""|''')$/.exec(text)?.[0] as LineState | undefined;
    if (text.startsWith("#")) kind = "comment";
    else if (triple && text.length <= 6) {
      const end = closing(line, match.index + text.length, triple);
      text = line.slice(match.index, end ?? undefined);
      result.push({ text, kind: "string" });
      if (end === null) return { tokens: result, state: triple };
      at = end;
      LEXEME.lastIndex = end;
      continue;
    } else if (/^[rbfut]{0,3}["']/i.test(text)) kind = "string";
    else if (/^\d/.test(text)) kind = "number";
    else if (KEYWORDS.has(text)) kind = "keyword";
    else if (/^[\p{L}_]/u.test(text) && (previous === "def" || previous === "class")) kind = "name";
    if (!/^\s/.test(text)) previous = text;
    result.push({ text, kind });
    at = match.index + text.length;
  }
  if (at < line.length) result.push({ text: line.slice(at), kind: "plain" });
  return { tokens: result, state: null };
}

/** The offset after the closing quotes, or null when the string goes on. */
function closing(line: string, from: number, quotes: string): number | null {
  for (let at = from; at < line.length; at++) {
    if (line[at] === "\\") at++;
    else if (line.startsWith(quotes, at)) return at + 3;
  }
  return null;
}
