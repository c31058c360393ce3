// Background load for the honesty benches: bursts of one busy core at random times, the same for the same seed.

import { spawn } from "node:child_process";
import { killGroup } from "../src/base/process.ts";

/** Start the load; call what it gives to end it. */
export function startNoise(python: string, seed: number): () => void {
  const code = `
import random, time
random.seed(${seed})
while True:
    end = time.perf_counter() + random.expovariate(8)
    while time.perf_counter() < end:
        pass
    time.sleep(random.expovariate(3))
`;
  const child = spawn(python, ["-c", code], { stdio: "ignore", detached: true });
  return () => killGroup(child.pid);
}
