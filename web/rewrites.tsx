// Each rewrite with its change and its evidence; what was refused and what was left alone, and why.

import {
  buildParts,
  largestDifference,
  onceWords,
  STRONG,
  timingNotes,
  toleranceBound,
} from "../src/report/evidence.ts";
import {
  formatCount,
  formatInterval,
  formatPercent,
  formatRatio,
  formatSeconds,
} from "../src/report/format.ts";
import type { FieldEntry, FieldView, ReportModel, RewriteView } from "../src/report/model.ts";
import type { Equivalence, Proof, Timing, Witness } from "../src/schemas/index.ts";
import { Diff } from "./diff.tsx";
import { Pairs } from "./pairs.tsx";
import { Path, sentence, visible } from "./program-text.tsx";

interface Props {
  model: ReportModel;
  optimization: NonNullable<ReportModel["optimization"]>;
  show: (path: string, line: number) => void;
}

export function Rewrites({ optimization, show }: Props) {
  const { rewrites, declined, fields } = optimization;
  const kept = rewrites.filter((view) => view.verdict === "kept");
  const refused = rewrites.filter((view) => view.verdict === "refused");
  return (
    <section id="rewrites" aria-labelledby="rewrites-title">
      <h2 id="rewrites-title">Rewrites</h2>
      {kept.length === 0 && (
        <p class="lead-in">
          {rewrites.length === 0
            ? "No technique had a rewrite for this program."
            : "No rewrite was proved both the same and faster, so nothing was changed."}
        </p>
      )}
      {kept.map((view) => (
        <Kept key={view.rewrite.id} view={view} show={show} />
      ))}
      {refused.length > 0 && (
        <>
          <h3>Refused</h3>
          {refused.map((view) => (
            <Refused key={view.rewrite.id} view={view} />
          ))}
        </>
      )}
      {declined.length > 0 && (
        <>
          <h3>Left alone</h3>
          <p class="small">Places that resemble what a technique changes, and why it did not.</p>
          <ul class="declined">
            {declined.map((view, index) => (
              <li key={index}>
                <b>{visible(view.title)}</b>, <Path path={view.shown} line={view.at} />:{" "}
                {visible(view.reason)}
              </li>
            ))}
          </ul>
        </>
      )}
      <Fields fields={fields} />
    </section>
  );
}

const OUTCOMES: Record<FieldEntry["outcome"], string> = {
  won: "Won",
  refused: "Refused",
  declined: "Left alone",
  nothing: "Nothing found",
};

/** The techniques that looked at a region and found nothing of their own. */
function Silent({ field }: { field: FieldView }) {
  const silent = field.entries.filter(({ outcome }) => outcome === "nothing");
  return silent.length === 0 ? null : (
    <tr class="nothing">
      <th scope="row">{OUTCOMES.nothing}</th>
      <td colSpan={2}>{visible(silent.map(({ title }) => title).join(", "))}</td>
    </tr>
  );
}

function Fields({ fields }: { fields: readonly FieldView[] }) {
  if (fields.length === 0) return null;
  return (
    <details class="fields">
      <summary>The field: every technique at every region</summary>
      {fields.map((field) => (
        <table key={`${field.file} ${field.line} ${field.endLine}`}>
          <caption>
            <b>{field.place === "" ? "Module level" : visible(field.place)}</b>{" "}
            <Path path={field.shown} line={field.at} />
            {field.share !== null && `, ${formatPercent(field.share)} of the run`}
          </caption>
          <tbody>
            {field.entries
              .filter(({ outcome }) => outcome !== "nothing")
              .map((entry, index) => (
                <tr key={index} class={entry.outcome}>
                  <th scope="row">{visible(entry.title)}</th>
                  <td>{OUTCOMES[entry.outcome]}</td>
                  <td>
                    {sentence(entry.reason)}
                    {entry.needs.length > 0 && ` Needs ${visible(entry.needs.join(", "))}.`}
                  </td>
                </tr>
              ))}
            <Silent field={field} />
          </tbody>
        </table>
      ))}
    </details>
  );
}

function Kept({ view, show }: { view: RewriteView; show: Props["show"] }) {
  const { rewrite, proof } = view;
  return (
    <article class="rewrite">
      <header>
        <div>
          <h3>{view.place === "" ? "Module level" : visible(view.place)}</h3>
          <p class="small">
            <button type="button" class="link" onClick={() => show(rewrite.file, rewrite.line)}>
              <Path path={view.shown} line={view.at} />
            </button>
            <span class="tag">{visible(view.title)}</span>
            {view.share !== null && `${formatPercent(view.share)} of the run`}
          </p>
        </div>
        {proof?.region && (
          <p class="region-gain">
            <b>{formatRatio(proof.region.ratio.estimate)}</b>
            <span class="small">faster here</span>
          </p>
        )}
      </header>
      <p>{sentence(rewrite.summary)}</p>
      <Diff hunks={view.hunks} label={`Change of ${visible(view.place || view.shown)}`} />
      <Added view={view} />
      {proof && <Evidence view={view} proof={proof} />}
    </article>
  );
}

function Refused({ view }: { view: RewriteView }) {
  const { proof, rewrite } = view;
  return (
    <details class="refused">
      <summary>
        <span>
          <b>{visible(view.title)}</b> in {view.place === "" ? "" : `${visible(view.place)}, `}
          <Path path={view.shown} line={view.at} />
        </span>
        <span class="reason">{sentence(view.reason)}</span>
      </summary>
      <p>{sentence(rewrite.summary)}</p>
      <Diff hunks={view.hunks} label={`Refused change of ${visible(view.place || view.shown)}`} />
      <Added view={view} />
      {proof && <Evidence view={view} proof={proof} />}
    </details>
  );
}

/** The files that a rewrite adds. */
function Added({ view }: { view: RewriteView }) {
  return (
    <>
      {view.added.map(({ path, shown, hunks }) => (
        <details key={path}>
          <summary>
            Adds <code>{visible(shown)}</code>
          </summary>
          <Diff hunks={hunks} label={`Text of ${visible(shown)}`} />
        </details>
      ))}
    </>
  );
}

const SAME: Record<Equivalence["verdict"], string> = {
  same: "Same",
  different: "Different",
  cannot_tell: "Cannot tell",
};

function Evidence({ view, proof }: { view: RewriteView; proof: Proof }) {
  const { equivalence, region } = proof;
  const assumptions = [...view.rewrite.assumptions, ...equivalence.assumptions];
  const step = view.rewrite.build;
  const build = step && buildParts(step, view.buildFolder, proof.build);
  return (
    <div class="evidence">
      <div class="same">
        <h4>
          Is it the same? <span class={`answer ${equivalence.verdict}`}>{SAME[equivalence.verdict]}</span>
        </h4>
        <dl>
          <Fact
            label="Inputs tried"
            value={(equivalence.recorded + equivalence.generated).toLocaleString("en-US")}
            note={`${equivalence.recorded} recorded from your run, ${equivalence.generated} made from them: empty, repeated, reversed, negative, NaN, …`}
          />
          {equivalence.strength !== null && (
            <Fact
              label="Strength"
              value={equivalence.strength.toFixed(2)}
              warn={equivalence.strength < STRONG}
              note={`${equivalence.mutants.killed} of ${equivalence.mutants.total} deliberate mistakes in the original were noticed by these inputs${equivalence.strength < STRONG ? ", which is few: read the change yourself" : ""}`}
            />
          )}
          {equivalence.verdict === "same" && (
            <Fact
              label="Largest difference"
              value={
                largestDifference(equivalence) === "bit for bit"
                  ? "none"
                  : largestDifference(equivalence).replace(/^within /, "")
              }
              note={
                equivalence.tolerance === null
                  ? "compared bit for bit"
                  : `allowed: ${toleranceBound(equivalence.tolerance)}, because ${visible(equivalence.tolerance.reason)}`
              }
            />
          )}
          {equivalence.nondeterministic.length > 0 && (
            <Fact
              label="Not compared"
              value={visible(equivalence.nondeterministic.join(", "))}
              note="differs between two runs of the original itself"
            />
          )}
        </dl>
        {equivalence.verdict !== "same" && <p>{sentence(equivalence.reason)}</p>}
        {equivalence.witness && <WitnessView witness={equivalence.witness} />}
      </div>
      {region && <Speed region={region} proof={proof} />}
      {(assumptions.length > 0 || view.rewrite.requires.length > 0) && (
        <div class="conditions">
          {assumptions.length > 0 && (
            <>
              <h4>It assumes</h4>
              <ul>
                {assumptions.map((assumption) => (
                  <li key={assumption}>{sentence(assumption)}</li>
                ))}
              </ul>
            </>
          )}
          {build && (
            <p>
              To build it: <code>{visible(build.command)}</code>
              {visible(build.costs)}.
            </p>
          )}
          {view.rewrite.requires.length > 0 && (
            <p>
              It needs{" "}
              {view.rewrite.requires.map((one) => (
                <code key={one.package}>{visible(one.package + one.version)}</code>
              ))}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

function Fact({ label, value, note, warn }: { label: string; value: string; note: string; warn?: boolean }) {
  return (
    <div class={warn ? "fact warn" : "fact"}>
      <dt>{label}</dt>
      <dd>
        <b>{value}</b>
        <span class="small">{note}</span>
      </dd>
    </div>
  );
}

function Speed({ region, proof }: { region: Timing; proof: Proof }) {
  const { program } = proof;
  const memory = region.memoryRatio;
  return (
    <div class="speed">
      <h4>Is it faster? {formatInterval(region.ratio)}</h4>
      <Pairs timing={region} />
      <p class="small">
        {formatCount(region.pairs, "pair")} of fresh processes, {formatSeconds(region.oldSeconds)} before and{" "}
        {formatSeconds(region.newSeconds)} after; the noise floor is {formatRatio(region.floor)}.
        {proof.once && ` Once: ${onceWords(proof.once)}.`}
        {Math.abs(memory - 1) > 0.05 && ` Memory: ${formatRatio(memory)} of before.`}
        {timingNotes(region).map((note) => ` ${sentence(note)}`)}
        {program &&
          ` The program with this rewrite alone: ${formatInterval(program.speedup)}, ${program.measured ? "measured" : "predicted from its share of the run"}.`}
      </p>
    </div>
  );
}

/** The input on which two sides differ. */
export function WitnessView({ witness }: { witness: Witness }) {
  return (
    <div class="witness">
      <p>
        On this {witness.origin} input the two differ, in {visible(witness.where)}:
      </p>
      <dl>
        {Object.entries(witness.input).map(([name, value]) => (
          <div key={name}>
            <dt>
              <code>{visible(name)}</code>
            </dt>
            <dd>
              <code>{visible(value)}</code>
            </dd>
          </div>
        ))}
        <div>
          <dt>before</dt>
          <dd>
            <code>{visible(witness.expected)}</code>
          </dd>
        </div>
        <div class="differs">
          <dt>after</dt>
          <dd>
            <code>{visible(witness.actual)}</code>
          </dd>
        </div>
      </dl>
    </div>
  );
}
