// Write docs/schemas/*.json: the JSON Schema of every value that a `--json` command prints or a run directory holds.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import * as schemas from "../src/schemas/index.ts";

const root = join(import.meta.dirname, "..");

const documented = {
  result: schemas.Result,
  run: schemas.RunOutput,
  diagnosis: schemas.Diagnosis,
  judgement: schemas.Judgement,
  applied: schemas.Applied,
  runs: schemas.RunList,
  comparison: schemas.RunComparison,
  doctor: schemas.Doctor,
  opened: schemas.Opened,
  exported: schemas.Exported,
};
const folder = join(root, "docs/schemas");
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(documented))
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`);
