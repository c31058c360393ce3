import { expect, test } from "vitest";
import {
  formatBytes,
  formatInterval,
  formatPercent,
  formatRange,
  formatRatio,
  formatSeconds,
  formatSmall,
} from "./format.ts";

test.each([
  [0, "0 s"],
  [0.00000038, "0.38 µs"],
  [0.00042, "420 µs"],
  [0.0042, "4.2 ms"],
  [0.38, "380 ms"],
  [0.9996, "1.0 s"],
  [6.42, "6.4 s"],
  [42.4, "42 s"],
  [99.6, "1 min 40 s"],
  [200, "3 min 20 s"],
  [3599.6, "1 h 0 min"],
  [7260, "2 h 1 min"],
])("%d seconds is %s", (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

test.each([
  [0.8, "0.80×"],
  [1.07, "1.07×"],
  [1.999, "2.0×"],
  [2.94, "2.9×"],
  [9.96, "10×"],
  [41.2, "41×"],
  [1234, "1234×"],
])("a ratio of %d is %s", (ratio, text) => expect(formatRatio(ratio)).toBe(text));

test("an interval shows its ends as precisely as its estimate, or a digit more when they would fall together", () => {
  expect(formatInterval({ low: 2.71, estimate: 2.9, high: 3.12 })).toBe("2.9× (2.7–3.1)");
  expect(formatRange({ low: 1.04, estimate: 1.07, high: 1.1 })).toBe("1.04–1.10");
  expect(formatRange({ low: 40.9, estimate: 41.2, high: 41.4 })).toBe("40.9–41.4");
});

test.each([
  [0, "0%"],
  [0.0004, "<0.1%"],
  [0.072, "7.2%"],
  [0.934, "93%"],
  [1, "100%"],
])("a share of %d is %s", (share, text) => expect(formatPercent(share)).toBe(text));

test("bytes and small quantities", () => {
  expect([812, 48 * 1024 ** 2, 3.21 * 1024 ** 3, 1023.9].map(formatBytes)).toEqual([
    "812 B",
    "48 MiB",
    "3.2 GiB",
    "1.0 KiB",
  ]);
  expect([0, 2.22e-16, 1e-9, 0.01, 4].map(formatSmall)).toEqual(["0", "2.2e-16", "1e-9", "0.01", "4"]);
});
