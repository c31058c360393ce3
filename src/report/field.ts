// The field of each region: which techniques looked at it, which were refused and why, which won.

import type { Interval, Region } from "../schemas/index.ts";
import { lineName } from "../source/cell-lines.ts";
import type { ReportInput } from "./build.ts";
import { shownPath } from "./command.ts";
import type { FieldEntry, FieldView } from "./model.ts";

type Optimization = NonNullable<ReportInput["optimization"]>;

/** One per region that any technique had something to say about, those with the largest share of the run first. */
export function fieldsOf(input: ReportInput, optimization: Optimization): FieldView[] {
  const shareOf = (region: Region) =>
    input.diagnosis.hotspots.find((one) => one.region === region.id)?.share ?? null;
  return optimization.regions
    .map(
      (region): FieldView => ({
        file: region.file,
        line: region.span.line,
        endLine: region.span.endLine,
        place: region.qualname,
        shown: shownPath(region.file, input.run.program.cwd),
        at: lineName(input.cells[region.file], region.span.line, region.span.endLine),
        share: shareOf(region),
        entries: entriesOf(region, optimization),
      }),
    )
    .filter(({ entries }) => entries.some(({ outcome }) => outcome !== "nothing"))
    .sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
}

function entriesOf(region: Region, { rewrites, proofs, declined, techniques }: Optimization): FieldEntry[] {
  const titleOf = (technique: string) =>
    techniques.find(({ name }) => name === technique.split("/")[0])?.title ?? technique;
  const tried = rewrites
    .filter((rewrite) => rewrite.region === region.id)
    .map((rewrite): FieldEntry => {
      const proof = proofs.find((one) => one.rewrite === rewrite.id);
      return {
        technique: rewrite.technique,
        title: titleOf(rewrite.technique),
        outcome: proof?.verdict === "kept" ? "won" : "refused",
        region: proof?.region?.ratio ?? null,
        program: proof?.program?.speedup ?? null,
        needs: rewrite.requires.map((one) => one.package),
        reason: proof?.reason ?? "there was no time left to prove it",
      };
    });
  const left = declined
    .filter((one) => one.region === region.id)
    .map((one) => without(one.technique, titleOf(one.technique), "declined", one.reason));
  const spoken = new Set([...tried, ...left].map(({ technique }) => technique.split("/")[0]));
  const silent = techniques
    .filter(({ name, regions }) => regions.includes(region.kind) && !spoken.has(name))
    .map(({ name, title }) => without(name, title, "nothing", "nothing here that it changes"));
  const gain = (interval: Interval | null) => interval?.estimate ?? 0;
  tried.sort(
    (a, b) => Number(b.outcome === "won") - Number(a.outcome === "won") || gain(b.program) - gain(a.program),
  );
  return [...tried, ...left, ...silent];
}

const without = (
  technique: string,
  title: string,
  outcome: FieldEntry["outcome"],
  reason: string,
): FieldEntry => ({ technique, title, outcome, region: null, program: null, needs: [], reason });
