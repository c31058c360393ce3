import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Tests that run the whole product under its time limits: one after the other, with all cores to themselves. */
const whole = ["test/examples.test.ts", "test/prove/*.test.ts", "test/notebook.test.ts"];

/** Most of the time goes by in processes of Python and Chromium, so even two cores serve two files. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

/** The corpus takes longest by far, so it starts first; the rest goes by size, or by what is known of its duration. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => Number(!moduleId.includes("/corpus/"));
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "node",
          // Real programs run under time limits here, and the machines of CI are shared: one stall is not a failure.
          retry: process.env.CI ? 1 : 0,
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["test/browser/**", ...whole],
          maxWorkers,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "whole",
          retry: process.env.CI ? 1 : 0,
          include: whole,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          maxWorkers,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
