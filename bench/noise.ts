// Background load for the honesty benches: bursts of one busy core at random times, the same for the same seed. Some bursts
// walk through memory, so that they take cache and bandwidth too, not the processor alone.

import { spawn } from "node:child_process";
import { killGroup } from "../src/base/process.ts";

/** Start the load; call what it gives to end it. */
export function startNoise(python: string, seed: number): () => void {
  const code = `
import os, random, time
random.seed(${seed})
block = bytearray(32 * 1024 * 1024)
parent = os.getppid()
while os.getppid() == parent:
    end = time.perf_counter() + random.expovariate(8)
    walks = random.random() < 0.3
    while time.perf_counter() < end:
        if walks:
            block[:] = block[::-1]
    time.sleep(random.expovariate(3))
`;
  const child = spawn(python, ["-c", code], { stdio: "ignore", detached: true });
  return () => killGroup(child.pid);
}
