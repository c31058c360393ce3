// What capturing calls costs: programs run plain and captured in ABBA order; wall time, CPU time and peak memory.
//
//   npx tsx bench/capture-overhead.ts [rounds] [python]
//
// Target: at most 1.3 times the program's time, and at most 256 MB beyond its memory. The regions are those that the
// diagnosis of each program chooses.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseRegions, diagnose } from "../src/diagnose/index.ts";
import { agentEntry } from "../src/interpreter/agent.ts";
import { startService } from "../src/interpreter/service.ts";
import { readProfile } from "../src/profile/index.ts";
import { captureRegions } from "../src/record/capture.ts";
import { recordProgram, runDirectory } from "../src/record/index.ts";
import { loadSource } from "../src/source/load.ts";
import { quantile } from "../src/stats/index.ts";
import { testPython } from "../test/python.ts";
import { interpreterAt } from "../test/recording.ts";

const programs: Record<string, string> = {
  "small functions":
    "def square(x):\n    return x * x + 1\ndef pair(x):\n    return square(x) + square(x + 1)\ndef main():\n    total = 0\n    for i in range(5_000_000):\n        total += pair(i)\n    return total\nprint(main())\n",
  methods:
    "class Point:\n    def __init__(self, x, y):\n        self.x = x\n        self.y = y\n    def add(self, other):\n        return Point(self.x + other.x, self.y + other.y)\np, q = Point(0, 0), Point(1, 2)\nfor _ in range(3_000_000):\n    p = p.add(q)\nprint(p.x)\n",
  "loop entries":
    "def rows(n):\n    total = 0\n    for i in range(n):\n        for j in range(3):\n            total += i ^ j\n        k = i\n        while k & 7:\n            k -= 1\n    return total\nprint(rows(3_000_000))\n",
  recursion:
    "import sys\nsys.setrecursionlimit(20000)\ndef fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\ndef depth(n):\n    return 0 if n == 0 else 1 + depth(n - 1)\nprint(fib(31))\nprint(sum(depth(5000) for _ in range(1000)))\n",
  arrays:
    "import numpy as np\ndef smooth(a):\n    b = a.copy()\n    b[1:-1] = (a[:-2] + a[1:-1] + a[2:]) / 3\n    return b\na = np.random.default_rng(1).random(40_000_000)\nfor _ in range(6):\n    a = smooth(a)\ndef count(values):\n    total = 0\n    for i in range(len(values)):\n        if values[i] > 0.5:\n            total += 1\n    return total\nprint(count(a[:4_000_000]), a[::1000].sum())\n",
  lists:
    "def gaps(values):\n    found = []\n    for i in range(1, len(values)):\n        found.append(values[i] - values[i - 1])\n    return found\nvalues = [i * 7919 % 1000003 for i in range(3_000_000)]\nfor _ in range(6):\n    values = gaps(values) + [1]\nprint(sum(values))\n",
  objects:
    "class Node:\n    def __init__(self, key):\n        self.key, self.left, self.right = key, None, None\ndef insert(root, key):\n    while True:\n        side = 'left' if key < root.key else 'right'\n        child = getattr(root, side)\n        if child is None:\n            setattr(root, side, Node(key))\n            return\n        root = child\nroot = Node(500_000)\nfor i in range(200_000):\n    insert(root, i * 7919 % 1_000_003)\n",
  strings:
    "import re\ndef clean(line):\n    return re.sub('[^a-z ]', '', line.lower()).split()\ndef count(lines):\n    words = {}\n    for line in lines:\n        for word in clean(line):\n            words[word] = words.get(word, 0) + 1\n    return words\nlines = ['The quick brown fox %d jumps over the lazy dog!' % (i % 1000) for i in range(300_000)]\nprint(len(count(lines)))\n",
  generators:
    "def numbers(n):\n    for i in range(n):\n        yield i\ndef odd(values):\n    for x in values:\n        if x & 1:\n            yield x\nprint(sum(x * x for _ in range(4) for x in odd(numbers(2_000_000))))\n",
  frames:
    "import numpy as np, pandas as pd\nframe = pd.DataFrame({'a': np.arange(400_000) % 97, 'b': np.arange(400_000) * 0.5})\ndef total(frame):\n    out = []\n    for row in frame.itertuples():\n        out.append(row.a * row.b)\n    return out\nfor _ in range(4):\n    frame['c'] = total(frame)\nprint(frame.c.sum())\n",
};

const rounds = Number(process.argv[2] ?? 3);
const python = process.argv[3] ?? testPython();

interface Cost {
  wall: number;
  cpu: number;
  megabytes: number;
}

const waiter = `import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
`;

function costOf(cwd: string, command: readonly string[]): Cost {
  const { status, stdout } = spawnSync(python, ["-c", waiter, python, ...command], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, PYTHONHASHSEED: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${command.join(" ")} failed`);
  const [wall, cpu, megabytes] = stdout.trim().split(" ").map(Number) as [number, number, number];
  return { wall, cpu, megabytes };
}

/** Record and diagnose `main.py` in `folder`, capture it once; the specification of that capture, and its regions. */
async function prepare(folder: string) {
  const program = { kind: "script" as const, target: "main.py", arguments: [], cwd: folder };
  const interpreter = interpreterAt(python);
  const run = await recordProgram({ program, interpreter, root: folder, programStdout: "stderr" });
  const directory = runDirectory(folder, run.id);
  const service = await startService(python);
  try {
    const files = await Promise.all(Object.keys(run.sources).map((path) => loadSource(service, path)));
    const profile = await readProfile(directory);
    const regions = chooseRegions(diagnose(run, profile, files, { cores: 2 }), profile, files);
    await captureRegions({ runDirectory: directory, program, interpreter, regions, overlay: null });
    return { specification: join(directory, "capture", "capture.json"), regions: regions.length };
  } finally {
    await service.close();
  }
}

const median = (values: readonly number[]) => quantile(values, 0.5);
const folder = mkdtempSync(join(tmpdir(), "speedwell-bench-"));
try {
  const walls: number[] = [];
  for (const [name, source] of Object.entries(programs)) {
    if (process.argv[4] !== undefined && !name.includes(process.argv[4])) continue;
    const cwd = join(folder, name.replace(" ", "-"));
    mkdirSync(cwd);
    writeFileSync(join(cwd, "main.py"), source);
    const { specification, regions } = await prepare(cwd);
    const plain = () => costOf(cwd, ["main.py"]);
    const captured = () => costOf(cwd, [agentEntry(), "capture", specification]);
    const pairs: [Cost, Cost][] = [];
    for (let round = 0; round < rounds; round++) {
      const [a, b, c, d] = [plain(), captured(), captured(), plain()];
      pairs.push([a, b], [d, c]);
    }
    const ratio = (kind: keyof Cost) => median(pairs.map(([p, c]) => c[kind] / p[kind]));
    const extra = Math.max(...pairs.map(([p, c]) => c.megabytes - p.megabytes));
    walls.push(ratio("wall"));
    const seconds = median(pairs.map(([p]) => p.wall)).toFixed(2);
    console.log(
      `${name.padEnd(16)} ${seconds.padStart(6)} s  ${regions} regions  wall ${ratio("wall").toFixed(2)}  CPU ${ratio("cpu").toFixed(2)}  ${extra.toFixed(0).padStart(4)} MB more`,
    );
  }
  console.log(`median ${median(walls).toFixed(2)}, greatest ${Math.max(...walls).toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
