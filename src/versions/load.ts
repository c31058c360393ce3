// Both versions of every changed file, decoded and parsed by the Python that will run them.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../base/fault.ts";
import type { PythonService } from "../interpreter/service.ts";
import type { SourceFile } from "../source/file.ts";
import { loadSource } from "../source/load.ts";
import { isNotebook } from "../source/notebook.ts";
import { withCellValues } from "./cell-values.ts";
import type { FilePair } from "./pieces.ts";
import { isChanged, type Versions } from "./versions.ts";

export interface Loaded {
  pairs: FilePair[];
  /** Files that are alike in both versions, but not on disk. */
  context: SourceFile[];
  others: Versions["others"];
}

/**
 * Parse what `versions` holds; copies of the files are kept in `directory`. A file of several that OLD cannot run anyway,
 * or a notebook that is none of Python, is not compared; else a syntax error is a Fault that names side, file and line.
 */
export async function loadVersions(
  versions: Versions,
  service: PythonService,
  directory: string,
): Promise<Loaded> {
  const loaded: Loaded = { pairs: [], context: [], others: [...versions.others] };
  for (const side of ["old", "new"]) await mkdir(join(directory, side), { recursive: true });
  for (const [index, file] of versions.files.entries()) {
    const load = async (side: "old" | "new") => {
      const bytes = file[side];
      if (bytes === null) return null;
      const copy = join(directory, side, `${index}${isNotebook(file.path) ? ".ipynb" : ".py"}`);
      await writeFile(copy, bytes);
      const name = side === "old" ? "OLD" : "NEW";
      const shown = `${name}: ${file.shown}`;
      return withCellValues(service, await loadSource(service, copy, { path: file.path, shown }));
    };
    try {
      const old = await load("old");
      if (!isChanged(file)) {
        if (old !== null) loaded.context.push(old);
        continue;
      }
      const fresh = await load("new");
      loaded.pairs.push({ path: file.path, shown: file.shown, old, new: fresh });
    } catch (error) {
      const several = versions.files.length > 1;
      const left = error instanceof Fault && (error.message.startsWith("OLD") || isNotebook(file.path));
      if (!left || !several) throw error;
      loaded.others.push({ shown: file.shown, why: error.message.replace(/\.$/, "") });
    }
  }
  return loaded;
}
