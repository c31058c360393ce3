// The call tree by function, all threads together, cut down to what can be seen.

import { type CallTree, callTree, type Times, totalOf } from "../../profile/index.ts";
import type { Profile } from "../../schemas/profile.ts";
import { shownPath } from "../command.ts";
import { type FlameView, KINDS, ORIGINS } from "../model.ts";

/** Nodes kept at most; the file stays small and the drawing smooth. */
const MOST_NODES = 20_000;
/** Share of the run under which a node is narrower than a pixel on any screen, even zoomed in a hundredfold. */
const SMALLEST = 1e-6;

/** Null when nothing was recorded. */
export function flameView(profile: Profile, cwd: string): FlameView | null {
  const tree = foldImports(profile, callTree(profile));
  const sums = tree.total.map(totalOf);
  const whole = sums[0]!;
  if (whole <= 0) return null;
  const cutoff = Math.max(whole * SMALLEST, nthLargest(sums, MOST_NODES));
  const view: FlameView = {
    frames: { name: [], file: [], line: [], origin: [] },
    files: [],
    nodes: { parent: [], frame: [], microseconds: [], selfMicroseconds: [], kind: [] },
    merged: 0,
  };
  const frames = new Map<number, number>();
  const files = new Map<number, number>();
  const fileOf = (file: number): number => {
    if (file < 0) return -1;
    const path = profile.files.path[file]!;
    const known = files.get(file) ?? view.files.push(libraryPath(path, profile.files.origin[file]!, cwd)) - 1;
    files.set(file, known);
    return known;
  };
  const frameOf = (called: number): number => {
    const known = frames.get(called);
    if (known !== undefined) return known;
    const file = called < 0 ? -1 : profile.functions.file[called]!;
    const shown = fileOf(file);
    const name = called < 0 ? "whole program" : profile.functions.name[called]!;
    view.frames.name.push(name === "<module>" && shown >= 0 ? view.files[shown]! : name);
    view.frames.file.push(shown);
    view.frames.line.push(called < 0 ? 0 : profile.functions.line[called]!);
    view.frames.origin.push(file < 0 ? 0 : ORIGINS.indexOf(profile.files.origin[file]!));
    frames.set(called, view.frames.name.length - 1);
    return view.frames.name.length - 1;
  };
  const kept = new Map<number, number>([[0, 0]]);
  for (let node = 0; node < sums.length; node++) {
    const parent = kept.get(tree.parent[node]!);
    if (parent === undefined || (node > 0 && sums[node]! <= cutoff)) {
      if (sums[node]! > 0) view.merged++;
      continue;
    }
    kept.set(node, view.nodes.parent.length);
    view.nodes.parent.push(parent);
    view.nodes.frame.push(frameOf(tree.function[node]!));
    view.nodes.microseconds.push(Math.round(sums[node]! / 1000));
    view.nodes.selfMicroseconds.push(Math.round(totalOf(tree.self[node]!) / 1000));
    view.nodes.kind.push(largest(KINDS.map((kind) => tree.total[node]![kind])));
  }
  return view;
}

/**
 * The tree without the frames of Python's import system, which stand by the dozen between a module and what it imports.
 * Their time is the importing module's; what they call becomes its child.
 */
function foldImports(
  { files, functions }: Profile,
  tree: CallTree,
): Pick<CallTree, "parent" | "function" | "self" | "total"> {
  const folded = { parent: [0], function: [-1], self: [{ ...tree.self[0]! }], total: [tree.total[0]!] };
  const children = new Map<string, number>();
  const newIndex = [0];
  const add = (into: Times, times: Times): void => {
    for (const kind of KINDS) into[kind] += times[kind];
  };
  for (let node = 1; node < tree.parent.length; node++) {
    const called = tree.function[node]!;
    const parent = newIndex[tree.parent[node]!]!;
    if (files.path[functions.file[called]!]?.startsWith("<frozen importlib")) {
      newIndex.push(parent);
      add(folded.self[parent]!, tree.self[node]!);
      continue;
    }
    const key = `${parent} ${called}`;
    const known = children.get(key);
    if (known === undefined) {
      children.set(key, folded.parent.length);
      newIndex.push(folded.parent.length);
      folded.parent.push(parent);
      folded.function.push(called);
      folded.self.push({ ...tree.self[node]! });
      folded.total.push({ ...tree.total[node]! });
    } else {
      newIndex.push(known);
      add(folded.self[known]!, tree.self[node]!);
      add(folded.total[known]!, tree.total[node]!);
    }
  }
  return folded;
}

/** A path without the part that every library or standard module shares. */
export function libraryPath(path: string, origin: Profile["files"]["origin"][number], cwd: string): string {
  if (origin === "own") return shownPath(path, cwd);
  return path.replace(/^.*[/\\](?:site|dist)-packages[/\\]/, "").replace(/^.*[/\\]python3\.\d+t?[/\\]/, "");
}

const largest = (values: readonly number[]): number =>
  values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);

/** The value that `count` others reach; 0 when there are fewer. */
const nthLargest = (values: readonly number[], count: number): number =>
  values.length <= count ? 0 : values.toSorted((a, b) => b - a)[count]!;
