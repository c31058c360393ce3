// Build what is published: the report page, the bundled command line with no runtime dependencies, the JSON Schemas.

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root, run } from "./process.mjs";

await import("./generate-registry.mjs");
await import("./generate-catalogue.mjs");
rmSync(join(root, "dist"), { recursive: true, force: true });
run("npx", ["vite", "build", "--logLevel", "warn"]);
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
await build({
  absWorkingDir: root,
  entryPoints: { speedwell: "src/cli/main.ts" },
  outdir: "dist",
  bundle: true,
  // Commands are chunks of their own, loaded when they run: `speedwell --help` reads one small file.
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  minifySyntax: true,
  legalComments: "linked",
  // commander is CommonJS, and a bundled ES module has no `require` of its own.
  banner: {
    js: '#!/usr/bin/env node\nimport { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);',
  },
  define: { "process.env.SPEEDWELL_VERSION": JSON.stringify(version) },
  logLevel: "warning",
});
run("npx", ["tsx", "scripts/generate-json-schemas.ts"]);
