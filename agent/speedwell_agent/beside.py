"""A thread beside the program's own, which the program does not notice; gone when it forks."""

import os
from _thread import allocate_lock, start_new_thread

try:
    from _thread import get_native_id
except ImportError:

    def get_native_id():
        return None


class Beside:
    """`_loop` runs in a thread between `start` and `stop`, which may alternate; it ends when it could take `_wake`."""

    _alive = False

    def start(self):
        """Silently does nothing where no thread can be started."""
        self._wake, self._ended = allocate_lock(), allocate_lock()
        self._wake.acquire()
        self._ended.acquire()
        self._alive = False
        try:
            self._native = None
            start_new_thread(self._run, ())
            self._alive = True
        except RuntimeError:
            pass

    def stop(self):
        """Wait until the thread is gone, so that a fork finds the process as without us."""
        if not self._alive:
            return
        self._alive = False
        self._wake.release()
        self._ended.acquire(True, 5.0)
        # Its Python part is over; os.fork, which warns of threads, counts those that the kernel still knows.
        for attempt in range(1000):
            if self._native is None or not os.path.exists("/proc/self/task/%d" % self._native):
                break
            self._wake.acquire(False)
            self._wake.acquire(True, min(0.005, 0.0001 * (attempt + 1)))

    def _run(self):
        try:
            self._native = get_native_id()
            self._loop()
        except BaseException:
            pass  # the program goes on without it
        finally:
            self._leave()
            self._ended.release()

    def _loop(self):
        raise NotImplementedError

    def _leave(self):
        """Undo what must not stay when the thread is gone."""
