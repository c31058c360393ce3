// The flame graph: canvas, pointer, keyboard, search, and the same figures as a table.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatCount, formatPercent, formatSeconds } from "../src/report/format.ts";
import { type FlameView, KINDS } from "../src/report/model.ts";
import { COLOURS, type ColourBy, draw, ROW } from "./flame-draw.ts";
import {
  childrenOf,
  type FlameTree,
  frameTotals,
  layOut,
  nodeAt,
  rowsBetween,
  search,
  sibling,
} from "./flame-tree.ts";
import { resolveColours, type Theme, useWidth } from "./hooks.ts";
import { Path, visible } from "./program-text.tsx";

const SHORTEST = 132;
const TALLEST = 528;
const TABLE_ROWS = 40;
/** In the order of ORIGINS. */
const ORIGIN_WORDS = ["", "; in a library", "; in Python’s standard library"];

interface Span {
  from: number;
  to: number;
}

interface Props {
  view: FlameView;
  theme: Theme;
  /** Shows a line of a file by the path that the graph shows; null where its text is not in the report. */
  sourceOf: (shown: string) => ((line: number) => void) | null;
}

export function Flame({ view, theme, sourceOf }: Props) {
  const tree = useMemo(() => layOut(view), [view]);
  const [shown, setShown] = useState<Span>({ from: 0, to: tree.total });
  const [selected, setSelected] = useState(0);
  const [hover, setHover] = useState<{ node: number; x: number; y: number } | null>(null);
  const [query, setQuery] = useState("");
  const [colourBy, setColourBy] = useState<ColourBy>("kind");
  const [frameElement, width] = useWidth<HTMLDivElement>();
  const [top, setTop] = useState(0);
  const [focused, setFocused] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const found = useMemo(() => search(tree, query), [tree, query]);
  const rows = useMemo(
    () => rowsBetween(tree, shown.from, shown.to, (1.5 * (shown.to - shown.from)) / Math.max(1, width)),
    [tree, shown, width],
  );
  const height = Math.min(TALLEST, Math.max(SHORTEST, rows * ROW));

  useLayoutEffect(() => {
    const paint = requestAnimationFrame(() => {
      if (canvas.current === null) return;
      const colours = resolveColours(canvas.current.parentElement!, COLOURS);
      draw(canvas.current, {
        ...{ tree, from: shown.from, to: shown.to, top, width, height },
        ...{
          selected: focused || selected > 0 ? selected : -1,
          hovered: hover?.node ?? -1,
          found,
          colourBy,
          theme,
          colours,
        },
      });
    });
    return () => cancelAnimationFrame(paint);
  }, [tree, shown, top, width, height, selected, focused, hover?.node, found, colourBy, theme]);

  const zoomTo = (node: number) => {
    setSelected(node);
    setShown({ from: tree.left[node]!, to: tree.left[node]! + view.nodes.microseconds[node]! });
  };
  /** Select a node and bring it into view, in time and in depth. */
  const select = (node: number) => {
    setSelected(node);
    const left = tree.left[node]!;
    const right = left + view.nodes.microseconds[node]!;
    if (right <= shown.from || left >= shown.to || right - left > shown.to - shown.from)
      setShown(around(tree, node, shown));
    const y = tree.depth[node]! * ROW;
    const scroller = frameElement.current!;
    if (y < scroller.scrollTop) scroller.scrollTop = y;
    else if (y + ROW > scroller.scrollTop + height) scroller.scrollTop = y + ROW - height;
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => select(childrenOf(tree, selected)[0] ?? selected),
    ArrowUp: () => select(view.nodes.parent[selected]!),
    ArrowLeft: () => select(sibling(tree, selected, -1)),
    ArrowRight: () => select(sibling(tree, selected, 1)),
    Enter: () => zoomTo(selected),
    Home: () => zoomTo(0),
    Escape: () => (query !== "" ? setQuery("") : setShown({ from: 0, to: tree.total })),
  };
  const under = (event: MouseEvent): number => {
    const box = canvas.current!.getBoundingClientRect();
    const depth = Math.floor((event.clientY - box.top + top) / ROW);
    return nodeAt(
      tree,
      depth,
      shown.from + ((event.clientX - box.left) / box.width) * (shown.to - shown.from),
    );
  };

  useEffect(() => {
    const element = canvas.current!;
    const wheel = (event: WheelEvent) => {
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (!event.ctrlKey && !event.metaKey && Math.abs(sideways) < 1) return; // The page scrolls.
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = (event.clientX - box.left) / box.width;
      setShown((now) =>
        event.ctrlKey || event.metaKey
          ? zoomed(now, tree.total, at, Math.exp(Math.max(-100, Math.min(100, event.deltaY)) / 150))
          : moved(now, tree.total, sideways / box.width),
      );
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, [tree]);

  const frame = view.nodes.frame[selected]!;
  const toSource = sourceOf(view.files[view.frames.file[frame]!] ?? "");
  const whole = shown.from === 0 && shown.to === tree.total;
  return (
    <section id="flame" aria-labelledby="flame-title">
      <h2 id="flame-title">Flame graph</h2>
      <p class="lead-in">
        Each box is a function or, named by its file, a module’s top level. Its width is the time spent in it;
        the boxes below are what it called or imported, without Python’s own import steps. Click to zoom in
        {view.merged > 0 &&
          `; ${formatCount(view.merged, "call")} too small to see ${view.merged === 1 ? "is" : "are"} left out`}
        .
      </p>
      <div class="controls">
        <label class="search">
          <span class="visually-hidden">Search functions and files</span>
          <input
            type="search"
            placeholder="Search functions and files"
            value={query}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
        </label>
        <output class="small" aria-live="polite">
          {found &&
            (found.count === 0
              ? "nothing found"
              : `${formatPercent(found.microseconds / tree.total)} of the time, in ${formatCount(found.count, "function")}`)}
        </output>
        <label>
          <span>Colour by</span>{" "}
          <select value={colourBy} onChange={(event) => setColourBy(event.currentTarget.value as ColourBy)}>
            <option value="kind">kind</option>
            <option value="file">file</option>
            <option value="origin">whose code</option>
          </select>
        </label>
        <button type="button" class="quiet" disabled={whole} onClick={() => zoomTo(0)}>
          Show all
        </button>
      </div>
      <div class="flame">
        <div
          class="flame-scroll"
          ref={frameElement}
          style={{ height: `${height}px` }}
          onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        >
          <div style={{ height: `${Math.max(height, rows * ROW)}px` }}>
            {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a canvas with its own keys is an application */}
            <canvas
              ref={canvas}
              style={{ width: `${width}px`, height: `${height}px` }}
              tabIndex={0}
              role="application"
              aria-roledescription="flame graph"
              aria-label={`Call tree of ${formatCount(view.nodes.parent.length, "node")}; a table with the same figures follows`}
              aria-describedby="flame-keys flame-selected"
              onFocus={() => setFocused(true)}
              onBlur={() => setFocused(false)}
              onKeyDown={(event) => {
                const act = keys[event.key];
                if (act === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
                event.preventDefault();
                act();
              }}
              onClick={(event) => {
                const node = under(event);
                if (node >= 0) zoomTo(node);
              }}
              onMouseMove={(event) => {
                const node = under(event);
                const box = frameElement.current!.getBoundingClientRect();
                setHover(node < 0 ? null : { node, x: event.clientX - box.left, y: event.clientY - box.top });
              }}
              onMouseLeave={() => setHover(null)}
            />
          </div>
        </div>
        {hover && <Tooltip tree={tree} {...hover} width={width} />}
      </div>
      <p id="flame-selected" class="selected" aria-live="polite">
        <Describe tree={tree} node={selected} />
        {toSource && (
          <button type="button" class="link" onClick={() => toSource(view.frames.line[frame]!)}>
            Show source
          </button>
        )}
      </p>
      <p id="flame-keys" class="small keys">
        Keys: <kbd>↓</kbd> <kbd>↑</kbd> <kbd>←</kbd> <kbd>→</kbd> move, <kbd>Enter</kbd> zooms in,{" "}
        <kbd>Esc</kbd> zooms out, <kbd>Home</kbd> goes to the whole run. Ctrl and wheel zoom, Shift and wheel
        move sideways.
      </p>
      <FrameTable tree={tree} />
    </section>
  );
}

/** The span of the nearest node above that is wider than the span now, or that of the node itself when it is wide. */
function around(tree: FlameTree, node: number, now: Span): Span {
  const { parent, microseconds } = tree.view.nodes;
  let at = node;
  while (at !== 0 && microseconds[at]! < now.to - now.from) at = parent[at]!;
  return { from: tree.left[at]!, to: tree.left[at]! + microseconds[at]! };
}

/** Zoom by `factor` around the point at share `at` of the width. */
function zoomed({ from, to }: Span, total: number, at: number, factor: number): Span {
  const size = Math.min(total, Math.max(total / 1e6, (to - from) * factor));
  const start = from + at * (to - from) - at * size;
  const clamped = Math.min(Math.max(0, start), total - size);
  return { from: clamped, to: clamped + size };
}

function moved({ from, to }: Span, total: number, share: number): Span {
  const start = Math.min(Math.max(0, from + share * (to - from)), total - (to - from));
  return { from: start, to: start + (to - from) };
}

function Describe({ tree, node }: { tree: FlameTree; node: number }) {
  const { frames, files, nodes } = tree.view;
  const frame = nodes.frame[node]!;
  const file = files[frames.file[frame]!];
  return (
    <>
      <b>{visible(frames.name[frame] ?? "")}</b>
      {file !== undefined && (
        <span class="place">
          <Path path={file} line={frames.line[frame]} />
        </span>
      )}
      <span>
        {formatSeconds(nodes.microseconds[node]! / 1e6)},{" "}
        {formatPercent(nodes.microseconds[node]! / (tree.total || 1))} of the run; own{" "}
        {formatSeconds(nodes.selfMicroseconds[node]! / 1e6)}; mostly {KINDS[nodes.kind[node]!]}
        {ORIGIN_WORDS[frames.origin[frame]!]}
      </span>
    </>
  );
}

function Tooltip({
  tree,
  node,
  x,
  y,
  width,
}: {
  tree: FlameTree;
  node: number;
  x: number;
  y: number;
  width: number;
}) {
  const right = x > width / 2;
  return (
    <div
      class="tooltip"
      aria-hidden="true"
      style={{
        top: `${y + 18}px`,
        left: right ? "auto" : `${x + 12}px`,
        right: right ? `${width - x + 12}px` : "auto",
      }}
    >
      <Describe tree={tree} node={node} />
    </div>
  );
}

function FrameTable({ tree }: { tree: FlameTree }) {
  const [open, setOpen] = useState(false);
  const totals = useMemo(() => (open ? frameTotals(tree).slice(0, TABLE_ROWS) : []), [tree, open]);
  const { frames, files } = tree.view;
  return (
    <details class="as-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table: the functions with most time of their own</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Function</th>
            <th scope="col" class="number">
              Own time
            </th>
            <th scope="col" class="number">
              With callees
            </th>
            <th scope="col" class="number">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {totals.map(({ frame, self, microseconds }) => (
            <tr key={frame}>
              <th scope="row">
                {visible(frames.name[frame] ?? "")}
                {files[frames.file[frame]!] !== undefined && (
                  <span class="small">
                    <Path path={files[frames.file[frame]!]!} line={frames.line[frame]} />
                  </span>
                )}
              </th>
              <td class="number">{formatSeconds(self / 1e6)}</td>
              <td class="number">{formatSeconds(microseconds / 1e6)}</td>
              <td class="number">{formatPercent(microseconds / (tree.total || 1))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
