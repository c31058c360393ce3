// Analyses a region under wider and wider guards until nothing in it can part from Python unseen.

import type { RegionFacts, ValueFact } from "../../schemas/index.ts";
import type { Region } from "../../schemas/region.ts";
import type { For, FunctionDef, Name, stmt, While } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { meaningOf } from "../../source/meaning.ts";
import { freshName } from "../../source/names.ts";
import { parentMap } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import * as ranges from "../analysis/ranges.ts";
import { type Overflow, WriteAsFloats } from "./findings.ts";
import { describeInput, entryValue, type Input, type Limits, poolsOf } from "./inputs.ts";
import type { Layout } from "./records.ts";
import type { Reached, State } from "./state.ts";
import { boundNames, Statements } from "./statements.ts";
import { type Container, integerRange, Unsupported } from "./values.ts";

export interface Subject {
  file: SourceFile;
  region: Region;
  facts: RegionFacts;
  python: readonly [major: number, minor: number];
  node: FunctionDef | For | While;
  /** The statements that are compiled. */
  body: readonly stmt[];
  numpy: string;
  math: string;
}

export interface Attempt {
  analysis: Statements;
  /** What the kernel takes, in the order of its parameters. */
  inputs: Input[];
  /** Names from outside that a kernel cannot take: no line that is reached needs them. */
  unusable: readonly string[];
  /** How an input is written outside the kernel, where that is not its name: `self.width`. */
  outside: Map<string, string>;
  limits: Map<string, Limits>;
  checks: Map<stmt, Map<string, number>>;
  end: Reached;
}

interface Entry {
  inputs: Map<string, Input>;
  unusable: Map<string, Unsupported>;
  outside: Map<string, string>;
  attributes: Map<string, string>;
}

const beyond64 = (text: string): boolean =>
  !ranges.fits(ranges.range(BigInt(text), BigInt(text)), ranges.int64);

/** Integers beyond 64 bits came out: the kernel would be left every time. */
function givesBigIntegers(facts: RegionFacts): boolean {
  const big = (fact: ValueFact): boolean =>
    (fact.integer !== undefined && (beyond64(fact.integer.min) || beyond64(fact.integer.max))) ||
    (fact.sequence?.elements.some(big) ?? false);
  return Object.values(facts.liveOut).some((seen) => seen.some(big));
}

/** The kernel binds its own variables; those of the module or of a function around are not its own. */
function rejectForeign({ region, body }: Subject): void {
  const bound = boundNames(body);
  const foreign = [...region.closure, ...region.globals].find((name) => bound.has(name));
  const scriptLoop = region.kind === "loop" && region.qualname === "";
  if (foreign !== undefined && !scriptLoop)
    throw new Unsupported(`\`${foreign}\`, which it binds, belongs to code around it`);
}

/** The names that the body may read from outside, and what was seen of them. */
function entryOf({ file, region, facts, body }: Subject): Entry {
  const entry: Entry = { inputs: new Map(), unusable: new Map(), outside: new Map(), attributes: new Map() };
  const read = new Map<string, Name>();
  const owners = new Map<string, Set<string>>();
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.kind === "Name") read.set(node.id, read.get(node.id) ?? node);
      if (node.kind === "Attribute" && node.value.kind === "Name") {
        owners.set(node.value.id, (owners.get(node.value.id) ?? new Set()).add(node.attr));
      }
    });
  }
  const names = new Set(
    [...region.liveIn, ...region.closure, ...region.globals].filter((name) => read.has(name)),
  );
  const fresh = freshNames(file);
  const take = (name: string, seen: RegionFacts["liveIn"][string] | undefined): void => {
    try {
      entry.inputs.set(name, describeInput(name, seen, fresh));
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      entry.unusable.set(name, error);
    }
  };
  for (const name of names) {
    if (region.globals.includes(name) && meaningOf(file, read.get(name)!).kind !== "variable") continue;
    const seen = facts.liveIn[name];
    const attributes = seen?.length === 1 ? seen[0]!.attributes : undefined;
    if (!attributes) take(name, seen);
    else {
      for (const attribute of owners.get(name) ?? []) {
        if (!attributes[attribute]) continue;
        // A parameter of the kernel: only the names in the region are in its way.
        const taken = new Set([...read.keys(), ...names, ...entry.attributes.values()]);
        const local = taken.has(attribute) ? freshName(file, `${name}_${attribute}`, taken) : attribute;
        entry.attributes.set(`${name}.${attribute}`, local);
        entry.outside.set(local, `${name}.${attribute}`);
        take(local, attributes[attribute]);
      }
    }
  }
  const pools = poolsOf([...entry.inputs.values()], fresh);
  // Records refer to the pools, which are therefore known first.
  entry.inputs = new Map([...pools.map((pool) => [pool.name, pool] as const), ...entry.inputs]);
  return entry;
}

/** Gives names that neither the file nor an earlier call has. */
function freshNames(file: SourceFile): (base: string) => string {
  const taken = new Set<string>();
  return (base) => {
    const name = freshName(file, base, taken);
    taken.add(name);
    return name;
  };
}

/** Bits of the widest integer argument: one that counters may start from. */
const widest = 60;

/** How strictly the inputs are guarded; each level is tried plain, then with checks inside the kernel. */
const levels = [
  { bits: widest, shortest: 0 },
  { bits: 31, shortest: 0 },
  { bits: 31, shortest: 1 },
  { bits: 16, shortest: 0 },
  { bits: 16, shortest: 1 },
  { bits: 31, shortest: 2 },
  { bits: 10, shortest: 1 },
] as const;

/** The limits of an input on one level; null when values that were seen do not meet them. */
function limitsFor(input: Input, { bits, shortest }: { bits: number; shortest: number }): Limits | null {
  const seen =
    input.kind === "tuple"
      ? input.items.reduce<ranges.Range | null>(
          (all, item) => (all && item.seen ? ranges.join(all, item.seen) : (all ?? item.seen)),
          null,
        )
      : input.seen;
  let integers: Limits["integers"] = null;
  if (seen && (bits < widest || input.kind === "scalar" || input.kind === "tuple")) {
    const cap = 1n << BigInt(bits);
    const least = seen.lo >= BigInt(shortest) ? BigInt(shortest) : 0n;
    integers = { lo: bits === widest || seen.lo < 0n ? -cap : least, hi: cap };
    if (!ranges.fits(seen, integers)) return null;
    // Nothing to guard where the type holds no other numbers.
    if (input.kind === "array" && ranges.fits(integerRange(input.dtype), integers)) integers = null;
    else if (input.kind === "array") integers = ranges.meet(integers, integerRange(input.dtype));
  }
  // An empty list has no type of elements: it is left to Python.
  const own = ["list", "rows", "records", "pool"].includes(input.kind) ? 1 : 0;
  return {
    integers,
    shortest: Math.max(own, input.kind !== "scalar" && input.shortest >= shortest ? shortest : 0),
  };
}

/**
 * Analyse with the weakest guards that suffice and that `accept` does not throw `Unsupported` for; throws `Unsupported`
 * with the first reason when there are none.
 */
export function guardedAttempt(subject: Subject, accept: (attempt: Attempt) => void): Attempt {
  rejectForeign(subject);
  if (givesBigIntegers(subject.facts)) throw new Unsupported("its integers outgrow 64 bits");
  const entry = entryOf(subject);
  let failure: Unsupported | null = null;
  let tooWide: Unsupported | null = null;
  for (const withChecks of [false, true]) {
    // Where checks are needed anyway, closer guards leave fewer of them.
    for (const level of withChecks ? [...levels.slice(1), levels[0]] : levels) {
      const limits = new Map<string, Limits>();
      let possible = true;
      for (const input of entry.inputs.values()) {
        const own = limitsFor(input, level);
        if (own) limits.set(input.name, own);
        else possible = false;
      }
      if (!possible) continue;
      try {
        const attempt = withChecks
          ? checkedAttempt(subject, entry, limits)
          : analyse(subject, entry, limits, new Map());
        if (attempt.analysis.findings.overflows.length === 0) {
          accept(attempt);
          return relaxed(subject, entry, attempt, accept);
        }
        tooWide ??= overflowReason(attempt.analysis.findings.overflows[0]!);
      } catch (error) {
        if (!(error instanceof Unsupported)) throw error;
        failure ??= error;
      }
    }
  }
  throw failure ?? tooWide ?? new Unsupported("the integers seen are too large for 64-bit arithmetic");
}

/** Analyse as it stands: any integer of 64 bits, arrays of any length, no check; throws when that is not enough. */
export function plainAttempt(subject: Subject): Attempt {
  rejectForeign(subject);
  if (givesBigIntegers(subject.facts)) throw new Unsupported("its integers outgrow 64 bits");
  const entry = entryOf(subject);
  const limits = new Map(
    [...entry.inputs.values()].map((input) => [input.name, { integers: null, shortest: 0 }]),
  );
  const attempt = analyse(subject, entry, limits, new Map());
  const [overflow] = attempt.analysis.findings.overflows;
  if (overflow) throw overflowReason(overflow);
  return attempt;
}

function overflowReason(overflow: Overflow): Unsupported {
  return new Unsupported(
    "integers here may need more than 64 bits, which Python has and Numba has not",
    overflow.start,
  );
}

/** Guards on single inputs that turn out not to be needed are taken away again. */
function relaxed(
  subject: Subject,
  entry: Entry,
  attempt: Attempt,
  accept: (attempt: Attempt) => void,
): Attempt {
  let best = attempt;
  for (const input of best.inputs) {
    const weakest = limitsFor(input, levels[0])!;
    const current = best.limits.get(input.name)!;
    const steps: Limits[] = [
      weakest,
      { ...current, shortest: weakest.shortest },
      { ...weakest, shortest: current.shortest },
    ];
    for (const step of steps) {
      try {
        const limits = new Map(best.limits).set(input.name, step);
        const next = analyse(subject, entry, limits, best.checks);
        const raisesMore = next.analysis.findings.raises.size > best.analysis.findings.raises.size;
        if (next.analysis.findings.overflows.length > 0 || raisesMore) continue;
        accept(next);
        best = next;
        break;
      } catch (error) {
        if (!(error instanceof Unsupported)) throw error;
      }
    }
  }
  return best;
}

/** Adds checks before statements whose integers may outgrow 64 bits. */
function checkedAttempt(subject: Subject, entry: Entry, limits: Map<string, Limits>): Attempt {
  let checks = new Map<stmt, Map<string, number>>();
  for (let round = 0; round < 40; round++) {
    const attempt = analyse(subject, entry, limits, checks);
    const { overflows } = attempt.analysis.findings;
    if (overflows.length === 0) return fewestChecks(subject, entry, attempt);
    checks = new Map([...checks].map(([statement, operands]) => [statement, new Map(operands)]));
    for (const overflow of overflows) {
      if (!isCheckable(subject.file, overflow) || overflow.operands.length === 0)
        throw overflowReason(overflow);
      const known = checks.get(overflow.statement) ?? new Map<string, number>();
      for (const operand of overflow.operands) {
        const bits = known.get(operand);
        const next = bits === undefined ? checkBits[0] : checkBits[checkBits.indexOf(bits) + 1];
        if (next === undefined) throw overflowReason(overflow);
        known.set(operand, next);
      }
      checks.set(overflow.statement, known);
    }
  }
  throw new Unsupported("integers may need more than 64 bits in too many places");
}

const checkBits = [61, 60, 48, 40, 31, 20];

/** Takes away the checks of operands that are bounded without them. */
function fewestChecks(subject: Subject, entry: Entry, attempt: Attempt): Attempt {
  let best = attempt;
  for (const [statement, operands] of attempt.checks) {
    for (const operand of operands.keys()) {
      const fewer = new Map([...best.checks].map(([key, value]) => [key, new Map(value)]));
      fewer.get(statement)!.delete(operand);
      if (fewer.get(statement)!.size === 0) fewer.delete(statement);
      const next = analyse(subject, entry, best.limits, fewer);
      if (next.analysis.findings.overflows.length === 0) best = next;
    }
  }
  return best;
}

/** Whether a line of its own may stand before the statement and sees the same values. */
function isCheckable(file: SourceFile, { statement }: Overflow): boolean {
  if (!["Assign", "AugAssign", "AnnAssign", "Return", "Expr", "If"].includes(statement.kind)) return false;
  if (file.text.startsWith("elif", statement.start)) return false;
  const lineStart = file.lineStarts[statement.lineno - 1]!;
  return file.text.slice(lineStart, statement.start).trim() === "" && parentMap(file).has(statement);
}

function analyse(
  subject: Subject,
  entry: Entry,
  limits: Map<string, Limits>,
  checks: Map<stmt, Map<string, number>>,
): Attempt {
  const floatLiterals = new Set<number>();
  for (;;) {
    try {
      return analyseOnce(subject, entry, limits, checks, floatLiterals);
    } catch (error) {
      if (!(error instanceof WriteAsFloats)) throw error;
      if (error.literals.every((literal) => floatLiterals.has(literal))) {
        throw new Unsupported("a variable is an int here and a float there", error.literals[0] ?? null);
      }
      for (const literal of error.literals) floatLiterals.add(literal);
    }
  }
}

function analyseOnce(
  subject: Subject,
  entry: Entry,
  limits: Map<string, Limits>,
  checks: Map<stmt, Map<string, number>>,
  floatLiterals: ReadonlySet<number>,
): Attempt {
  const bases = new Map<string, ranges.Range>();
  const { file, python, numpy, math } = subject;
  const widths = new Map<string, number>();
  const layouts = new Map<string, Layout>();
  for (const { name, width, layout } of entry.inputs.values()) {
    if (width !== null) widths.set(name, width);
    if (layout) layouts.set(name, layout);
  }
  const fresh = freshNames(file);
  const around = { file, python, numpy, math, fresh, checks, floatLiterals, widths, layouts, bases };
  const analysis = new Statements(
    around,
    entry.unusable,
    entry.attributes,
    subject.region.kind === "function",
  );
  const pools = new Map<string, Container>();
  const start: State = new Map(
    [...entry.inputs.values()].map((input) => {
      const value = entryValue(input, limits.get(input.name)!, bases, pools);
      return [input.name, { value, certain: true }];
    }),
  );
  const end = analysis.run(subject.body, start);
  if (subject.node.kind === "FunctionDef") {
    analysis.fallOff(end, subject.node);
    // With lists of which nothing is known, no way through the function may be found.
    if (analysis.returns === null) throw new Unsupported("what it returns cannot be told");
  }
  return {
    analysis,
    inputs: [...entry.inputs.values()],
    unusable: [...entry.unusable.keys()],
    outside: entry.outside,
    limits,
    checks,
    end,
  };
}
