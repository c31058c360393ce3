// Runs `speedwell prove` on files made for a test, and reads what it says.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { Judgement } from "../../src/schemas/index.ts";
import { emptyFolder, git, speedwell } from "../cli.ts";

export const minutes = 60_000;

export function write(folder: string, files: Record<string, string | Buffer>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export const files = (content: Record<string, string | Buffer>) => write(emptyFolder("prove"), content);

export async function prove(cwd: string, ...args: string[]): Promise<Judgement> {
  const result = await speedwell(["prove", "--json", "--quiet", "--budget", "60", ...args], { cwd });
  expect(result.stderr).toBe("");
  expect(result.code).toBe(0);
  return Judgement.parse(JSON.parse(result.stdout));
}

export const verdicts = ({ pieces }: Judgement) =>
  Object.fromEntries(pieces.map(({ place, kind, verdict }) => [place || kind, verdict]));

export const commit = async (folder: string) => {
  await git(folder, "add", "-A");
  await git(folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "more");
};

/** `text` with each piece exchanged, which must stand in it once. */
export function exchanged(text: string, exchanges: Record<string, string>): string {
  return Object.entries(exchanges).reduce((now, [from, to]) => {
    if (now.split(from).length !== 2) throw new Error(`not once in the text: ${from}`);
    return now.replace(from, () => to);
  }, text);
}
