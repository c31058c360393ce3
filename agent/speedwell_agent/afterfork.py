"""
Start a thread in the parent after a fork, but not before `os.fork` has looked for threads.

From 3.13 on `os.fork` counts the threads of the process after it has called the `after_in_parent` hooks, and warns when
there is another. A thread started by a hook would bring a warning into the program that it does not have without us.
"""

import sys

_CODE_EVENTS = ("LINE", "PY_RETURN", "PY_YIELD", "JUMP", "CALL")


def when_forked(start):
    """Call `start` as soon as the function that forked goes on. To be called from an `after_in_parent` hook."""
    if sys.version_info < (3, 13):
        start()
        return
    caller = sys._getframe(1)
    while caller is not None and caller.f_code.co_filename.startswith(_HERE):
        caller = caller.f_back
    monitoring = sys.monitoring
    free = [number for number in (4, 3) if monitoring.get_tool(number) is None]
    if caller is None or not free:
        start()
        return
    tool, code = free[0], caller.f_code
    monitoring.use_tool_id(tool, "speedwell")

    def go_on(seen, *_):
        monitoring.set_local_events(tool, code, 0)
        for name in _CODE_EVENTS:
            monitoring.register_callback(tool, getattr(monitoring.events, name), None)
        monitoring.free_tool_id(tool)
        start()

    events = 0
    for name in _CODE_EVENTS:
        event = getattr(monitoring.events, name)
        monitoring.register_callback(tool, event, go_on)
        events |= event
    monitoring.set_local_events(tool, code, events)


_HERE = __file__.rpartition("afterfork")[0]
