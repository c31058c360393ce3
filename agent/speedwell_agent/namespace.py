"""Rebuild the module of a region without doing the script's own work, and run the region there on recorded entries.

    run = load_region(text, path, region, calls)     # calls: state.load_calls(directory), which also names the run
    outcome = run(call.entry())                       # outcome.how, .value, .bound

Of a main script only definitions are executed: imports, functions, classes, and those assignments that these or the
region need and that no entry brings. Modules that the program imported are imported, as the program did; when `text`
is a rewritten version of one of them, it is used in the file's place.
"""

import ast
import builtins
import importlib.util
import json
import linecache
import os
import sys
import types

from . import decorated, launch, regioncode, sources
from .definitions import definitions, imported_names, needed_names
from .effects import Blocked
from .regioncode import NotReplayable
from .texts import Texts


class Outcome:
    """How one execution ended: `how` as in `state.Exit`, the value or the exception, and the live-outs of a loop."""

    __slots__ = ("how", "value", "bound")

    def __init__(self, how, value, bound):
        self.how, self.value, self.bound = how, value, bound


def load_region(text, path, region, calls, program=None, texts=None, outer=None):
    """
    A `Region` that runs `region` of `text` (the possibly rewritten source of `path`): call it with an `Entry`.

    `texts` are those of other files that this side of a comparison has, as `Texts` takes them. `program` is `{"kind", "target",
    "arguments", "cwd"}`; by default that of the run which `calls` belong to.
    `outer(place)` tells how many of the function's decorators are those of the original: calls were recorded inside of them.
    Raises NotReplayable with a plain phrase.
    """
    if program is None:
        if not calls:
            raise NotReplayable("no call of it was recorded")
        run = os.path.join(os.path.dirname(os.path.dirname(calls[0].directory)), "run.json")
        with open(run, encoding="utf-8") as file:
            program = json.load(file)["program"]
    main_path = enter_program(program)
    if calls:
        _add_recorded_path(os.path.dirname(calls[0].directory))
    tree = parse(text, path)
    place = regioncode.find(tree, region)
    # Whether each entry really has them is seen when it is run.
    provided = set(region["globals"]) & set(_recorded_globals(calls[0].directory)) if calls else set()
    provided -= set(region.get("own", ()))
    same = main_path is not None and os.path.realpath(main_path) == os.path.realpath(path)
    # Before anything imports them: the main script may.
    side = Texts({**(texts or {}), path: text})
    used = _serve(side, path)
    if same:
        module = build_main(text, path, program, place, provided)
    else:
        # Classes of the main script may be among the recorded values.
        if main_path is not None and getattr(sys.modules["__main__"], "__file__", None) != main_path:
            source = program.get("script") or main_path
            build_main(side.of(source) or _read(source), main_path, program, None, ())
        module = _import_user_module(path)
        if not used:
            raise NotReplayable("the module %s was imported before its text could be replaced" % module.__name__)
    return Region(text, path, place, module, outer(place) if outer else None)


def _add_recorded_path(directory):
    """Find modules where the program found them in the end: it, or what ran it, may have added to `sys.path`."""
    try:
        with open(os.path.join(directory, "path.json"), encoding="utf-8") as file:
            sys.path += [entry for entry in json.load(file) if entry not in sys.path]
    except (OSError, ValueError):
        pass


def _recorded_globals(directory):
    try:
        with open(os.path.join(directory, "facts.json"), encoding="utf-8") as file:
            return json.load(file)["liveIn"]
    except (OSError, ValueError, KeyError):
        return ()


class Region:
    """A region that can be run: `region(entry) -> Outcome`. The entry's objects are used themselves, not copies."""

    def __init__(self, text, path, place, module, outer=None):
        self.place, self.module, self.path, self.text = place, module, path, text
        self.outer = outer  # how many decorators stand around what is compared; None for all
        self._decorated = None
        self.is_function = place.region["kind"] == "function"
        self._loop = None if self.is_function else regioncode.LoopCode(place, path)
        self._nested = self._own = None
        if self.is_function and "<locals>" in place.region["qualname"]:
            self._nested = regioncode.nested_function_code(place, place.region["closure"], path)

    def __call__(self, entry):
        how, value, bound = self.prepare(entry)()
        if how == "return" and isinstance(value, types.GeneratorType):
            value = list(value)
        return Outcome(how, value, bound)

    def prepare(self, entry):
        """Put the entry's globals in place; a callable that runs the region once: (how, value or exception, bound)."""
        space = self.module.__dict__
        own = self.place.region.get("own", ())
        for name, value in entry.globals.items():
            if name not in own:
                space[name] = value
        if not self.is_function:
            return self._loop.prepare(entry, self.module)
        function = self._function(entry)
        signature = self.place.node.args
        renamed = self.place.region.get("renamed", {})
        given = {renamed.get(name, name): value for name, value in entry.arguments.items()}
        positional = [a.arg for a in signature.posonlyargs + signature.args]
        unbound = [renamed.get(name, name) for name in entry.unbound]
        given = {name: value for name, value in given.items() if name not in unbound}
        args, keywords = [], {}
        for name in positional:
            if name not in given or keywords:  # left out, so that the function's own default is used
                keywords.update({name: given.pop(name)} if name in given else {"": None})
            else:
                args.append(given.pop(name))
        keywords.pop("", None)
        args += given.pop(signature.vararg.arg, ()) if signature.vararg else ()
        keywords.update(given.pop(signature.kwarg.arg, {}) if signature.kwarg else {})
        keywords.update((a.arg, given.pop(a.arg)) for a in signature.kwonlyargs if a.arg in given)

        loop = None
        if isinstance(self.place.node, ast.AsyncFunctionDef):
            from .eventloop import EventLoop

            loop = EventLoop()

        def run():
            try:
                value = function(*args, **keywords)
                return "return", value if loop is None else loop.finished(value), {}
            except BaseException as error:
                return "exception", error, {}

        return run

    def _function(self, entry):
        if self._nested is not None:
            code, definition = self._nested
            cells = regioncode.cells_for(code, entry.closure, self.place.scopes, self.module)
            function = types.FunctionType(code, self.module.__dict__, definition.name, None, cells)
            inner = [] if self.outer is None else self.place.node.decorator_list[self.outer :]
            for decorator in reversed(inner):
                expression = ast.fix_missing_locations(ast.Expression(body=decorator))
                function = eval(compile(expression, self.path, "eval"), self.module.__dict__)(function)
            name = self.own_name(entry)
            if name is not None:  # it calls itself: this code, and not the one that was recorded
                entry.closure[name].cell_contents = self._own = function
            return function
        if self._decorated is None:
            self._decorated = decorated.callee(self._named(), self.place.node, self.path, self.outer, self.module)
        return self._decorated

    def _named(self):
        """What the module has under the region's name."""
        found = self.module
        parts = self.place.region["qualname"].split(".")
        for part in parts[:-1]:
            found = getattr(found, part)
        raw = found.__dict__.get(parts[-1]) if isinstance(found, type) else getattr(found, parts[-1], None)
        if raw is None and isinstance(found, type):  # names such as __x are stored under their mangled name
            raw = found.__dict__.get("_%s%s" % (parts[-2].lstrip("_"), parts[-1]))
        if raw is None:
            raise NotReplayable("the function %s is not there once its module is built" % self.place.region["qualname"])
        return raw

    def own_name(self, entry):
        """The closure variable by which a nested function reaches itself, or None."""
        name = getattr(self.place.node, "name", None)
        try:
            held = entry.closure[name].cell_contents
        except (KeyError, ValueError):
            return None
        if held is self._own or getattr(held, "__qualname__", None) == self.place.region["qualname"]:
            return name
        return None


def enter_program(program):
    """Make cwd, argv and sys.path those of the program; the path of its main file, or None when it has none."""
    os.chdir(program["cwd"])
    if program["kind"] == "module":
        first = program["cwd"]
    else:
        path = os.path.join(program["cwd"], program["target"])
        first = os.path.dirname(os.path.realpath(path))
    if first not in sys.path[:1]:
        sys.path.insert(0, first)
    if program["kind"] == "module":
        try:
            spec = importlib.util.find_spec(program["target"])
            if spec is not None and spec.submodule_search_locations:
                spec = importlib.util.find_spec(program["target"] + ".__main__")
        except ImportError:
            spec = None
        path = spec.origin if spec is not None else None
    sys.argv[:] = [path or program["target"]] + program["arguments"]
    return path


def build_main(text, path, program, place, provided):
    """A new `__main__`, registered, with the definitions of `text`; `provided` names come with the entries."""
    module = types.ModuleType("__main__")
    module.__file__ = path
    module.__builtins__ = builtins
    if program["kind"] == "module":
        module.__package__ = program["target"].rpartition(".")[0]
        spec = importlib.util.find_spec(program["target"])
        if spec is not None and spec.submodule_search_locations:
            module.__package__ = program["target"]
    sys.modules["__main__"] = module
    if program["kind"] == "notebook":
        launch.enter_notebook(text, path)
    show_source(text, path)
    tree = parse(text, path)
    needed = needed_names(tree, place, set(provided))
    flags = 0
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            import __future__

            for alias in statement.names:
                flags |= getattr(__future__, alias.name).compiler_flag
    for statement in definitions(tree.body, needed, imported_names(tree)):
        code = compile(ast.Module(body=[statement], type_ignores=[]), path, "exec", flags, True)
        try:
            exec(code, module.__dict__)
        except (Exception, Blocked) as error:
            # What the region really needs is seen when it runs: then the missing name is the error.
            module.__dict__.setdefault("__speedwell_failed__", []).append((statement.lineno, error))
    module.__dict__.setdefault("__speedwell_failed__", [])
    return module


def show_source(text, path):
    """Let `inspect`, tracebacks and Numba read `text` as the source of `path`, whatever is on disk."""
    linecache.cache[path] = (len(text), None, text.splitlines(True), path)


def _serve(side, path):
    """Have imports compile the texts of `side`; a list that is no longer empty once that of `path` was used."""
    real = os.path.realpath(path)
    used = []

    def compile_source(source, file):
        text = side.of(file)
        if text is None:
            return None
        side.show(file)
        code = compile(text, file, "exec", dont_inherit=True)
        if os.path.realpath(file) == real:
            used.append(file)
        return code

    side.show(path)
    side.install()
    sources.install(compile_source)
    return used


def _import_user_module(path):
    """Import the module of `path` under the name that the program imports it by."""
    real = os.path.realpath(path)
    for entry in sys.path:
        base = os.path.realpath(entry or os.getcwd())
        if not real.startswith(base + os.sep):
            continue
        relative = os.path.splitext(os.path.relpath(real, base))[0].split(os.sep)
        if relative[-1] == "__init__":
            relative.pop()
        if not relative or not all(part.isidentifier() for part in relative):
            continue
        name = ".".join(relative)
        try:
            module = importlib.import_module(name)
        except Exception as error:
            raise NotReplayable("importing %s fails: %s: %s" % (name, type(error).__name__, error))
        if os.path.realpath(getattr(module, "__file__", None) or "") == real:
            return module
    raise NotReplayable("no import name leads to %s" % path)


def _read(path):
    import tokenize

    with tokenize.open(path) as file:
        return file.read()


def parse(text, path):
    try:
        return ast.parse(text, path)
    except SyntaxError as error:
        raise NotReplayable("the source has a syntax error: %s" % error)
