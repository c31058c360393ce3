// Which catalogue entries could give what a region gives: entries filled with live-ins whose shapes fit.

import type { RegionFacts } from "../../schemas/facts.ts";
import type { Region } from "../../schemas/region.ts";
import type { Candidate } from "../technique.ts";
import { type Entry, packagesOf, readImport } from "./entry.ts";
import { fill, rename, wrap } from "./expression.ts";
import type { Condition } from "./guards.ts";
import { type Inputs, inputsOf, literalsIn, type Source } from "./inputs.ts";
import { refutersOf } from "./refuters.ts";
import { type Adapter, adapters } from "./results.ts";
import { isListOrTuple, magnitudeOf } from "./shapes.ts";
import { type Conversion, conversions } from "./slots.ts";
import { type Target, targetsOf } from "./targets.ts";

/** An entry, how its slots and parameters are filled, and how its result becomes the region's. */
export interface Match {
  entry: Entry;
  target: Target;
  filling: Filling;
  fixed: Readonly<Record<string, string>>;
  adapter: Adapter;
  /** Live-ins that the expression leaves aside, and the length that each has to be, if any. */
  unused: ReadonlyMap<string, string | null>;
  /** Import statements needed, conversions and adapters included. */
  imports: readonly string[];
  /** Conditions put before the entry's own, see guards.ts. */
  conditions: readonly string[];
  /** How far this is from the plain call on the arguments in order; the lowest is tried first. */
  cost: number;
}

/** One slot after another, each with the value it takes and the way it takes it. */
export type Filling = readonly { slot: string; source: Source; conversion: Conversion }[];

export interface MatchSetting {
  region: Region;
  facts: RegionFacts;
  /** The region's own text. */
  source: string;
  /** Python's minor version. */
  minor: number;
  available(packageName: string): boolean;
}

/** Relative difference within which floats that a library computes in another way count as the same. */
export const RELATIVE_TOLERANCE = 1e-9;
/** Most candidates worth screening for one region. */
const MOST = 500;
/** Most ways to fill one entry's slots that are looked at. */
const MOST_FILLINGS = 300;
/** Most numbers that a call may make. */
const MOST_MADE = 2e7;

/** Every plausible match for the region, nearest first, at most 500. */
export function matchesOf(catalogue: readonly Entry[], setting: MatchSetting): Match[] {
  const { region, facts } = setting;
  const matches = new Map<string, Match>();
  for (const target of targetsOf(region, facts)) {
    const found = inputsOf(region, facts, target);
    if (found === null) continue;
    const withLiterals = { ...found, sources: [...found.sources, ...literalsIn(setting.source)] };
    for (const entry of catalogue) {
      const inputs = entry.literals ? withLiterals : found;
      if (entry.steps && (region.kind === "loop" || target.inPlace)) continue;
      if ((entry.since ?? 0) > setting.minor) continue;
      if (!packagesOf(entry.imports).every((name) => setting.available(name))) continue;
      const fitting = adapters(entry.gives, target.shape);
      if (fitting.length === 0) continue;
      for (const filling of fillings(entry, inputs))
        for (const [index, fixed] of variations(entry).entries())
          for (const adapter of fitting) {
            const match = assemble(inputs, target, entry, filling, fixed, adapter, index);
            const { steps, expression, guard } = write(match);
            // The original stands after a guard; a loop's would have to be indented anew.
            if (guard !== null && (region.kind === "loop" || target.inPlace)) continue;
            const key = `${target.statement}|${steps.join()}|${expression}|${guard}`;
            if ((matches.get(key)?.cost ?? Infinity) > match.cost) matches.set(key, match);
          }
    }
  }
  return [...matches.values()].sort((a, b) => a.cost - b.cost).slice(0, MOST);
}

/** Every way to fill the entry's slots that uses all it must. */
function fillings(entry: Entry, inputs: Inputs): Filling[] {
  const slots = Object.entries(entry.slots);
  const must = [...inputs.needed].filter((name) => !inputs.sizes.has(name));
  if (must.length > slots.length) return [];
  let partial: Filling[] = [[]];
  for (const [slot, kind] of slots) {
    const options = inputs.sources.flatMap((source) =>
      conversions(kind, source.shape).map((conversion) => ({ slot, source, conversion })),
    );
    partial = partial
      .flatMap((filling) =>
        options
          .filter((option) => !isSameNumber(option.source, filling))
          .map((option) => [...filling, option]),
      )
      .slice(0, MOST_FILLINGS);
  }
  return partial.filter(
    (filling) =>
      isAffordable(entry, filling) &&
      must.every((name) => filling.some(({ source }) => source.name === name)),
  );
}

/** A list may well be compared with itself; the same number for two parameters is no likely call. */
const isSameNumber = ({ text, shape }: Source, filling: Filling): boolean =>
  (shape.is === "number" || shape.is === "text") && filling.some(({ source }) => source.text === text);

/** Whether what the call makes stays of a size that can be tried. */
function isAffordable(entry: Entry, filling: Filling): boolean {
  const magnitude = (slot: string) => {
    const source = filling.find((one) => one.slot === slot)?.source;
    if (!source) return 0;
    const { shape } = source;
    if (entry.slots[slot] !== "integers") return magnitudeOf(shape);
    return isListOrTuple(shape) && shape.element
      ? magnitudeOf(shape.element)
      : shape.is === "array"
        ? shape.largest
        : 0;
  };
  const made = (entry.makes ?? []).reduce((size, slot) => size * magnitude(slot), 1);
  return (
    made <= MOST_MADE &&
    Object.entries(entry.most ?? {}).every(([slot, most]) => magnitude(slot) <= most) &&
    Object.entries(entry.least ?? {}).every(([slot, least]) => magnitude(slot) >= least)
  );
}

/** Every combination of the entry's fixed parameters. */
const variations = (entry: Entry): Record<string, string>[] =>
  Object.entries(entry.vary ?? {}).reduce<Record<string, string>[]>(
    (all, [name, texts]) => all.flatMap((one) => texts.map((text) => ({ ...one, [name]: text }))),
    [{}],
  );

function assemble(
  inputs: Inputs,
  target: Target,
  entry: Entry,
  filling: Filling,
  fixed: Record<string, string>,
  adapter: Adapter,
  variation: number,
): Match {
  const used = new Set(filling.map(({ source }) => source.name));
  const unused = new Map<string, string | null>();
  for (const { name } of inputs.sources)
    if (name !== null && name !== target.name && !used.has(name))
      unused.set(name, inputs.sizes.get(name) ?? null);
  const places = filling.map(({ source }) => source.order);
  const repeats = places.length - new Set(filling.map(({ source }) => source.text)).size;
  const disorder = places.filter((place, at) => at > 0 && place < places[at - 1]!).length;
  const converted = filling.filter(({ conversion }) => conversion.text !== "{}").length;
  return {
    entry,
    target,
    filling,
    fixed,
    adapter,
    unused,
    conditions: [],
    imports: [
      ...new Set([
        ...entry.imports,
        ...filling.flatMap(({ conversion }) => conversion.imports),
        ...adapter.imports,
      ]),
    ],
    cost: 2 * adapter.cost + 3 * unused.size + 2 * repeats + disorder + converted + 0.1 * variation,
  };
}

/** A match in Python. */
export interface Written {
  /** Statements before the expression. */
  steps: readonly string[];
  expression: string;
  /** Condition under which the expression stands for the original; null for always. */
  guard: string | null;
  /** The texts of slots that `expression` uses by a name, as asked for. */
  placed: ReadonlyMap<string, string>;
}

/**
 * The match as Python text, with imported names as `localName` gives them, and by the names in `named` those slots whose
 * values are built in a statement of their own.
 */
export function write(
  match: Match,
  localName: (statement: string) => string | null = () => null,
  named: ReadonlyMap<string, string> = new Map(),
): Written {
  const renamed = (template: string) =>
    match.imports.reduce((text, statement) => {
      const { local } = readImport(statement);
      return rename(text, local, localName(statement) ?? local);
    }, template);
  const values: Record<string, string> = { ...match.fixed };
  // Conditions look at the values as they came, before any conversion.
  const given: Record<string, string> = { ...match.fixed };
  const placed = new Map<string, string>();
  for (const { slot, source, conversion } of match.filling) {
    const text = renamed(conversion.text).replaceAll("{}", source.text);
    values[slot] = named.get(slot) ?? text;
    if (named.has(slot)) placed.set(slot, text);
    given[slot] = source.text;
    for (const [name, condition] of Object.entries(conversion.conditions ?? {}))
      given[`${slot}.${name}`] = renamed(condition).replaceAll("{}", source.text);
  }
  const stated = stepsOf(match, renamed);
  const conditions = [
    ...match.conditions.map(renamed),
    ...[...match.unused].flatMap(([name, size]) => (size === null ? [] : [`${name} == ${size}`])),
    ...(match.entry.guard ?? [])
      .map((condition) => fill(renamed(condition), given))
      // Of a literal it is known.
      .filter((text) => text !== "" && /[a-z]/i.test(text)),
  ];
  const call = fill(stated(match.entry.call), values);
  return {
    steps: (match.entry.steps ?? []).map((line) => fill(stated(line), { ...given, ...values })),
    expression: wrap(renamed(match.adapter.text), call),
    guard: conditions.length === 0 ? null : conditions.join(" and "),
    placed,
  };
}

/** How the entry's templates are written: its own variables by other names where the region reads what is called so. */
function stepsOf({ entry, filling }: Match, renamed: (template: string) => string) {
  const read = new Set(filling.flatMap(({ source }) => source.text.match(/[A-Za-z_]\w*/g) ?? []));
  const own = (entry.steps ?? []).flatMap((line) => /^\s*(?:for )?(\w+) (?:=|in) /.exec(line)?.[1] ?? []);
  const taken = own.filter((name) => read.has(name));
  return (template: string) =>
    taken.reduce((text, name) => rename(text, name, `${name}_`), renamed(template));
}

/** The match behind further conditions. */
export const withConditions = (match: Match, conditions: readonly Condition[]): Match => ({
  ...match,
  conditions: conditions.map(({ text }) => text),
  imports: [...new Set([...match.imports, ...conditions.flatMap(({ imports }) => imports)])],
});

/** The match as the agent screens it. */
export function candidateOf(match: Match, id: string): Candidate {
  // Names of their own, so that nothing of the user's is hidden.
  const localName = (statement: string) => `library_${readImport(statement).local.replaceAll(".", "_")}`;
  const { steps, expression, guard } = write(match, localName);
  const { target } = match;
  const [value, ...definition] =
    steps.length === 0 ? [expression] : asFunction(steps, expression, match.filling);
  const inputs = refutersOf(
    match.entry,
    match.filling.map(({ slot, source }) => ({
      slot,
      kind: match.entry.slots[slot]!,
      name: source.name,
      shape: source.shape,
    })),
  );
  return {
    id,
    imports: [
      ...match.imports.map((statement) => {
        const { module, name } = readImport(statement);
        return `${name === null ? `import ${module}` : `from ${module} import ${name}`} as ${localName(statement)}`;
      }),
      ...definition,
    ],
    expression: wrap(target.value, value!),
    // Of conditions that are tried in turn, each counts.
    ...(match.conditions.length === 0 ? { cost: match.cost } : {}),
    relativeTolerance: match.entry.floats === undefined ? null : RELATIVE_TOLERANCE,
    ...(target.inPlace ? { target: target.name! } : {}),
    ...(guard === null ? {} : { guard }),
    ...(inputs.length === 0 ? {} : { inputs }),
  };
}

/** A call of a function that holds the steps, and its definition. */
function asFunction(steps: readonly string[], expression: string, filling: Filling): [string, string] {
  const names = filling.flatMap(({ source }) => /^[A-Za-z_]\w*/.exec(source.text)?.[0] ?? []);
  const parameters = [...new Set(names)].join(", ");
  const body = [...steps, `return ${expression}`].map((line) => `    ${line}`);
  return [`library_steps(${parameters})`, [`def library_steps(${parameters}):`, ...body].join("\n")];
}
