// All schemas of files and messages that cross a process.

export * from "./changes.ts";
export * from "./common.ts";
export * from "./diagnosis.ts";
export * from "./facts.ts";
export * from "./judgement.ts";
export * from "./outputs.ts";
export * from "./proof.ts";
export * from "./region.ts";
export * from "./result.ts";
export * from "./rewrite.ts";
export * from "./run.ts";
