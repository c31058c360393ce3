// Strings and bytes.

import { builtin, type Entry, using } from "../entry.ts";

const binascii = using("import binascii");
const zlib = using("import zlib");

export const entries: Entry[] = [
  builtin("{sep}.join({x})", { x: "texts" }, "str", { vary: { sep: ['""', '" "', '","', '", "', '"\\n"'] } }),
  builtin("{sep}.join({x})", { sep: "text", x: "texts" }, "str"),
  builtin('"".join(map(str, {x}))', { x: "items" }, "str"),
  builtin("{s}[::-1]", { s: "text" }, "str"),
  builtin("{s} == {s}[::-1]", { s: "text" }, "bool"),
  builtin("{s}.count({part})", { s: "text", part: "text" }, "int"),
  builtin("{s}.find({part})", { s: "text", part: "text" }, "int"),
  builtin("{s}.rfind({part})", { s: "text", part: "text" }, "int"),
  builtin("{part} in {s}", { s: "text", part: "text" }, "bool"),
  builtin("{s}.startswith({part})", { s: "text", part: "text" }, "bool"),
  builtin("{s}.endswith({part})", { s: "text", part: "text" }, "bool"),
  builtin("{s}.replace({old}, {new})", { s: "text", old: "text", new: "text" }, "str"),
  builtin('{s}.replace({part}, "")', { s: "text", part: "text" }, "str"),
  builtin('{s}.replace(" ", "")', { s: "text" }, "str"),
  builtin("{s}.split()", { s: "text" }, "list"),
  builtin("{s}.split({sep})", { s: "text", sep: "text" }, "list"),
  builtin("{s}.split({sep})", { s: "text" }, "list", {
    vary: { sep: ['","', '" "', '";"', '"\\t"', '"\\n"'] },
  }),
  builtin("{s}.splitlines()", { s: "text" }, "list"),
  builtin("{s}.upper()", { s: "text" }, "str"),
  builtin("{s}.lower()", { s: "text" }, "str"),
  builtin("{s}.swapcase()", { s: "text" }, "str"),
  builtin("{s}.title()", { s: "text" }, "str"),
  builtin("{s}.strip()", { s: "text" }, "str"),
  builtin('" ".join({s}.split())', { s: "text" }, "str"),
  builtin('" ".join({s}.split()[::-1])', { s: "text" }, "str"),
  builtin("{s}.isdigit()", { s: "text" }, "bool"),
  builtin("{s}.isalpha()", { s: "text" }, "bool"),
  builtin("sorted({s})", { s: "text" }, "list"),
  builtin('"".join(sorted({s}))', { s: "text" }, "str"),
  builtin('"".join(dict.fromkeys({s}))', { s: "text" }, "str"),
  builtin("sorted({a}) == sorted({b})", { a: "text", b: "text" }, "bool"),
  builtin("{b}.hex()", { b: "bytes" }, "str"),
  builtin("bytes.fromhex({s})", { s: "text" }, "bytes"),
  zlib("zlib.crc32({b})", { b: "bytes" }, "int"),
  zlib("zlib.adler32({b})", { b: "bytes" }, "int"),
  binascii("binascii.crc_hqx({b}, {start})", { b: "bytes" }, "int", { vary: { start: ["0", "0xFFFF"] } }),
  using("from base64 import b64encode")("b64encode({b})", { b: "bytes" }, "bytes"),
  using("from base64 import b64encode")("b64encode({b}).decode()", { b: "bytes" }, "str"),
  using("from base64 import b64decode")("b64decode({s})", { s: "text" }, "bytes"),
];
