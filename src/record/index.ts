// Recording: run directories, and programs run under the recorder.

export { createRunDirectory, listRuns, pruneRuns, readRun, runDirectory, writeRun } from "./directory.ts";
export { recordProgram } from "./record.ts";
