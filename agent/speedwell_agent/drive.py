"""Coroutines are run to their end. Ways to use a generator: drawn to its end, given up, sent values, thrown an exception at, or with its input changed.

Each drive gets the generator, the entry, `note(item)` and `seen(item)`: what is visible at a moment. It returns how the use ended
and the value or exception. What can be seen right after creation counts too: what a generator does before its first item.
"""

from .attributes import attributes_of, is_plain_instance

_MOST = 2000


def awaited(coroutine, loop):
    """How a coroutine ends when nothing else runs beside it, and its value or exception."""
    if loop is None:
        coroutine.close()
        return "exception", TypeError("a coroutine where the function is no async one")
    try:
        return "return", loop.run_until_complete(coroutine)
    except BaseException as error:
        return "exception", error


class Stepped:
    """An async generator as an ordinary one, on an event loop where nothing else runs."""

    def __init__(self, items, loop):
        self._items, self._loop = items, loop

    def __next__(self):
        return self._step(self._items.__anext__())

    def send(self, value):
        return self._step(self._items.asend(value))

    def throw(self, error):
        return self._step(self._items.athrow(error))

    def close(self):
        self._loop.run_until_complete(self._items.aclose())

    def _step(self, step):
        async def stepping():
            try:
                return True, await step
            except StopAsyncIteration:
                return False, None

        more, item = self._loop.run_until_complete(stepping())
        if not more:
            raise StopIteration
        return item


def _looked_at(count):
    """Looking costs more than drawing, so of many items it is done ever more rarely."""
    return count < 40 or count & (count - 1) == 0


def _through(generator, entry, note, seen, between=lambda count: None, most=_MOST):
    note(("created", seen(None)))
    try:
        count = 0
        while True:
            item = next(generator)
            note((item, seen(item) if _looked_at(count) else None))
            between(count)
            count += 1
            if count >= most:
                generator.close()
                return "return", "more than %d items" % most
    except StopIteration as end:
        return "return", end.value
    except BaseException as error:
        return "exception", error


def _briefly(generator, entry, note, seen):
    """Drawn to its end, or far enough on a small input."""
    return _through(generator, entry, note, seen, most=200)


def _given_up(generator, entry, note, seen):
    """After the first item it is closed."""
    return _through(generator, entry, note, seen, most=1)


def _sent(generator, entry, note, seen):
    """It is sent numbers and None in turn."""
    note(("created", seen(None)))
    try:
        note((next(generator), seen(None)))
        for count in range(12):
            item = generator.send((1, None, 3, "text")[count % 4])
            note((item, seen(item)))
        generator.close()
        return "return", None
    except StopIteration as end:
        return "return", end.value
    except BaseException as error:
        return "exception", error


def _thrown_at(generator, entry, note, seen):
    """An exception is thrown into it after the first item."""
    try:
        note((next(generator), seen(None)))
        for _ in range(3):
            item = generator.throw(ValueError("thrown in"))
            note((item, seen(item)))
        generator.close()
        return "return", None
    except StopIteration as end:
        return "return", end.value
    except BaseException as error:
        return "exception", error


def _changed(generator, entry, note, seen):
    """The lists that it was given, also in an object, grow after its first item."""

    def between(count):
        if count == 0:
            for given in entry.arguments.values():
                for value in attributes_of(given).values() if is_plain_instance(given) else (given,):
                    if type(value) is list and value:
                        value.append(value[-1])

    return _through(generator, entry, note, seen, between, most=60)


DRIVES = {"through": _through, "briefly": _briefly, "given up": _given_up, "sent": _sent, "thrown at": _thrown_at, "changed": _changed}
