// What is taken for granted of the rows' labels, said and checked where rows are found by them.

import type { TextEdit } from "../../schemas/common.ts";
import { importEdit } from "../../source/imports.ts";
import type { RegionContext } from "../technique.ts";
import type { Frame } from "./frames.ts";

export interface LabelCheck {
  line: string;
  assumption: string;
  imports: TextEdit[];
  packages: string[];
}

/** That the label of every row is its place: `at` is where the new text stands. */
export function countedLabels(context: RegionContext, { name }: Frame, at: number): LabelCheck {
  const { edit, local } = importEdit(context.file, { module: "pandas", asName: "pd", before: at });
  return {
    line: `assert ${name}.index.equals(${local}.RangeIndex(len(${name})))`,
    assumption: `The rows of \`${name}\` are labelled 0, 1, 2 …; the new code checks it.`,
    imports: edit ? [edit] : [],
    packages: edit ? ["pandas"] : [],
  };
}

/** That no two rows have one label. */
export function uniqueLabels({ name }: Frame): LabelCheck {
  return {
    line: `assert ${name}.index.is_unique`,
    assumption: `Every row of \`${name}\` has a label of its own; the new code checks it.`,
    imports: [],
    packages: [],
  };
}
