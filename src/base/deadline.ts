// How much time is left of a budget.

export interface Deadline {
  /** Seconds left, never negative; Infinity without a budget. */
  remaining(): number;
  /** A deadline that ends with this one or after `seconds`, whichever is first. */
  within(seconds: number): Deadline;
}

const at = (end: number): Deadline => ({
  remaining: () => Math.max(0, (end - performance.now()) / 1000),
  within: (seconds) => at(Math.min(end, performance.now() + seconds * 1000)),
});

/** A deadline `seconds` from now. */
export const deadlineIn = (seconds: number): Deadline => at(performance.now() + seconds * 1000);
