// Reads the model that is embedded in this file and draws it.

import { render } from "preact";
import type { ReportModel } from "../src/report/model.ts";
import { App } from "./app.tsx";
import "./style/index.css";

const data = document.getElementById("report");
const place = document.getElementById("app")!;
if (data === null) place.textContent = "This page holds no report: 'speedwell open' makes one that does.";
else {
  const model = JSON.parse(data.textContent ?? "") as ReportModel;
  if (model.schema === "speedwell.report/1") render(<App model={model} />, place);
  else place.textContent = `This page cannot show ${String(model.schema)}.`;
}
