// A unified diff as data, and a strict way to apply it: every line it names must be there, exactly where it says.
//
// Bytes are read as Latin-1 on both sides, so that any encoding and any newline survives as it is.

import { ExitCode, Fault } from "../base/fault.ts";

export interface FilePatch {
  /** Paths as the patch writes them, without `a/` and `b/`; null for a file that is not there. */
  old: string | null;
  new: string | null;
  hunks: Hunk[];
  binary: boolean;
}

interface Hunk {
  /** First line in the old text, from 1; 0 in an empty file. */
  start: number;
  /** Lines with their mark (` `, `-`, `+`) and their own newline, where they have one. */
  lines: string[];
  /** Line of the patch file. */
  at: number;
}

const wrong = (named: string, line: number, what: string) =>
  new Fault(`${named}, line ${line}: ${what}.`, ExitCode.wrongUsage);

export const looksLikePatch = (bytes: Buffer): boolean =>
  /^(diff --git |--- |Index: |From [0-9a-f]{40} )/m.test(bytes.subarray(0, 65_536).toString("latin1")) &&
  /^(@@ |GIT binary patch|Binary files |rename from |(deleted|new) file mode )/m.test(
    bytes.toString("latin1"),
  );

export function parsePatch(bytes: Buffer, named: string): FilePatch[] {
  const lines = bytes.toString("latin1").split(/(?<=\n)/);
  const files: FilePatch[] = [];
  let file: FilePatch | null = null;
  for (let i = 0; i < lines.length; ) {
    const line = lines[i]!.replace(/\r?\n$/, "");
    const git = /^diff --git (?:"?a\/(.*?)"?) (?:"?b\/(.*?)"?)$/.exec(line);
    if (git) {
      file = { old: git[1]!, new: git[2]!, hunks: [], binary: false };
      files.push(file);
    } else if (line.startsWith("--- ") && lines[i + 1]?.startsWith("+++ ")) {
      const [before, after] = [pathIn(line), pathIn(lines[++i]!)];
      if (file === null || file.hunks.length > 0)
        files.push({ old: null, new: null, hunks: [], binary: false });
      file = files.at(-1)!;
      Object.assign(file, withoutPrefixes(before, after));
    } else if (file && line.startsWith("new file mode")) file.old = null;
    else if (file && line.startsWith("deleted file mode")) file.new = null;
    else if (file && line.startsWith("rename from ")) file.old = unquoted(line.slice(12));
    else if (file && line.startsWith("rename to ")) file.new = unquoted(line.slice(10));
    else if (file && /^(GIT binary patch|Binary files .* differ)/.test(line)) file.binary = true;
    else if (line.startsWith("@@ ")) {
      if (file === null) throw wrong(named, i + 1, "a hunk stands before any file is named");
      i = readHunk(lines, i, file, named);
      continue;
    }
    i++;
  }
  if (files.length === 0)
    throw new Fault(`${named} is no unified diff: it changes no file.`, ExitCode.wrongUsage);
  return files;
}

function readHunk(lines: readonly string[], at: number, file: FilePatch, named: string): number {
  const head = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(lines[at]!);
  if (!head) throw wrong(named, at + 1, "this is no head of a hunk");
  let [old, fresh] = [Number(head[2] ?? 1), Number(head[3] ?? 1)];
  const hunk: Hunk = { start: Number(head[1]), lines: [], at: at + 1 };
  let i = at + 1;
  while (old > 0 || fresh > 0 || lines[i]?.startsWith("\\")) {
    const line = lines[i];
    if (line === undefined) throw wrong(named, i, "the patch ends within a hunk");
    const mark = line[0];
    if (mark === "\\") hunk.lines.push(hunk.lines.pop()!.replace(/\r?\n$/, ""));
    // Mail programs take the blank off an empty context line.
    else if (mark === "\n" || line === "\r\n") hunk.lines.push(` ${line}`);
    else if (mark === " " || mark === "-" || mark === "+") hunk.lines.push(line);
    else throw wrong(named, i + 1, "this is no line of a hunk");
    if (mark !== "\\" && mark !== "+") old--;
    if (mark !== "\\" && mark !== "-") fresh--;
    i++;
  }
  if (old < 0 || fresh < 0) throw wrong(named, at + 1, "the hunk has more lines than its head says");
  file.hunks.push(hunk);
  return i;
}

/** The text after the patch. A Fault that names the line where the patch does not fit. */
export function applyPatch(text: Buffer, patch: FilePatch, named: string, shown: string): Buffer {
  const lines = text.length === 0 ? [] : text.toString("latin1").split(/(?<=\n)/);
  const result: string[] = [];
  let at = 0;
  for (const hunk of patch.hunks) {
    const start = hunk.lines.some((line) => line[0] !== "+") ? hunk.start - 1 : hunk.start;
    if (start < at) throw wrong(named, hunk.at, "the hunks are not in order");
    result.push(...lines.slice(at, start));
    at = start;
    for (const line of hunk.lines) {
      if (line[0] === "+") {
        result.push(line.slice(1));
        continue;
      }
      if (lines[at] !== line.slice(1))
        throw wrong(named, hunk.at, `the patch does not fit ${shown}, whose line ${at + 1} is another`);
      if (line[0] === " ") result.push(lines[at]!);
      at++;
    }
  }
  result.push(...lines.slice(at));
  return Buffer.from(result.join(""), "latin1");
}

/** The path of a `---` or `+++` line: up to a tab, where `diff -u` writes the time. */
const pathIn = (line: string): string =>
  unquoted(
    line
      .slice(4)
      .replace(/\r?\n$/, "")
      .replace(/\t.*$/, ""),
  );

function withoutPrefixes(before: string, after: string): Pick<FilePatch, "old" | "new"> {
  const absent = "/dev/null";
  const prefixed = (path: string, prefix: string) => path === absent || path.startsWith(prefix);
  const cut = prefixed(before, "a/") && prefixed(after, "b/") ? 2 : 0;
  return {
    old: before === absent ? null : before.slice(cut),
    new: after === absent ? null : after.slice(cut),
  };
}

/** Git writes unusual paths as C strings; what they hold are bytes of UTF-8. */
function unquoted(path: string): string {
  const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", '"': '"', "\\": "\\" };
  const plain = path.startsWith('"')
    ? path
        .slice(1, -1)
        .replace(
          /\\([0-7]{3}|.)/g,
          (_, code: string) => escapes[code] ?? String.fromCharCode(Number.parseInt(code, 8)),
        )
    : path;
  return Buffer.from(plain, "latin1").toString("utf8");
}
