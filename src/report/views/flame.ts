// The call tree by function, all threads together, cut down to what can be seen.

import { callTree, totalOf } from "../../profile/index.ts";
import type { Profile } from "../../schemas/profile.ts";
import { shownPath } from "../command.ts";
import { type FlameView, KINDS, ORIGINS } from "../model.ts";

/** Nodes kept at most; the file stays small and the drawing smooth. */
const MOST_NODES = 20_000;
/** Share of the run under which a node is narrower than a pixel on any screen, even zoomed in a hundredfold. */
const SMALLEST = 1e-6;

/** Null when nothing was recorded. */
export function flameView(profile: Profile, cwd: string): FlameView | null {
  const tree = callTree(profile);
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
    view.frames.name.push(called < 0 ? "whole program" : profile.functions.name[called]!);
    view.frames.file.push(fileOf(file));
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
