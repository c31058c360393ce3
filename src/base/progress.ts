// What a long stage tells about itself while it runs.

export interface ProgressEvent {
  stage: "record" | "diagnose" | "capture" | "rewrite" | "prove" | "report" | "install";
  /** What is running now, in a few plain words. */
  message: string;
  /** How far, when it is known: `done` of `total`. */
  done?: number;
  total?: number;
}

export type Progress = (event: ProgressEvent) => void;
