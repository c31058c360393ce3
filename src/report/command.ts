// Command lines as the user would type them.

import type { Program } from "../schemas/index.ts";

/** The program and its arguments, as they stand after `speedwell run`. */
export function programCommand(program: Program): string {
  const target = program.kind === "module" ? ["-m", program.target] : [program.target];
  return [...target, ...program.arguments].map(shellQuoted).join(" ");
}

/** One word for a POSIX shell. */
export function shellQuoted(word: string): string {
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A path as shown to someone who works in `directory`: relative when it lies below it, absolute otherwise. */
export function shownPath(path: string, directory: string): string {
  const base = directory.endsWith("/") ? directory : `${directory}/`;
  return path.startsWith(base) && path.length > base.length ? path.slice(base.length) : path;
}
