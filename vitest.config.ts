import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          // Real programs run under time limits here, and the machines of CI are shared: one stall is not a failure.
          retry: process.env.CI ? 1 : 0,
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["test/browser/**"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
