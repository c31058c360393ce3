"""Run a program with the functions of its hand-optimised counterpart in place of its own: counterpart.py NAME."""

import ast
import runpy
import sys
from pathlib import Path

here = Path(__file__).parent
name = sys.argv[1]
path = here / "programs" / f"{name}.py"
tree = ast.parse(path.read_text())
main = tree.body.pop()  # `if __name__ == "__main__":`
namespace = {"__name__": "program"}
exec(compile(tree, path, "exec"), namespace)
counterpart = runpy.run_path(str(here / "counterparts" / f"{name}.py"))
namespace.update((key, value) for key, value in counterpart.items() if not key.startswith("__"))
exec(compile(ast.Module(main.body, []), path, "exec"), namespace)
