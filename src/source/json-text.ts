// Where the values of a JSON text stand in it, so that one of them can be changed and every other byte kept.

/** A JSON value with the offsets of its text. */
export type JsonNode = { start: number; end: number } & (
  | { kind: "string"; value: string }
  | { kind: "array"; items: JsonNode[] }
  | { kind: "object"; entries: Map<string, JsonNode> }
  | { kind: "other"; value: number | boolean | null }
);

/** The value that `text` holds. @throws SyntaxError as JSON.parse does. */
export function parseJsonText(text: string): JsonNode {
  JSON.parse(text); // from here on the text is known to be well formed
  let at = 0;
  const skip = () => {
    while (at < text.length && " \t\r\n".includes(text[at]!)) at++;
  };
  const string = (): string => {
    const start = at++;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at++;
    return JSON.parse(text.slice(start, at)) as string;
  };
  const value = (): JsonNode => {
    skip();
    const start = at;
    const first = text[at]!;
    if (first === '"') return { kind: "string", value: string(), start, end: at };
    if (first === "[" || first === "{") {
      at++;
      const items: JsonNode[] = [];
      const entries = new Map<string, JsonNode>();
      for (skip(); text[at] !== "]" && text[at] !== "}"; skip()) {
        if (text[at] === ",") at++;
        skip();
        if (first === "[") items.push(value());
        else {
          const key = string();
          skip();
          at++; // the colon
          entries.set(key, value());
        }
      }
      at++;
      return first === "["
        ? { kind: "array", items, start, end: at }
        : { kind: "object", entries, start, end: at };
    }
    while (at < text.length && !",]} \t\r\n".includes(text[at]!)) at++;
    return {
      kind: "other",
      value: JSON.parse(text.slice(start, at)) as number | boolean | null,
      start,
      end: at,
    };
  };
  return value();
}
