// What a terminal can show, and the marks that are used on it.

export interface TerminalStyle {
  /** Cells per line; nothing is wider. */
  width: number;
  colour: boolean;
  unicode: boolean;
}

export interface Surroundings {
  isTTY: boolean;
  columns: number | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** `--no-color` was given. */
  noColour: boolean;
}

/**
 * How to write to a stream. Colour needs a terminal, and no `NO_COLOR`, `--no-color` or `TERM=dumb`; `FORCE_COLOR`
 * wins over a missing terminal only. Unicode needs a locale that says UTF-8 (`LC_ALL`, `LC_CTYPE`, `LANG`, the first
 * that is set), or macOS or Windows, whose terminals always have it.
 */
export function terminalStyle({ isTTY, columns, env, noColour }: Surroundings): TerminalStyle {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "0";
  const refused = noColour || (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb";
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  const utf8 = /utf-?8/i.test(locale) || (locale === "" && /^(darwin|win32)$/.test(process.platform));
  return {
    width: Math.max(40, Math.min(columns ?? 80, 100)),
    colour: !refused && (isTTY || forced),
    unicode: utf8 && env.TERM !== "linux",
  };
}

export type Paint = "bold" | "dim" | "accent" | "good" | "bad" | "python" | "native" | "waiting" | "system";

/** ANSI codes of the 16-colour palette, which follows the user's own theme. */
const CODES: Record<Paint, readonly [open: number, close: number]> = {
  bold: [1, 22],
  dim: [2, 22],
  accent: [34, 39],
  good: [32, 39],
  bad: [31, 39],
  python: [34, 39],
  native: [36, 39],
  waiting: [90, 39],
  system: [33, 39],
};

/** `text` in a colour, or as it is where the terminal has none. */
export function paint(style: TerminalStyle, how: Paint, text: string): string {
  if (!style.colour || text === "") return text;
  const [open, close] = CODES[how];
  return `\x1b[${open}m${text}\x1b[${close}m`;
}

/** What stands for each mark where only ASCII can be shown. */
const PLAIN: Record<string, string> = {
  "×": "x",
  "–": "-",
  "—": "-",
  "±": "+-",
  "→": "->",
  "≥": ">=",
  "≤": "<=",
  "−": "-",
  "…": "...",
  "·": "|",
  µ: "u",
  "█": "#",
  "▓": "=",
  "▒": "-",
  "░": ".",
  "✓": "+",
  "✗": "-",
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "∞": "inf",
  "²": "^2",
};

/** The same text in ASCII: known marks by their likeness, everything else as `\u` escapes. */
export function toAscii(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is what must be replaced
    /[^\x00-\x7f]/gu,
    (character) =>
      PLAIN[character] ??
      (character.length === 1
        ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
        : `\\U${character.codePointAt(0)!.toString(16).padStart(8, "0")}`),
  );
}
