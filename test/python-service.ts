// The agent's service on the tests' Python, one per test file.

import { afterAll, beforeAll } from "vitest";
import { type PythonService, startService } from "../src/interpreter/service.ts";
import { testPython } from "./python.ts";

/** Starts a service before the first test and closes it after the last; the function gives it. */
export function sharedService(): () => PythonService {
  let service: PythonService;
  beforeAll(async () => {
    service = await startService(testPython());
  });
  afterAll(() => service.close());
  return () => service;
}
