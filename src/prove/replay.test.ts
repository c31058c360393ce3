// Rewrites held against their originals, on real programs that were really captured.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Pair, right, wrong } from "../../test/replay/pairs.ts";
import { testPython } from "../../test/python.ts";
import { deadlineIn } from "../base/deadline.ts";
import { type PythonService, startService } from "../interpreter/service.ts";
import { captureRegions } from "../record/capture.ts";
import type { Region } from "../schemas/index.ts";
import type { SourceFile } from "../source/file.ts";
import { parseSource } from "../source/load.ts";
import { regionsOf } from "../source/regions.ts";
import { openReplay, type Replay } from "./replay.ts";

let service: PythonService;
let root: string;
beforeAll(async () => {
  service = await startService(testPython());
  root = await mkdtemp(join(tmpdir(), "speedwell-replay-test-"));
});
afterAll(async () => {
  await service.close();
  await rm(root, { recursive: true, force: true });
});

let made = 0;

/** Capture `text` as a script and open the replay of the region that `choose` picks. */
async function open(text: string, choose: (region: Region) => boolean): Promise<{ replay: Replay; file: SourceFile }> {
  const directory = join(root, `case ${made++}`);
  await mkdir(directory, { recursive: true });
  const path = join(directory, "script.py");
  await writeFile(path, text);
  const program = { kind: "script" as const, target: "script.py", arguments: [], cwd: directory };
  const interpreter = {
    path: testPython(), realPath: testPython(), version: "3.11.7", implementation: "CPython", prefix: "",
    chosenBy: "option", gilDisabled: false,
  }; // biome-ignore format: short
  const run = {
    schema: "speedwell.run/1", id: "1", created: "2026-01-01T00:00:00Z", program, interpreter, status: "finished",
    exit: 0, signal: null, seconds: 1, sources: {},
  };
  await writeFile(join(directory, "run.json"), JSON.stringify(run));
  const file = await parseSource(service, text, path);
  const region = regionsOf(file).find(choose);
  if (!region) throw new Error("the test's region is not there");
  const facts = await captureRegions({ runDirectory: directory, program, interpreter, regions: [region], overlay: null });
  const replay = await openReplay({
    runDirectory: directory, interpreter: testPython(), overlay: null, file, region, facts: facts.get(region.id)!,
    seed: 1, deadline: deadlineIn(60),
  });
  return { replay, file };
}

const isF = (region: Region) => region.kind === "function" && /(^|\.)f$/.test(region.qualname);

async function judge(pair: Pair) {
  const { replay } = await open(`${pair.old}\n${pair.calls}\n`, isF);
  try {
    const text = `${pair.new}\n${pair.calls}\n`;
    const region = regionsOf(await parseSource(service, text, join(root, "new.py"))).find(isF)!;
    const tolerance =
      pair.relative === undefined
        ? null
        : { kind: "relative" as const, bound: pair.relative, absolute: pair.relative, reason: "another order" };
    return await replay.check(text, region, tolerance);
  } finally {
    await replay.close();
  }
}

describe.concurrent("wrong rewrites", () => {
  test.each(wrong)("$name", async (pair) => {
    const found = await judge(pair);
    expect(found.verdict, JSON.stringify(found)).not.toBe("same");
    // A pair whose original cannot even be replayed would prove nothing here.
    expect(found.reason).not.toMatch(/replay|in the run|fails with/);
  });
});

describe.concurrent("right rewrites", () => {
  test.each(right)("$name", async (pair) => {
    const found = await judge(pair);
    expect(found.verdict, JSON.stringify(found)).toBe("same");
    expect(found.recorded).toBeGreaterThan(0);
  });
});
