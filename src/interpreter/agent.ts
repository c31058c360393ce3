// Where the Python agent lies, from the source tree and from the published package alike.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of the file to hand to Python: `python <file> VERB ARGS…`. (Of a folder it would import `runpy` first.) */
export const agentEntry = (): string => join(agentDirectory(), "__main__.py");

/** Absolute path of the folder that holds the agent's package. */
export function agentDirectory(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(directory, "agent");
    if (existsSync(join(candidate, "speedwell_agent", "__init__.py"))) return candidate;
    const parent = dirname(directory);
    if (parent === directory) throw new Error("the agent folder is missing from this installation");
    directory = parent;
  }
}
