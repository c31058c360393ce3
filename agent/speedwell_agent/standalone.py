"""Source that runs both versions of what no name leads to: a loop of the module, a function inside another, a notebook's code.

Each version becomes a function of what stands around it; definitions of the module that it reads are written before it.
"""

import ast
import builtins
import copy
import importlib.util

from .globalnames import global_reads
from .regioncode import FUNCTIONS, SCOPES

_MOST_LINES = 60


class Version:
    """One version: where the region lies, in which text, and the module that was made of it."""

    def __init__(self, place, text, module):
        self.place, self.module = place, module
        self.tree = ast.parse(text)


def both_versions(writer, old, new, entry, is_main):
    """Source that prints what `old` and `new` give on `entry`. Raises what `writer.none` makes where there is none."""
    place = old.place
    around = _around(entry, getattr(place.node, "name", None))
    is_function = place.region["kind"] == "function"
    given = {n: v for n, v in entry.arguments.items() if n not in entry.unbound}
    parameters = list(around) if is_function else list(given)
    held = dict(around if is_function else given)
    texts = [_function(name, one, parameters) for name, one in (("old", old), ("new", new))]
    definitions, reached = _definitions(writer, (old, new), set(parameters), set(entry.globals), is_main)
    definitions += ["%s = %s" % (n, writer.expression(v)) for n, v in entry.globals.items() if n in reached]
    made = [writer.expression(value) for value in held.values()]
    call = writer.call(given) if is_function else None
    inputs = ["def inputs():"] + ["    " + line for line in writer.statements]
    if is_function:
        inputs += ["    return (%s), (%s)" % (_tuple(made), _tuple(call))]
        shown = ["around, given = inputs()", "print(%s)" % writer.driven("%s(*around)(*given)")]
        lines = [line % name if "%s" in line else line for name in ("old", "new") for line in shown]
    else:
        inputs += ["    return (%s)" % _tuple(made)]
        lines = ["print(%s(*inputs()))" % name for name in ("old", "new")]
    blocks = writer.imports + definitions + texts + ["\n".join(inputs)]
    return "\n".join(blocks + lines)


def _tuple(items):
    return "".join("%s, " % item for item in items).rstrip()


def _around(entry, own):
    """What the variables around a function hold; its own name it binds itself."""
    held = {}
    for name, cell in entry.closure.items():
        try:
            if name not in ("__class__", own):
                held[name] = cell.cell_contents
        except ValueError:
            continue
    return held


def _function(name, version, parameters):
    """The region as a function of what is around it."""
    place = version.place
    made = ast.parse("def %s(%s): pass" % (name, ", ".join(parameters))).body[0]
    made.body = [copy.deepcopy(statement) for statement in place.statements]
    if place.region["kind"] == "function":
        made.body[0].decorator_list = []
        made.body += ast.parse("return %s" % place.node.name).body
    else:
        names = tuple(place.region["liveOut"])
        made.body += ast.parse("return {name: value for name, value in locals().items() if name in %r}" % (names,)).body
    return ast.unparse(ast.fix_missing_locations(made)).replace("):\n\n", "):\n", 1)


def _reads(version):
    place = version.place
    around = [scope for scope in place.scopes if isinstance(scope, FUNCTIONS)]
    return set().union(*(global_reads(statement, around) for statement in place.statements))


def _definitions(writer, versions, taken, valued, is_main):
    """
    Statements of the module that the versions read, the same in both, and the names that they reach; another module's names
    are imported from there. Names that are `taken` or `valued` need none.
    """
    found, reached = {}, set()
    for version in versions:
        bound = _bound(version)
        waiting, seen = _reads(version) - taken, set(taken)
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            reached.add(name)
            if name in valued or name not in bound:
                continue
            statement = bound[name]
            text = _text(writer, statement, name, version.module)
            if not is_main and not isinstance(statement, (ast.Import, ast.ImportFrom)):
                text = "from %s import %s" % (version.module.__name__, name)
            else:
                waiting |= global_reads(statement) - seen
            if found.setdefault(name, (statement.lineno, text))[1] != text:
                raise writer.none("%s, which differs between the two," % name)
    texts = list(dict.fromkeys(text for _, text in sorted(found.values())))
    if sum(text.count("\n") + 1 for text in texts) > _MOST_LINES:
        raise writer.none("code that reads much of its module")
    return texts, reached


def _bound(version):
    bound = {}
    for statement in version.tree.body:
        if isinstance(statement, SCOPES):
            bound[statement.name] = statement
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            for alias in statement.names:
                bound[alias.asname or alias.name.split(".")[0]] = statement
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            bound.update((t.id, statement) for t in targets if isinstance(t, ast.Name))
    return {name: statement for name, statement in bound.items() if not hasattr(builtins, name) or isinstance(statement, SCOPES)}


def _text(writer, statement, name, module):
    if not isinstance(statement, ast.ImportFrom):
        return ast.unparse(statement)
    source = "." * statement.level + (statement.module or "")
    if statement.level:
        try:
            source = importlib.util.resolve_name(source, getattr(module, "__package__", None) or "")
        except (ImportError, ValueError):
            raise writer.none("an import of %s" % source)
    alias = next(a for a in statement.names if (a.asname or a.name) == name)
    return "from %s import %s%s" % (source, alias.name, " as %s" % alias.asname if alias.asname else "")
