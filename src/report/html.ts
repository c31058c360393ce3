// The report as one HTML file: the built page with the model put in as data.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JudgementReport, ReportModel } from "./model.ts";

/** Where the model goes in the built page. */
const PLACE = "<!--report-data-->";

/** One self-contained HTML file that opens from disk, asks no network, and runs no script but its own. */
export function renderHtml(model: ReportModel | JudgementReport): string {
  const [head, tail, ...rest] = reportPage().split(PLACE);
  if (head === undefined || tail === undefined || rest.length > 0)
    throw new Error(
      `the built page holds ${PLACE} ${rest.length + (tail === undefined ? 0 : 1)} times, not once`,
    );
  return `${head}<script type="application/json" id="report">${embeddedJson(model)}</script>${tail}`;
}

/**
 * JSON that is safe inside a script element: no `<`, so neither `</script>` nor `<!--` can occur, and none of the line
 * ends that older parsers of JavaScript stumble over.
 */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** The page that `npm run build:web` makes, found from the source tree and from the published package alike. */
function reportPage(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    for (const path of [join(directory, "report-page.html"), join(directory, "dist/report-page.html")])
      if (existsSync(path)) return readFileSync(path, "utf8");
    const parent = dirname(directory);
    if (parent === directory)
      throw new Error("report-page.html is missing from this installation; 'npm run build:web' makes it");
    directory = parent;
  }
}
