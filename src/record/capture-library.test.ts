// Every function and loop of standard library modules is instrumented; programs over them must not notice.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allPythons } from "../../test/python.ts";
import { startService } from "../interpreter/service.ts";
import type { InterpreterInfo, Region } from "../schemas/index.ts";
import { loadSource } from "../source/load.ts";
import { regionsOf } from "../source/regions.ts";
import { captureRegions } from "./capture.ts";

const modules = [
  ...["difflib", "heapq", "textwrap", "statistics", "fractions", "pprint", "argparse", "configparser", "csv"],
  ...[
    "shlex",
    "calendar",
    "dataclasses",
    "graphlib",
    "ipaddress",
    "copy",
    "_pydecimal",
    "contextlib",
    "functools",
  ],
];

const program = `
import os, sys
here = os.path.dirname(os.path.abspath(__file__))
for name in ${JSON.stringify(modules)}:
    sys.modules.pop(name, None)
import argparse, calendar, configparser, contextlib, copy, csv, dataclasses, difflib, fractions, functools, graphlib
import heapq, io, ipaddress, pprint, shlex, statistics, textwrap
from _pydecimal import Decimal
assert difflib.__file__.startswith(here) and functools.__file__.startswith(here)
print("".join(difflib.unified_diff(["a\\n", "b\\n", "c\\n"] * 5, ["a\\n", "x\\n", "c\\n"] * 5)))
print("\\n".join(difflib.ndiff("one two three".split(), "ore tree emu".split())))
print(difflib.get_close_matches("appel", ["ape", "apple", "peach"]))
print(list(heapq.merge([1, 4, 7], [2, 5, 8], [0, 9])), heapq.nsmallest(3, [5, 2, 9, 1, 7], key=lambda v: -v))
print(textwrap.fill("The quick brown fox jumped over the lazy dog, and " * 5, 40, initial_indent=" * "))
print(statistics.stdev([1.5, 2.5, 2.5, 2.75]), statistics.mode("aabbb"), statistics.quantiles(range(20)))
print(sum(fractions.Fraction(1, i) for i in range(1, 40)), fractions.Fraction("3.1415").limit_denominator(100))
print(Decimal("1.10") ** 20 / Decimal(3), Decimal("2").sqrt(), Decimal("1e5").ln())
try:
    Decimal("x")
except ArithmeticError as error:
    print(repr(error))
pprint.pprint({i: list(range(i)) for i in range(12)}, width=30)
parser = argparse.ArgumentParser(prog="x")
parser.add_argument("--n", type=int, default=3, help="count")
parser.add_argument("f", nargs="*")
print(parser.parse_args(["--n", "5", "a", "b"]), parser.format_help())
config = configparser.ConfigParser()
config.read_string("[a]\\nx=1\\ny=%(x)s2\\n")
print(dict(config["a"]))
out = io.StringIO()
csv.DictWriter(out, ["a", "b"]).writerows([{"a": 1, "b": "x,y"}])
print(out.getvalue(), csv.Sniffer().sniff("a;b;c\\n1;2;3\\n").delimiter, shlex.split('a "b c" d'))
print(calendar.month(2024, 2), [str(a) for a in ipaddress.ip_network("10.0.0.0/29").hosts()])
print(list(graphlib.TopologicalSorter({"a": {"b"}, "b": {"c"}}).static_order()), copy.deepcopy([{1: [2]}] * 2))
@dataclasses.dataclass(order=True)
class Point:
    x: int
    y: list = dataclasses.field(default_factory=list)
print(Point(1), Point(1) < Point(2), dataclasses.asdict(Point(3, [1])), dataclasses.replace(Point(1), x=4))
@functools.singledispatch
def kind(x):
    return "other"
@kind.register(int)
def _(x):
    return "int"
class Lazy:
    @functools.cached_property
    def q(self):
        return 5
print(kind(1), kind("a"), Lazy().q, functools.reduce(lambda a, b: a * b, range(1, 9)))
@contextlib.contextmanager
def opened():
    print("in")
    yield 3
    print("out")
with contextlib.ExitStack() as stack:
    print(stack.enter_context(opened()))
    stack.callback(print, "callback")
fractions.Fraction(1, 0)
`;

const pythons = allPythons().sort((a, b) => Number(a.version.slice(2)) - Number(b.version.slice(2)));

describe.each([pythons[0]!, pythons.at(-1)!])("on Python $version", ({ path: python }) => {
  it("a program over instrumented library modules prints the same, also its traceback", async () => {
    const folder = mkdtempSync(join(tmpdir(), "speedwell-library-"));
    const service = await startService(python);
    try {
      const library = execFileSync(python, ["-c", "import os; print(os.path.dirname(os.__file__))"], {
        encoding: "utf8",
      });
      const regions: Region[] = [];
      for (const name of modules) {
        cpSync(join(library.trim(), `${name}.py`), join(folder, `${name}.py`));
        regions.push(...regionsOf(await loadSource(service, join(folder, `${name}.py`))));
      }
      const path = join(folder, "program.py");
      writeFileSync(path, program);
      regions.push(...regionsOf(await loadSource(service, path)));
      expect(regions.length).toBeGreaterThan(1400);
      const environment = { ...process.env, PYTHONHASHSEED: "0" };
      const facts = await captureRegions({
        runDirectory: folder,
        program: { kind: "script", target: path, arguments: [], cwd: folder },
        interpreter: { path: python } as InterpreterInfo,
        regions,
        limits: { entries: 3 },
        overlay: null,
        environment,
      });
      const alone = spawnSync(python, ["-B", path], { cwd: folder, env: environment, encoding: "utf8" });
      expect(readFileSync(join(folder, "capture", "stdout"), "utf8")).toBe(alone.stdout);
      expect(readFileSync(join(folder, "capture", "stderr"), "utf8")).toBe(alone.stderr);
      expect(alone.stderr).toContain("ZeroDivisionError");
      const seen = [...facts.values()];
      expect(seen.filter((f) => f.calls > 0).length).toBeGreaterThan(300);
      expect(seen.filter((f) => f.recorded > 0).length).toBeGreaterThan(250);
      expect(
        seen.flatMap((f) => Object.keys(f.unrecorded)).filter((r) => /recording failed|not found/.test(r)),
      ).toEqual([]);
    } finally {
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
