// What every node of the Python syntax tree has besides the fields of CPython's ASDL.

/**
 * Where a node stands. `start` and `end` are UTF-16 offsets into `SourceFile.text` (for edits and slicing); `lineno`
 * counts from 1; `column` is the UTF-8 byte column of CPython (only for talking to the agent).
 */
export interface Located {
  start: number;
  end: number;
  lineno: number;
  endLineno: number;
  column: number;
  endColumn: number;
}

/** The value of a literal. Integers and floats keep Python's own text, since JavaScript numbers lose them. */
export type ConstantValue =
  | { type: "int"; text: string }
  /** `repr` of the float: `1e-09`, `inf`. */
  | { type: "float"; text: string }
  | { type: "complex"; text: string }
  | { type: "str"; value: string }
  /** Latin-1 decoded bytes. */
  | { type: "bytes"; value: string }
  | { type: "bool"; value: boolean }
  | { type: "None" }
  | { type: "Ellipsis" };
