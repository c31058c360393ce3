// What came out, first: the program's gain with its interval, or the verdict and the number that shows why.

import { outcomeWords, VERDICT_WORDS } from "../src/report/evidence.ts";
import {
  formatCeiling,
  formatCount,
  formatPercent,
  formatRange,
  formatRatio,
  formatSeconds,
} from "../src/report/format.ts";
import type { Outcome, ReportModel } from "../src/report/model.ts";
import type { Diagnosis } from "../src/schemas/index.ts";
import { Pairs } from "./pairs.tsx";
import { Path, sentence, visible } from "./program-text.tsx";

export function Verdict({ model }: { model: ReportModel }) {
  const outcome = model.optimization?.outcome ?? null;
  return (
    <section class="verdict" aria-label="Outcome">
      <ProgramState model={model} />
      {outcome ? <Gain outcome={outcome} model={model} /> : <NoGain model={model} />}
    </section>
  );
}

/** A program that did not end well is said before any figure. */
function ProgramState({ model }: { model: ReportModel }) {
  const { run } = model;
  if (run.status === "finished" && run.exit === 0) return null;
  const end = run.signal
    ? `was ended by ${run.signal}`
    : run.exit === null
      ? "did not end"
      : `ended with exit code ${run.exit}`;
  return (
    <p class="warning" role="note">
      The program {visible(end)} after {formatSeconds(run.seconds)}. The figures are of what was seen until
      then.
    </p>
  );
}

function Gain({ outcome, model }: { outcome: Outcome; model: ReportModel }) {
  const { speedup, newSeconds, pairs, perRepeat: each } = outcome;
  const rewrites = model.optimization!.rewrites.filter((view) => view.verdict === "kept");
  const range = speedup && formatRange(speedup).replace("–", "× and ");
  return (
    <>
      <div class="headline">
        <div>
          <h1 class="gain">
            {each !== null && (
              <>
                <span class="figure">{formatRatio(each.speedup.estimate)}</span> faster for each of{" "}
                {each.runs} runs of its work per start; for one run{" "}
              </>
            )}
            {speedup === null ? (
              <span class="figure words">Faster in parts</span>
            ) : (
              <>
                <span class="figure">{formatRatio(speedup.estimate)}</span> faster
              </>
            )}
          </h1>
          <p class="lead">
            With {formatCount(rewrites.length, "rewrite")}
            {range !== null && `, between ${range}×`}: <strong>{outcomeWords(outcome)}</strong>.
          </p>
          <p class="small">
            {outcome.reason !== null && `${sentence(outcome.reason)} `}
            {outcome.compared.length > 0 &&
              `Compared between old and new: ${visible(outcome.compared.join(", "))}. `}
            {outcome.notCompared.length > 0 &&
              `Not compared, because it differs between two runs of the original: ${visible(outcome.notCompared.join(", "))}. `}
            {outcome.memoryRatio !== null &&
              Math.abs(outcome.memoryRatio - 1) > 0.05 &&
              `Peak memory: ${formatRatio(outcome.memoryRatio)} of before. `}
            {outcome.notes.map(sentence).join(" ")}
          </p>
        </div>
        <div>
          {newSeconds !== null && <BeforeAfter before={outcome.oldSeconds} after={newSeconds} />}
          {pairs && (
            <figure class="chart">
              <Pairs timing={pairs} />
              <figcaption>
                {formatCount(pairs.pairs, "pair")} of whole runs: each dot is one pair, old time divided by
                new; the bar is where the true gain lies. This machine cannot tell less than{" "}
                {formatRatio(pairs.floor)} from noise.
              </figcaption>
            </figure>
          )}
        </div>
      </div>
      <Adopt model={model} />
    </>
  );
}

function BeforeAfter({ before, after }: { before: number; after: number }) {
  const longest = Math.max(before, after) || 1;
  const bar = (label: string, seconds: number, kind: string) => (
    <div class={`seconds ${kind}`}>
      <span class="label">{label}</span>
      <span class="track">
        <span class="fill" style={{ width: `${(seconds / longest) * 100}%` }} />
      </span>
      <span class="value">{formatSeconds(seconds)}</span>
    </div>
  );
  return (
    <div class="before-after">
      {bar("Before", before, "old")}
      {bar("After", after, "new")}
    </div>
  );
}

/** How to take the result over. */
function Adopt({ model }: { model: ReportModel }) {
  const kept = model.optimization!.rewrites.filter((view) => view.verdict === "kept");
  const needs = [
    ...new Set(kept.flatMap((view) => view.rewrite.requires.map((one) => one.package + one.version))),
  ];
  return (
    <div class="adopt">
      <p>
        No source file was changed. To take the rewrites over:{" "}
        <code>speedwell apply {visible(model.run.id)}</code>
        {needs.length > 0 && (
          <>
            . They need <code>{visible(needs.join(" "))}</code>
          </>
        )}
        .
      </p>
      {model.patch && (
        <p class="small">
          The same as a patch: <Path path={model.patch} />
        </p>
      )}
    </div>
  );
}

const HEADLINES: Record<Diagnosis["verdict"], string> = {
  worth_it: "Worth optimizing",
  not_worth_it: "Not worth optimizing",
  cannot_tell: "Cannot tell",
};

function NoGain({ model }: { model: ReportModel }) {
  const { diagnosis, optimization } = model;
  const words = `${VERDICT_WORDS[diagnosis.verdict]}: `;
  const { reason } = diagnosis;
  const tried = optimization?.rewrites.length ?? 0;
  const searched = optimization !== null && diagnosis.verdict === "worth_it";
  return (
    <>
      <h1 class="gain">
        <span class="figure words">{searched ? "Nothing changed" : HEADLINES[diagnosis.verdict]}</span>
      </h1>
      {searched && (
        <p class="lead">
          {tried === 0
            ? "No technique had a rewrite for this program."
            : `Of ${formatCount(tried, "rewrite")} tried, none was proved both the same and faster.`}
        </p>
      )}
      <p class={searched ? undefined : "lead"}>
        {sentence(reason.startsWith(words) && !searched ? reason.slice(words.length) : reason)}
      </p>
      <dl class="facts">
        <div>
          <dt>Run time</dt>
          <dd>{formatSeconds(diagnosis.seconds)}</dd>
        </div>
        <div>
          <dt>In Python code</dt>
          <dd>{formatPercent(diagnosis.shares.python)}</dd>
        </div>
        <div>
          <dt>At most</dt>
          <dd>{formatCeiling(diagnosis.ceiling)} faster</dd>
        </div>
      </dl>
    </>
  );
}
