// Why a loop is left as it is; `start` is where in the file.

export class Refusal extends Error {
  readonly start: number | null;
  constructor(reason: string, start: number | null = null) {
    super(reason);
    this.start = start;
  }
}

export function refuse(reason: string, node?: { start: number } | null): never {
  throw new Refusal(reason, node?.start ?? null);
}
