// Diagnosis: where the time goes, whether it is worth changing, and which regions to try.

export { chooseRegions } from "./choose.ts";
export { diagnose } from "./diagnose.ts";
