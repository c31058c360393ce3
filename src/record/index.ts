// Recording: run directories, and programs run under the recorder.

export {
  createRunDirectory,
  listRuns,
  pruneRuns,
  readRun,
  runBytes,
  runDirectory,
  writeRun,
} from "./directory.ts";
export { type RecordOptions, recordProgram } from "./record.ts";
