// Numbers as Python and NumPy have them, by the names that facts use.

/** The type of a number, and whether Python or NumPy made it. */
export type NumberOf = readonly ["int" | "float" | "bool" | "complex", "python" | "numpy"];

/** By qualified type, for the types whose arithmetic is known to the last bit. */
export const scalarTypes: Readonly<Record<string, NumberOf>> = {
  "builtins.int": ["int", "python"],
  "builtins.float": ["float", "python"],
  "builtins.bool": ["bool", "python"],
  "builtins.complex": ["complex", "python"],
  "numpy.float64": ["float", "numpy"],
  "numpy.int64": ["int", "numpy"],
  "numpy.bool": ["bool", "numpy"],
  "numpy.bool_": ["bool", "numpy"],
  "numpy.complex128": ["complex", "numpy"],
};

/** By an array's dtype. */
export const dtypeTypes: Readonly<Record<string, NumberOf[0]>> = {
  float64: "float",
  int64: "int",
  bool: "bool",
  complex128: "complex",
};

/** A type's name for people: `int` for `builtins.int`. */
export const shortType = (type: string): string => type.replace("builtins.", "");
