// The contract of a technique: a pure look at one region and what was seen of it, giving rewrites or honest refusals.

import type { Declined, RegionFacts, Rewrite } from "../schemas/index.ts";
import type { Region } from "../schemas/region.ts";
import type { SourceFile } from "../source/file.ts";

/** An expression that may give what the region gives. Evaluated by the agent with the region's live-ins in scope. */
export interface Candidate {
  id: string;
  /** Import statements that must run first, for example `from scipy.spatial.distance import cdist`. */
  imports: readonly string[];
  /** A Python expression over the region's live-in names; its value stands for the region's result. */
  expression: string;
  /** Floats may differ by this relative amount; null for bit for bit. */
  relativeTolerance: number | null;
  /**
   * A loop only: the name whose value at exit the expression stands for, when that is not the single live-out (a list,
   * dict or array that the loop fills in place).
   */
  target?: string;
  /**
   * A Python condition over the live-ins under which the expression is used; the rewrite keeps the original code for the
   * rest, so inputs on which it is false are not compared. It must hold on every recorded input, and where it raises, the
   * original must raise too.
   */
  guard?: string;
  /**
   * Further inputs that must agree too, inside the recorded domain or not: each a Python expression for a dict from
   * live-in name to value; the names it leaves out keep the values of the cheapest recorded input. `inf` and `nan` are in
   * scope. An input on which the original raises is passed over.
   */
  inputs?: readonly string[];
  /** How far it is from what a person would write; one that costs more is not tried to the end where a plainer one agrees. */
  cost?: number;
}

export interface Screening {
  id: string;
  /** Agreed with the original on every recorded and every generated input. */
  agrees: boolean;
  /** Inputs on which it was compared. */
  recorded: number;
  generated: number;
  /** Agreed on all recorded inputs, whatever came after. */
  everyRecorded: boolean;
  /** What told them apart or went wrong; null when it agrees. */
  reason: string | null;
  /** Best-of-few seconds on the recorded input that takes longest: candidate and original. Rough; proof measures properly. */
  seconds: number | null;
  originalSeconds: number | null;
}

export interface RegionContext {
  file: SourceFile;
  region: Region;
  /** Facts of the capture run. */
  facts: RegionFacts;
  /** The dotted package that the file lies in; "" for the script itself and for lone modules. */
  package: string;
  /** Share of the program's wall time in the region, callees included. */
  share: number;
  python: { version: readonly [major: number, minor: number]; cores: number };
  /** Packages in the user's environment: normalised distribution name to version. */
  packages: ReadonlyMap<string, string>;
  /** Packages that may be had through the overlay environment as well. */
  available(packageName: string): boolean;
  /** Try expressions against the region's recorded and generated inputs. Empty result list when not replayable. */
  screen(candidates: readonly Candidate[]): Promise<readonly Screening[]>;
}

export interface Proposals {
  rewrites: readonly Rewrite[];
  declined: readonly Declined[];
}

export interface Technique {
  /** The folder's name; rewrites call themselves `<name>` or `<name>/<variant>`. */
  readonly name: string;
  /** Two to five words for reports: "Sets, dicts and queues". */
  readonly title: string;
  /** Distributions that its rewrites may need; what the user lacks of them may be had through the overlay. */
  readonly packages: readonly string[];
  /** Kinds of region it looks at. */
  readonly regions: readonly Region["kind"][];
  propose(context: RegionContext): Promise<Proposals>;
}
