// Where the time goes: the whole run by kind, then the hotspots, each with its ceiling against what was reached.

import { useState } from "preact/hooks";
import { shownPath } from "../src/report/command.ts";
import { hotspotName, KIND_WORDS, mainHotspots } from "../src/report/evidence.ts";
import {
  formatBytes,
  formatCeiling,
  formatCount,
  formatError,
  formatPercent,
  formatRatio,
  formatSeconds,
  HIGHEST_CEILING,
} from "../src/report/format.ts";
import { KINDS, type Kind, type ReportModel } from "../src/report/model.ts";
import type { Hotspot } from "../src/schemas/index.ts";
import { lineName } from "../src/source/cell-lines.ts";
import { Path, sentence, visible } from "./program-text.tsx";

const MEANING: Record<Kind, string> = {
  python: "the interpreter working through Python code",
  native: "compiled code: NumPy, built-in functions, extension modules",
  waiting: "waiting for files, network, other threads or processes",
  system: "the operating system at work for the program",
};

interface Props {
  model: ReportModel;
  show: (path: string, line: number) => void;
  hasSource: (path: string) => boolean;
}

export function Hotspots({ model, show, hasSource }: Props) {
  const { diagnosis } = model;
  return (
    <section id="time" aria-labelledby="time-title">
      <h2 id="time-title">Where the time goes</h2>
      <p class="lead-in">
        {formatSeconds(diagnosis.seconds)} seen in {formatCount(diagnosis.samples, "sample")}
        {diagnosis.peakMemory !== null && `, with at most ${formatBytes(diagnosis.peakMemory)} of memory`}.{" "}
        {model.optimization?.outcome != null && sentence(diagnosis.reason)}
      </p>
      <Shares shares={diagnosis.shares} />
      {diagnosis.hotspots.length > 0 && (
        <>
          <h3>Hotspots</h3>
          <p class="small">
            Share counts a function with everything it calls; ± is the sampling error. <em>At most</em> is the
            program’s gain if this part took no time at all: no rewrite of it can give more.
          </p>
          <HotspotTable model={model} show={show} hasSource={hasSource} />
        </>
      )}
      {diagnosis.notes.length > 0 && (
        <ul class="notes">
          {diagnosis.notes.map((note) => (
            <li key={note}>{sentence(note)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Shares({ shares }: { shares: Record<Kind, number> }) {
  return (
    <div class="shares">
      <div class="stack" aria-hidden="true">
        {KINDS.map((kind) => (
          <span key={kind} class={`fill-${kind}`} style={{ flexGrow: Math.max(0, shares[kind]) }} />
        ))}
      </div>
      <dl class="legend">
        {KINDS.map((kind) => (
          <div key={kind}>
            <dt>
              <span class={`swatch fill-${kind}`} /> {kind.slice(0, 1).toUpperCase() + kind.slice(1)}{" "}
              <b>{formatPercent(shares[kind])}</b>
            </dt>
            <dd>{MEANING[kind]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function HotspotTable({ model, show, hasSource }: Props) {
  const { diagnosis } = model;
  const outcome = model.optimization?.outcome ?? null;
  const [all, setAll] = useState(false);
  const hotspots = all ? diagnosis.hotspots : mainHotspots(diagnosis.hotspots);
  const hidden = diagnosis.hotspots.length - hotspots.length;
  /** What the kept rewrite of these lines, or of lines around them, gave the program. */
  const reached = (hotspot: Hotspot): number | null => {
    const gains = (model.optimization?.rewrites ?? [])
      .filter(
        ({ verdict, rewrite, proof }) =>
          verdict === "kept" &&
          proof?.program &&
          rewrite.file === hotspot.file &&
          rewrite.line <= hotspot.endLine &&
          hotspot.line <= rewrite.endLine,
      )
      .map((view) => view.proof!.program!.speedup.estimate);
    return gains.length > 0 ? Math.max(...gains) : null;
  };
  const limits = [diagnosis.ceiling, ...diagnosis.hotspots.map((hotspot) => hotspot.ceiling)];
  const largest = Math.min(
    HIGHEST_CEILING,
    Math.max(1.5, outcome?.speedup?.estimate ?? 1, ...limits.map((limit) => limit ?? HIGHEST_CEILING)),
  );
  return (
    <>
      <table class="hotspots">
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Kind</th>
            <th scope="col" class="number">
              Time
            </th>
            <th scope="col">Share</th>
            <th scope="col">{outcome === null ? "Gain" : "Gain reached"}</th>
          </tr>
        </thead>
        <tbody>
          {hotspots.map((hotspot, index) => (
            <tr key={index}>
              <th scope="row">
                <span class="name">{visible(hotspotName(hotspot))}</span>
                {hasSource(hotspot.file) ? (
                  <button type="button" class="link" onClick={() => show(hotspot.file, hotspot.line)}>
                    <Path
                      path={shownPath(hotspot.file, model.run.program.cwd)}
                      line={lineName(model.cells[hotspot.file], hotspot.line)}
                    />
                  </button>
                ) : (
                  <Path
                    path={shownPath(hotspot.file, model.run.program.cwd)}
                    line={lineName(model.cells[hotspot.file], hotspot.line)}
                  />
                )}
                {hotspot.dominatedBy && <span class="small">mostly {visible(hotspot.dominatedBy)}</span>}
              </th>
              <td class="kind">{KIND_WORDS[hotspot.kind]}</td>
              <td class="number">{formatSeconds(hotspot.share * diagnosis.seconds)}</td>
              <td class="share">
                <ShareBar hotspot={hotspot} />
              </td>
              <td class="ceiling">
                <Ceiling ceiling={hotspot.ceiling} reached={reached(hotspot)} largest={largest} />
              </td>
            </tr>
          ))}
          {outcome && (
            <tr class="total">
              <th scope="row">
                <span class="name">All together</span>
              </th>
              <td class="kind" />
              <td class="number">{formatSeconds(diagnosis.seconds)}</td>
              <td class="share" />
              <td class="ceiling">
                <Ceiling
                  ceiling={diagnosis.ceiling}
                  reached={outcome.speedup?.estimate ?? null}
                  largest={largest}
                />
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {hidden > 0 && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          Show the {hidden} functions and loops around them
        </button>
      )}
    </>
  );
}

const percent = (share: number): string => `${Math.min(100, Math.max(0, share * 100))}%`;

function ShareBar({ hotspot }: { hotspot: Hotspot }) {
  const { share, shareError, shares } = hotspot;
  const sum = KINDS.reduce((total, kind) => total + shares[kind], 0) || 1;
  return (
    <>
      <span class="track" aria-hidden="true">
        <span class="stack" style={{ width: percent(share) }}>
          {KINDS.map((kind) => (
            <span key={kind} class={`fill-${kind}`} style={{ flexGrow: shares[kind] / sum }} />
          ))}
        </span>
        <span class="whisker" style={{ left: percent(share - shareError), width: percent(2 * shareError) }} />
      </span>
      <span class="text">
        {formatPercent(share)} <span class="muted">± {formatError(shareError)}</span>
      </span>
    </>
  );
}

/** A track from 1× (left) on a log scale: filled to what was reached, with a mark at the ceiling. */
function Ceiling({
  ceiling,
  reached,
  largest,
}: {
  ceiling: number | null;
  reached: number | null;
  largest: number;
}) {
  const at = (ratio: number): string => percent(Math.log(Math.max(1, ratio)) / Math.log(largest));
  return (
    <>
      <span class="track" aria-hidden="true">
        <span class="room" style={{ width: at(ceiling ?? largest) }} />
        {reached !== null && <span class="reached" style={{ width: at(reached) }} />}
        {ceiling !== null && ceiling <= largest && <span class="mark" style={{ left: at(ceiling) }} />}
      </span>
      <span class="text">
        {reached !== null && (
          <>
            <b>{formatRatio(reached)}</b>,{" "}
          </>
        )}
        {`at most ${formatCeiling(ceiling)}`.replace("at most over", "over")}
      </span>
    </>
  );
}
