// What a notebook shows of each cell is part of what it does: the value of a last expression, printed as Python prints one.

import type { PythonService } from "../interpreter/service.ts";
import type { SourceFile } from "../source/file.ts";
import { parseSource } from "../source/load.ts";

/** The file of a notebook with the text that runs: its lines are the same, and each cell shows its last value. */
export async function withCellValues(service: PythonService, file: SourceFile): Promise<SourceFile> {
  if (!file.notebook) return file;
  const { text, path, notebook, sha256 } = file;
  let shown = text;
  for (const { start, end } of lastExpressions(file).reverse())
    shown = `${shown.slice(0, start)}__import__("sys").displayhook((${shown.slice(start, end)}))${shown.slice(end)}`;
  return { ...(await parseSource(service, shown, path)), notebook, sha256 };
}

/** Expressions that end a cell; IPython shows none that has a semicolon behind it. */
function lastExpressions({ tree, text, notebook }: SourceFile): { start: number; end: number }[] {
  const starts = notebook!.cellLines;
  return tree.body.flatMap((node, index) => {
    const following = tree.body[index + 1];
    const nextCell = starts.find((line) => line > node.endLineno);
    const isLast = !following || (nextCell !== undefined && following.lineno >= nextCell);
    const silent = /^[ \t]*;/.test(text.slice(node.end));
    return node.kind === "Expr" && isLast && !silent
      ? [{ start: node.value.start, end: node.value.end }]
      : [];
  });
}
