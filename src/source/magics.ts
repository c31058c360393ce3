// IPython's own syntax in the cells of a notebook: what has no effect on results is left out, the rest is refused.

/** A cell as Python, line for line, with what was left out; or the line that Python cannot run, and why. */
export type PlainCell = { lines: string[]; skipped: string[] } | { line: number; reason: string };

/** Line magics that show, measure or set up, and change no value. `%time` runs its statement as it is. */
const idle =
  /^%(matplotlib|config|load_ext|reload_ext|autoreload|precision|xmode|colors|pdb|pprint|doctest_mode|who|whos|who_ls|timeit|memit|mprun|lprun|prun|history|hist|lsmagic|magic|page|tb|debug|logstop|pip|conda|mamba|watermark|version_information|javascript|html|latex|pinfo|pinfo2|pdoc|psource)$/;
/** Cell magics whose cell is no Python that matters here, and those whose cell runs as if they were not there. */
const idleCell = /^(html|HTML|javascript|js|latex|markdown|svg|timeit|memit|prun|lprun|mprun)$/;
const plainCell = /^(time|capture)$/;

/**
 * The lines of a cell with IPython's commands put behind `mark`, a comment that the cell does not hold. `restore` takes
 * them back.
 */
export function plainCellOf(source: string, mark: string): PlainCell {
  const lines = source.match(/[^\r\n]*(\r\n?|\n|$)/g)!.filter((line) => line !== "");
  const skipped: string[] = [];
  const first = lines.findIndex((line) => line.trim() !== "");
  const cellMagic = first < 0 ? null : /^%%(\w+)/.exec(lines[first]!);
  if (cellMagic) {
    const name = cellMagic[1]!;
    if (!idleCell.test(name) && !plainCell.test(name))
      return { line: first, reason: `%%${name} is a command of IPython, which plain Python cannot run` };
    skipped.push(`%%${name}`);
    if (idleCell.test(name)) return { lines: lines.map((line) => hidden(line, mark)), skipped };
    lines[first] = hidden(lines[first]!, mark);
  }
  for (const at of statementStarts(lines)) {
    const command = commandOf(lines[at]!);
    if (command === null) continue;
    const { name, indent, rest, end } = command;
    const timed = name === "%time" && rest !== "";
    if (!timed && name !== "?" && name !== "%time" && !idle.test(name))
      return { line: at, reason: `${name} is a command of IPython, which plain Python cannot run` };
    lines[at] = timed ? `${indent}${rest} ${mark}%time${end}` : hidden(lines[at]!, mark);
    skipped.push(name);
  }
  return { lines, skipped };
}

/** A line of a plain cell, or of its rewritten text, as it stood in the notebook. */
export function restoreLine(line: string, mark: string): string {
  const at = line.indexOf(mark);
  if (at < 0) return line;
  const before = line.slice(0, at);
  const after = line.slice(at + mark.length);
  const timed = /^%time(\r?\n?)$/.exec(after);
  if (!timed || before.trim() === "" || before.trim() === "pass")
    return before.replace(/pass *$/, "") + after;
  const [, indent, rest] = /^(\s*)(.*?) $/s.exec(before)!;
  return `${indent}%time ${rest}${timed[1]}`;
}

/** In a block something has to stand, which a comment is not. */
function hidden(line: string, mark: string): string {
  const [indent] = /^[ \t]*/.exec(line)!;
  return `${indent}${indent === "" ? "" : "pass "}${mark}${line.slice(indent.length)}`;
}

interface Command {
  /** `%name`, `!name`, or `?` for a request for help. */
  name: string;
  indent: string;
  rest: string;
  /** Blanks and the end of the line. */
  end: string;
}

/** What a line that begins a statement asks of IPython; null when it is Python. */
function commandOf(line: string): Command | null {
  const [, indent, text, end] = /^([ \t]*)(.*?)([ \t]*(?:\r\n?|\n)?)$/s.exec(line) as unknown as string[];
  const command = (name: string, rest = ""): Command => ({ name, indent: indent!, rest, end: end! });
  const magic = /^(%\w+) *(.*)$/s.exec(text!);
  if (magic) return command(magic[1]!, magic[2]);
  const shell = /^!+ *(?:python3? +-m +)?(\S*) *(\S*)/.exec(text!);
  if (shell) {
    const aboutPackages =
      /^(pip3?|conda|mamba)$/.test(shell[1]!) && /^(install|list|show|freeze)$/.test(shell[2]!);
    return command(aboutPackages ? "%pip" : `!${shell[1]}`);
  }
  if (/^\?{1,2}[\w.*]+$|^[\w.*%]+\?{1,2}$/.test(text!)) return command("?");
  const assigned = /^[\w, .[\]'"]+= *(!|%\w+)/.exec(text!);
  return assigned && command(assigned[1]!);
}

/** Indexes of the lines at which a statement may begin: none inside brackets, strings or after a backslash. */
function statementStarts(lines: readonly string[]): number[] {
  const starts: number[] = [];
  let depth = 0;
  let quote = "";
  let continued = false;
  lines.forEach((line, index) => {
    if (depth === 0 && quote === "" && !continued) {
      starts.push(index);
      if (commandOf(line) !== null) return;
    }
    continued = false;
    for (let at = 0; at < line.length; at++) {
      const character = line[at]!;
      if (quote !== "") {
        if (character === "\\") at++;
        else if (line.startsWith(quote, at)) {
          at += quote.length - 1;
          quote = "";
        }
      } else if (character === "#") break;
      else if (character === '"' || character === "'") {
        quote = line.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
        at += quote.length - 1;
      } else if ("([{".includes(character)) depth++;
      else if (")]}".includes(character)) depth = Math.max(0, depth - 1);
      else if (character === "\\" && /^\\(\r\n?|\n)?$/.test(line.slice(at))) continued = true;
    }
    // A string in single quotes ends with its line, unless a backslash carries it on.
    if (quote.length === 1 && !/\\(\r\n?|\n)$/.test(line)) quote = "";
  });
  return starts;
}
