// Two versions of a set of source files, wherever they come from: what every form of OLD and NEW is resolved to.

export interface VersionedFile {
  /** Absolute path at which a workload finds the file, whichever version is in place. */
  path: string;
  /** Where NEW has its own copy on disk: a workload may use the file there instead. Null when there is none. */
  elsewhere: string | null;
  /** The path for people, relative to what was compared. */
  shown: string;
  /** The file's bytes; null where a version does not have the file. */
  old: Buffer | null;
  new: Buffer | null;
}

export interface Versions {
  /** OLD and NEW as people name them. */
  old: string;
  new: string;
  /** Python files that differ, and with revisions those that are alike in both but not on disk. */
  files: VersionedFile[];
  /** Changed files that are not compared, and why. */
  others: { shown: string; why: string }[];
}

/** A module, a script or a notebook. */
export const isPython = (path: string): boolean => /\.(pyw?|ipynb)$/.test(path);

export const notPython = "it is not Python source";

/** Whether a version's text is the other's, byte by byte. */
export const isChanged = ({ old, new: other }: VersionedFile): boolean =>
  old === null || other === null ? old !== other : !old.equals(other);
