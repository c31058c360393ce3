// Which values may be looked up by hash instead of by comparing with every item, without any difference.

import type { ClassDef } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import type { Shape } from "../analysis/shapes.ts";

const exact: ReadonlySet<string> = new Set([
  ...["int", "bool", "float", "complex", "str", "bytes", "NoneType", "ellipsis", "type"],
  ...["datetime.date", "datetime.timedelta", "uuid.UUID", "fractions.Fraction"],
  ...["pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath", "pathlib._local.PosixPath"],
]);

const numpyIntegers = /^numpy\.(u?int(8|16|32|64)|longlong|ulonglong|intp)$/;

/**
 * Why values of these shapes, mixed, must not be put in a set or dict; null when hashing finds exactly what `==` finds.
 * (Items of a list are compared by identity first, as in sets, so NaN makes no difference.)
 */
export function hashObstacle(file: SourceFile, ...shapes: readonly Shape[]): string | null {
  const types = new Set<string>();
  for (const shape of shapes) {
    const obstacle = collect(file, shape, types, 0);
    if (obstacle) return obstacle;
  }
  const numpy = [...types].filter((type) => type.startsWith("numpy."));
  // NumPy compares its integers with floats after rounding, its floats with integers likewise; hashes are exact.
  if (numpy.some((type) => numpyIntegers.test(type)) && types.has("float"))
    return "NumPy integers are compared with floats";
  return null;
}

function collect(file: SourceFile, shape: Shape, types: Set<string>, depth: number): string | null {
  if (depth > 6) return "the values are nested too deeply to tell whether they can be hashed";
  for (const type of shape.types) {
    if (type === "?") return "the types of the values are not known";
    if (type === "tuple" || type === "frozenset") {
      const parts = shape.positions ?? (shape.elements ? [shape.elements] : []);
      if (parts.length === 0 && shape.length !== 0) return "the types of the values are not known";
      for (const part of parts) {
        const obstacle = collect(file, part, types, depth + 1);
        if (obstacle) return obstacle;
      }
    } else if (
      !exact.has(type) &&
      !numpyIntegers.test(type) &&
      type !== "numpy.str_" &&
      !isIdentityClass(file, type)
    )
      return `values of type ${type} may be unhashable, or equal without having equal hashes`;
    types.add(type);
  }
  return null;
}

/** A class of this file whose instances are equal only to themselves, or an enumeration. */
function isIdentityClass(file: SourceFile, type: string): boolean {
  const name = type.split(".").at(-1);
  const classes = file.tree.body.filter((node): node is ClassDef => node.kind === "ClassDef");
  const definition = classes.find((node) => node.name === name && /^[\w]+\.\w+$/.test(type));
  if (!definition || definition.decorator_list.length > 0 || definition.keywords.length > 0) return false;
  const redefined = definition.body.some(
    (member) =>
      (member.kind === "FunctionDef" && (member.name === "__eq__" || member.name === "__hash__")) ||
      (member.kind === "Assign" &&
        member.targets.some((t) => t.kind === "Name" && /^__(eq|hash)__$/.test(t.id))),
  );
  return !redefined && (definition.bases.length === 0 || isPlainEnum(definition));
}

function isPlainEnum({ bases }: ClassDef): boolean {
  const [base] = bases;
  return (
    bases.length === 1 &&
    ((base?.kind === "Name" && base.id === "Enum") || (base?.kind === "Attribute" && base.attr === "Enum"))
  );
}
