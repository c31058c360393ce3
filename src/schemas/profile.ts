// Where a run's time and memory went: tables in columns, joined by integer index.
//
// The manner of the Firefox Profiler: a sample names a stack, a stack its frame and the stack of its caller, a frame its
// function and line, a function its file. Index −1 stands for "none". All columns of a table have the same length.

import * as z from "zod/mini";

/** Units and indices, as names for plain numbers. */
export type Nanoseconds = number;
export type Bytes = number;
export type IndexIntoFunctions = number;
export type IndexIntoFrames = number;
export type IndexIntoStacks = number;
export type IndexIntoThreads = number;

const column = z.array(z.number());

export const Profile = z.object({
  schema: z.literal("speedwell.profile/1"),
  /** Wall time from the first to the last moment of the recorded program. */
  wall: z.number(),
  files: z.object({
    /** Absolute, or as Python names what is no file: `<frozen importlib._bootstrap>`, `<string>`. */
    path: z.array(z.string()),
    /** The user's own code, an installed package, or Python's standard library. */
    origin: z.array(z.enum(["own", "library", "standard"])),
  }),
  functions: z.object({
    /** Qualified from Python 3.11 on; `<module>` is a file's top level. */
    name: z.array(z.string()),
    file: column,
    /** First line of the definition. */
    line: column,
  }),
  frames: z.object({ function: column, line: column }),
  /** A caller's stack always stands before its callees'. */
  stacks: z.object({ parent: column, frame: column }),
  processes: z.object({
    pid: column,
    /** Index of the process that forked or spawned it, or −1. */
    parent: column,
    /** Nanoseconds after the start of the run. */
    start: column,
    end: column,
    /** False when the recording stops before the process did: killed, replaced by exec, left by os._exit. */
    complete: z.array(z.boolean()),
    /** Whether it stops there because the disk had no room for more. */
    full: z.optional(z.array(z.boolean())),
    /** Python interpreters that it started through `subprocess`; these are not recorded. */
    interpreters: z.optional(column),
    /** CPU time of the process, and of the children it waited for (recorded or not). */
    cpu: column,
    childrenCpu: column,
  }),
  threads: z.object({ process: column, name: z.array(z.string()), main: z.array(z.boolean()) }),
  samples: z.object({
    thread: column,
    /** Nanoseconds after the start of the run, and since the thread's previous sample. */
    time: column,
    duration: column,
    stack: column,
    /** A function that was being entered when the sample was taken and so had used no time yet, or −1. */
    entered: column,
    /** What the thread did, in nanoseconds. */
    python: column,
    native: column,
    waiting: column,
    system: column,
    /**
     * The same four, charged to the run: of wall time that several threads and processes used together each gets its
     * part, and time in which none worked is waiting. Over all samples they add up to the wall time that was recorded.
     */
    runPython: column,
    runNative: column,
    runWaiting: column,
    runSystem: column,
  }),
  /** Resident memory over time, and the greatest so far. */
  memory: z.object({ process: column, time: column, resident: column, peak: column }),
  /** CPU time over wall time, all threads and native worker threads of all recorded processes. */
  parallelism: z.number(),
});
export type Profile = z.infer<typeof Profile>;
