// What the figures hold for: this program, this Python, this machine.

import { programCommand } from "../src/report/command.ts";
import type { ReportModel } from "../src/report/model.ts";
import { visible } from "./program-text.tsx";

export function Environment({ model }: { model: ReportModel }) {
  const facts = [
    { label: "Command", value: programCommand(model.run.program) },
    ...model.environment,
    { label: "Run", value: model.run.id },
    { label: "Kept in", value: model.directory },
  ];
  return (
    <section id="environment" aria-labelledby="environment-title">
      <h2 id="environment-title">Environment</h2>
      <p class="lead-in">The figures hold for this program on this machine; elsewhere they may differ.</p>
      <dl class="environment">
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{visible(label)}</dt>
            <dd>{visible(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
