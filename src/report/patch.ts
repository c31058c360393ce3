// A unified diff that `git apply` takes and that gives back exactly the new bytes.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { structuredPatch } from "diff";

/** One file's change. Strings are written as UTF-8; give bytes for a file in another encoding or with a BOM. */
export interface FileChange {
  /** Absolute path. */
  path: string;
  /** Null for a file that is added. */
  before: string | Uint8Array | null;
  after: string | Uint8Array;
}

/**
 * The directory that a patch's paths start from: the Git work tree that holds `directory`, because `git apply` counts
 * from there, or `directory` itself outside Git.
 */
export function patchRoot(directory: string): string {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return directory;
  }
}

/**
 * The changes as a unified diff in Git's form, with three lines of context. The bytes are those of the files, whatever
 * their encoding and line ends, so write the result as it is. Files outside `root` cannot be named in such a patch: a
 * comment line says which they are. Each file is preceded by a comment with the SHA-256 of the bytes it applies to.
 */
export function unifiedPatch(files: readonly FileChange[], root: string): Buffer {
  const parts: string[] = [];
  for (const file of files) {
    const before = file.before === null ? null : latin1(file.before);
    const after = latin1(file.after);
    if (before === after) continue;
    const path = pathBelow(root, file.path);
    if (path === null)
      parts.push(`# not in this patch, because it lies outside ${bytesOf(root)}: ${bytesOf(file.path)}\n`);
    else parts.push(filePatch(path, before, after));
  }
  return Buffer.from(parts.join(""), "latin1");
}

/** The path below `root` with forward slashes, or null when it lies elsewhere. */
export function pathBelow(root: string, path: string): string | null {
  const below = relative(root, path);
  if (below === "" || below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below)) return null;
  return below.split(sep).join("/");
}

/** Latin-1 keeps every byte as one character, so comparing lines of text compares lines of bytes. */
const latin1 = (content: string | Uint8Array): string =>
  Buffer.from(content as Uint8Array).toString("latin1");

/** A path's UTF-8 bytes as such characters, on one line. */
const bytesOf = (path: string): string => latin1(path).replace(/[\n\r]/g, " ");

function filePatch(path: string, before: string | null, after: string): string {
  const hash = before !== null && createHash("sha256").update(Buffer.from(before, "latin1")).digest("hex");
  const lines = [
    hash ? `# sha256 ${hash} ${bytesOf(path)}` : `# new file ${bytesOf(path)}`,
    `diff --git ${quoted(`a/${path}`)} ${quoted(`b/${path}`)}`,
    ...(before === null ? ["new file mode 100644"] : []),
    before === null ? "--- /dev/null" : `--- ${quoted(`a/${path}`)}${path.includes(" ") ? "\t" : ""}`,
    `+++ ${quoted(`b/${path}`)}${path.includes(" ") ? "\t" : ""}`,
  ];
  const { hunks } = structuredPatch("", "", before ?? "", after, undefined, undefined, { context: 3 });
  for (const hunk of hunks) {
    lines.push(`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`);
    lines.push(...hunk.lines);
  }
  return `${lines.join("\n")}\n`;
}

/** An empty range stands after the line before it. */
const range = (start: number, count: number): string =>
  count === 1 ? `${start}` : `${count === 0 ? start - 1 : start},${count}`;

const ESCAPES: Record<string, string> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

/** As Git quotes a path (`core.quotePath`): in C style when it holds quotes, backslashes, controls or non-ASCII bytes. */
function quoted(path: string): string {
  const bytes = latin1(path);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be quoted
  const special = /[\x00-\x1f"\\\x7f-\xff]/g;
  if (!special.test(bytes)) return bytes;
  const escaped = bytes.replace(
    special,
    (byte) => ESCAPES[byte] ?? `\\${byte.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
  return `"${escaped}"`;
}
