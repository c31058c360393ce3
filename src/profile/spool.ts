// Reads the recorder's spool files: JSON lines, the last of which may be cut off.

import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as z from "zod/mini";

const n = z.number();

const ProcessLine = z.tuple([
  z.literal("process"),
  z.object({
    pid: n,
    parent: n,
    /** Unix time in seconds at which the recorder started. */
    started: n,
    python: z.string(),
    /** Directory of the standard library. */
    standard: z.string(),
    gil: z.boolean(),
  }),
]);

/** How the sampler got the interpreter lock: it was free, given up by bytecode in due time, or released before that. */
export const LockState = { free: 0, checkpoint: 1, released: 2 } as const;

const ThreadTick = z.tuple([
  /** thread */ n,
  /** stack node, or −1 */ n,
  /** code being entered, or −1 */ n,
  /** CPU ns since the last tick */ z.nullable(n),
  /** 1 when it burns CPU while the lock is free */ n,
  /** ns in the kernel's run queue */ n,
]);

const Line = z.union([
  z.tuple([
    z.literal("tick"),
    /** time, wall since the last tick, LockState, ns beyond the switch interval, user ns, system ns */ n,
    n,
    n,
    n,
    n,
    n,
    z.array(ThreadTick),
  ]),
  z.tuple([z.literal("node"), n, n, n]),
  z.tuple([z.literal("frame"), n, n, n]),
  z.tuple([z.literal("code"), n, z.string(), z.string(), n]),
  z.tuple([z.literal("thread"), n, z.string(), z.boolean()]),
  z.tuple([z.literal("module"), z.string()]),
  /** how many Python interpreters the process has started through `subprocess` */
  z.tuple([z.literal("interpreters"), n]),
  /** the disk had no room for more */
  z.tuple([z.literal("full")]),
  z.tuple([z.literal("memory"), n, n, n]),
  z.tuple([z.literal("end"), n, n, n, n, n]),
  ProcessLine,
]);
export type SpoolLine = z.infer<typeof Line>;
export type TickLine = Extract<SpoolLine, readonly ["tick", ...unknown[]]>;
export type ProcessHeader = z.infer<typeof ProcessLine>[1];

/** Absolute paths of a run's spool files. */
export async function spoolFiles(runDirectory: string): Promise<string[]> {
  const directory = join(runDirectory, "spool");
  const names = await readdir(directory).catch(() => []);
  return names
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .map((name) => join(directory, name));
}

/** The lines of one spool file, in order. A line that does not parse (the process was killed while writing) ends it. */
export async function* readSpool(path: string): AsyncGenerator<SpoolLine> {
  const lines = createInterface({
    input: createReadStream(path, "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const text of lines) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return;
    }
    const line = Line.safeParse(value);
    if (!line.success) return;
    yield line.data;
  }
}
