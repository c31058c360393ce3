// What a profile shows: the views that the report draws.

import type { Profile } from "../../schemas/profile.ts";
import type { ReportInput } from "../build.ts";
import { flameView } from "./flame.ts";
import { sourceViews } from "./sources.ts";
import { timelineView } from "./timeline.ts";

/**
 * Flame graph, timeline and source heat of a run. `texts` holds the user's executed files by absolute path; `cwd` is the
 * program's directory, which paths are shown relative to.
 */
export function profileViews(
  profile: Profile,
  texts: ReadonlyMap<string, string>,
  cwd: string,
): ReportInput["views"] {
  return {
    flame: flameView(profile, cwd),
    timeline: timelineView(profile),
    sources: sourceViews(profile, texts, cwd),
  };
}
