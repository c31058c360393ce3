// `speedwell --help` against `node -e 0`, in turns. Prints the medians and their ratio; the aim is at most 1.6.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

const commandLine = join(import.meta.dirname, "../dist/speedwell.js");
const time = (args) => {
  const start = performance.now();
  if (spawnSync(process.execPath, args).status !== 0) throw new Error(`node ${args.join(" ")} failed`);
  return performance.now() - start;
};
const sides = { node: ["-e", "0"], help: [commandLine, "--help"] };
const times = { node: [], help: [] };
const rounds = Number(process.argv[2] ?? 25);
for (let i = 0; i < rounds; i++)
  for (const side of i % 2 === 0 ? ["node", "help"] : ["help", "node"]) times[side].push(time(sides[side]));
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const [node, help] = [median(times.node), median(times.help)];
console.log(
  `node -e 0: ${node.toFixed(1)} ms   speedwell --help: ${help.toFixed(1)} ms   ratio ${(help / node).toFixed(2)} (aim: at most 1.6)`,
);
