"""Whole texts of a file with one mistake each in a function of it: `mutanttexts SPEC.json`, for runs of the whole program.

SPEC: {"path", "text", "region", "limit", "seed"}. Prints {"plain": the text as it is written out without a mistake, "texts": […]}.
"""

import ast
import json

from . import mutate, namespace, regioncode


def main(args):
    with open(args[0], encoding="utf-8") as file:
        spec = json.load(file)
    tree = namespace.parse(spec["text"], spec["path"])
    place = regioncode.find(tree, spec["region"])
    texts, plain = [], ast.unparse(tree)
    kept = [dict(vars(statement)) for statement in place.statements]
    found = mutate.Mutants(place.statements, spec["limit"], spec["seed"])
    for number in range(len(found)):
        # A mutant's statement is of the same class as the one it was made of.
        for statement, changed in zip(place.statements, found[number][1]):
            vars(statement).update(vars(changed))
        text = ast.unparse(tree)
        for statement, content in zip(place.statements, kept):
            vars(statement).update(content)
        if text != plain:
            texts.append(text)
    print(json.dumps({"plain": plain, "texts": texts}))
