"""What a region gives over many seeds, as numbers: to compare the distributions of two versions that draw differently."""

import random
import sys

from . import layout
from .layout import type_name
from .compare import unpacked
from .outcome import Observer
from .records import read_records
from .shrink import shrink

_FEATURES = 24


def sample(job):
    """
    Run one version (the original without `text`) on one recorded input with seeds from 0 on, as many as there is time for.
    {"samples": one object of numbers by name per seed, or null where it ended in another way}.
    """
    request = job.request
    kept = read_records(request["out"])
    text = request.get("text")
    region = job.load(text, request.get("region")) if text else job.load()
    observer = Observer(region, job.guard, kept.names, job.spec["text"] if text else None)
    call = job.calls[min(kept.of("recorded"), key=lambda record: record["seconds"])["call"]]
    samples = []
    for seed in range(request["seeds"]):
        if job.remaining() < 0.2:
            break
        entry = call.entry() if call.bytes < 100_000 else shrink(call.entry(), 50)
        reseed(entry, seed)
        observer.entropy.salt = seed
        observer.begin()
        outcome = observer.observe(entry, min(2.0, job.remaining()))
        if outcome["graph"] is None:
            return {"impossible": "a seeded run does not end in time, or was blocked"}
        samples.append(features(outcome["graph"]) if outcome["how"] != "exception" else None)
    return {"samples": samples}


def reseed(entry, seed):
    """Seed every generator that the entry brings, each with its own number made of `seed`."""
    source = random.Random(seed)
    for name in entry.random:
        number = source.getrandbits(32)
        if name == "random":
            entry.random[name] = random.Random(number).getstate()
        elif name == "numpy":
            entry.random[name] = sys.modules["numpy"].random.RandomState(number).get_state(legacy=False)
    pending, seen = list(entry.arguments.values()) + list(entry.globals.values()), set()
    for cell in entry.closure.values():
        try:
            pending.append(cell.cell_contents)
        except ValueError:
            continue
    while pending and len(seen) < 20_000:
        value = pending.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        kind = type(value)
        if kind is random.Random:
            value.seed(source.getrandbits(32))
        elif type_name(kind).startswith("numpy.random."):
            bits = getattr(value, "bit_generator", None) or getattr(value, "_bit_generator", None)
            if bits is not None:
                bits.state = type(bits)(source.getrandbits(32)).state
        elif isinstance(value, (list, tuple)):
            pending += value
        elif isinstance(value, dict):
            pending += dict.values(value)
        else:
            pending += (layout.attributes_of(value, kind) or {}).values()


def features(graph):
    """Numbers by name of what a program sees: results, and arguments after the call."""
    found = {}
    for name, reference in graph["roots"].items():
        if name.split(" ")[0] in ("return", "variable", "argument", "generator", "closure") and len(found) < _FEATURES:
            _gather(name, reference, graph["nodes"], found, 0)
    return found


def _gather(name, reference, nodes, found, depth):
    if len(found) >= _FEATURES or depth > 5:
        return
    if isinstance(reference, tuple):
        number = _number(reference)
        if number is not None:
            found[name] = number
        return
    node = nodes[reference]
    if node[1].startswith(("numpy.random.", "random.")):
        return
    if node[0] == "array":
        values = _array(node)
        if values is not None:
            _summary(name, values, found)
        return
    node = unpacked(node)
    if node[0] in ("sequence", "set"):
        numbers = [_number(child) if isinstance(child, tuple) else None for child in node[3]]
        if numbers and None not in numbers:
            return _summary(name, numbers, found)
        found["len(%s)" % name] = float(len(node[3]))
    for index, child in enumerate(node[3][:12]):
        label, inner = (index, child) if not isinstance(child, tuple) or len(child) != 2 or not isinstance(child[0], tuple) else (child[0][1], child[1])
        _gather("%s[%s]" % (name, label), inner, nodes, found, depth + 1)


def _summary(name, values, found):
    values = [float(v) for v in values]
    mean = sum(values) / max(1, len(values))
    told = {"len": float(len(values)), "mean": mean, "first": values[0] if values else 0.0, "last": values[-1] if values else 0.0,
            "min": min(values, default=0.0), "max": max(values, default=0.0),
            "spread": sum((v - mean) ** 2 for v in values) / max(1, len(values)),
            "following": sum(a * b for a, b in zip(values, values[1:])) / max(1, len(values))}  # fmt: skip
    for label, value in told.items():
        if len(found) < _FEATURES:
            found["%s of %s" % (label, name)] = value


def _number(scalar):
    import struct

    if scalar[0] in ("int", "bool"):
        return float(scalar[1]) if abs(scalar[1]) < 2**1000 else None
    if scalar[0] == "float":
        return struct.unpack("<d", scalar[1])[0]
    if scalar[0] == "numpy" and scalar[1][0][1:2] in "fiub":
        import numpy

        return float(numpy.frombuffer(scalar[1][1], scalar[1][0])[0])
    return None


def _array(node):
    import numpy

    data = node[2]
    if data["bytes"] is None or data["dtype"][1:2] not in "fiub":
        return None
    return numpy.frombuffer(data["bytes"], data["dtype"]).astype(float).tolist()
