"""Entry of the agent: `python <this folder> VERB ARGS…`. Each verb is a module of the package with a `main(args)`."""

import sys

_write_bytecode = sys.dont_write_bytecode
sys.dont_write_bytecode = True  # never leave __pycache__ in the installed package; each verb restores the user's value


def _run():
    import importlib

    verb, args = sys.argv[1], sys.argv[2:]
    module = importlib.import_module("speedwell_agent." + verb)
    del sys.path[0]
    sys.dont_write_bytecode = _write_bytecode
    module.main(args)


if __name__ == "__main__":
    _run()
