// Python expressions under construction: their text, and how tightly it holds together.

/** How tightly operators bind, as in Python's grammar: parentheses are written only where they are needed. */
export const Level = {
  ternary: 1,
  or: 2,
  and: 3,
  not: 4,
  compare: 5,
  bitOr: 6,
  bitXor: 7,
  bitAnd: 8,
  shift: 9,
  add: 10,
  multiply: 11,
  unary: 12,
  power: 13,
  atom: 14,
} as const;

export interface Code {
  text: string;
  level: number;
}

export const atom = (text: string): Code => ({ text, level: Level.atom });

/** The text, in parentheses when it binds less tightly than `level`. */
export const at = (code: Code, level: number): string => (code.level >= level ? code.text : `(${code.text})`);

const operators: Readonly<Record<string, readonly [text: string, level: number]>> = {
  Add: ["+", Level.add],
  Sub: ["-", Level.add],
  Mult: ["*", Level.multiply],
  MatMult: ["@", Level.multiply],
  Div: ["/", Level.multiply],
  FloorDiv: ["//", Level.multiply],
  Mod: ["%", Level.multiply],
  Pow: ["**", Level.power],
  LShift: ["<<", Level.shift],
  RShift: [">>", Level.shift],
  BitAnd: ["&", Level.bitAnd],
  BitXor: ["^", Level.bitXor],
  BitOr: ["|", Level.bitOr],
};

export const isOperator = (op: string): boolean => operators[op] !== undefined;

/** `left op right`, grouped from the left as Python does, but for powers. */
export function binary(op: string, left: Code, right: Code): Code {
  const [sign, level] = operators[op]!;
  if (op === "Pow") {
    const base = at(left, Level.atom);
    return { text: `${base}**${at(right, Level.unary)}`, level };
  }
  return { text: `${at(left, level)} ${sign} ${at(right, level + 1)}`, level };
}

export const comparisons: Readonly<Record<string, string>> = {
  Eq: "==",
  NotEq: "!=",
  Lt: "<",
  LtE: "<=",
  Gt: ">",
  GtE: ">=",
};

export const compare = (sign: string, left: Code, right: Code): Code => ({
  text: `${at(left, Level.compare + 1)} ${sign} ${at(right, Level.compare + 1)}`,
  level: Level.compare,
});

export const both = (left: Code, right: Code): Code => binary("BitAnd", left, right);

export const call = (name: string, ...args: readonly (Code | string)[]): Code =>
  atom(`${name}(${args.map((item) => (typeof item === "string" ? item : item.text)).join(", ")})`);

export const method = (code: Code, text: string): Code => atom(`${at(code, Level.atom)}.${text}`);

/** `-x`, `~x`: the negation of a comparison is the opposite comparison only where NaN cannot be, so it stays as it is. */
export const unary = (sign: string, code: Code): Code => ({
  text: `${sign}${at(code, Level.unary)}`,
  level: Level.unary,
});

/** Names that stand in a piece of code. */
export function namesIn(text: string): Set<string> {
  return new Set(text.match(/(?<![\w.])[A-Za-z_]\w*/g) ?? []);
}

/** The transpose; of a transpose, what it is of. */
export const transposed = (code: Code): Code =>
  code.text.endsWith(".T") ? atom(code.text.slice(0, -2)) : method(code, "T");
