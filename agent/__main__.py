"""Entry of the agent: `python <this file> VERB ARGS…`. Each verb is a module of the package with a `main(args)`."""

import _imp
import marshal
import os
import sys
from _frozen_importlib_external import MAGIC_NUMBER, FileFinder, SourceFileLoader


class _Loader(SourceFileLoader):
    """
    Keeps the agent's bytecode in Speedwell's own cache, never beside the installed package. It counts only for the very
    text that it was made from: npm gives every file of every version the same time of change.
    """

    def get_code(self, fullname):
        source = self.get_data(self.path)
        made_from = MAGIC_NUMBER + _imp.source_hash(0, source)
        place = os.path.join(_cache, _imp.source_hash(0, os.fsencode(self.path)).hex())
        kept = os.path.join(place, "%s.%s.pyc" % (fullname, sys.implementation.cache_tag))
        try:
            data = self.get_data(kept)
            if data.startswith(made_from):
                return marshal.loads(memoryview(data)[len(made_from) :])
        except (OSError, EOFError, TypeError, ValueError):
            pass
        code = compile(source, self.path, "exec", dont_inherit=True)
        if _starting:
            _keep(place, kept, made_from + marshal.dumps(code))
        return code


def _keep(place, path, data):
    unfinished = "%s.%d.tmp" % (path, os.getpid())
    try:
        os.makedirs(place, exist_ok=True)
        with open(unfinished, "wb") as file:
            file.write(data)
        os.replace(unfinished, path)
    except OSError:
        pass  # no room or no rights: compiled again the next time


def _cache_directory():
    environ = os.environ
    own = environ.get("SPEEDWELL_CACHE") or os.path.join(
        environ.get("XDG_CACHE_HOME") or os.path.join(environ.get("HOME") or os.devnull, ".cache"), "speedwell"
    )
    return os.path.join(own, "bytecode")


_cache = _cache_directory()
_starting = True  # later, when the user's code runs, no file of ours is written


def verb(name):
    """Import a verb's module. Leaves no `__pycache__` in the installed package, and `sys.path` as it was."""
    global _starting
    here = os.path.dirname(os.path.abspath(__file__))
    for folder in (here, os.path.join(here, "speedwell_agent")):
        sys.path_importer_cache[folder] = FileFinder(folder, (_Loader, [".py"]))
    sys.path.insert(0, here)
    try:
        name = "speedwell_agent." + name
        __import__(name)
    finally:
        sys.path.remove(here)
        _starting = False
    return sys.modules[name]


if __name__ == "__main__":
    if not getattr(sys.flags, "safe_path", sys.flags.isolated):
        del sys.path[0]  # the folder of this file
    verb(sys.argv[1]).main(sys.argv[2:])
