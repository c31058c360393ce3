// `npm test`: set everything up, build, check types, style and structure, run all tests. Arguments go to vitest.

import { run } from "./process.mjs";
import { setup } from "./setup.mjs";

setup({ browser: true });
run(process.execPath, ["scripts/build.mjs"]);
run("npm", ["run", "--silent", "check"]);
run("npx", ["vitest", "run", ...process.argv.slice(2)]);
