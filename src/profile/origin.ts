// Whose code a file is.

import type { Profile } from "../schemas/profile.ts";

export type Origin = Profile["files"]["origin"][number];

/**
 * Installed packages lie in a `site-packages` or `dist-packages` folder, the standard library under `standard` or frozen
 * into the interpreter; code made at run time (`<string>`, `<__array_function__ internals>`) counts as a library's.
 */
export function originOf(path: string, standard: string): Origin {
  if (path.startsWith("<frozen")) return "standard";
  if (path.startsWith("<")) return "library";
  if (/[\\/](site|dist)-packages[\\/]/.test(path)) return "library";
  return path.startsWith(`${standard}/`) || path.startsWith(`${standard}\\`) ? "standard" : "own";
}
