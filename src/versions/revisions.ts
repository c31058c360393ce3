// OLD and NEW as revisions of the repository around the current folder; one of them may be the working tree.

import { readFile, realpath } from "node:fs/promises";
import { join, relative } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import { isBinary } from "./files.ts";
import { type Git, gitIn } from "./git.ts";
import { isChanged, isPython, notPython, type Versions } from "./versions.ts";

/** A side: a revision, or the working tree: all of it, or what lies at and below an absolute path. */
export type Side = { revision: string } | { tree: string | null };

interface Entry {
  mode: string;
  blob: string;
}

export async function twoRevisions(
  sides: [Side, Side],
  named: [string, string],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Versions> {
  const git = gitIn(cwd, env);
  const top = (await git(["rev-parse", "--show-toplevel"]))?.toString("utf8").replace(/\n$/, "");
  if (!top)
    throw new Fault(
      `There is no file or folder ${named[0]}, and ${cwd} is in no git repository that would have such a revision.`,
      ExitCode.wrongUsage,
    );
  const inTop = gitIn(top, env);
  const entries: (Map<string, Entry> | null)[] = [];
  const trees: string[] = [];
  let limit = "";
  for (const [i, side] of sides.entries())
    if ("tree" in side) {
      entries.push(null);
      if (side.tree !== null) limit = relative(await realpath(top), await realpath(side.tree));
    } else {
      const tree = await treeOf(inTop, side.revision, named[i]!);
      trees.push(tree);
      entries.push(await entriesOf(inTop, tree));
    }
  if (limit.startsWith(".."))
    throw new Fault(`${limit} lies outside of the repository ${top}.`, ExitCode.wrongUsage);
  const read = async (side: number, path: string): Promise<Buffer | null> => {
    const has = entries[side]!;
    if (has === null) return readFile(join(top, path)).catch(() => null);
    const entry = has.get(path);
    return entry === undefined ? null : inTop(["cat-file", "blob", entry.blob]);
  };
  const versions: Versions = { old: named[0], new: named[1], files: [], others: [] };
  for (const path of await differing(inTop, trees)) {
    if (limit !== "" && path !== limit && !path.startsWith(`${limit}/`)) continue;
    const plain = entries.every((has) => has === null || isPlain(has.get(path)));
    const [old, fresh] = plain ? [await read(0, path), await read(1, path)] : [null, null];
    const file = { path: join(top, path), elsewhere: null, shown: path, old, new: fresh };
    const tell = (why: string) => versions.others.push({ shown: path, why });
    if (!plain) tell("it is no plain file");
    else if (!isPython(path)) isChanged(file) && tell(notPython);
    else if ([old, fresh].some((bytes) => bytes !== null && isBinary(bytes))) tell("it holds binary data");
    // One that is alike in both is put in place too, since the working tree has another.
    else if (old !== null || fresh !== null) versions.files.push(file);
  }
  return versions;
}

/** Paths whose content may differ between the sides, or Python files in which the disk differs from both. */
async function differing(git: Git, trees: readonly string[]): Promise<string[]> {
  const [tree, other] = trees;
  const onDisk = lines(await git(["diff-index", "-z", "--name-only", "--no-renames", tree!]));
  const found =
    other === undefined
      ? [...onDisk, ...lines(await git(["ls-files", "-z", "--others", "--exclude-standard"]))]
      : [
          ...onDisk.filter(isPython),
          ...lines(await git(["diff-tree", "-r", "-z", "--name-only", "--no-renames", tree!, other])),
        ];
  return [...new Set(found)].sort();
}

async function treeOf(git: Git, revision: string, named: string): Promise<string> {
  const found = await git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{tree}`]);
  if (found === null)
    throw new Fault(
      `${named} is neither a file, nor a folder, nor a revision of this repository.`,
      ExitCode.wrongUsage,
    );
  return found.toString("utf8").trim();
}

async function entriesOf(git: Git, tree: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for (const line of lines(await git(["ls-tree", "-r", "-z", tree]))) {
    const [head, path] = [line.slice(0, line.indexOf("\t")), line.slice(line.indexOf("\t") + 1)];
    const [mode, , blob] = head.split(" ") as [string, string, string];
    entries.set(path, { mode, blob });
  }
  return entries;
}

const isPlain = (entry: Entry | undefined): boolean => entry === undefined || entry.mode.startsWith("100");

const lines = (output: Buffer | null): string[] =>
  (output?.toString("utf8") ?? "").split("\0").filter(Boolean);
