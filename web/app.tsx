// The page: header, sections in reading order, and the one thing they share, a jump to a line of source.

import { useState } from "preact/hooks";
import { programCommand } from "../src/report/command.ts";
import type { ReportModel } from "../src/report/model.ts";
import { Environment } from "./environment.tsx";
import { Flame } from "./flame.tsx";
import { Frame, Guard, readableDate } from "./frame.tsx";
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
    <Frame
      sections={sections}
      theme={theme}
      setTheme={setTheme}
      version={model.version}
      created={model.created}
    >
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
    </Frame>
  );
}
