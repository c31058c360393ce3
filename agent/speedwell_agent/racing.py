"""New code that starts threads is run again and again with threads that take turns all the time, so that a race shows."""

import sys
import threading

AGAIN = 4
_INTERVAL = 1e-6  # seconds; the default is 5e-3


class Racing:
    """Counts the threads that are started; `with racing:` has threads take turns as often as they can."""

    def __init__(self):
        self.started = 0
        start = threading.Thread.start

        def counted(thread):
            self.started += 1
            return start(thread)

        threading.Thread.start = counted

    def __enter__(self):
        self._before = sys.getswitchinterval()
        sys.setswitchinterval(_INTERVAL)

    def __exit__(self, *_):
        sys.setswitchinterval(self._before)
