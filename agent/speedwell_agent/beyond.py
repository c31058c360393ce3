"""What a rewritten text does to the rest of its module and to the process when it is imported: no call of the region shows it."""

import ast
import builtins

from . import regioncode
from .settings import settings


def changed_beyond(job, region, kept):
    """
    A sentence when the text of `region` leaves other settings of the process than the original did (`kept.settings`), or binds a
    built-in name that code of the original outside of the region reads; else None.
    """
    for name, value in settings().items():
        if value != kept.settings[name]:
            what = (name, value, kept.settings[name])
            return "when its module is executed, the rewrite leaves a setting of the process changed (%s: %s, not %s)" % what
    if "observed" in region.place.region:
        return None  # it moved: what its module binds is judged in what reads that
    added = {name for name in region.module.__dict__ if name not in kept.names and hasattr(builtins, name)}
    taken = added & _read_outside(job.spec["text"], job.spec["region"]) if added else ()
    if taken:
        return "the rewrite binds the name %s for the whole module, and other code there means the built-in" % min(taken)
    return None


def _read_outside(text, region):
    """The names that code outside of the region reads."""
    tree = ast.parse(text)
    place = regioncode.find(tree, region)
    inside = {id(node) for statement in place.statements for node in ast.walk(statement)}
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load) and id(n) not in inside}
