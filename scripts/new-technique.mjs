// npm run new-technique -- NAME: write the skeleton of a technique, with a test that fails until it does something.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, root } from "./process.mjs";

const [name] = process.argv.slice(2);
if (!/^[a-z][a-z]*$/.test(name ?? ""))
  fail("Usage: npm run new-technique -- NAME   (lower-case letters, for example: caching)");
const folder = join(root, "src/techniques", name);
if (existsSync(folder)) fail(`${folder} is there already.`);
mkdirSync(folder);

writeFileSync(
  join(folder, "README.md"),
  `# ${name}

- **Detects**:
- **Needs to know**:
- **Changes**:
- **Assumes**:
- **Refuses**:
`,
);
writeFileSync(
  join(folder, "index.ts"),
  `// ${name}: say in one line which slow code this makes fast, and how.

import type { Proposals, RegionContext, Technique } from "../technique.ts";

export const technique: Technique = {
  name: "${name}",
  title: "${name[0].toUpperCase()}${name.slice(1)}",
  packages: [],
  regions: ["function", "loop"],
  propose,
};

async function propose(_context: RegionContext): Promise<Proposals> {
  return { rewrites: [], declined: [] };
}
`,
);
writeFileSync(
  join(folder, "index.test.ts"),
  `// Before and after, as real code looks; and what must be left alone.

import { expect, test } from "vitest";
import { technique } from "./index.ts";

test("rewrites a slow region", () => {
  expect.fail(\`\${technique.name} proposes nothing yet: see docs/add-a-technique.md\`);
});
`,
);
await import("./generate-registry.mjs");
console.log(`Wrote ${folder}. Next: docs/add-a-technique.md`);
