// From a match that agreed to the edits of the user's file.

import type { TextEdit } from "../../schemas/common.ts";
import type { Rewrite } from "../../schemas/rewrite.ts";
import type { SourceFile } from "../../source/file.ts";
import { type ImportEdit, importEdit } from "../../source/imports.ts";
import { breakLines } from "../../source/line-breaking.ts";
import { freshName } from "../../source/names.ts";
import { regionNode } from "../../source/regions.ts";
import { type Draft, rewriteOf } from "../draft.ts";
import type { RegionContext } from "../technique.ts";
import { functionName, packagesOf, readImport } from "./entry.ts";
import { type Match, RELATIVE_TOLERANCE, write } from "./match.ts";

/** Columns that a line may take when the file itself has no longer ones. */
const WIDTH = 88;

/** The rewrite that puts the match in the region's place; null where the layout of the code leaves no room for it. */
export function rewriteFor(context: RegionContext, match: Match, ordinal: number): Rewrite | null {
  const { file, region } = context;
  const imports = new Map(match.imports.map((statement) => [statement, importFor(context, statement)]));
  const graphs = match.filling.filter(({ conversion }) => conversion.text.includes("nx."));
  const graph =
    graphs.length === 1
      ? (["graph", "network"].find((name) => freshName(file, name) === name) ?? freshName(file, "graph"))
      : null;
  const written = write(
    match,
    (statement) => imports.get(statement)!.local,
    graph ? new Map([[graphs[0]!.slot, graph]]) : undefined,
  );
  const statements = [
    ...(graph ? [`${graph} = ${written.placed.get(graphs[0]!.slot)}`] : []),
    ...written.steps,
    ...statementsOf(match, written.expression),
  ];
  const edit = replacement(context, statements, written.guard);
  if (edit === null) return null;
  const name = functionName(match.entry, match.fixed);
  const variant = name ?? "operator";
  const draft: Draft = {
    variant,
    summary: `${name === null ? `Uses \`${written.expression}\`` : `Calls ${name}`} instead of working the same out step by step${
      written.guard === null ? "" : `; where \`${written.guard}\` does not hold, the original code runs`
    }`,
    edits: [...importEdits(file, [...imports]), edit],
    packages: packagesOf(match.imports),
    assumptions: [...match.unused]
      .filter(([, size]) => size === null)
      .map(([unused]) => `\`${unused}\` made no difference to the result on any input tried.`),
    tolerance:
      match.entry.floats === undefined
        ? null
        : { kind: "relative", bound: RELATIVE_TOLERANCE, absolute: 1e-12, reason: match.entry.floats },
  };
  return rewriteOf({ file, region, technique: "library" }, [draft], { ordinal });
}

function importFor({ file, region }: RegionContext, statement: string): ImportEdit {
  const { module, name, asName } = readImport(statement);
  const wanted = {
    module,
    ...(name === null ? {} : { name }),
    ...(asName === null ? {} : { asName }),
    ...(region.qualname === "" ? { before: region.span.start } : {}),
  };
  const made = importEdit(file, wanted);
  // A name that the file has for something else: `scipy_signal` says more than `signal_2`.
  if (made.edit === null || name === null || made.local === name) return made;
  return importEdit(file, { ...wanted, asName: `${module.split(".").at(-1)}_${name}` });
}

/** The edits of several imports: what goes to one place becomes one text, names of one module one statement. */
function importEdits(
  file: SourceFile,
  imports: readonly [statement: string, made: ImportEdit][],
): TextEdit[] {
  const edits: TextEdit[] = [];
  const groupOf = new Map<TextEdit, string>();
  for (const [statement, { edit }] of [...imports].sort(([a], [b]) => compare(sortKey(a), sortKey(b)))) {
    if (edit === null) continue;
    const group = packagesOf([statement]).length > 0 ? "packages" : "standard library";
    const place = edits.find((other) => other.start === edit.start);
    if (!place) {
      const own = { ...edit };
      edits.push(own);
      groupOf.set(own, group);
      continue;
    }
    // A name put before others of a statement that stands: `accumulate, `.
    if (/^\w.*, $/.test(edit.text) && !edit.text.includes("import ")) {
      place.text += edit.text;
      continue;
    }
    const line = /^(\s*from \S+ import )(\w.*?)\s*$/.exec(edit.text);
    const ending = /\s*$/.exec(place.text)![0];
    const before = place.text.slice(0, place.text.length - ending.length);
    const separator =
      line && before.slice(before.lastIndexOf("\n") + 1).startsWith(line[1]!.trimStart())
        ? `, ${line[2]}`
        : edit.text.startsWith(", ")
          ? edit.text
          : file.newline.repeat(groupOf.get(place) === group ? 1 : 2) + edit.text.trim();
    place.text = before + separator + ending;
    groupOf.set(place, group);
  }
  return edits;
}

/** Standard library first; in a group `import a` before `from a import b`, each by module. */
function sortKey(statement: string): string {
  const { module, name } = readImport(statement);
  return `${packagesOf([statement]).length > 0 ? 1 : 0} ${name === null ? 0 : 1} ${module} ${name ?? ""}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function statementsOf(match: Match, expression: string): string[] {
  const { name, statement, inPlace } = match.target;
  const sort = /^sorted\((\w+)(?:, (reverse=True))?\)$/.exec(expression);
  if (inPlace && sort && sort[1] === name)
    return [`${name}.sort(${sort[2] ?? ""})`, ...statement.split("\n").slice(1)];
  // `extend` takes any iterable.
  const iterable = statement.includes(".extend(") ? /^list\((\w+\([^()]*\))\)$/.exec(expression)?.[1] : null;
  return statement.replace("{}", () => iterable ?? expression).split("\n");
}

/** The edit of the region itself. */
function replacement(
  { file, region }: RegionContext,
  statements: readonly string[],
  guard: string | null,
): TextEdit | null {
  const node = regionNode(file, region);
  const { text, newline } = file;
  const unit = indentUnit(file);
  const width = Math.max(WIDTH, Math.min(120, longestLine(file)));
  const at = (start: number) => text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const lay = (indent: string, of: readonly string[]) =>
    of
      .map((statement) => {
        const deeper = unit.repeat(/^ */.exec(statement)![0].length / 4);
        return breakLines(statement.trimStart(), indent + deeper, unit, width, newline);
      })
      .join(newline);
  if (node.kind !== "FunctionDef" && node.kind !== "AsyncFunctionDef") {
    const indent = at(node.start);
    if (guard !== null || indent.trim() !== "") return null;
    return { start: node.start, end: node.end, text: lay(indent, statements).slice(indent.length) };
  }
  const [first] = node.body;
  const documented =
    first?.kind === "Expr" && first.value.kind === "Constant" && first.value.value.type === "str";
  const body = documented ? node.body.slice(1) : node.body;
  const [start] = body;
  if (!start) return null;
  const indent = at(start.start);
  // `def f(x): return …` in one line has no place for more than one short statement.
  if (indent.trim() !== "") {
    if (guard !== null || statements.length > 1 || body.length > 1) return null;
    return { start: start.start, end: start.end, text: statements[0]! };
  }
  if (guard !== null) {
    const text =
      breakLines(`if ${guard}:`, indent, unit, width, newline) +
      newline +
      lay(indent + unit, statements) +
      newline +
      indent;
    return { start: start.start, end: start.start, text: text.slice(indent.length) };
  }
  return { start: start.start, end: body.at(-1)!.end, text: lay(indent, statements).slice(indent.length) };
}

/** How much deeper the file's own blocks stand: a tab, two, four or eight spaces. */
function indentUnit({ text }: SourceFile): string {
  const found = /\n(\t+| +)\S/.exec(text)?.[1];
  return found?.startsWith("\t") ? "\t" : found && found.length <= 8 ? found : "    ";
}

const longestLine = ({ text }: SourceFile): number =>
  text.split(/\r\n|\r|\n/).reduce((longest, line) => Math.max(longest, line.length), 0);
