"""Answer requests of the parent process: one JSON object per line on stdin, one per line on stdout.

A request is `{"id", "method", "params"}`; the answer `{"id", "result"}` or `{"id", "error": {"type", "message", …}}`.
The loop ends with stdin. A method is a function of one dict; METHODS says where each one lives.
"""

import importlib
import json
import os
import signal
import sys
import threading

METHODS = {
    "parse": "parse",
    "symbols": "symbols",
}

STACK_BYTES = 256 * 1024 * 1024
RECURSION_LIMIT = 60_000


def main(args):
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent closes stdin when it ends
    # Whatever prints must not end up between the answers, and whatever reads must not eat the requests.
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    # Trees nest deeper than the main thread's stack can hold.
    threading.stack_size(STACK_BYTES)
    sys.setrecursionlimit(RECURSION_LIMIT)
    worker = threading.Thread(target=serve, args=(requests, answers))
    worker.start()
    worker.join()


def serve(requests, answers):
    for line in requests:
        request = json.loads(line)
        try:
            method = request["method"]
            module = importlib.import_module("." + METHODS[method], __package__)
            answer = {"id": request["id"], "result": getattr(module, method)(request["params"])}
        except Exception as error:
            answer = {"id": request["id"], "error": describe(error)}
        answers.write(json.dumps(answer, separators=(",", ":")).encode("ascii"))
        answers.write(b"\n")
        answers.flush()


def describe(error):
    """The error as data; a SyntaxError keeps its place (line from 1, column in characters from 1, or None)."""
    described = {"type": type(error).__name__, "message": str(error)}
    if isinstance(error, SyntaxError):
        described.update(message=error.msg or "invalid syntax", line=error.lineno, column=error.offset)
    elif isinstance(error, OSError):
        described.update(message=error.strerror or str(error))
    return described
