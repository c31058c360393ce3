// Does the timing of a region favour a side? Regions with large arguments against themselves, with a comment as the only change:
// the ratio must lie around 1, and neither side be called faster more often than chance allows.
//
//   npx tsx bench/region-aa.ts [COMPARISONS=12] [PAIRS=6]

import { rmSync } from "node:fs";
import { join } from "node:path";
import { deadlineIn } from "../src/base/deadline.ts";
import { record } from "../src/prove/fixture.ts";
import { timeRegion } from "../src/prove/timing.ts";
import { geometricMean } from "../src/stats/index.ts";
import { rate } from "./comparison.ts";

const [comparisons = 12, pairs = 6] = process.argv.slice(2).map(Number);

const program = `import numpy as np

def array_in_place(values):
    values *= 1.0001
    return values[values > 0.5].sum()

def numbers(items):
    total = 0.0
    for item in items:
        total += item
    items.append(total)
    return total

def words(table):
    longest = ""
    for key in sorted(table):
        if len(table[key]) > len(longest):
            longest = table[key]
    table[longest] = longest
    return {value: key for key, value in table.items()}

array = np.random.default_rng(1).random(700_000)
items = array[:150_000].tolist()
table = {str(i): "x" * (i % 40) for i in range(40_000)}
for _ in range(3):
    array_in_place(array)
    numbers(items)
    words(table)
`;

const recorded = await record(program, ["def "]);
try {
  for (const region of recorded.regions.filter((one) => one.kind === "function")) {
    const text = program.replace(`def ${region.qualname}(`, "# the same\n$&");
    const moved = { ...region.span, start: region.span.start + 11, end: region.span.end + 11 };
    const span = { ...moved, line: region.span.line + 1, endLine: region.span.endLine + 1 };
    const estimates: number[] = [];
    let [faster, slower] = [0, 0];
    for (let i = 0; i < comparisons; i++) {
      const timing = await timeRegion({
        interpreter: recorded.interpreter.path,
        overlay: null,
        environment: process.env,
        program: recorded.program,
        capture: join(recorded.runDirectory, "capture", region.id),
        original: { text: program, region, compiles: false },
        rewritten: { text, region: { ...region, span }, compiles: i % 2 === 1 },
        deadline: deadlineIn(600),
        mostPairs: pairs,
        secondsPerProcess: 0.1,
      });
      if (typeof timing === "string") throw new Error(timing);
      estimates.push(timing.ratio.estimate);
      faster += Number(timing.ratio.low > 1);
      slower += Number(timing.ratio.high < 1);
      process.stderr.write(`\r${region.qualname} ${i + 1}/${comparisons}`);
    }
    console.log(
      `\n${region.qualname}: mean ratio ${geometricMean(estimates).toFixed(3)}, from ${Math.min(...estimates).toFixed(3)} to ${Math.max(...estimates).toFixed(3)}; ` +
        `interval above 1: ${rate(faster, comparisons)}; below 1: ${rate(slower, comparisons)}`,
    );
  }
} finally {
  rmSync(recorded.folder, { recursive: true, force: true });
}
