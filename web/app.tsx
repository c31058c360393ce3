// The page: header, sections in reading order, and the one thing they share, a jump to a line of source.

import { Component, type ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { programCommand } from "../src/report/command.ts";
import type { ReportModel } from "../src/report/model.ts";
import { Environment } from "./environment.tsx";
import { Flame } from "./flame.tsx";
import { useTheme } from "./hooks.ts";
import { Hotspots } from "./hotspots.tsx";
import { visible } from "./program-text.tsx";
import { Rewrites } from "./rewrites.tsx";
import { Source } from "./source.tsx";
import { Timeline } from "./timeline.tsx";
import { Verdict } from "./verdict.tsx";

/** A line of a source file to show; a new object each time, so that the same line can be asked for twice. */
export interface Jump {
  path: string;
  line: number;
}

export function App({ model }: { model: ReportModel }) {
  const [theme, setTheme] = useTheme();
  const [jump, setJump] = useState<Jump | null>(null);
  const show = (path: string, line: number) => {
    setJump({ path, line });
    document.getElementById("source")?.scrollIntoView();
  };
  const hasSource = (path: string) =>
    model.sources.some((source) => source.path === path && source.text !== null);
  const sourceOf = (shown: string) => {
    const source = model.sources.find((one) => one.shown === shown && one.text !== null);
    return source === undefined ? null : (line: number) => show(source.path, line);
  };
  const sections = [
    { id: "time", title: "Where the time goes", shown: true },
    { id: "rewrites", title: "Rewrites", shown: model.optimization !== null },
    { id: "flame", title: "Flame graph", shown: model.flame !== null },
    { id: "timeline", title: "Timeline", shown: model.timeline !== null },
    { id: "source", title: "Source", shown: model.sources.length > 0 },
    { id: "environment", title: "Environment", shown: true },
  ].filter((section) => section.shown);

  return (
    <>
      <a class="skip" href="#main">
        Skip to the report
      </a>
      <header class="top">
        <div class="bar">
          <span class="brand">
            <Flower />
            Speedwell
          </span>
          <nav aria-label="Sections">
            {sections.map(({ id, title }) => (
              <a key={id} href={`#${id}`}>
                {title}
              </a>
            ))}
          </nav>
          <button
            type="button"
            class="quiet theme"
            aria-pressed={theme === "dark"}
            onClick={() => setTheme(theme === "dark" ? "light" : "dark")}
          >
            {theme === "dark" ? "Light" : "Dark"}
            <span class="visually-hidden"> theme</span>
          </button>
        </div>
      </header>
      <main id="main">
        <p class="program">
          <code>{visible(programCommand(model.run.program))}</code>
          <span>
            <time dateTime={model.run.created}>{readableDate(model.run.created)}</time>, Python{" "}
            {visible(model.run.interpreter.version)}
          </span>
        </p>
        <Guard>
          <Verdict model={model} />
        </Guard>
        <Guard>
          <Hotspots model={model} show={show} hasSource={hasSource} />
        </Guard>
        {model.optimization && (
          <Guard>
            <Rewrites model={model} optimization={model.optimization} show={show} />
          </Guard>
        )}
        {model.flame && (
          <Guard>
            <Flame view={model.flame} theme={theme} sourceOf={sourceOf} />
          </Guard>
        )}
        {model.timeline && (
          <Guard>
            <Timeline view={model.timeline} />
          </Guard>
        )}
        {model.sources.length > 0 && (
          <Guard>
            <Source sources={model.sources} seconds={model.diagnosis.seconds} jump={jump} />
          </Guard>
        )}
        <Environment model={model} />
      </main>
      <footer>
        Made by Speedwell {visible(model.version)} on{" "}
        <time dateTime={model.created}>{readableDate(model.created)}</time>. This file holds everything it
        shows and asks no network.
      </footer>
    </>
  );
}

/** Keeps the rest of the report readable when one section meets data it cannot draw. */
class Guard extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };
  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ failed: true });
  }
  override render() {
    return this.state.failed ? (
      <p class="warning">This part of the report could not be drawn.</p>
    ) : (
      this.props.children
    );
  }
}

const readableDate = (iso: string): string => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? visible(iso)
    : date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
};

/** A speedwell's four petals. */
const Flower = () => (
  <svg class="flower" viewBox="0 0 24 24" aria-hidden="true">
    <ellipse cx="12" cy="6.4" rx="4.1" ry="5" />
    <ellipse cx="12" cy="17.6" rx="3.2" ry="4.4" />
    <ellipse cx="6.2" cy="12" rx="5" ry="4.1" />
    <ellipse cx="17.8" cy="12" rx="5" ry="4.1" />
    <circle cx="12" cy="12" r="2" />
  </svg>
);
