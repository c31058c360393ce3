// What every operation of a session shares.

import type { Interrupt } from "../base/interrupt.ts";
import type { Progress } from "../base/progress.ts";

export interface SessionOptions {
  /** Where `.speedwell/` lies. */
  cwd: string;
  /** `--python`. */
  python?: string | undefined;
  env?: NodeJS.ProcessEnv;
  interrupt: Interrupt;
  onProgress: Progress;
}

export interface SessionContext extends SessionOptions {
  env: NodeJS.ProcessEnv;
  /** Speedwell's own version. */
  version: string;
}
