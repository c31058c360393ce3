// Draws the visible part of a flame graph on a canvas.

import { KINDS } from "../src/report/model.ts";
import { childrenOf, type FlameTree, type Found } from "./flame-tree.ts";
import type { Theme } from "./hooks.ts";
import { visible } from "./program-text.tsx";

export const ROW = 22;
/** Nodes narrower than this many pixels are not drawn, and neither is what they call. */
const NARROWEST = 0.4;
const PADDING = 6;

export const COLOURS = ["ink", "muted", "paper", "accent", "python", "native", "waiting", "system"] as const;

export type ColourBy = "kind" | "file" | "origin";

export interface Scene {
  tree: FlameTree;
  /** The stretch of time shown, in microseconds. */
  from: number;
  to: number;
  /** Pixels scrolled down, and the size of the canvas. */
  top: number;
  width: number;
  height: number;
  selected: number;
  hovered: number;
  found: Found | null;
  colourBy: ColourBy;
  theme: Theme;
  colours: Record<(typeof COLOURS)[number], string>;
}

/** Paint a scene; the number of nodes drawn is bounded by the pixels, not by the tree. */
export function draw(canvas: HTMLCanvasElement, scene: Scene): void {
  const { tree, width, height, from, to } = scene;
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = `12px ${getComputedStyle(canvas).fontFamily}`;
  context.textBaseline = "middle";
  const scale = width / Math.max(1e-9, to - from);
  const { microseconds, frame, kind } = tree.view.nodes;
  const first = Math.floor(scene.top / ROW);
  const last = Math.ceil((scene.top + height) / ROW);
  const stack = [0];
  while (stack.length > 0) {
    const node = stack.pop()!;
    const depth = tree.depth[node]!;
    const x = (tree.left[node]! - from) * scale;
    const size = microseconds[node]! * scale;
    if (size < NARROWEST || x > width || x + size < 0 || depth > last) continue;
    if (depth >= first) {
      const left = Math.max(0, x);
      const right = Math.min(width, x + size);
      const dimmed = scene.found !== null && scene.found.frames[frame[node]!] === 0;
      const box = {
        x: left,
        y: depth * ROW - scene.top,
        width: Math.max(0.5, right - left - 1),
        height: ROW - 1,
      };
      context.globalAlpha = dimmed ? 0.18 : 1;
      context.fillStyle =
        scene.found !== null && !dimmed ? scene.colours.accent : colourOf(scene, node, kind[node]!);
      context.fillRect(box.x, box.y, box.width, box.height);
      if (node === scene.hovered && node !== scene.selected) outline(context, box, scene.colours.muted, 1);
      if (node === scene.selected) outline(context, box, scene.colours.ink, 2);
      if (box.width > 28) {
        context.globalAlpha = dimmed ? 0.6 : 1;
        context.fillStyle = scene.found !== null && !dimmed ? scene.colours.paper : scene.colours.ink;
        label(context, visible(tree.view.frames.name[frame[node]!] ?? ""), box);
      }
    }
    for (const child of childrenOf(tree, node)) stack.push(child);
  }
  context.globalAlpha = 1;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function outline(context: CanvasRenderingContext2D, box: Box, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.strokeRect(
    box.x + width / 2,
    box.y + width / 2,
    Math.max(0, box.width - width),
    box.height - width,
  );
}

/** The name, cut to what fits. */
function label(context: CanvasRenderingContext2D, name: string, box: Box): void {
  const room = box.width - 2 * PADDING;
  // No character is narrower than two pixels, so longer names need not be measured whole.
  let text = name.slice(0, Math.ceil(room / 2));
  if (text.length < name.length || context.measureText(text).width > room) {
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (context.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
      else high = middle - 1;
    }
    if (low === 0) return;
    text = `${text.slice(0, low)}…`;
  }
  context.fillText(text, box.x + PADDING, box.y + box.height / 2 + 1);
}

/**
 * Soft fills on which the ink stays readable: the kind's hue, or one hue per file; the lightness varies a little by
 * name, so that neighbours can be told apart.
 */
function colourOf(scene: Scene, node: number, kind: number): string {
  const { frames, nodes, files } = scene.tree.view;
  const frame = nodes.frame[node]!;
  const shade = hash(frames.name[frame] ?? "") % 5;
  const dark = scene.theme === "dark";
  const lightness = dark ? 30 + shade * 1.6 : 84 - shade * 1.8;
  if (scene.colourBy === "kind") {
    const [hue, chroma] = HUES[KINDS[kind] ?? "waiting"];
    return `hsl(${hue} ${dark ? chroma * 0.62 : chroma}% ${lightness}%)`;
  }
  const file = frames.file[frame]!;
  if (scene.colourBy === "origin") {
    const [hue, chroma] = OWNER_HUES[frames.origin[frame]!] ?? OWNER_HUES[1];
    return `hsl(${hue} ${dark ? chroma * 0.62 : chroma}% ${lightness}%)`;
  }
  if (file < 0) return `hsl(220 6% ${lightness}%)`;
  return `hsl(${hash(files[file] ?? "") % 360} ${dark ? 34 : 55}% ${lightness}%)`;
}

const HUES = { python: [230, 74], native: [172, 46], waiting: [222, 10], system: [36, 80] } as const;

/** Own code stands out; libraries and the standard library stay grey. In the order of ORIGINS. */
const OWNER_HUES = [
  [230, 74],
  [172, 18],
  [222, 8],
] as const;

function hash(text: string): number {
  let value = 2166136261;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  return value >>> 0;
}
