// The region that is looked at: its types, and the names and functions that new text may use.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { importEdit } from "../../source/imports.ts";
import { freshName } from "../../source/names.ts";
import type { Located } from "../../source/node.ts";
import type { RegionNode } from "../../source/regions.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { Arrays } from "./arrays.ts";
import type { Type } from "./types.ts";

/** New text under way: what it imports and which functions it calls. */
export interface Additions {
  edits: TextEdit[];
  definitions: string[];
  packages: string[];
}

export class Subject {
  readonly context: RegionContext;
  readonly file: SourceFile;
  readonly region: RegionNode;
  readonly parents: ReadonlyMap<Node, Node>;
  private readonly arrays: Arrays;
  private readonly defined = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly values = new Map<string, string>();

  constructor(context: RegionContext) {
    this.context = context;
    this.file = context.file;
    this.arrays = new Arrays(context);
    this.region = this.arrays.region;
    this.parents = parentMap(context.file);
  }

  type(node: expr): Type | null {
    return this.arrays.of(node);
  }

  text(node: Located): string {
    return sourceText(this.file, node);
  }

  /** The text of an expression as one operand of `@`, `*` or a call's attribute. */
  operand(node: expr): string {
    const text = this.text(node);
    return ["Name", "Attribute", "Subscript", "Call", "Constant"].includes(node.kind) ? text : `(${text})`;
  }

  /** Puts a name, item or call in the place of an expression; parentheses around it go. */
  replacement(node: Located, text: string): TextEdit {
    const { text: file } = this.file;
    const { start, end } = node;
    const around =
      file[start - 1] === "(" && file[end] === ")" && !/[\w)\]]\s*$/.test(file.slice(0, start - 1));
    return around ? { start: start - 1, end: end + 1, text } : { start, end, text };
  }

  /** By which name the file has NumPy. */
  numpy(additions: Additions): string {
    return this.imported(additions, { module: "numpy", asName: "np" });
  }

  imported(additions: Additions, wanted: { module: string; name?: string; asName?: string }): string {
    const { edit, local } = importEdit(this.file, { ...wanted, before: this.region.start });
    if (edit) {
      if (!additions.edits.some(({ text }) => text === edit.text)) additions.edits.push(edit);
      additions.packages.push(wanted.module.split(".")[0]!);
    }
    return local;
  }

  /** A function of the module with this text, where `NAME` stands for its own name; the name that it goes by. */
  define(additions: Additions, base: string, text: string): string {
    let name = this.defined.get(text);
    if (name === undefined) {
      name = freshName(this.file, base, this.taken);
      this.taken.add(name);
      this.defined.set(text, name);
    }
    additions.definitions.push(text.replaceAll("NAME", name));
    return name;
  }

  /** The name of what stands before the statement at `place`, the same for the same value; made of `base` where it is new. */
  valueBefore(place: Located, value: string, base: string): string {
    const key = `${place.start} ${value}`;
    const name = this.values.get(key) ?? this.fresh(base);
    this.values.set(key, name);
    return name;
  }

  fresh(base: string): string {
    const name = freshName(this.file, base, this.taken);
    this.taken.add(name);
    return name;
  }
}

export const additions = (): Additions => ({ edits: [], definitions: [], packages: [] });
