// A change, side by side where there is room and in one column where there is not.

import type { DiffHunk, DiffRow } from "../src/report/model.ts";
import { Code } from "./code.tsx";
import { useMedia } from "./hooks.ts";

export function Diff({ hunks, label }: { hunks: DiffHunk[]; label: string }) {
  const wide = useMedia("(min-width: 860px)");
  if (hunks.length === 0) return null;
  return (
    <div class="diff">
      <table aria-label={label} class={wide ? "split" : "unified"}>
        <colgroup>
          <col class="line-number" />
          <col />
          {wide && <col class="line-number" />}
          {wide && <col />}
        </colgroup>
        <thead class="visually-hidden">
          <tr>
            {wide ? (
              <>
                <th scope="col">Old line</th>
                <th scope="col">Before</th>
                <th scope="col">New line</th>
                <th scope="col">After</th>
              </>
            ) : (
              <>
                <th scope="col">Line</th>
                <th scope="col">Change</th>
              </>
            )}
          </tr>
        </thead>
        {hunks.map((hunk, index) => (
          <tbody key={index}>{wide ? hunk.rows.map(splitRow) : unifiedRows(hunk.rows)}</tbody>
        ))}
      </table>
    </div>
  );
}

function splitRow(row: DiffRow, index: number) {
  const left = row.kind === "added" ? "empty" : row.kind === "same" ? "" : "removed";
  const right = row.kind === "removed" ? "empty" : row.kind === "same" ? "" : "added";
  return (
    <tr key={index}>
      <td class={`line-number ${left}`}>{row.oldLine}</td>
      <td class={`code ${left}`}>
        <Code text={row.before} marks={row.marks?.before} />
      </td>
      <td class={`line-number ${right}`}>{row.newLine}</td>
      <td class={`code ${right}`}>
        <Code text={row.after} marks={row.marks?.after} />
      </td>
    </tr>
  );
}

/** Consecutive changed rows become all their old lines, then all their new ones. */
function unifiedRows(rows: readonly DiffRow[]) {
  const result = [];
  for (let index = 0; index < rows.length; ) {
    const row = rows[index]!;
    if (row.kind === "same") {
      result.push(unifiedRow(`${index}`, row.newLine, row.after, "", undefined));
      index++;
      continue;
    }
    let end = index;
    while (end < rows.length && rows[end]!.kind !== "same") end++;
    const changed = rows.slice(index, end);
    for (const one of changed)
      if (one.oldLine !== null)
        result.push(unifiedRow(`-${one.oldLine}`, one.oldLine, one.before, "removed", one.marks?.before));
    for (const one of changed)
      if (one.newLine !== null)
        result.push(unifiedRow(`+${one.newLine}`, one.newLine, one.after, "added", one.marks?.after));
    index = end;
  }
  return result;
}

const unifiedRow = (
  key: string,
  line: number | null,
  text: string,
  kind: string,
  marks: [number, number][] | undefined,
) => (
  <tr key={key}>
    <td class={`line-number ${kind}`}>{line}</td>
    <td class={`code ${kind}`}>
      <Code text={text} marks={marks} />
    </td>
  </tr>
);
