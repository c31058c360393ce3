// What a thread did between two samples: Python, native code, system calls or waiting.
//
// The clocks say how much it worked and waited over the whole interval; the state of the interpreter lock at its end says
// what kind of work, and where. A thread seen waiting did its work elsewhere, and one seen working waited elsewhere: such
// time is kept back for the next sample that shows the thread doing that.

import type { Nanoseconds } from "../schemas/profile.ts";
import { LockState, type TickLine } from "./spool.ts";

export interface Activity {
  python: Nanoseconds;
  native: Nanoseconds;
  waiting: Nanoseconds;
  system: Nanoseconds;
}

const MILLISECOND = 1e6;
/** A lock kept this much longer than the switch interval was kept by a C function; less is the wake-up's own time. */
const HELD_BY_NATIVE = 0.5 * MILLISECOND;
const HELD_FOR_LONG = 20 * MILLISECOND;
/** Waiting this short, in a sample of a working thread, is the sampler's own hold of the lock. */
const OWN_EFFECT = 0.5 * MILLISECOND;
/** Samples for which time is kept back at most. */
const PATIENCE = 25;

interface Pending {
  work: Nanoseconds;
  system: Nanoseconds;
  waiting: Nanoseconds;
  /** Samples since something was first kept back. */
  age: number;
}

/** Classifies the ticks of one process in order. */
export class Classifier {
  private readonly pending = new Map<number, Pending>();
  private readonly gil: boolean;

  /** `gil`: whether the interpreter has its lock; without it every working thread is taken to run Python. */
  constructor(gil: boolean) {
    this.gil = gil;
  }

  /** The activity of each thread of a tick, in the tick's order. */
  classify([, , wall, lock, over, user, system, threads]: TickLine): Activity[] {
    const cpuOf = (cpu: number | null) => Math.min(cpu ?? 0, wall);
    const working = threads.filter(([, , , cpu]) => cpuOf(cpu) > MILLISECOND / 10);
    const total = working.reduce((sum, [, , , cpu]) => sum + cpuOf(cpu), 0);
    const systemShare = user + system > 0 ? Math.min(1, system / (user + system)) : 0;
    // Only one thread at a time runs Python: what all of them worked beyond the wall time was done without the lock.
    const pythonShare = total > wall * 1.05 ? wall / total : 1;
    // A thread that waits for a core cannot give the lock up either. On a crowded machine only one that kept the lock for
    // long and worked for long meanwhile is sure to be in native code.
    const queuedMost = Math.max(0, ...threads.map(([, , , , , queued]) => queued));
    const keptByNative =
      over - queuedMost > HELD_BY_NATIVE + Math.max(0, working.length - 1) * 5 * MILLISECOND ||
      (working.length === 1 && over > HELD_FOR_LONG && total > HELD_FOR_LONG);
    return threads.map(([thread, , , cpuOrNull, running, queuedRaw]) => {
      const cpu = cpuOf(cpuOrNull);
      const queued = Math.min(queuedRaw, wall - cpu);
      // A lock that was released early was released by whatever the thread stands at, not by what it did before.
      const seenWorking =
        lock === LockState.free
          ? running === 1 || (cpu > MILLISECOND && wall - cpu - queued < wall / 5)
          : lock === LockState.checkpoint && cpu > 0;
      let busy = cpu + queued;
      let waiting = wall - busy;
      if (seenWorking && waiting < Math.max(OWN_EFFECT, wall / 20)) [busy, waiting] = [wall, 0];
      const inSystem = busy * systemShare;
      const pending = this.pendingOf(thread);
      const patient = pending.age < PATIENCE;
      if (!seenWorking) {
        if (patient) {
          pending.work += busy - inSystem;
          pending.system += inSystem;
          busy = 0;
        }
        const activity = {
          python: patient ? 0 : busy - inSystem + pending.work,
          native: 0,
          waiting: waiting + pending.waiting,
          system: patient ? 0 : inSystem + pending.system,
        };
        this.pending.set(thread, {
          work: patient ? pending.work : 0,
          system: patient ? pending.system : 0,
          waiting: 0,
          age: patient && pending.work > 0 ? pending.age + 1 : 0,
        });
        return activity;
      }
      const work = busy - inSystem + pending.work;
      let native = 0;
      if (this.gil) {
        if (lock === LockState.free || (lock === LockState.checkpoint && keptByNative)) native = work;
        else native = work * (1 - pythonShare);
      }
      if (patient) pending.waiting += waiting;
      this.pending.set(thread, {
        work: 0,
        system: 0,
        waiting: patient ? pending.waiting : 0,
        age: patient && pending.waiting > 0 ? pending.age + 1 : 0,
      });
      return {
        python: work - native,
        native,
        waiting: patient ? 0 : waiting + pending.waiting,
        system: inSystem + pending.system,
      };
    });
  }

  /** What is still kept back for a thread, to be added to its last sample. */
  rest(thread: number): Activity {
    const { work, system, waiting } = this.pendingOf(thread);
    this.pending.delete(thread);
    return { python: work, native: 0, waiting, system };
  }

  private pendingOf(thread: number): Pending {
    return this.pending.get(thread) ?? { work: 0, system: 0, waiting: 0, age: 0 };
  }
}
