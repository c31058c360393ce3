// A function that reads and parses a file, called again with the same path: what it gave is kept while the file stays as it is.

import type { Call, FunctionDef, Node } from "../../source/ast.generated.ts";
import { soleFunction } from "../../source/effects.ts";
import { importEdit } from "../../source/imports.ts";
import { pureBuiltins, pureMethods } from "../../source/known-calls.ts";
import { freshName } from "../../source/names.ts";
import { scopesOf } from "../../source/scopes.ts";
import { dottedName } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft } from "./draft.ts";
import { unsteadyRead } from "./purity.ts";
import { sizeFor, split } from "./repeated.ts";
import { handedOn, type Subject } from "./subject.ts";
import { handedOut, keysOf } from "./values.ts";

/** Readers of open files and of paths, by module and name; `open` apart. */
const readers: ReadonlySet<string> = new Set([
  ..."json.load json.loads csv.reader csv.DictReader pickle.load tomllib.load tomllib.loads".split(" "),
  ..."numpy.loadtxt numpy.genfromtxt numpy.load".split(" "),
]);
/** Methods of files and lines that only read. */
const reading: ReadonlySet<string> = new Set(["read", "readline", "readlines", "close", "append", "add"]);
/** What writes, wherever it stands in the program's file. */
const writing =
  /^(write|writelines|write_text|write_bytes|dump|savetxt|save|savez|tofile|to_\w+|remove|rename|replace|unlink|truncate|utime|system|run|Popen|call|check_call|check_output|copyfile|copy2|move)$/;

/** The parameter whose file the function reads; null when it does not read one. */
export function fileRead(context: RegionContext, { node, parameters }: Subject): string | null {
  const paths = new Set<string>();
  walk(node, (part) => {
    if (part.kind !== "Call") return;
    const [first] = part.args;
    if (first?.kind !== "Name" || !parameters.some(({ arg }) => arg === first.id)) return;
    const called = importedName(context, part);
    if (called === "open" || (called !== null && /^numpy\./.test(called) && readers.has(called)))
      paths.add(first.id);
  });
  return paths.size === 1 ? [...paths][0]! : null;
}

/** The change; a sentence when what was read must not be kept. */
export function keepFiles(context: RegionContext, subject: Subject, path: string): Draft | string {
  const { file, facts } = context;
  const { node, parameters } = subject;
  const seen = facts.repeats!;
  const obstacle = otherEffects(context, node, path) ?? writesFiles(context) ?? handedOn(context, subject);
  if (obstacle !== null) return obstacle;
  const unsteady = unsteadyRead(context, node);
  if (unsteady !== null) return unsteady;
  const keys = keysOf(
    parameters.map((one) => one.arg),
    facts,
  );
  if (typeof keys === "string") return keys;
  if (facts.liveIn[path]?.some(({ type }) => type !== "builtins.str")) return `${path} is not always a text`;
  const hand = handedOut(facts.liveOut.return);
  if (typeof hand === "string") return hand;
  const os = importEdit(file, { module: "os", before: node.start });
  const size = Math.max(8, sizeFor(seen.distinct) / 16);
  const cache = importEdit(file, { module: "functools", name: "lru_cache", before: node.start });
  const status = freshName(file, "status");
  const stamps = ["modified", "size", "inode"].map((name) => freshName(file, name));
  const edits = split(context, subject, `@${cache.local}(maxsize=${size})`, hand, {
    before: [`${status} = ${os.local}.stat(${path})`],
    arguments: ["st_mtime_ns", "st_size", "st_ino"].map((name) => `${status}.${name}`),
    parameters: stamps,
  });
  if (typeof edits === "string") return edits;
  const rate = Math.round((100 * seen.again) / seen.looked);
  return {
    variant: "files",
    summary: `Reads the file of \`${path}\` again only when it has changed, and keeps what \`${node.name}\` made of the ${size} files used last (${rate}% of the calls looked at repeat an earlier one)`,
    edits: [...[os, cache].flatMap(({ edit }) => (edit ? [edit] : [])), ...edits],
    assumptions: [
      `No file is changed without a change of its size or of its time of modification, which has the resolution of the file system.`,
      `What \`${node.name}\` returns holds values of the types seen; up to ${size} results stay in memory.`,
    ],
    reuse: seen.again / seen.looked,
  };
}

/** What the function does besides reading the one file; null when that is all. */
function otherEffects(context: RegionContext, node: FunctionDef, path: string): string | null {
  let found: string | null = null;
  walk(node, (part) => {
    if (["Yield", "YieldFrom", "Await", "Import", "ImportFrom", "Global", "Nonlocal"].includes(part.kind))
      found ??= "it does more than read a file";
    if (
      (part.kind === "Attribute" || part.kind === "Name") &&
      part.ctx === "Store" &&
      part.kind === "Attribute"
    )
      found ??= `it changes ${sourceText(context.file, part)}`;
    if (part.kind === "Name" && part.id === path && part.ctx !== "Load") found ??= `${path} is bound anew`;
    if (part.kind === "Call" && !isReading(context, part, path))
      found ??= `it calls ${sourceText(context.file, part.func)}, which may give something else each time`;
  });
  return found;
}

function isReading(context: RegionContext, call: Call, path: string): boolean {
  const called = importedName(context, call);
  if (called === "open") return opensToRead(call, path);
  if (called !== null && (readers.has(called) || called === "next")) return true;
  if (call.func.kind === "Name") return called !== null && pureBuiltins.has(called);
  return call.func.kind === "Attribute" && (pureMethods.has(call.func.attr) || reading.has(call.func.attr));
}

function opensToRead({ args, keywords }: Call, path: string): boolean {
  const [first, second] = args;
  const mode = second ?? keywords.find(({ arg }) => arg === "mode")?.value;
  const reads =
    mode === undefined ||
    (mode.kind === "Constant" && mode.value.type === "str" && /^[rbt]+$/.test(mode.value.value));
  return first?.kind === "Name" && first.id === path && reads && args.length <= 2;
}

/** `json.load` for whatever the file imports under its name; the name of a builtin; null for anything else. */
function importedName({ file }: RegionContext, { func }: Call): string | null {
  const scopes = scopesOf(file);
  const name = dottedName(func);
  if (name === null) return null;
  const [head, ...rest] = name.split(".") as [string, ...string[]];
  const variable = scopes.lookup(scopes.around(func), head);
  const binds = variable?.occurrences.filter(({ action }) => action !== "read") ?? [];
  if (binds.length === 0) return rest.length === 0 ? head : null;
  if (variable && soleFunction(variable)) return null;
  const [only] = binds;
  if (binds.length > 1 || only?.node.kind !== "alias") return null;
  let from = "";
  walk(file.tree, (node: Node) => {
    if (node.kind === "ImportFrom" && node.names.includes(only.node as never)) from = `${node.module}.`;
  });
  return [from + only.node.name, ...rest].join(".");
}

/** Whether the program itself writes files: then one that was read may be another the next time. */
function writesFiles({ file }: RegionContext): string | null {
  let found: string | null = null;
  walk(file.tree, (node) => {
    if (node.kind !== "Call") return;
    const name = dottedName(node.func)?.split(".").at(-1) ?? "";
    const isStream =
      node.func.kind === "Attribute" && /^sys\.std(out|err)$/.test(dottedName(node.func.value) ?? "");
    const mode = node.args[1] ?? node.keywords.find(({ arg }) => arg === "mode")?.value;
    const opens =
      name === "open" &&
      mode !== undefined &&
      !(mode.kind === "Constant" && mode.value.type === "str" && /^[rbt]+$/.test(mode.value.value));
    const writes = node.func.kind === "Attribute" && writing.test(name) && !isStream;
    if (opens || (writes && !(name === "replace" && node.args.length >= 2)))
      found ??= `the program writes files too (line ${node.lineno})`;
  });
  return found;
}
