// Calls whose effects are known: builtins, methods of Python's own containers and strings, modules of pure functions.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Builtins that change nothing and do no input or output, given arguments of Python's own types. */
export const pureBuiltins = words(`
  abs all any ascii bin bool bytearray bytes callable chr complex dict divmod enumerate filter float format frozenset
  getattr hasattr hash hex id int isinstance issubclass iter len list map max min object oct ord pow range repr reversed
  round set slice sorted str sum tuple type zip
  ArithmeticError AssertionError AttributeError EOFError Exception ImportError IndexError KeyError LookupError MemoryError
  NameError NotImplementedError OSError OverflowError RecursionError RuntimeError StopIteration SyntaxError TypeError
  UnicodeError ValueError ZeroDivisionError
`);

/** Methods that give a value and leave their object as it is, on every type of Python's own that has them. */
export const pureMethods = words(`
  as_integer_ratio bit_count bit_length capitalize casefold center conjugate copy count decode difference encode endswith
  expandtabs find format format_map fromhex fromkeys get hex index intersection is_integer isalnum isalpha isascii
  isdecimal isdigit isdisjoint isidentifier islower isnumeric isprintable isspace issubset issuperset istitle isupper items
  join keys ljust lower lstrip maketrans most_common partition removeprefix removesuffix replace rfind rindex rjust
  rpartition rsplit rstrip split splitlines startswith strip swapcase symmetric_difference title to_bytes translate union
  upper values zfill
`);

/** Methods that change their object and nothing else. */
export const changingMethods = words(`
  add append appendleft clear difference_update discard extend extendleft insert intersection_update move_to_end pop
  popitem popleft remove reverse rotate setdefault sort subtract symmetric_difference_update update
`);

/** Modules whose functions only compute. */
export const pureModules = words(`
  bisect cmath fractions functools itertools math operator statistics string unicodedata
`);
