// Small functions that compiled modules take along as far as they use them. Each does what Python does or raises; what raises
// is left to the Python code, which then gives the result or the exception in its own words.

import { drawsSupports } from "./draws-support.ts";
import { vectorSupports } from "./vector-support.ts";

export interface Support {
  text: string;
  /** Lines at the head of the module. */
  imports?: readonly string[];
  /** Others that it calls. */
  needs?: readonly string[];
}

const unboxed = (name: string, result: string, type: string): Support => ({
  text: `cdef inline ${result} ${name}(object value) except? -1:
    if type(value) is not ${type}:
        raise TypeError
    return value`,
});

const checked = (name: string, bits: number): Support => ({
  text: `cdef inline long long ${name}(object value) except? -1:
    if type(value) is not int:
        raise TypeError
    cdef long long number = value
    if not -${1n << BigInt(bits)}LL <= number <= ${1n << BigInt(bits)}LL:
        raise OverflowError
    return number`,
});

/** A function of C whose finite results are those of Python's; every other case is Python's own. */
const ofMath = (name: string, parameters: readonly string[] = ["x"]): Support => ({
  imports: [`from libc.math cimport isfinite, ${name} as c_${name}`],
  text: `cdef inline double math_${name}(${parameters.map((one) => `double ${one}`).join(", ")}) except? -1:
    cdef double result = c_${name}(${parameters.join(", ")})
    if not isfinite(result):
        raise ValueError
    return result`,
});

const mathematical = ["sqrt", "exp", "log", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan"];

const supports: Readonly<Record<string, Support>> = {
  as_float: unboxed("as_float", "double", "float"),
  as_bool: unboxed("as_bool", "bint", "bool"),
  as_int: checked("as_int", 31),
  as_long: checked("as_long", 62),
  as_char: {
    text: `cdef inline Py_UCS4 as_char(object value) except? 0xFFFF:
    if type(value) is not str:
        raise TypeError
    return value`,
  },
  as_array: {
    imports: ["from numpy import ndarray"],
    text: `cdef inline object as_array(object value):
    if type(value) is not ndarray:
        raise TypeError
    return value`,
  },
  exact_float: {
    text: `cdef inline double exact_float(long long number) except? -1:
    """The number as a float that is equal to it."""
    if not -9007199254740992LL <= number <= 9007199254740992LL:
        raise OverflowError
    return <double>number`,
  },
  bounded: {
    text: `cdef inline long long bounded(long long number) except? -1:
    """The end of a range that the counter does not outgrow."""
    if not -4611686018427387904LL <= number <= 4611686018427387904LL:
        raise OverflowError
    return number`,
  },
  float_int: {
    text: `cdef inline long long float_int(double number) except? -1:
    if not -4611686018427387904.0 < number < 4611686018427387904.0:
        raise OverflowError
    return <long long>number`,
  },
  int_absolute: {
    text: `cdef inline long long int_absolute(long long number) except? -1:
    return 0 - number if number < 0 else number`,
  },
  power_int: {
    text: `cdef inline long long power_int(long long base, long long exponent) except? -1:
    cdef long long result = 1
    if not 0 <= exponent <= 64:
        raise OverflowError
    for _ in range(exponent):
        result *= base
    return result`,
  },
  float_power: {
    imports: ["from libc.math cimport floor, isfinite, pow as c_pow"],
    text: `cdef inline double float_power(double base, double exponent) except? -1:
    if not (isfinite(base) and isfinite(exponent)) or (base <= 0 and exponent < 0) or (base < 0 and floor(exponent) != exponent):
        raise ValueError
    cdef double result = c_pow(base, exponent)
    if not isfinite(result):
        raise OverflowError
    return result`,
  },
  shift_right: {
    text: `cdef inline long long shift_right(long long number, long long by) except? -1:
    if not 0 <= by <= 63:
        raise OverflowError
    return number >> by`,
  },
  float_modulo: {
    imports: ["from libc.math cimport copysign, fmod"],
    text: `cdef inline double float_modulo(double x, double y) except? -1:
    if y == 0:
        raise ZeroDivisionError
    cdef double rest = fmod(x, y)
    if rest == 0:
        return copysign(0.0, y)
    return rest + y if (y < 0) != (rest < 0) else rest`,
  },
  float_floor_divide: {
    imports: ["from libc.math cimport copysign, floor, fmod"],
    text: `cdef inline double float_floor_divide(double x, double y) except? -1:
    if y == 0:
        raise ZeroDivisionError
    cdef double rest = fmod(x, y)
    cdef double quotient = (x - rest) / y
    if rest != 0 and (y < 0) != (rest < 0):
        quotient -= 1.0
    if quotient == 0:
        return copysign(0.0, x / y)
    cdef double whole = floor(quotient)
    return whole + 1.0 if quotient - whole > 0.5 else whole`,
  },
  readable_again: {
    text: `cdef inline object readable_again(object value):
    """Not an iterator: reading it twice gives the same."""
    if hasattr(type(value), "__next__"):
        raise TypeError
    return value`,
  },
  remember: {
    text: `class _Plain:
    pass


cdef int remember(object value, dict kept, int depth=0) except -1:
    """Keep what the mutable values in \`value\` hold, to bring it back before Python runs."""
    kind = type(value)
    if kind in (int, float, complex, bool, str, bytes, type(None), range) or id(value) in kept:
        return 0
    if depth > 100:
        raise RecursionError
    if kind is tuple:
        items = value
    elif kind is list:
        kept[id(value)] = value, list(value)
        items = value
    elif kind is dict:
        kept[id(value)] = value, dict(value)
        items = value.values()
    elif kind is ndarray and not value.dtype.hasobject:
        kept[id(value)] = value, value.copy()
        return 0
    elif kind.__basicsize__ == _Plain.__basicsize__ and hasattr(value, "__dict__") and not hasattr(kind, "__slots__"):
        kept[id(value)] = value, dict(value.__dict__)
        items = value.__dict__.values()
    else:
        raise TypeError
    for item in items:
        remember(item, kept, depth + 1)
    return 0


cdef int bring_back(dict kept) except -1:
    for value, old in kept.values():
        kind = type(value)
        if kind is list:
            value[:] = old
        elif kind is ndarray:
            value[...] = old
        elif kind is dict:
            value.clear()
            value.update(old)
        else:
            value.__dict__.clear()
            value.__dict__.update(old)
    return 0`,
  },
  ...vectorSupports,
  ...drawsSupports,
  ...Object.fromEntries(mathematical.map((name) => [`math_${name}`, ofMath(name)])),
  math_atan2: ofMath("atan2", ["y", "x"]),
};

/** Whether a function of \`math\` has a compiled form, and how many arguments it takes. */
export const mathArity = (name: string): number =>
  name === "atan2" ? 2 : mathematical.includes(name) ? 1 : 0;

/** The functions named, and those that they call. */
export function supportClosure(wanted: ReadonlySet<string>): Set<string> {
  const names = new Set<string>();
  const take = (name: string): void => {
    names.add(name);
    supports[name]!.needs?.forEach(take);
  };
  wanted.forEach(take);
  return names;
}

/** The definitions of the functions named, in an order in which each stands before its first use, and their imports. */
export function supportText(wanted: ReadonlySet<string>): { imports: string[]; definitions: string[] } {
  const names = supportClosure(wanted);
  const used = Object.keys(supports).filter((name) => names.has(name));
  const cimports = new Set<string>();
  const imports = new Set<string>();
  for (const name of used)
    for (const line of supports[name]!.imports ?? []) {
      const libc = /^from libc\.math cimport (.*)$/.exec(line);
      if (libc) for (const item of libc[1]!.split(", ")) cimports.add(item);
      else imports.add(line);
    }
  const math = cimports.size > 0 ? [`from libc.math cimport ${[...cimports].sort().join(", ")}`] : [];
  // Without arrays among the inputs, NumPy need not be there.
  const withoutArrays = (text: string) =>
    text.replaceAll(/ +elif kind is ndarray.*\n.*\n( +return 0\n)?/g, "");
  const definitions = used.map((name) => supports[name]!.text);
  return {
    imports: [...math, ...[...imports].sort()],
    definitions: names.has("as_array") ? definitions : definitions.map(withoutArrays),
  };
}
