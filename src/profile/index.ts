// Profiles of runs: built from the recorder's spool, stored, and read.

export type { Profile } from "../schemas/profile.ts";
export * from "./origin.ts";
export * from "./store.ts";
export * from "./views.ts";
