// Lines of a notebook's text as its user knows them. Also part of the page, so it stands alone.

/** Line at which the content of each code cell starts in the notebook's text, from 1. */
export type CellLines = readonly number[];

/** The cell (its number among the code cells: the `In [n]` after "Restart and run all") and the line in it, from 1. */
export function cellPlaceOf(cellLines: CellLines, line: number): { cell: number; line: number } {
  let cell = cellLines.length;
  while (cell > 1 && cellLines[cell - 1]! > line) cell--;
  return { cell, line: Math.max(1, line - cellLines[cell - 1]! + 1) };
}

/** A line, or the lines `line` to `endLine`, as they are named after a file's name: `12`, `12–15`, `cell 3:2–5`. */
export function lineName(cellLines: CellLines | undefined, line: number, endLine = line): string {
  const first = cellLines === undefined ? { cell: 0, line } : cellPlaceOf(cellLines, line);
  const last = cellLines === undefined ? { cell: 0, line: endLine } : cellPlaceOf(cellLines, endLine);
  const lines = first.line === last.line ? `${first.line}` : `${first.line}–${last.line}`;
  return first.cell === 0 ? lines : `cell ${first.cell}:${lines}`;
}
