"""Modules of installed packages with functions whose doctest calls them: `doctests.py [PACKAGE…]`, JSON of {package: [module…]}.

Sources are read, nothing is imported.
"""

import ast
import importlib.metadata
import json
import os
import re
import sys
import sysconfig

_APART = ("tests", "testing", "test", "conftest.py", "_vendor", "vendored", "idlelib", "lib2to3", "turtledemo", "site-packages", "ensurepip")


def packages():
    """{name: [folders or files]} of all that can be imported, the standard library as one."""
    found = {"python": [sysconfig.get_path("stdlib")]}
    for distribution in importlib.metadata.distributions():
        for file in distribution.files or ():
            top = file.parts[0]
            if file.suffix == ".py" and not top.startswith((".", "_")):
                place = str(distribution.locate_file(top))
                name = top[:-3] if len(file.parts) == 1 else top
                # Of a folder and a file of one name, Python imports the folder.
                if len(file.parts) > 1 or not os.path.isdir(place[:-3]):
                    found.setdefault(name, [place])
    return found


def modules(package, place):
    if os.path.isfile(place):
        files = [place]
    else:
        files = []
        for folder, inner, names in os.walk(place):
            inner[:] = sorted(name for name in inner if name not in _APART and not name.startswith("."))
            files += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py") and name not in _APART]
    root = place if package == "python" else os.path.dirname(place)
    for file in files:
        functions = documented(file)
        if functions:
            dotted = os.path.relpath(file, root)[:-3].replace(os.sep, ".")
            yield {"module": re.sub(r"\.__init__$", "", dotted), "file": file, "functions": functions}


def documented(file):
    """Top-level functions of a file with a doctest that names them."""
    try:
        with open(file, encoding="utf-8") as source:
            text = source.read()
        if ">>>" not in text:
            return []
        tree = ast.parse(text)
    except (OSError, SyntaxError, ValueError):
        return []
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            examples = "\n".join(re.findall(r"^\s*(?:>>>|\.\.\.) (.*)$", ast.get_docstring(node) or "", re.M))
            if re.search(r"\b%s\(" % re.escape(node.name), examples):
                found.append(node.name)
    return found


def main(names):
    every = packages()
    found = {}
    for name in names or sorted(every):
        with_doctests = [one for place in every.get(name, []) for one in modules(name, place)]
        if with_doctests:
            found[name] = with_doctests
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
