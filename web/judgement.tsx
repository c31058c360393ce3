// The page of a judgement: the verdict first, then each piece with its evidence, then the changes themselves.

import { inputsTried, largestDifference, strength } from "../src/report/evidence.ts";
import { formatCount, formatInterval, formatRatio, formatSeconds } from "../src/report/format.ts";
import {
  JUDGEMENT_WORDS,
  pieceLine,
  pieceName,
  proveCommand,
  throughCaller,
} from "../src/report/judgement.ts";
import type { JudgementReport } from "../src/report/model.ts";
import type { JudgedPiece, ProgramProof } from "../src/schemas/index.ts";
import { Diff } from "./diff.tsx";
import { Frame, Guard, readableDate } from "./frame.tsx";
import { useTheme } from "./hooks.ts";
import { Pairs } from "./pairs.tsx";
import { Path, sentence, visible } from "./program-text.tsx";
import { WitnessView } from "./rewrites.tsx";

const HEADLINES = { same: "The same", different: "Different", cannot_tell: "Cannot tell" };
const ORDER = { different: 0, cannot_tell: 1, same: 2 };

export function JudgementPage({ model }: { model: JudgementReport }) {
  const [theme, setTheme] = useTheme();
  const { judgement, files } = model;
  const sections = [
    { id: "pieces", title: "What was compared", shown: judgement.pieces.length > 0 },
    { id: "program", title: "Whole program", shown: judgement.program !== null },
    { id: "changes", title: "Changes", shown: files.length > 0 },
  ].filter(({ shown }) => shown);
  return (
    <Frame
      sections={sections}
      theme={theme}
      setTheme={setTheme}
      version={model.version}
      created={model.created}
    >
      <p class="program">
        <code>{visible(proveCommand(judgement))}</code>
        <span>
          <time dateTime={model.created}>{readableDate(model.created)}</time>, Python{" "}
          {visible(judgement.python)}
        </span>
      </p>
      <section class="verdict" aria-label="Verdict">
        <h1 class="gain">
          <span class={`figure words judged ${judgement.verdict}`}>{HEADLINES[judgement.verdict]}</span>
        </h1>
        <p class="lead">{sentence(judgement.reason)}</p>
        <Left judgement={judgement} />
      </section>
      {judgement.pieces.length > 0 && (
        <section id="pieces" aria-labelledby="pieces-title">
          <h2 id="pieces-title">What was compared</h2>
          {[...judgement.pieces]
            .sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict])
            .map((piece) => (
              <Guard key={piece.id}>
                <Piece piece={piece} />
              </Guard>
            ))}
        </section>
      )}
      {judgement.program && (
        <Guard>
          <Program proof={judgement.program} />
        </Guard>
      )}
      {files.length > 0 && (
        <section id="changes" aria-labelledby="changes-title">
          <h2 id="changes-title">Changes</h2>
          {files.map(({ shown, hunks }) => (
            <div key={shown}>
              <h3>
                <Path path={shown} />
              </h3>
              <Diff hunks={hunks} label={`Changes of ${visible(shown)}`} />
            </div>
          ))}
        </section>
      )}
    </Frame>
  );
}

/** What the verdict does not speak of. */
function Left({ judgement }: { judgement: JudgementReport["judgement"] }) {
  const { notCompared, added, docstrings, workload } = judgement;
  return (
    <p class="small">
      {workload === null &&
        judgement.pieces.length > 0 &&
        "No workload was named: the inputs come from annotations and defaults alone. "}
      {notCompared.length > 0 &&
        `Not compared: ${notCompared.map(({ what, why }) => `${visible(what)} (${visible(why)})`).join(", ")}. `}
      {added.length > 0 && `New, with nothing to compare it with: ${visible(added.join(", "))}. `}
      {docstrings.length > 0 && `Only the docstring changed: ${visible(docstrings.join(", "))}.`}
    </p>
  );
}

function Piece({ piece }: { piece: JudgedPiece }) {
  const { equivalence, timing, verdict } = piece;
  return (
    <article class="rewrite">
      <header>
        <div>
          <h3>{visible(pieceName(piece))}</h3>
          <p class="small">
            <span class={`judged ${verdict}`}>{JUDGEMENT_WORDS[verdict]}</span>
            <Path path={piece.shown} line={pieceLine(piece) ?? undefined} />
            {piece.calls !== null && (
              <span>
                {piece.callsEstimated && "about "}
                {formatCount(piece.calls, "call")} in the workload
              </span>
            )}
          </p>
        </div>
        {timing && (
          <p class="region-gain">
            <b>{formatRatio(timing.ratio.estimate)}</b>
            <span class="small">
              {formatSeconds(timing.oldSeconds)} → {formatSeconds(timing.newSeconds)}
            </span>
          </p>
        )}
      </header>
      <p>
        {piece.because !== "its code changed" && `${sentence(piece.because)} `}
        {piece.through && `${sentence(throughCaller(piece.through))} `}
        {sentence(piece.reason)}
      </p>
      {equivalence && verdict === "same" && (
        <p class="small">
          <span>{inputsTried(equivalence)}</span>, <span>{largestDifference(equivalence)}</span>,{" "}
          <span>{strength(equivalence)}</span>
          {equivalence.nondeterministic.length > 0 &&
            `; not compared: ${visible(equivalence.nondeterministic.join(", "))}`}
          {piece.notTimed !== null && `; not timed: ${visible(piece.notTimed)}`}
        </p>
      )}
      {equivalence && equivalence.assumptions.length > 0 && (
        <div class="conditions">
          <h4>It assumes</h4>
          <ul>
            {equivalence.assumptions.map((one) => (
              <li key={one}>{sentence(one)}</li>
            ))}
          </ul>
        </div>
      )}
      {piece.call !== null && (
        <>
          <h4>Paste this to see it</h4>
          <pre class="call">
            <code>{piece.call.split("\n").map(visible).join("\n")}</code>
          </pre>
        </>
      )}
      {equivalence?.witness && <WitnessView witness={equivalence.witness} />}
      {piece.entry !== null && piece.call === null && (
        <p class="small">
          The recorded call: <Path path={piece.entry} />
        </p>
      )}
      {timing && (
        <figure class="chart">
          <Pairs timing={timing} />
          <figcaption>
            {formatCount(timing.pairs, "pair")} of fresh processes on the recorded calls:{" "}
            {formatInterval(timing.ratio)}.
          </figcaption>
        </figure>
      )}
    </article>
  );
}

function Program({ proof }: { proof: ProgramProof }) {
  const { outputs, speedup } = proof;
  return (
    <section id="program" aria-labelledby="program-title">
      <h2 id="program-title">Whole program</h2>
      <p>
        {outputs.same === null
          ? sentence(proof.reason ?? "the output was not compared")
          : outputs.same
            ? `Whole runs of the workload have the same ${visible(outputs.compared.join(", "))}.`
            : sentence(outputs.difference ?? "the output differs")}
        {outputs.nondeterministic.length > 0 &&
          ` Not compared, because it varies by itself: ${visible(outputs.nondeterministic.join(", "))}.`}
      </p>
      {proof.measured && speedup !== null ? (
        <figure class="chart">
          <Pairs
            timing={{
              ratio: speedup,
              pairs: proof.pairs,
              floor: proof.floor ?? 1,
              logRatios: proof.logRatios,
            }}
          />
          <figcaption>
            {formatCount(proof.pairs, "pair")} of whole runs: {formatInterval(speedup)},{" "}
            {formatSeconds(proof.oldSeconds ?? 0)} → {formatSeconds(proof.newSeconds ?? 0)}. This machine
            cannot tell less than {formatRatio(proof.floor ?? 1)} from noise.
          </figcaption>
        </figure>
      ) : (
        <p class="small">Not timed: {sentence(proof.reason ?? "there was no time")}</p>
      )}
    </section>
  );
}
