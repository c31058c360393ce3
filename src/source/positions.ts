// Lines and columns as CPython counts them (UTF-8 bytes) against UTF-16 offsets into the text.

/** UTF-16 offset at which each line starts. Lines end at \n, \r\n and \r, as for CPython's tokenizer; not at form feeds. */
export function lineStartsOf(text: string): number[] {
  const starts = [0];
  const ends = /\r\n?|\n/g;
  while (ends.exec(text)) starts.push(ends.lastIndex);
  return starts;
}

/** A function from (line from 1, UTF-8 byte column) to the UTF-16 offset. */
export function offsetsOf(
  text: string,
  lineStarts: readonly number[],
): (line: number, column: number) => number {
  if (isAscii(text)) return (line, column) => lineStarts[line - 1]! + column;
  const lines: (Uint32Array | null | undefined)[] = [];
  return (line, column) => {
    const start = lineStarts[line - 1]!;
    let units = lines[line];
    if (units === undefined) {
      const content = text.slice(start, lineStarts[line] ?? text.length);
      units = isAscii(content) ? null : unitsPerByte(content);
      lines[line] = units;
    }
    return start + (units === null ? column : units[column]!);
  };
}

/** Line (from 1) and UTF-8 byte column of a UTF-16 offset. */
export function placeOf(
  text: string,
  lineStarts: readonly number[],
  offset: number,
): { line: number; column: number } {
  let low = 0;
  let high = lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: Buffer.byteLength(text.slice(lineStarts[low]!, offset), "utf8") };
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant.
  return /^[\x00-\x7f]*$/.test(text);
}

/** For each byte of the line's UTF-8 form (and its end), the UTF-16 units before it. */
function unitsPerByte(line: string): Uint32Array {
  const units = new Uint32Array(Buffer.byteLength(line, "utf8") + 1);
  let byte = 0;
  let unit = 0;
  for (const character of line) {
    const bytes = Buffer.byteLength(character, "utf8");
    units.fill(unit, byte, byte + bytes);
    byte += bytes;
    unit += character.length;
  }
  units[byte] = unit;
  return units;
}
