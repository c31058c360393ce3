"""Other texts for source files: one side of a comparison, where files may differ from the disk, be new or be absent."""

import importlib.machinery
import importlib.util
import linecache
import os
import sys

_REWRITING = os.path.join("_pytest", "assertion", "rewrite.py")
_ADDITION = """
AssertionRewritingHook._should_rewrite = __import__("sys").modules[%r].leaving_alone(AssertionRewritingHook._should_rewrite)
"""


class Texts:
    """`texts` maps absolute paths to source text; None stands for a file that this side does not have."""

    def __init__(self, texts):
        self._given = {os.path.realpath(path): (path, text) for path, text in texts.items()}
        # Folders that hold a module only because of a text: below them nothing need be on disk.
        self._new = {path for path, (_, text) in self._given.items() if text is not None and not os.path.exists(path)}

    def of(self, path):
        """The text of `path` on this side; None when it is that of the disk."""
        return self._given.get(os.path.realpath(path), (None, None))[1] if self._given else None

    def given_as(self, path):
        """The path as it was given."""
        return self._given[os.path.realpath(path)][0]

    def lacks(self, path):
        """Whether this side does not have the file."""
        found = self._given.get(os.path.realpath(path))
        return found is not None and found[1] is None

    def items(self):
        """(path as given, text) of the files that this side has."""
        return [(path, text) for path, text in self._given.values() if text is not None]

    def install(self):
        """Let imports find new files and no absent ones. What their code is says `sources.install`."""
        if not self._given:
            return
        global _installed
        _installed = self
        ordinary = importlib.machinery.FileFinder.find_spec

        def find_spec(finder, fullname, target=None):
            spec = ordinary(finder, fullname, target)
            if spec is not None and spec.has_location and self.lacks(spec.origin):
                spec = None
            # A folder without `__init__.py` has no loader; a new file goes before it.
            if spec is None or spec.loader is None:
                return self._new_module(fullname, finder.path) or spec
            return spec

        importlib.machinery.FileFinder.find_spec = find_spec
        if self._new:
            sys.meta_path.append(_NewFolders(self))

    def adapted(self, source, path):
        """Source of an installed module as it must be for the texts to be used; None where it stays as it is."""
        if self._given and path.endswith(_REWRITING):
            return source + (_ADDITION % __name__).encode()
        return None

    def show(self, path):
        """Let tracebacks, warnings and `inspect` read the text as the source of `path`."""
        text = self.of(path)
        # Entries without mtime stay for good.
        linecache.cache[path] = (len(text), None, text.splitlines(True), path)

    def _new_module(self, fullname, folder):
        tail = os.path.join(os.path.realpath(folder or os.getcwd()), fullname.rpartition(".")[2])
        package = os.path.join(tail, "__init__.py")
        for path in (package, tail + ".py"):
            if path in self._new:
                loader = importlib.machinery.SourceFileLoader(fullname, path)
                return importlib.util.spec_from_file_location(
                    fullname, path, loader=loader, submodule_search_locations=[tail] if path == package else None
                )
        return None


class _NewFolders:
    """Finds new modules in folders that are not on disk, which have no finder of their own."""

    def __init__(self, texts):
        self._texts = texts

    def find_spec(self, fullname, path=None, target=None):
        for folder in sys.path if path is None else path:
            if isinstance(folder, str):
                spec = self._texts._new_module(fullname, folder)
                if spec is not None:
                    return spec
        return None


_installed = Texts({})


def leaving_alone(should_rewrite):
    """pytest's question whether to rewrite a module's asserts, answered no where a text is given: it would read the disk."""

    def ask(hook, name, path, state):
        return _installed.of(path) is None and should_rewrite(hook, name, path, state)

    return ask
