// An error that is the user's to read: one plain sentence, and the exit code of the contract.

/** Exit codes of the command line. */
export const ExitCode = {
  done: 0,
  programFailed: 1,
  wrongUsage: 2,
  environmentLacks: 3,
  ownFault: 4,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Thrown for anything that a user can understand and act on; every other exception is Speedwell's own fault. */
export class Fault extends Error {
  readonly exitCode: ExitCode;
  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.name = "Fault";
    this.exitCode = exitCode;
  }
}
