// For each stack: the place in the user's own code that its time belongs to, and how much of it a rewrite could change.

import { samplesPerStack, type Times, timesPerStack } from "../profile/index.ts";
import type { IndexIntoFrames, IndexIntoFunctions, IndexIntoStacks, Profile } from "../schemas/profile.ts";
import { perhapsReducibleLines, reducibleLines } from "../source/array-forms.ts";
import type { SourceFile } from "../source/file.ts";
import { callsOnLine, isWrapper, libraryName, packageOf } from "./callee.ts";
import { fileOf, type Place, placesOf } from "./place.ts";

export interface Attribution {
  times: Times;
  samples: number;
  /** The innermost frame of the user's own code, or −1: start-up, exit, a library's thread. */
  ownFrame: IndexIntoFrames;
  place: Place | null;
  /** Whether that frame is the innermost of all: whatever it runs has no frame of its own. */
  leaf: boolean;
  /** The library or built-in function that own code called, where it can be named: `numpy.linalg.svd`. */
  callee: string | null;
  /** The package whose import takes the time, or null. */
  importing: string | null;
  /** Nanoseconds that a change of the user's code could save at most. */
  changeable: number;
  /** Own frames from the innermost outwards. */
  ownStack: readonly IndexIntoFrames[];
}

/**
 * One attribution per stack, by stack index; null for stacks without time. `hopeful`: what only the values can tell, whether
 * native code could be called more cheaply, is taken to be so.
 */
export function attribute(
  profile: Profile,
  files: readonly SourceFile[],
  hopeful: boolean,
): (Attribution | null)[] {
  const places = placesOf(profile, files);
  const times = timesPerStack(profile);
  const samples = samplesPerStack(profile);
  const callsBack = stacksThatCallBack(profile, places);
  return times.map((time, stack) =>
    samples[stack] === 0
      ? null
      : attributeStack(profile, places, callsBack, stack, time, samples[stack]!, hopeful),
  );
}

function attributeStack(
  profile: Profile,
  places: readonly (Place | null)[],
  callsBack: readonly boolean[],
  stack: IndexIntoStacks,
  times: Times,
  samples: number,
  hopeful: boolean,
): Attribution {
  const { stacks, frames } = profile;
  const ownStack: IndexIntoFrames[] = [];
  /** Stack nodes above the innermost own frame, outermost last. */
  const above: IndexIntoStacks[] = [];
  for (let at = stack; at >= 0; at = stacks.parent[at]!) {
    const frame = stacks.frame[at]!;
    if (places[frame] !== null) ownStack.push(frame);
    else if (ownStack.length === 0) above.push(at);
  }
  const ownFrame = ownStack[0] ?? -1;
  const place = ownFrame < 0 ? null : places[ownFrame]!;
  const calledFrames = above.reverse();
  const importing = importedPackage(
    profile,
    calledFrames.map((at) => frames.function[stacks.frame[at]!]!),
  );
  const leaf = ownFrame >= 0 && calledFrames.length === 0;
  const base = { times, samples, ownFrame, place, leaf, importing, ownStack };
  if (place === null || importing !== null)
    return { ...base, callee: calledName(profile, calledFrames), changeable: 0 };
  // Native code that the line could call more cheaply is the line's own doing.
  const reducible = place.source !== null && isReducible(place.source, place.line, hopeful);
  if (calledFrames.length > 0) {
    const repeated =
      ownStack.some((frame) => places[frame]!.repeated) || calledFrames.some((at) => callsBack[at]);
    return {
      ...base,
      callee: calledName(profile, calledFrames),
      changeable: reducible
        ? withItsPauses(times, times.python + times.native)
        : repeated
          ? withItsPauses(times, times.python)
          : 0,
    };
  }
  const { callee, foreign } = calledOnLine(place);
  const native = foreign && !reducible ? 0 : times.native;
  return { ...base, callee, changeable: withItsPauses(times, times.python + native) };
}

const isReducible = (source: SourceFile, line: number, hopeful: boolean): boolean =>
  reducibleLines(source).has(line) || (hopeful && perhapsReducibleLines(source).has(line));

/**
 * Code that computes is now and then kept off the core, and pages are mapped for it; that time goes with the code. Only
 * where most of the time is waiting or system is that what the code is there for.
 */
function withItsPauses(times: Times, computing: number): number {
  const pauses = times.waiting + times.system;
  return computing > pauses ? computing + pauses : computing;
}

/**
 * What native code a line of own code runs into. `foreign`: a function of an installed package, so native time in it is
 * spent in code that is native already. Operators, methods and built-in functions are the line's own doing.
 */
function calledOnLine({ source, line }: Place): { callee: string | null; foreign: boolean } {
  if (source === null) return { callee: null, foreign: false };
  const { imported, builtin, matrixProduct } = callsOnLine(source, line);
  const foreign = imported.find((name) => !STANDARD_NATIVE.test(name));
  if (foreign !== undefined) return { callee: foreign, foreign: true };
  if (matrixProduct) return { callee: "the matrix product @", foreign: true };
  const single = [...imported, ...builtin];
  return { callee: single.length === 1 ? single[0]! : null, foreign: false };
}

/** Modules of the standard library whose functions work on Python's own objects. */
const STANDARD_NATIVE =
  /^(math|cmath|itertools|functools|operator|collections|heapq|bisect|random|statistics|array|struct|re|json|string|datetime|time|copy|decimal|fractions|os|sys|io|csv|pickle)\b/;

/** The first of the called library frames that is more than a wrapper, by name. */
function calledName(profile: Profile, called: readonly IndexIntoStacks[]): string | null {
  const functions = called.map((at) => profile.frames.function[profile.stacks.frame[at]!]!);
  const named = functions.filter((fn) => libraryName(profile, fn) !== null);
  const proper = named.find((fn) => !isWrapper(profile.functions.name[fn]!)) ?? named[0];
  return proper === undefined ? null : libraryName(profile, proper);
}

function importedPackage(profile: Profile, called: readonly IndexIntoFunctions[]): string | null {
  const { functions, files } = profile;
  const isImport = (fn: number) =>
    files.path[functions.file[fn]!]!.startsWith("<frozen importlib") &&
    /^_(find_and_load|gcd_import|handle_fromlist)/.test(functions.name[fn]!);
  const at = called.findIndex(isImport);
  if (at < 0) return null;
  for (const fn of called.slice(at)) {
    const path = files.path[functions.file[fn]!]!;
    if (!path.startsWith("<")) return packageOf(path) ?? "modules";
  }
  return "modules";
}

/** Stack nodes of library code from which own code is called back: `df.apply(f)`, `minimize(f)`. */
function stacksThatCallBack({ stacks }: Profile, places: readonly (Place | null)[]): boolean[] {
  const marked = stacks.frame.map(() => false);
  for (let stack = stacks.frame.length - 1; stack >= 0; stack--) {
    const parent = stacks.parent[stack]!;
    if (parent >= 0 && (marked[stack] || places[stacks.frame[stack]!] !== null)) marked[parent] = true;
  }
  return marked;
}

/** The package or path that an own frame lies in, for messages. */
export const pathOf = (profile: Profile, frame: IndexIntoFrames): string =>
  profile.files.path[fileOf(profile, frame)]!;
