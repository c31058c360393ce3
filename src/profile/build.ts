// From the recorder's spool files to one profile.

import type { Nanoseconds, Profile } from "../schemas/profile.ts";
import { chargeRun } from "./charge.ts";
import { Classifier } from "./classify.ts";
import { originOf } from "./origin.ts";
import { type ProcessHeader, readSpool, type SpoolLine, spoolFiles } from "./spool.ts";

/** Build the profile of a run from whatever its processes left in the spool; empty tables when they left nothing. */
export async function buildProfile(runDirectory: string): Promise<Profile> {
  const recordings: { header: ProcessHeader; path: string }[] = [];
  for (const path of await spoolFiles(runDirectory))
    for await (const line of readSpool(path)) {
      if (line[0] === "process") recordings.push({ header: line[1], path });
      break;
    }
  recordings.sort((a, b) => a.header.started - b.header.started);
  const builder = new ProfileBuilder(recordings[0]?.header.started ?? 0);
  for (const { header, path } of recordings) {
    const process = builder.process(header);
    for await (const line of readSpool(path)) process.add(line);
    process.end();
  }
  return builder.finish();
}

class ProfileBuilder {
  readonly profile: Profile = emptyProfile();
  private readonly began: number;
  private readonly interned = new Map<string, number>();
  private workerCpu = 0;

  /** `began`: Unix time in seconds at which the first process started recording. */
  constructor(began: number) {
    this.began = began;
  }

  process(header: ProcessHeader): ProcessBuilder {
    const { processes } = this.profile;
    const start = Math.max(0, Math.round((header.started - this.began) * 1e9));
    processes.parent.push(processes.pid.lastIndexOf(header.parent));
    processes.pid.push(header.pid);
    processes.start.push(start);
    processes.end.push(start);
    processes.complete.push(false);
    processes.full?.push(false);
    processes.interpreters?.push(0);
    processes.cpu.push(0);
    processes.childrenCpu.push(0);
    return new ProcessBuilder(this, header, processes.pid.length - 1, start);
  }

  file(path: string, standard: string): number {
    const { files } = this.profile;
    return this.intern(`file ${path}`, files.path.length, () => {
      files.path.push(path);
      files.origin.push(originOf(path, standard));
    });
  }

  function(file: number, name: string, line: number): number {
    const { functions } = this.profile;
    return this.intern(`function ${file} ${line} ${name}`, functions.name.length, () => {
      functions.file.push(file);
      functions.name.push(name);
      functions.line.push(line);
    });
  }

  frame(fn: number, line: number): number {
    const { frames } = this.profile;
    return this.intern(`frame ${fn} ${line}`, frames.line.length, () => {
      frames.function.push(fn);
      frames.line.push(line);
    });
  }

  stack(parent: number, frame: number): number {
    const { stacks } = this.profile;
    return this.intern(`stack ${parent} ${frame}`, stacks.frame.length, () => {
      stacks.parent.push(parent);
      stacks.frame.push(frame);
    });
  }

  work(nanoseconds: Nanoseconds): void {
    this.workerCpu += nanoseconds;
  }

  finish(): Profile {
    const { profile } = this;
    const { processes } = profile;
    profile.wall = processes.end.reduce((last, end) => Math.max(last, end), 0);
    profile.parallelism = profile.wall > 0 ? this.workerCpu / profile.wall : 0;
    chargeRun(profile);
    return profile;
  }

  private intern(key: string, next: number, create: () => void): number {
    const known = this.interned.get(key);
    if (known !== undefined) return known;
    create();
    this.interned.set(key, next);
    return next;
  }
}

/** One spool file: its own numbers for code, frames, nodes and threads are mapped to the profile's. */
class ProcessBuilder {
  private readonly functions = new Map<number, number>();
  private readonly frames = new Map<number, number>();
  private readonly stacks = new Map<number, number>();
  private readonly threads = new Map<number, number>();
  private readonly lastTime = new Map<number, Nanoseconds>();
  private readonly lastSample = new Map<number, number>();
  private readonly classifier: Classifier;
  private readonly builder: ProfileBuilder;
  private readonly header: ProcessHeader;
  private readonly index: number;
  private readonly start: Nanoseconds;

  constructor(builder: ProfileBuilder, header: ProcessHeader, index: number, start: Nanoseconds) {
    this.builder = builder;
    this.header = header;
    this.index = index;
    this.start = start;
    this.classifier = new Classifier(header.gil);
  }

  add(line: SpoolLine): void {
    const { builder } = this;
    const { profile } = builder;
    switch (line[0]) {
      case "process":
        return;
      case "code": {
        const [, id, path, name, first] = line;
        const file = builder.file(path, this.header.standard);
        this.functions.set(id, builder.function(file, name, first));
        return;
      }
      case "frame":
        this.frames.set(line[1], builder.frame(this.functions.get(line[2]) ?? 0, line[3]));
        return;
      case "node":
        this.stacks.set(
          line[1],
          builder.stack(this.stacks.get(line[2]) ?? -1, this.frames.get(line[3]) ?? 0),
        );
        return;
      case "thread": {
        const known = this.threads.get(line[1]);
        if (known !== undefined) {
          profile.threads.name[known] = line[2];
          return;
        }
        this.threads.set(line[1], profile.threads.name.length);
        profile.threads.process.push(this.index);
        profile.threads.name.push(line[2]);
        profile.threads.main.push(line[3]);
        return;
      }
      case "module":
        builder.file(line[1], this.header.standard);
        return;
      case "interpreters":
        profile.processes.interpreters![this.index] = line[1];
        return;
      case "full":
        profile.processes.full![this.index] = true;
        return;
      case "memory":
        profile.memory.process.push(this.index);
        profile.memory.time.push(this.start + line[1]);
        profile.memory.resident.push(line[2]);
        profile.memory.peak.push(line[3]);
        this.reach(line[1]);
        return;
      case "end": {
        const [, time, user, system, childUser, childSystem] = line;
        profile.processes.complete[this.index] = true;
        profile.processes.cpu[this.index] = (user + system) * 1e9;
        profile.processes.childrenCpu[this.index] = (childUser + childSystem) * 1e9;
        this.reach(time);
        return;
      }
      case "tick":
        this.tick(line);
    }
  }

  /** Close the process: what was kept back goes to the last sample of its thread. */
  end(): void {
    const { samples } = this.builder.profile;
    for (const [thread, sample] of this.lastSample) {
      const rest = this.classifier.rest(thread);
      samples.python[sample]! += rest.python;
      samples.waiting[sample]! += rest.waiting;
      samples.system[sample]! += rest.system;
    }
  }

  private tick(line: Extract<SpoolLine, readonly ["tick", ...unknown[]]>): void {
    const { samples } = this.builder.profile;
    const [, time, wall, , , user, system, threads] = line;
    const activities = this.classifier.classify(line);
    threads.forEach(([thread, node, entered], i) => {
      const activity = activities[i]!;
      const index = samples.time.length;
      samples.thread.push(this.threads.get(thread) ?? 0);
      samples.time.push(this.start + time);
      samples.duration.push(time - (this.lastTime.get(thread) ?? time - wall));
      samples.stack.push(this.stacks.get(node) ?? -1);
      samples.entered.push(this.functions.get(entered) ?? -1);
      samples.python.push(activity.python);
      samples.native.push(activity.native);
      samples.waiting.push(activity.waiting);
      samples.system.push(activity.system);
      this.lastTime.set(thread, time);
      this.lastSample.set(thread, index);
    });
    this.builder.work(user + system);
    this.reach(time);
  }

  private reach(time: Nanoseconds): void {
    const { processes } = this.builder.profile;
    processes.end[this.index] = Math.max(processes.end[this.index]!, this.start + time);
  }
}

function emptyProfile(): Profile {
  return {
    schema: "speedwell.profile/1",
    wall: 0,
    files: { path: [], origin: [] },
    functions: { name: [], file: [], line: [] },
    frames: { function: [], line: [] },
    stacks: { parent: [], frame: [] },
    processes: {
      pid: [],
      parent: [],
      start: [],
      end: [],
      complete: [],
      full: [],
      interpreters: [],
      cpu: [],
      childrenCpu: [],
    },
    threads: { process: [], name: [], main: [] },
    samples: {
      thread: [],
      time: [],
      duration: [],
      stack: [],
      entered: [],
      python: [],
      native: [],
      waiting: [],
      system: [],
      runPython: [],
      runNative: [],
      runWaiting: [],
      runSystem: [],
    },
    memory: { process: [], time: [], resident: [], peak: [] },
    parallelism: 0,
  };
}
