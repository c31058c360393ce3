"""Facts of a region as schemas/facts.ts has them, and how those of several calls and processes merge into one.

As a verb, `facts SPEC` merges what the processes of a capture run left in each region's directory into `facts.json`.
"""

import json
import os

from . import repeats

_SHAPES = 32  # distinct shapes listed
_TYPES = 24  # distinct types listed in one place; the rest counts as builtins.object


def add_plain(facts, value):
    """Add a plain number or None where the like is known, as `merge` would; False where only `merge` can."""
    kind = type(value)
    part, name = _plain.get(kind, (None, None))
    for fact in facts if name is not None else ():
        if fact["type"] != name:
            continue
        if part is not None:
            extremes = fact[part]
            if kind is int:
                if value.bit_length() > 64 or len(extremes["min"]) + len(extremes["max"]) > 40:
                    return False
                if value < int(extremes["min"]):
                    extremes["min"] = str(value)
                elif value > int(extremes["max"]):
                    extremes["max"] = str(value)
            elif value - value != 0 or value == 0 or extremes["min"] is None:  # not finite, or a zero, which has a sign
                return False
            elif value < extremes["min"]:
                extremes["min"] = value
            elif value > extremes["max"]:
                extremes["max"] = value
        fact["count"] += 1
        return True
    return False


_plain = {int: ("integer", "builtins.int"), float: ("float", "builtins.float"), type(None): (None, "builtins.NoneType")}


def merge(facts, more):
    """`facts` with `more` merged in, by type and, for arrays, dtype and dimensions. Changes and returns `facts`."""
    known = {_key(one): one for one in facts}
    for one in more:
        key = _key(one)
        if key not in known and len(facts) >= _TYPES:
            one = {"type": "builtins.object", "count": one["count"]}
            key = _key(one)
        if key in known:
            _merge_one(known[key], one)
        else:
            known[key] = one
            facts.append(one)
    return facts


def _key(fact):
    array = fact.get("array")
    return (fact["type"], array and array["dtype"], array and array["ndim"])


def _merge_one(a, b):
    a["count"] += b["count"]
    for part, join in _joins.items():
        if part in b:
            a[part] = join(a[part], b[part]) if part in a else b[part]


def _join_integer(a, b):
    return {"min": str(min(int(a["min"]), int(b["min"]))), "max": str(max(int(a["max"]), int(b["max"])))}


def _least(a, b):
    return a if b is None else b if a is None else min(a, b)


def _most(a, b):
    return a if b is None else b if a is None else max(a, b)


def _join_extremes(a, b):
    """min, max and zeros by value; flags: contiguous and writeable when all are, the special values when any is."""
    joined = dict(a)
    for key, value in b.items():
        if key in ("min", "zeros"):
            joined[key] = _least(a.get(key, value), value)
        elif key == "max":
            joined[key] = _most(a[key], value)
        elif key in ("cContiguous", "fContiguous", "writeable"):
            joined[key] = a[key] and value
        elif key == "shapes":
            joined[key] = (a[key] + [s for s in value if s not in a[key]])[:_SHAPES]
        elif isinstance(value, bool):
            joined[key] = a[key] or value
    return joined


def _join_range(a, b):
    return {"min": min(a["min"], b["min"]), "max": max(a["max"], b["max"])}


def _join_text(a, b):
    return {
        "minLength": min(a["minLength"], b["minLength"]),
        "maxLength": max(a["maxLength"], b["maxLength"]),
    }


def _join_sequence(a, b):
    joined = {
        "length": _join_range(a["length"], b["length"]),
        "elements": merge(a["elements"], b["elements"]),
        "allHashable": a["allHashable"] and b["allHashable"],
        "duplicates": a["duplicates"] or b["duplicates"],
    }
    length = joined["length"]
    if length["min"] == length["max"]:
        known = [side["positions"] for side in (a, b) if "positions" in side]
        if len(known) == 2:
            joined["positions"] = [merge(x, y) for x, y in zip(*known)]
        elif known:
            joined["positions"] = known[0]
    return joined


def _join_mapping(a, b):
    joined = {
        "length": _join_range(a["length"], b["length"]),
        "keys": merge(a["keys"], b["keys"]),
        "values": merge(a["values"], b["values"]),
    }
    if "fields" in a and "fields" in b:
        joined["fields"] = merge_names(a["fields"], b["fields"])
    return joined


def _join_attributes(a, b):
    return merge_names(a, b)


def merge_names(a, b):
    """Merge facts per name. Changes and returns `a`."""
    for name, facts in b.items():
        merge(a.setdefault(name, []), facts)
    return a


_joins = {
    "integer": _join_integer,
    "float": _join_extremes,
    "text": _join_text,
    "sequence": _join_sequence,
    "mapping": _join_mapping,
    "array": _join_extremes,
    "attributes": _join_attributes,
}


def empty(region):
    """RegionFacts of a region that was not entered."""
    return {
        "region": region,
        "calls": 0,
        "estimated": False,
        "recorded": 0,
        "seconds": 0.0,
        "liveIn": {},
        "liveOut": {},
        "aliases": [],
        "mutated": [],
        "exceptions": {},
        "unrecorded": {},
        "callers": [],
        "collector": None,
    }


def merge_regions(region, parts):
    """The RegionFacts of several processes as one."""
    whole = empty(region)
    for part in parts:
        for key in ("calls", "recorded", "seconds"):
            whole[key] += part[key]
        whole["estimated"] = whole["estimated"] or part["estimated"]
        for key in ("liveIn", "liveOut"):
            merge_names(whole[key], part[key])
        for key in ("aliases", "mutated", "callers"):
            whole[key] += [x for x in part[key] if x not in whole[key]]
        for key in ("exceptions", "unrecorded"):
            for name, count in part[key].items():
                whole[key][name] = whole[key].get(name, 0) + count
        whole["collector"] = part["collector"] or whole["collector"]
        if "repeats" in part:
            whole["repeats"] = repeats.merge(whole.get("repeats"), part["repeats"])
    return whole


def main(args):
    with open(args[0], encoding="utf-8") as file:
        spec = json.load(file)
    for region in spec["regions"]:
        directory = os.path.join(spec["directory"], region["id"])
        os.makedirs(directory, exist_ok=True)
        parts = []
        for name in sorted(os.listdir(directory)):
            if name.startswith("part-") and name.endswith(".json"):
                with open(os.path.join(directory, name), encoding="utf-8") as file:
                    parts.append(json.load(file))
        with open(os.path.join(directory, "facts.json"), "w", encoding="utf-8") as file:
            json.dump(merge_regions(region["id"], parts), file)
