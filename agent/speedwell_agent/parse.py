"""The syntax tree of Python source, as this interpreter sees it, in a flat form that is quick to write and to read.

The answer's `rows` hold the nodes in pre-order. A row is `[kind, (lineno, column, end lineno, end column)?, field, …]`:
`kind` indexes `kinds`, and each field stands as its kind in `kinds` says:
  "scalar"    the value itself (identifiers, numbers, operators by name)
  "constant"  `[type, text]`
  "child"     nothing: one row follows in its turn
  "optional"  0 or 1 rows follow
  "list"      that many rows follow; a row `null` stands for None
"""

import ast
import hashlib
import io
import sys
import tokenize
import warnings

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)

LONG_INTEGER_BITS = 10_000  # beyond it decimal text takes quadratic time; hexadecimal is linear


def parse(params):
    """Parse `path`, or `text` where it is given; columns are UTF-8 bytes. Raises SyntaxError or OSError."""
    text = params.get("text")
    if text is None:
        with open(params["path"], "rb") as file:
            source = file.read()
        answer = decode(source, params["path"])
        answer["sha256"] = hashlib.sha256(source).hexdigest()
        text = answer["text"]
    else:
        answer = encoding_of_text(text)
    rows = flatten(syntax_tree(text, params.get("path", "<text>")))
    answer.update(rows=rows, kinds=KINDS, version=list(sys.version_info[:2]))
    return answer


def decode(source, path):
    """The text of a source file by its BOM and coding line, and how to write its characters again."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    bom = encoding == "utf-8-sig"
    try:
        text = source.decode(encoding)
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise SyntaxError("bytes that are not %s" % encoding, (path, line, None, None)) from None
    return {"text": text, "bom": bom, **writing(text, "utf-8" if bom else encoding)}


def encoding_of_text(text):
    """How text that comes without bytes is to be written: as its coding line says."""
    head = "".join(text.splitlines(True)[:2]).encode("utf-8", "replace")
    encoding, _ = tokenize.detect_encoding(io.BytesIO(head).readline)
    return {"bom": False, **writing(text, "utf-8" if encoding == "utf-8-sig" else encoding)}


def writing(text, encoding):
    """The encoding, and for the less usual ones the bytes (as Latin-1) of the text's characters and of ASCII."""
    encoding = {"us-ascii": "ascii"}.get(encoding, encoding)
    if encoding in ("utf-8", "iso-8859-1", "ascii"):
        return {"encoding": encoding}
    characters = {}
    for character in set(text) | {chr(code) for code in range(128)}:
        try:
            characters[character] = character.encode(encoding).decode("latin-1")
        except UnicodeEncodeError:
            pass
    return {"encoding": encoding, "characters": characters}


def syntax_tree(text, path):
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SyntaxError("source code cannot contain null bytes", (path, line, None, None))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, path)
    except (RecursionError, MemoryError):
        raise SyntaxError("nested too deeply for this Python", (path, None, None, None)) from None
    except UnicodeEncodeError:
        raise SyntaxError("the text holds half of a surrogate pair", (path, None, None, None)) from None
    except ValueError as error:
        raise SyntaxError(str(error), (path, None, None, None)) from None


def fields_of(node_class):
    """How each field of a node class is written, from the ASDL signature in its docstring."""
    signature = node_class.__doc__ or ""
    if not signature.startswith(node_class.__name__ + "("):
        return []
    declared = {}
    for part in signature[signature.index("(") + 1 : signature.rindex(")")].split(","):
        kind, name = part.split()
        declared[name] = kind
    fields = []
    for name in node_class._fields:
        kind = declared.get(name, "expr?")
        base = kind.rstrip("*?")
        if base == "constant":
            fields.append((name, "constant"))
        elif base in ("identifier", "string", "int"):
            fields.append((name, "scalar"))
        elif base in ("expr_context", "boolop", "operator", "unaryop", "cmpop"):
            fields.append((name, "scalar"))
        else:
            fields.append((name, {"*": "list", "?": "optional"}.get(kind[-1], "child")))
    return fields


OPERATORS = {
    cls: name
    for name, cls in vars(ast).items()
    if isinstance(cls, type)
    and issubclass(cls, (ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop))
}
NODES = [
    cls
    for cls in vars(ast).values()
    if isinstance(cls, type)
    and issubclass(cls, ast.AST)
    and cls not in OPERATORS
    and cls.__module__ in ("ast", "_ast")
    and (not issubclass(cls, ast.Constant) or cls is ast.Constant)
]
RENAMED = {("Constant", "kind"): "prefix"}
KINDS = [
    {
        "name": cls.__name__,
        "located": "lineno" in cls._attributes,
        "fields": [[RENAMED.get((cls.__name__, name), name), how] for name, how in fields_of(cls)],
    }
    for cls in NODES
]


def flatten(tree):
    rows = []
    stack = [tree]
    while stack:
        node = stack.pop()
        if node is None:
            rows.append(None)
            continue
        write = WRITERS.get(node.__class__)
        rows.append(write(node, stack))
    return rows


def writer(index, node_class):
    """A function that gives a node's row and pushes its children, last first; compiled once, since it runs per node."""
    located = "lineno" in node_class._attributes
    row = [str(index)]
    lines = []
    if located:
        row += ["node.lineno", "node.col_offset", "node.end_lineno", "node.end_col_offset"]
    for name, how in fields_of(node_class):
        if how == "constant":
            row.append("constant(node.%s)" % name)
        elif how == "scalar":
            row.append("scalar(node.%s)" % name if name in ("ctx", "op", "ops") else "node.%s" % name)
        elif how == "optional":
            row.append("0 if node.%s is None else 1" % name)
        elif how == "list":
            row.append("len(node.%s)" % name)
    for name, how in reversed(fields_of(node_class)):
        if how == "child":
            lines.append("push(node.%s)" % name)
        elif how == "optional":
            lines.append("if node.%s is not None: push(node.%s)" % (name, name))
        elif how == "list":
            lines.append("if node.%s: stack.extend(node.%s[::-1])" % (name, name))
    source = "def write(node, stack):\n  push = stack.append\n  %s\n  return [%s]\n" % (
        "\n  ".join(lines or ["pass"]),
        ", ".join(row),
    )
    scope = {"constant": constant, "scalar": scalar}
    exec(source, scope)
    return scope["write"]


def scalar(value):
    if value.__class__ is list:
        return [OPERATORS[item.__class__] for item in value]
    return OPERATORS[value.__class__]


def constant(value):
    kind = value.__class__
    if kind is str:
        return ["str", value]
    if kind is int:
        return ["int", hex(value) if value.bit_length() > LONG_INTEGER_BITS else repr(value)]
    if kind is bytes:
        return ["bytes", value.decode("latin-1")]
    if kind is bool:
        return ["bool", value]
    if value is None:
        return ["None"]
    if value is Ellipsis:
        return ["Ellipsis"]
    return [kind.__name__, repr(value)]


WRITERS = {cls: writer(index, cls) for index, cls in enumerate(NODES)}
