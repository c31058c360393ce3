"""Run what an asynchronous function gives to its end, in an event loop of its own."""

import asyncio
import inspect


class EventLoop:
    """Made while effects are still allowed, since a loop opens a pair of sockets to wake itself."""

    def __init__(self):
        self._loop = asyncio.new_event_loop()

    def finished(self, value):
        """What awaiting `value` gives; an asynchronous generator becomes one that is iterated as usual."""
        if inspect.isasyncgen(value):
            return self._items(value)
        try:
            return self._loop.run_until_complete(value) if inspect.isawaitable(value) else value
        finally:
            self._end()

    def _items(self, generator):
        try:
            while True:
                try:
                    yield self._loop.run_until_complete(generator.__anext__())
                except StopAsyncIteration:
                    return
        finally:
            self._end()

    def _end(self):
        """Cancel what was left running, as `asyncio.run` does."""
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        if left:
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()
