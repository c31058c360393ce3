// profile.json in the run directory.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeJson } from "../base/json-file.ts";
import { Profile } from "../schemas/profile.ts";
import { buildProfile } from "./build.ts";

const NAME = "profile.json";

/** The profile of a run: read from `profile.json`, or built from the spool and kept there. */
export async function readProfile(runDirectory: string): Promise<Profile> {
  const path = join(runDirectory, NAME);
  const text = await readFile(path, "utf8").catch(() => null);
  if (text !== null) {
    const known = Profile.safeParse(parse(text));
    if (known.success) return known.data;
  }
  const profile = await buildProfile(runDirectory);
  await writeJson(path, profile);
  return profile;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
