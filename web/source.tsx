// The program's text with the time spent on each line.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatPercent, formatSeconds } from "../src/report/format.ts";
import { KINDS, type SourceView } from "../src/report/model.ts";
import type { Jump } from "./app.tsx";
import { Code } from "./code.tsx";
import { sentence, visible, visibleLine } from "./program-text.tsx";
import { type LineState, tokens } from "./python.ts";

/** Height of a line in CSS pixels; style/source.css uses the same. */
const LINE = 21;
/** Lines drawn together. Those far from view are plain text, so that long files stay light and searchable. */
const CHUNK = 100;

interface Props {
  sources: SourceView[];
  /** Wall seconds of the run, which percentages are of. */
  seconds: number;
  jump: Jump | null;
}

export function Source({ sources, seconds, jump }: Props) {
  const [path, setPath] = useState(() => sources.toSorted((a, b) => ownTime(b) - ownTime(a))[0]!.path);
  useEffect(() => {
    if (jump !== null) setPath(jump.path);
  }, [jump]);
  const source = sources.find((one) => one.path === path) ?? sources[0]!;
  return (
    <section id="source" aria-labelledby="source-title">
      <h2 id="source-title">Source</h2>
      <p class="lead-in">
        Time per line, with everything the line calls; the bar splits it into Python, native, waiting and
        system. A line without a figure took too little time to be seen.
      </p>
      {sources.length > 1 && (
        <label class="file-choice">
          <span>File</span>
          <select value={path} onChange={(event) => setPath(event.currentTarget.value)}>
            {sources.map((one) => (
              <option key={one.path} value={one.path}>
                {visible(one.shown)}
              </option>
            ))}
          </select>
        </label>
      )}
      {source.text === null ? (
        <p>{sentence(source.omitted ?? "The text of this file is not in the report")}</p>
      ) : (
        <Lines
          key={source.path}
          source={source}
          text={source.text}
          seconds={seconds}
          jump={jump?.path === source.path ? jump : null}
        />
      )}
    </section>
  );
}

const ownTime = (source: SourceView): number =>
  source.lines.selfMicroseconds.reduce((sum, own) => sum + own, 0);

function Lines({
  source,
  text,
  seconds,
  jump,
}: {
  source: SourceView;
  text: string;
  seconds: number;
  jump: Jump | null;
}) {
  const scroller = useRef<HTMLElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const lines = useMemo(() => text.replace(/(?:\r\n|\n|\r)$/, "").split(/\r\n|\n|\r/), [text]);
  const states = useMemo(() => lineStates(lines), [lines]);
  const heat = useMemo(() => new Map(source.lines.line.map((line, index) => [line, index])), [source]);
  const hottest = useMemo(() => {
    const own = source.lines.selfMicroseconds;
    const best = own.reduce((most, value, index) => (value > own[most]! ? index : most), 0);
    return source.lines.line[best] ?? 1;
  }, [source]);
  const target = jump?.line ?? hottest;

  useLayoutEffect(() => {
    const element = scroller.current!;
    element.scrollTop = Math.max(0, (target - 1) * LINE - element.clientHeight / 3);
    setView({ top: element.scrollTop, height: element.clientHeight });
  }, [target, jump]);

  const chunks = Math.ceil(lines.length / CHUNK);
  return (
    <section
      class="source"
      ref={scroller}
      aria-label={`Text of ${visible(source.shown)}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={(event) =>
        setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
    >
      <div class="lines">
        {Array.from({ length: chunks }, (_, chunk) => {
          const first = chunk * CHUNK;
          const part = lines.slice(first, first + CHUNK);
          const near =
            (first + part.length) * LINE > view.top - view.height &&
            first * LINE < view.top + 2 * view.height;
          return near ? (
            <div key={chunk}>
              {part.map((line, index) => (
                <Line
                  key={index}
                  number={first + index + 1}
                  text={line}
                  state={states[first + index]!}
                  source={source}
                  heat={heat.get(first + index + 1)}
                  seconds={seconds}
                  aimed={jump !== null && jump.line === first + index + 1}
                />
              ))}
            </div>
          ) : (
            <pre key={chunk} class="far">
              {part.map((line) => visibleLine(line)).join("\n")}
            </pre>
          );
        })}
      </div>
    </section>
  );
}

function lineStates(lines: readonly string[]): LineState[] {
  let state: LineState = null;
  return lines.map((line) => {
    const before: LineState = state;
    // Only quotes can change the state; most lines have none.
    if (state !== null || /"""|'''/.test(line)) state = tokens(line, state).state;
    return before;
  });
}

interface LineProps {
  number: number;
  text: string;
  state: LineState;
  source: SourceView;
  heat: number | undefined;
  seconds: number;
  aimed: boolean;
}

function Line({ number, text, state, source, heat, seconds, aimed }: LineProps) {
  const spent = heat === undefined ? 0 : source.lines.microseconds[heat]! / 1e6;
  const own = heat === undefined ? 0 : source.lines.selfMicroseconds[heat]! / 1e6;
  const share = seconds > 0 ? spent / seconds : 0;
  const title =
    heat === undefined
      ? undefined
      : `${formatSeconds(spent)}, ${formatPercent(share)} of the run, own ${formatSeconds(own)}: ${KINDS.filter(
          (kind) => source.lines.kinds[kind][heat]! > 0,
        )
          .map((kind) => `${kind} ${formatSeconds(source.lines.kinds[kind][heat]! / 1e6)}`)
          .join(", ")}`;
  return (
    <div
      class={aimed ? "line aimed" : "line"}
      title={title}
      style={{ "--heat": Math.min(1, Math.sqrt(share)).toFixed(3) }}
    >
      <span class="line-number">{number}</span>
      <span class="spent">{heat === undefined ? "" : formatSeconds(spent)}</span>
      <span class="part">{heat === undefined ? "" : formatPercent(share)}</span>
      <span class="split" aria-hidden="true">
        {heat !== undefined && (
          <span class="stack" style={{ width: `${Math.min(100, share * 100)}%` }}>
            {KINDS.map((kind) => (
              <span key={kind} class={`fill-${kind}`} style={{ flexGrow: source.lines.kinds[kind][heat]! }} />
            ))}
          </span>
        )}
      </span>
      <code>
        <Code text={text} state={state} />
        {"\n"}
      </code>
    </div>
  );
}
