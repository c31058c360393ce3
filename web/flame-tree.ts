// The call tree laid out for drawing: where each node lies, what it is next to, and what a search finds.

import type { FlameView } from "../src/report/model.ts";

export interface FlameTree {
  view: FlameView;
  /** Left edge of each node in microseconds from the start of the graph. */
  left: Float64Array;
  depth: Uint32Array;
  /** Children of node `n`, widest first: `children[childStart[n] … childStart[n + 1])`. */
  children: Uint32Array;
  childStart: Uint32Array;
  rows: number;
  total: number;
}

/** Place every node beside its siblings, widest first, under its parent. Linear in the number of nodes but for sorting. */
export function layOut(view: FlameView): FlameTree {
  const { parent, microseconds } = view.nodes;
  const count = parent.length;
  const childStart = new Uint32Array(count + 1);
  for (let node = 1; node < count; node++) childStart[parent[node]! + 1]!++;
  for (let node = 0; node < count; node++) childStart[node + 1]! += childStart[node]!;
  const filled = childStart.slice();
  const children = new Uint32Array(Math.max(0, count - 1));
  for (let node = 1; node < count; node++) children[filled[parent[node]!]!++] = node;
  const left = new Float64Array(count);
  const depth = new Uint32Array(count);
  let rows = 0;
  for (let node = 0; node < count; node++) {
    const own = children.subarray(childStart[node]!, childStart[node + 1]!);
    if (own.length > 1) own.sort((a, b) => microseconds[b]! - microseconds[a]! || a - b);
    let at = left[node]!;
    for (const child of own) {
      left[child] = at;
      depth[child] = depth[node]! + 1;
      at += microseconds[child]!;
    }
    rows = Math.max(rows, depth[node]! + 1);
  }
  return { view, left, depth, children, childStart, rows, total: microseconds[0] ?? 0 };
}

export const childrenOf = (tree: FlameTree, node: number): Uint32Array =>
  tree.children.subarray(tree.childStart[node]!, tree.childStart[node + 1]!);

/** The sibling `step` places further to the right (or left, when negative); the node itself at an end. */
export function sibling(tree: FlameTree, node: number, step: 1 | -1): number {
  if (node === 0) return 0;
  const siblings = childrenOf(tree, tree.view.nodes.parent[node]!);
  return siblings[siblings.indexOf(node) + step] ?? node;
}

/** How many rows hold a box of at least `narrowest` microseconds between two times. */
export function rowsBetween(tree: FlameTree, from: number, to: number, narrowest: number): number {
  const { microseconds } = tree.view.nodes;
  let rows = 1;
  const open = [0];
  while (open.length > 0) {
    const node = open.pop()!;
    rows = Math.max(rows, tree.depth[node]! + 1);
    for (const child of childrenOf(tree, node)) {
      if (microseconds[child]! < narrowest) break; // Widest first: the rest is narrower.
      if (tree.left[child]! < to && tree.left[child]! + microseconds[child]! > from) open.push(child);
    }
  }
  return rows;
}

/** The node at a depth and a time, or -1. */
export function nodeAt(tree: FlameTree, depth: number, microsecond: number): number {
  const { microseconds } = tree.view.nodes;
  let node = 0;
  if (tree.total === 0 || microsecond < 0 || microsecond >= tree.total) return -1;
  while (tree.depth[node]! < depth) {
    const next = childrenOf(tree, node).find(
      (child) => microsecond >= tree.left[child]! && microsecond < tree.left[child]! + microseconds[child]!,
    );
    if (next === undefined) return -1;
    node = next;
  }
  return node;
}

export interface Found {
  /** Per frame: whether it matches. */
  frames: Uint8Array;
  count: number;
  /** Time in matching frames; a match inside a match counts once. */
  microseconds: number;
}

/** The frames whose name or file contains `text`, whatever its case; null when there is nothing to search for. */
export function search(tree: FlameTree, text: string): Found | null {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === "") return null;
  const { frames, files, nodes } = tree.view;
  const matches = Uint8Array.from(frames.name, (name, index) => {
    const file = files[frames.file[index]!] ?? "";
    return name.toLocaleLowerCase().includes(wanted) || file.toLocaleLowerCase().includes(wanted) ? 1 : 0;
  });
  const inside = new Uint8Array(nodes.parent.length);
  const seen = new Set<number>();
  let microseconds = 0;
  for (let node = 0; node < nodes.parent.length; node++) {
    const above = node > 0 && inside[nodes.parent[node]!]! > 0;
    const match = matches[nodes.frame[node]!]! > 0;
    if (match) seen.add(nodes.frame[node]!);
    if (match && !above) microseconds += nodes.microseconds[node]!;
    inside[node] = match || above ? 1 : 0;
  }
  return { frames: matches, count: seen.size, microseconds };
}

export interface FrameTotal {
  frame: number;
  self: number;
  /** Cumulative; a recursive call counts once. */
  microseconds: number;
}

/** Time per frame over the whole tree, most own time first. */
export function frameTotals(tree: FlameTree): FrameTotal[] {
  const { nodes, frames } = tree.view;
  const totals = frames.name.map((_, frame) => ({ frame, self: 0, microseconds: 0 }));
  const open = new Uint32Array(frames.name.length);
  const visit: number[] = [0];
  // Depth first with a mark on leaving, so that `open` says which frames are on the path.
  while (visit.length > 0) {
    const entry = visit.pop()!;
    if (entry < 0) {
      open[nodes.frame[-entry - 1]!]!--;
      continue;
    }
    const frame = nodes.frame[entry]!;
    totals[frame]!.self += nodes.selfMicroseconds[entry]!;
    if (open[frame] === 0) totals[frame]!.microseconds += nodes.microseconds[entry]!;
    open[frame]!++;
    visit.push(-entry - 1);
    for (const child of childrenOf(tree, entry)) visit.push(child);
  }
  return totals.sort((a, b) => b.self - a.self || b.microseconds - a.microseconds);
}
