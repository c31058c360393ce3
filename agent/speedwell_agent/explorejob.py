"""Look for inputs that the new code makes necessary: its literals, and branches that no input so far takes."""

import ast

from . import reach as reaching
from . import regioncode, snapshot
from .literals import Palette
from .outcome import Observer
from .records import entry_of, read_records, run_plan, write_inputs
from .search import Search
from .shrink import shrink

_QUICK = 0.1  # seconds
_MOST = 60


def explore(job):
    """
    Writes at most some dozens of inputs to the file `inputs` for the original to be run on. {"found": how many, "unreached":
    lines of the new code that no input reaches, as far as all were followed}.
    """
    request, spec = job.request, job.spec
    kept = read_records(request["out"])
    region = job.load(request["text"], request["region"])
    old = regioncode.find(ast.parse(spec["text"]), spec["region"])
    palette = Palette(region.place.statements)
    fresh = palette.without(Palette(old.statements))
    observer = Observer(region, job.guard, kept.names, spec["text"])
    reach = observer.reach = reaching.of_region(region)
    calls = sorted(job.calls, key=lambda call: call.bytes)[:3]
    search = Search(calls, fresh if fresh else palette, reach, spec["seed"] + 1)
    single = [record for record in kept.inputs if record["plan"] in ("once", "briefly")]
    quick = [record for record in single if record["seconds"] <= _QUICK]
    passed_over = len(single) > len(quick)
    for record in quick:
        if job.remaining() < 0.5 * request["seconds"]:
            passed_over = True
            break
        entry = entry_of(job, record)
        frozen = record["entry"] or snapshot.freeze(shrink(entry_of(job, record), 12))
        run_plan(observer, entry, record["plan"], 0.5)
        search.learn(frozen if record["domain"] in ("recorded", "same types") else None)
    lines = reaching.lines_of(region)
    found = []
    search.idle = 0
    while (fresh or lines - search.lines) and search.idle < 150 and len(found) < _MOST and job.remaining() > 0.3:
        label, frozen = search.propose()
        if frozen is None:
            continue
        outcome = run_plan(observer, snapshot.thaw(frozen), "briefly", 0.3)[0]
        if outcome["limit"] or outcome["blocked"]:
            continue
        if search.learn(frozen) or fresh and len(found) < _MOST // 2:
            found.append((label, "same types", frozen))
    write_inputs(request["inputs"], found)
    # An input that was compared and not followed here may reach any line.
    return {"found": len(found), "unreached": [] if passed_over else sorted(lines - search.lines)}
