// `npm run demo`: set everything up, build, optimize a real program, end with the path of the report.

import { join } from "node:path";
import { root, run } from "./process.mjs";
import { setup } from "./setup.mjs";

setup();
run(process.execPath, ["scripts/build.mjs"]);
const program =
  process.argv.slice(2).length > 0 ? process.argv.slice(2) : ["examples/airport_network/network.py"];
run(process.execPath, [join(root, "dist/speedwell.js"), "optimize", ...program]);
