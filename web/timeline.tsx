// What each thread did over time, and how much memory the program held.

import { useState } from "preact/hooks";
import { formatBytes, formatPercent, formatSeconds } from "../src/report/format.ts";
import { KINDS, type ThreadActivity, type TimelineView } from "../src/report/model.ts";
import { useWidth } from "./hooks.ts";
import { ticks } from "./pairs.tsx";
import { visible } from "./program-text.tsx";

const ROW = 44;
const MEMORY = 84;

export function Timeline({ view }: { view: TimelineView }) {
  const [element, width] = useWidth<HTMLDivElement>();
  const [cursor, setCursor] = useState<number | null>(null);
  const bins = Math.max(1, ...view.threads.map((thread) => thread.shares.python.length));
  const total = Math.max(bins * view.binSeconds, view.memory?.seconds.at(-1) ?? 0) || 1;
  const x = (seconds: number): number => (seconds / total) * width;
  const move = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    setCursor(Math.min(total, Math.max(0, ((event.clientX - box.left) / box.width) * total)));
  };
  return (
    <section id="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">Timeline</h2>
      <p class="lead-in">
        Each band is one thread; its height is the share of each moment spent on Python, native code, waiting
        and the system.{view.memory && " Below, the memory that the process held."}
      </p>
      <div class="timeline" ref={element} onPointerMove={move} onPointerLeave={() => setCursor(null)}>
        {view.threads.map((thread, index) => (
          <figure key={index}>
            <figcaption>
              <span>{visible(thread.name)}</span>
              <span class="readout">
                {cursor === null ? summary(thread) : atCursor(thread, cursor, view.binSeconds)}
              </span>
            </figcaption>
            <svg
              role="img"
              aria-label={`${visible(thread.name)}: ${summary(thread)}`}
              width={width}
              height={ROW}
            >
              {areas(thread).map(({ kind, path }) => (
                <path
                  key={kind}
                  class={`fill-${kind}`}
                  d={path}
                  transform={`scale(${x(view.binSeconds)} ${ROW})`}
                />
              ))}
              <Cursor at={cursor} x={x} height={ROW} />
            </svg>
          </figure>
        ))}
        {view.moreThreads > 0 && <p class="small">and {view.moreThreads} more threads that did less</p>}
        {view.memory && view.memory.bytes.length > 1 && (
          <Memory memory={view.memory} width={width} x={x} cursor={cursor} />
        )}
        <svg class="scale" aria-hidden="true" width={width} height={22}>
          {ticks(0, total, Math.max(2, Math.floor(width / 110))).map((tick) => (
            <g key={tick}>
              <line class="axis" x1={x(tick)} x2={x(tick)} y1={0} y2={4} />
              <text
                x={x(tick)}
                y={17}
                text-anchor={tick === 0 ? "start" : x(tick) > width - 24 ? "end" : "middle"}
              >
                {tick === 0 ? "0" : formatSeconds(tick)}
              </text>
            </g>
          ))}
        </svg>
      </div>
    </section>
  );
}

function Memory({
  memory,
  width,
  x,
  cursor,
}: {
  memory: NonNullable<TimelineView["memory"]>;
  width: number;
  x: (seconds: number) => number;
  cursor: number | null;
}) {
  const peak = memory.bytes.reduce((most, bytes) => Math.max(most, bytes), 1);
  const y = (bytes: number): number => MEMORY - 2 - (bytes / peak) * (MEMORY - 8);
  const line = memory.seconds.map(
    (second, index) => `${x(second).toFixed(1)},${y(memory.bytes[index]!).toFixed(1)}`,
  );
  const nearest =
    cursor === null
      ? -1
      : Math.max(
          0,
          memory.seconds.findLastIndex((second) => second <= cursor),
        );
  return (
    <figure>
      <figcaption>
        <span>Memory</span>
        <span class="readout">
          {nearest < 0
            ? `at most ${formatBytes(peak)}`
            : `${formatBytes(memory.bytes[nearest]!)} at ${formatSeconds(memory.seconds[nearest]!)}`}
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={`Resident memory, at most ${formatBytes(peak)}`}
        width={width}
        height={MEMORY}
      >
        <path
          class="memory-area"
          d={`M${x(memory.seconds[0]!)},${MEMORY} L${line.join(" L")} L${x(memory.seconds.at(-1)!)},${MEMORY} Z`}
        />
        <polyline class="memory-line" points={line.join(" ")} />
        <Cursor at={cursor} x={x} height={MEMORY} />
      </svg>
    </figure>
  );
}

const Cursor = ({ at, x, height }: { at: number | null; x: (seconds: number) => number; height: number }) =>
  at === null ? null : <line class="cursor" x1={x(at)} x2={x(at)} y1={0} y2={height} />;

/** Stacked steps in a unit square per bin: 1 wide, 1 high, from the ground up. */
function areas(thread: ThreadActivity): { kind: string; path: string }[] {
  const bins = thread.shares.python.length;
  const ground = new Array<number>(bins).fill(0);
  return KINDS.map((kind) => {
    let top = "";
    let bottom = "";
    for (let bin = 0; bin < bins; bin++) {
      const low = ground[bin]!;
      const high = Math.min(1, low + (thread.shares[kind][bin] ?? 0));
      ground[bin] = high;
      top += `L${bin},${(1 - high).toFixed(3)}L${bin + 1},${(1 - high).toFixed(3)}`;
      bottom = `L${bin + 1},${(1 - low).toFixed(3)}L${bin},${(1 - low).toFixed(3)}${bottom}`;
    }
    return { kind, path: `M0,1${top}${bottom}Z` };
  });
}

function summary(thread: ThreadActivity): string {
  const sums = KINDS.map((kind) => thread.shares[kind].reduce((sum, share) => sum + share, 0));
  const all = sums.reduce((sum, share) => sum + share, 0);
  if (all === 0) return "not seen running";
  return KINDS.map((kind, index) => ({ kind, share: sums[index]! / all }))
    .filter(({ share }) => share >= 0.005)
    .map(({ kind, share }) => `${kind} ${formatPercent(share)}`)
    .join(", ");
}

function atCursor(thread: ThreadActivity, seconds: number, binSeconds: number): string {
  const bin = Math.min(thread.shares.python.length - 1, Math.floor(seconds / binSeconds));
  const parts = KINDS.map((kind) => ({ kind, share: thread.shares[kind][bin] ?? 0 })).filter(
    ({ share }) => share > 0.005,
  );
  const when = formatSeconds(seconds);
  return parts.length === 0
    ? `${when}: not running`
    : `${when}: ${parts.map(({ kind, share }) => `${kind} ${formatPercent(share)}`).join(", ")}`;
}
