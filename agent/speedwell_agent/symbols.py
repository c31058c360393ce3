"""The scopes of Python source by this interpreter's own `symtable`: what Speedwell's scope analysis is checked against."""

import symtable
import warnings


def symbols(params):
    """Scopes of `text`, nested: `{type, name, line, names: {name: local|free|global}, children}`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return describe(symtable.symtable(params["text"], params["path"], "exec"))


def describe(table):
    names = {}
    for symbol in table.get_symbols():
        # A name of the module's own scope is local there, whether or not it is declared global.
        if symbol.is_free():
            kind = "free"
        elif symbol.is_local() or (table.get_type() == "module" and symbol.is_assigned()):
            kind = "local"
        else:
            kind = "global"
        names[symbol.get_name()] = kind
    return {
        "type": str(table.get_type()),
        "name": table.get_name(),
        "line": table.get_lineno(),
        "names": names,
        "children": [describe(child) for child in table.get_children()],
    }
