"""Give other code for source files that the program imports: instrumented for capture, rewritten for a proof."""

from _frozen_importlib_external import SourceFileLoader


def install(compile_source):
    """
    From now on, importing a source file runs what `compile_source(source_bytes, path)` returns, unless that is None or
    it raises: then the file is imported as it is. Code that was given is never written to a `.pyc`, and a `.pyc` on disk
    is not used for it.

    The one method that turns a file into code is replaced on the standard loader itself: modules then keep their usual
    `__loader__` and `__spec__`, and `inspect`, `linecache` and `pkgutil` work as always.
    """
    ordinary = SourceFileLoader.get_code

    def get_code(self, fullname):
        try:
            path = self.get_filename(fullname)
            code = compile_source(_data(self, path), path)
        except Exception:
            code = None
        return ordinary(self, fullname) if code is None else code

    def _data(self, path):
        try:
            return self.get_data(path)
        except OSError:  # a file that only a comparison knows of (texts.py)
            return None

    # Under importlib's own name the frame is left out of tracebacks, as the rest of the import system is.
    get_code.__code__ = get_code.__code__.replace(co_filename=ordinary.__code__.co_filename)
    SourceFileLoader.get_code = get_code
