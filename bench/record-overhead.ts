// What recording costs: ten programs, each run plain and recorded in ABBA order; the median of each, and of all.
//
//   npx tsx bench/record-overhead.ts [rounds] [python]
//
// Target: at most 3% of wall time (median over the programs). Each program takes about two seconds or more.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentEntry } from "../src/interpreter/agent.ts";
import { quantile } from "../src/stats/index.ts";
import { testPython } from "../test/python.ts";

/** Loop counts are such that each program takes two to four seconds on a laptop. */
const programs: Record<string, string> = {
  loop: "t = 0\nfor i in range(30_000_000): t += i * i % 7\n",
  calls:
    "def f(x): return x * x + 1\ndef g(x): return f(x) + f(x + 1)\nt = 0\nfor i in range(9_000_000): t += g(i)\n",
  recursion: "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nfor _ in range(12): fib(31)\n",
  strings:
    "import re\nwords = [str(i * 7919) for i in range(200_000)]\nfor _ in range(26):\n    text = ' '.join(w[::-1].upper().replace('1', 'x') for w in words)\n    len(re.findall('x+', text))\n",
  dictionaries:
    "for _ in range(12):\n    d = {}\n    for i in range(1_000_000):\n        k = i * 31 % 5003\n        d[k] = d.get(k, 0) + 1\n",
  generators:
    "def numbers(n):\n    for i in range(n): yield i\ndef odd(it):\n    for x in it:\n        if x & 1: yield x\nt = 0\nfor _ in range(8): t += sum(x * x for x in odd(numbers(4_000_000)))\n",
  objects:
    "class P:\n    __slots__ = ('x', 'y')\n    def __init__(self, x, y): self.x = x; self.y = y\n    def add(self, o): return P(self.x + o.x, self.y + o.y)\np = P(0, 0); q = P(1, 2)\nfor _ in range(8_000_000): p = p.add(q)\n",
  numpy:
    "import numpy as np\na = np.random.default_rng(1).random((900, 900))\nfor _ in range(9): np.linalg.svd(a[:500, :500])\nfor _ in range(300): a = np.sqrt(a * a + 1e-9)\n",
  threads:
    "import threading\ndef work():\n    t = 0\n    for i in range(16_000_000): t += i & 3\nts = [threading.Thread(target=work) for _ in range(4)]\nfor t in ts: t.start()\nfor t in ts: t.join()\n",
  files:
    "import json, os, tempfile\nd = tempfile.mkdtemp()\nrows = [{'id': i, 'name': 'n%d' % i, 'values': list(range(20))} for i in range(400)]\nfor k in range(1700):\n    p = os.path.join(d, str(k))\n    with open(p, 'w') as f: json.dump(rows[:100], f)\n    with open(p) as f: json.load(f)\n    os.remove(p)\n",
};

const rounds = Number(process.argv[2] ?? 3);
const python = process.argv[3] ?? testPython();
const folder = mkdtempSync(join(tmpdir(), "speedwell-bench-"));
mkdirSync(join(folder, "spool"));

function secondsOf(command: readonly string[]): number {
  const began = performance.now();
  const { status } = spawnSync(python, command, { cwd: folder, stdio: "ignore" });
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}`);
  return (performance.now() - began) / 1000;
}

const percent = (ratio: number) => `${((ratio - 1) * 100).toFixed(1)}%`;
const medians: number[] = [];
try {
  for (const [name, source] of Object.entries(programs)) {
    const script = join(folder, `program-${name}.py`);
    writeFileSync(script, source);
    const specification = join(folder, `${name}.json`);
    const program = { kind: "script", target: script, arguments: [], cwd: folder };
    writeFileSync(specification, JSON.stringify({ program, spool: join(folder, "spool"), cost: 0.004 }));
    const plain = () => secondsOf([script]);
    const recorded = () => secondsOf([agentEntry(), "record", specification]);
    plain();
    const ratios: number[] = [];
    let seconds = 0;
    for (let round = 0; round < rounds; round++) {
      const [a, b, c, d] = [plain(), recorded(), recorded(), plain()];
      ratios.push((b + c) / (a + d));
      seconds = (a + d) / 2;
    }
    const median = quantile(ratios, 0.5);
    medians.push(median);
    console.log(
      `${name.padEnd(14)} ${seconds.toFixed(2).padStart(6)} s  ${percent(median).padStart(6)}   (${ratios.map(percent).join(", ")})`,
    );
  }
  console.log(`median over the programs: ${percent(quantile(medians, 0.5))}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
