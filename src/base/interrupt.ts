// Ctrl-C: stop Speedwell's own work at once, but leave it to the recorded program while that runs.

import { setMaxListeners } from "node:events";

export interface Interrupt {
  /** Aborts when the user interrupts Speedwell's own work. */
  readonly signal: AbortSignal;
  /** While `work` runs, interrupts are not Speedwell's: the program receives them itself from the terminal. */
  passToProgram<T>(work: () => Promise<T>): Promise<T>;
  /** Stop listening. */
  release(): void;
}

/** Listen for SIGINT and SIGTERM until `release` is called. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  // Every child process listens for as long as it lives; many at once are no leak, which Node would warn of.
  setMaxListeners(0, controller.signal);
  let programs = 0;
  const interrupted = () => {
    if (programs === 0) controller.abort(new DOMException("interrupted", "AbortError"));
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const name of signals) process.on(name, interrupted);
  return {
    signal: controller.signal,
    async passToProgram(work) {
      programs++;
      try {
        return await work();
      } finally {
        programs--;
      }
    },
    release() {
      for (const name of signals) process.off(name, interrupted);
    },
  };
}
