// Reads the model that is embedded in this file and draws it.

import { render } from "preact";
import type { JudgementReport, ReportModel } from "../src/report/model.ts";
import { App } from "./app.tsx";
import { JudgementPage } from "./judgement.tsx";
import "./style/index.css";

const data = document.getElementById("report");
const place = document.getElementById("app")!;
if (data === null) place.textContent = "This page holds no report: 'speedwell open' makes one that does.";
else {
  const model = JSON.parse(data.textContent ?? "") as ReportModel | JudgementReport;
  if (model.schema === "speedwell.report/1") render(<App model={model} />, place);
  else if (model.schema === "speedwell.judgement-report/1") render(<JudgementPage model={model} />, place);
  else place.textContent = `This page cannot show ${String((model as { schema: unknown }).schema)}.`;
}
