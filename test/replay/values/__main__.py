"""Pairs of values, equal and nearly equal, held against each other by the agent; prints one JSON list of results.

python values AGENT_DIRECTORY
"""

import json
import sys
import warnings

sys.path.insert(0, sys.argv[1])
from speedwell_agent.canonical import Graph  # noqa: E402
from speedwell_agent.compare import CannotTell, Comparison, Difference  # noqa: E402

import arrays  # noqa: E402
import data  # noqa: E402
import frames  # noqa: E402
import models  # noqa: E402
import standard  # noqa: E402


def seen(value):
    built = Graph()
    built.add("value", value)
    return built, built.data()


def same(one, other):
    try:
        (kept, left), (also, right) = seen(one()), seen(other())
        Comparison().facets(left, right)
        return {"same": True, "where": None}
    except Difference as difference:
        return {"same": False, "where": difference.where, "expected": str(difference.expected), "actual": str(difference.actual)}
    except CannotTell as error:
        return {"same": None, "where": str(error)}
    except ImportError as error:
        return {"same": "absent", "where": str(error)}
    except Exception as error:
        return {"same": "fails", "where": "%s: %s" % (type(error).__name__, error)}


warnings.simplefilter("ignore")
results, absent = [], []
for table in (standard, arrays, frames, models, data):
    absent += [table.ABSENT] if hasattr(table, "ABSENT") else []
    results += [dict(same(one, other), name=name, expect=expect) for name, one, other, expect in table.PAIRS]
absent += sorted({one["where"] for one in results if one["same"] == "absent"})
results = [one for one in results if one["same"] != "absent"]
json.dump({"results": results, "absent": absent, "propertiesRead": standard.Prop.n}, sys.stdout)
