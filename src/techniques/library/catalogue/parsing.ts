// Reading and writing text: numbers in other bases, encodings, digests, addresses, words, tables.

import { builtin, type Entry, using } from "../entry.ts";
import { FORMULA } from "../reasons.ts";

const re = using("import re");
const hashlib = using("import hashlib");
const html = using("import html");
const parse = using("from urllib import parse");
const textwrap = using("import textwrap");
const groupby = using("from itertools import groupby");
/** `str` refuses integers of thousands of digits. */
const nonnegative = "0 <= {n} < 1e300";
const numbers = [{ n: 0 }, { n: 7 }, { n: 100 }, { n: 120_021 }, { n: -45 }];
/** Underscores, digits, accents, capitals, apostrophes, tabs and runs of spaces. */
const prose = [
  "It's a_b  C9,\té² Über-x 10.5 don't\n",
  "a well-known  word",
  "ß İ ǆ",
  ...["", "aAb bA", "--x--", "12", "²", "½", "AB", "ab", "aB1", " \t"],
].map((s) => ({ s }));
const pattern = {
  pattern: ["\\w+", "[a-z]+", "[A-Za-z]+", "[a-z0-9]+", "[A-Za-z0-9]+", "[0-9]+", "\\S+"].map(
    (p) => `r"${p}"`,
  ),
};
const escapes = [
  '<a href="x">\'&amp;</a>',
  "a+b c%20%2F&d=é",
  "&lt;&#39;&#x27;",
  "&copy;&nbsp;&amp;lt;&#8364;&lt",
  "%zz%e9%",
  "a/b~c_d.-e",
  "a=&b=1;c=2&a=3&d",
].map((s) => ({ s }));

export const entries: Entry[] = [
  builtin("int({s})", { s: "text" }, "int", {
    guard: ["len({s}) < 4000 and {s}.isascii() and {s}.isdigit()"],
  }),
  builtin("oct({n})[2:]", { n: "int" }, "str", { guard: [nonnegative], refuters: numbers }),
  builtin("bin({n})[2:].zfill({k})", { n: "int", k: "int" }, "str", {
    guard: [nonnegative],
    refuters: [
      { n: 5, k: 2 },
      { n: 5, k: 8 },
      { n: 0, k: 3 },
    ],
  }),
  builtin("hex({n})[2:].upper()", { n: "int" }, "str", { guard: [nonnegative], refuters: numbers }),
  builtin("{n}.to_bytes({k}, {order})", { n: "int", k: "int" }, "bytes", {
    vary: { order: ['"big"', '"little"'] },
  }),
  builtin("list(map(int, str({n})))", { n: "int" }, "list", { guard: [nonnegative], refuters: numbers }),
  builtin("sum(map(int, str({n})))", { n: "int" }, "int", { guard: [nonnegative], refuters: numbers }),
  builtin("int(str({n})[::-1])", { n: "int" }, "int", { guard: [nonnegative], refuters: numbers }),
  builtin("str({n}) == str({n})[::-1]", { n: "int" }, "bool", { guard: [nonnegative], refuters: numbers }),
  builtin("len(str({n}))", { n: "int" }, "int", { guard: [nonnegative], refuters: numbers }),
  builtin('bin({a} ^ {b}).count("1")', { a: "int", b: "int" }, "int", {
    refuters: [
      { a: 5, b: 2 },
      { a: 0, b: 0 },
      { a: -1, b: 4 },
    ],
  }),
  builtin("list({b})", { b: "bytes" }, "list"),
  builtin("bytes({x})", { x: "integers" }, "bytes"),
  builtin("sum({b})", { b: "bytes" }, "int"),
  builtin("{s}.encode()", { s: "text" }, "bytes", { refuters: prose }),
  builtin("{b}.decode()", { b: "bytes" }, "str"),
  builtin("list(map(ord, {s}))", { s: "text" }, "list", { refuters: prose }),
  builtin('"".join(map(chr, {x}))', { x: "integers" }, "str"),
  hashlib("hashlib.{h}({b}).{form}()", { b: "bytes" }, "str", {
    vary: { h: ["md5", "sha1", "sha256"], form: ["hexdigest"] },
  }),
  hashlib("hashlib.{h}({b}).digest()", { b: "bytes" }, "bytes", { vary: { h: ["md5", "sha1", "sha256"] } }),
  using("from base64 import b32encode")("b32encode({b})", { b: "bytes" }, "bytes"),
  using("from base64 import urlsafe_b64encode")("urlsafe_b64encode({b})", { b: "bytes" }, "bytes"),
  html("html.escape({s}, quote={quote})", { s: "text" }, "str", {
    vary: { quote: ["True", "False"] },
    refuters: escapes,
  }),
  html("html.unescape({s})", { s: "text" }, "str", { refuters: escapes }),
  parse("parse.{f}({s})", { s: "text" }, "str", {
    vary: { f: ["quote", "quote_plus", "unquote", "unquote_plus"] },
    refuters: escapes,
  }),
  parse("dict(parse.parse_qsl({s}))", { s: "text" }, "dict", { refuters: escapes }),
  parse("parse.parse_qs({s})", { s: "text" }, "dict", { refuters: escapes }),
  using("import codecs")('codecs.encode({s}, "rot13")', { s: "text" }, "str", { refuters: prose }),
  using("import csv")("next(csv.reader([{s}]))", { s: "text" }, "list", {
    refuters: [{ s: 'a,"b,c",d' }, { s: 'x,"say ""hi""",' }, { s: "a, b" }, { s: "" }, { s: "a\nb,c" }],
  }),
  using("import json")("json.dumps({x})", { x: "items" }, "str"),
  using("import shlex")("shlex.split({s})", { s: "text" }, "list"),
  textwrap("textwrap.wrap({s}, {k})", { s: "text", k: "int" }, "list", {
    refuters: prose.map((one) => ({ ...one, k: 6 })),
  }),
  textwrap("textwrap.fill({s}, {k})", { s: "text", k: "int" }, "str", {
    refuters: prose.map((one) => ({ ...one, k: 6 })),
  }),
  textwrap("textwrap.dedent({s})", { s: "text" }, "str"),
  using("from difflib import SequenceMatcher")(
    "SequenceMatcher(None, {a}, {b}, autojunk=False).ratio()",
    { a: "text", b: "text" },
    "float",
    {
      floats: FORMULA,
      refuters: [
        { a: "abcd", b: "bcde" },
        { a: "", b: "" },
        { a: "night", b: "thing" },
      ],
    },
  ),
  using("import fnmatch")("fnmatch.fnmatchcase({s}, {part})", { s: "text", part: "text" }, "bool", {
    guard: ['"[" not in {part}'],
    refuters: [
      { s: "abc", part: "a*c" },
      { s: "abc", part: "a?" },
      { s: "", part: "*" },
      { s: "a*c", part: "a*" },
    ],
  }),
  using("from os.path import commonprefix")("commonprefix({x})", { x: "texts" }, "str", {
    refuters: [{ x: ["abc", "abd", "ab"] }, { x: ["x", "y"] }],
  }),
  re("re.findall({pattern}, {s})", { s: "text" }, "list", { vary: pattern, refuters: prose }),
  re("re.findall({pattern}, {s}.lower())", { s: "text" }, "list", { vary: pattern, refuters: prose }),
  using("import re", "from collections import Counter")(
    "Counter(re.findall({pattern}, {s}.lower()))",
    { s: "text" },
    "dict",
    { vary: pattern, refuters: prose },
  ),
  re("re.sub({old}, {new}, {s})", { s: "text" }, "str", {
    vary: {
      old: ['r"\\s+"', '"[^a-z]"', '"[^A-Za-z]"', '"[^a-z0-9]"', '"[^0-9]"'],
      new: ['""', '" "', '"-"', '"_"'],
    },
    refuters: prose,
  }),
  groupby('"".join(key for key, _ in groupby({s}))', { s: "text" }, "str", { refuters: prose }),
  groupby('"".join(key + str(len(list(run))) for key, run in groupby({s}))', { s: "text" }, "str", {
    refuters: [{ s: "aab" }, { s: "" }],
  }),
  groupby('"".join(str(len(list(run))) + key for key, run in groupby({s}))', { s: "text" }, "str", {
    refuters: [{ s: "aab" }, { s: "" }],
  }),
  builtin("{s}.{method}()", { s: "text" }, "bool", {
    vary: { method: ["isalnum", "isupper", "islower", "isspace", "isnumeric", "isascii"] },
    refuters: prose,
  }),
  builtin("{s}.{method}()", { s: "text" }, "str", {
    vary: { method: ["lstrip", "rstrip", "capitalize", "casefold", "expandtabs"] },
    refuters: prose,
  }),
  builtin("{s}.{method}({part})", { s: "text", part: "text" }, "str", {
    vary: { method: ["removeprefix", "removesuffix", "strip", "lstrip", "rstrip"] },
    refuters: [
      { s: "abab-x-ab", part: "ab" },
      { s: "baab", part: "ab" },
    ],
  }),
  builtin("{s}.{method}({part})", { s: "text", part: "text" }, "tuple", {
    vary: { method: ["partition", "rpartition"] },
    refuters: [
      { s: "a=b=c", part: "=" },
      { s: "abc", part: "=" },
    ],
  }),
  builtin("{s}.{method}({k})", { s: "text", k: "int" }, "str", {
    vary: { method: ["zfill", "rjust", "ljust", "center"] },
    refuters: [
      { s: "-7", k: 5 },
      { s: "abc", k: 2 },
      { s: "ab", k: 5 },
      { s: "abc", k: 6 },
      { s: "+7", k: 5 },
    ],
  }),
  builtin("len({s}.split())", { s: "text" }, "int", { refuters: prose }),
  builtin("sum(map({s}.count, {part}))", { s: "text", part: "text" }, "int", {
    refuters: [
      { s: "banana", part: "an" },
      { s: "banana", part: "aa" },
    ],
  }),
];
