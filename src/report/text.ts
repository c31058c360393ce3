// Text for a character screen: escaped, measured in cells, wrapped and shortened.

/**
 * Control characters and those that change the direction of text, as visible escapes (`\x1b`, `\u202e`), so that text
 * from a program cannot move the cursor, recolour the screen or pass for something else. Tabs and line ends become
 * single spaces.
 */
export function escapeControls(text: string): string {
  return text.replace(/[\t\n\r]+/g, " ").replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped
    /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (character) => {
      const code = character.charCodeAt(0);
      return code < 0x100
        ? `\\x${code.toString(16).padStart(2, "0")}`
        : `\\u${code.toString(16).padStart(4, "0")}`;
    },
  );
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Ranges of code points that terminals draw two cells wide (East Asian Wide and Fullwidth, emoji). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf],
  [0x1f18e, 0x1f19a],
  [0x1f200, 0x1f320],
  [0x1f32d, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f7e0, 0x1f7eb],
  [0x1f90c, 0x1faff],
  [0x20000, 0x3fffd],
];

const cells = (grapheme: string): number => {
  const point = grapheme.codePointAt(0)!;
  if (point < 0x300) return 1;
  if (/^\p{Mark}$/u.test(grapheme)) return 0;
  if (grapheme.includes("\ufe0f")) return 2;
  return WIDE.some(([low, high]) => point >= low && point <= high) ? 2 : 1;
};

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Width in terminal cells of text without control characters. */
export function textWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += cells(segment);
  return width;
}

/** The longest beginning that fits in `width` cells. */
function beginning(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    used += cells(segment);
    if (used > width) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The longest end that fits in `width` cells. */
function ending(text: string, width: number): string {
  const graphemes = [...segmenter.segment(text)];
  let used = 0;
  let start = text.length;
  for (const { segment, index } of graphemes.reverse()) {
    used += cells(segment);
    if (used > width) break;
    start = index;
  }
  return text.slice(start);
}

/** Cut to `width` cells; what is lost at the end is shown by `mark`. */
export function cutEnd(text: string, width: number, mark: string): string {
  return textWidth(text) <= width ? text : beginning(text, width - textWidth(mark)) + mark;
}

/** Cut to `width` cells at the start, for paths, whose end says most. */
export function cutStart(text: string, width: number, mark: string): string {
  return textWidth(text) <= width ? text : mark + ending(text, width - textWidth(mark));
}

/** Fill with spaces to `width` cells. */
export const padEnd = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - textWidth(text)));
export const padStart = (text: string, width: number): string =>
  " ".repeat(Math.max(0, width - textWidth(text))) + text;

/** Break at spaces into lines of at most `width` cells; a word that is longer is broken where it must be. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  const push = () => {
    lines.push(line);
    line = "";
  };
  for (let word of text.split(" ").filter((part) => part !== "")) {
    if (line !== "" && textWidth(line) + 1 + textWidth(word) > width) push();
    while (textWidth(word) > width) {
      const head = beginning(word, width) || word.slice(0, 1);
      lines.push(head);
      word = word.slice(head.length);
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "" || lines.length === 0) push();
  return lines;
}
