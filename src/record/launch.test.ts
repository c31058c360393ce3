// Programs under the agent must behave as without it: each is run both ways, and everything that can be seen is compared.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allPythons } from "../../test/python.ts";
import { folderWith } from "../../test/recording.ts";
import { runChild } from "../base/process.ts";
import { agentEntry } from "../interpreter/agent.ts";
import type { Program } from "../schemas/run.ts";

interface Case {
  source?: string;
  kind?: Program["kind"];
  target?: string;
  arguments?: string[];
  files?: Record<string, string | Buffer>;
  input?: string;
}

const pool = (method: string) => `
import multiprocessing as mp
class A:
    def __init__(self, x): self.x = x
def f(a): return A(a.x + 1)
if __name__ == '__main__':
    mp.set_start_method('${method}')
    with mp.Pool(2) as p:
        print([a.x for a in p.map(f, [A(1), A(2)])])
`;

const cases: Record<string, Case> = {
  "names, arguments, paths": {
    source: `import sys, os
print([(k, repr(v)[:60]) for k, v in globals().items() if k not in ('sys', 'os', '__loader__')])
print(type(__loader__), __loader__.name, __loader__.path, sys.modules['__main__'].__dict__ is globals())
print(sys.argv, sys.path, sys.flags, getattr(sys, 'orig_argv', [])[1:], sys.dont_write_bytecode, os.getcwd())
`,
    arguments: ["a b", "-x", "é", ""],
  },
  "uncaught exception with a cause": {
    source: `def f(x):
    try:
        1 / x
    except ZeroDivisionError as e:
        raise ValueError("bad") from e
f(0)
`,
  },
  "exit code": { source: "import sys; sys.exit(3)" },
  "exit message": { source: "import sys; sys.exit('oh no')" },
  "exit without code": { source: "import sys; print(1); sys.exit()" },
  "KeyboardInterrupt raised": { source: "raise KeyboardInterrupt" },
  "SIGINT received": {
    source:
      "import os, signal, time, atexit\natexit.register(print, 'bye')\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(1)",
  },
  excepthook: {
    source:
      "import sys\ndef h(t, v, tb):\n    print(t, v, tb.tb_frame.f_code.co_name, tb.tb_next)\nsys.excepthook = h\n1/0",
  },
  "excepthook that fails": {
    source: "import sys\ndef h(t, v, tb):\n    raise KeyError('x')\nsys.excepthook = h\n1/0",
  },
  "excepthook that exits": {
    source: "import sys\ndef h(t, v, tb):\n    sys.exit(7)\nsys.excepthook = h\n1/0",
  },
  "excepthook deleted": { source: "import sys\ndel sys.excepthook\n1/0" },
  "syntax error": { source: "x = (1,\nprint('a'\n" },
  "null byte": { source: "x = 1\0" },
  "not UTF-8": { files: { "main.py": Buffer.from("x = '\xe9'\n", "latin1") }, target: "main.py" },
  "atexit order and threads joined": {
    source: `import atexit, threading, time
atexit.register(print, 'one'); atexit.register(print, 'two')
def t():
    time.sleep(.05); print('thread', threading.active_count(), [x.name for x in threading.enumerate()])
threading.Thread(target=t).start()
print('main')
`,
  },
  "exception in a thread": {
    source: "import threading\ndef t(): 1/0\nx = threading.Thread(target=t, name='w'); x.start(); x.join()",
  },
  "multiprocessing fork": { source: pool("fork") },
  "multiprocessing spawn": { source: pool("spawn") },
  "multiprocessing forkserver": { source: pool("forkserver") },
  "multiprocessing without a guard": {
    source: `import multiprocessing as mp
def f(): pass
mp.set_start_method('spawn')
mp.Process(target=f).start()
`,
  },
  "what a spawned process sees, and one that it spawns": {
    source: `import multiprocessing as mp, os, subprocess, sys
def tell(depth):
    print(sys.argv, getattr(sys, 'orig_argv', [])[1:2], sys.flags, sys.path, sorted(os.environ), mp.current_process().name)
    with open('/proc/self/cmdline', 'rb') as file: print([a for a in file.read().split(b'\0') if b'pipe' not in a][:2])
    sys.stdout.flush()
    if depth:
        p = mp.Process(target=tell, args=(depth - 1,)); p.start(); p.join(); print(p.exitcode, flush=True)
    sys.exit(depth + 3)
if __name__ == '__main__':
    mp.set_start_method('spawn')
    p = mp.Process(target=tell, args=(1,)); p.start(); p.join(); print(p.exitcode)
    subprocess.run([sys.executable, '-c', 'import sys; print(sys.argv, sys.path)'])
    for command in (['no-such-command'], ['a\0b']):
        try: subprocess.run(command)
        except FileNotFoundError as error: print(error)
`,
  },
  "fork without warnings": {
    source: `import os, warnings
warnings.simplefilter('always')
pid = os.fork()
if pid == 0:
    print('child', flush=True); os._exit(5)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`,
  },
  "pickle and getsource of __main__": {
    source: `import pickle, inspect
class A: pass
print(pickle.loads(pickle.dumps(A())).__class__ is A, A.__module__, inspect.getsource(A))
`,
  },
  "recursion limit": {
    source: `def f(n):
    global deepest
    deepest = n
    f(n + 1)
try: f(1)
except RecursionError: print(deepest)
f(1)
`,
  },
  warnings: {
    source: "import warnings\nwarnings.warn('x')\nwarnings.warn('y', DeprecationWarning)\nx = '\\d'\n",
  },
  "objects alive at exit": {
    source: `class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
a = A(1); b = A(2)
import sys
sys.keep = A(3)
`,
  },
  "imported file with a syntax error": {
    source: "import other\n",
    files: { "prog dir/other.py": "x = (\n" },
  },
  "imported file that raises": {
    source: "import other\n",
    files: { "prog dir/other.py": "def f(): 1/0\nf()\n" },
  },
  "missing import": { source: "import nothere\n" },
  stdin: { source: "import sys; print(input()); print(sys.stdin.read())", input: "hello\nworld\n" },
  folder: {
    target: "d",
    files: { "d/__main__.py": "import sys\nprint(sys.argv, sys.path, __file__, __spec__)\n1/0\n" },
  },
  module: {
    kind: "module",
    target: "pk.m",
    arguments: ["q"],
    files: {
      "pk/__init__.py": "print('init', __import__('sys').argv)",
      "pk/m.py":
        "import sys\nprint(sys.argv, sys.path, __file__, __name__, __spec__, __package__, list(globals()))\n1/0\n",
    },
  },
  "package interrupted": {
    kind: "module",
    target: "pk",
    files: {
      "pk/__init__.py": "",
      "pk/__main__.py": "from . import m",
      "pk/m.py": "raise KeyboardInterrupt",
    },
  },
  "missing module": { kind: "module", target: "nopk.m" },
  "module with a syntax error": { kind: "module", target: "bad", files: { "bad.py": "x = (\n" } },
  "os._exit": { source: "import os; os._exit(9)" },
  abort: { source: "import os; os.abort()" },
  "all descriptors closed": {
    source: `import os
os.closerange(3, 1024)
f = open('x.txt', 'w'); print(f.fileno())
x = sum(i * i for i in range(2000000))
f.write('mine'); f.close(); print(open('x.txt').read())
`,
  },
  "replaced by exec": {
    source: "import os, sys; os.execv(sys.executable, [sys.executable, '-c', 'print(1)'])",
  },
  "SIGALRM, setitimer and settrace of its own": {
    source: `import signal, sys, time
hits = []
signal.signal(signal.SIGALRM, lambda *a: hits.append(1))
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
names = set()
def trace(frame, event, arg):
    names.add(frame.f_code.co_name); return trace
sys.settrace(trace)
def g(): return 1
t = time.perf_counter()
while time.perf_counter() - t < 0.1: g()
sys.settrace(None)
signal.setitimer(signal.ITIMER_REAL, 0)
print(len(hits) > 3, sorted(names))
`,
  },
  "time and threads replaced": {
    source: `import time, threading, _thread, os, sys
time.perf_counter_ns = time.sleep = threading.Thread = _thread.allocate_lock = _thread.start_new_thread = None
os.write = os.open = sys._current_frames = None
print(sum(range(3000000)))
`,
  },
  "disk full": {
    source: `import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
print(sum(i % 7 for i in range(3000000)))
`,
  },
};

describe.each(allPythons())("Python $version", ({ path: python }) => {
  test("programs behave as without the recorder", async () => {
    const differences: string[] = [];
    const queue = Object.entries(cases);
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const difference = await compare(python, next[1]);
        if (difference) differences.push(`${next[0]}\n${difference}`);
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    expect(differences.join("\n\n")).toBe("");
  }, 300_000);
});

async function compare(python: string, one: Case): Promise<string> {
  const target = one.target ?? "prog dir/é.py";
  const folder = folderWith({
    ...(one.source === undefined ? {} : { [target]: one.source }),
    ...one.files,
    "spool/empty": "",
  });
  try {
    const program = { kind: one.kind ?? "script", target, arguments: one.arguments ?? [], cwd: folder.path };
    const specification = join(folder.path, "record.json");
    await writeFile(
      specification,
      JSON.stringify({ program, spool: join(folder.path, "spool"), cost: 0.004 }),
    );
    const options = {
      cwd: folder.path,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
      input: one.input ?? "",
      timeoutSeconds: 60,
    };
    const command = [...(program.kind === "module" ? ["-m"] : []), target, ...program.arguments];
    const plain = await runChild(python, command, options);
    const recorded = await runChild(python, [agentEntry(), "record", specification], options);
    const [expected, actual] = [plain, recorded].map((result) =>
      JSON.stringify({ ...result }, null, 1).replace(/0x[0-9a-f]{6,}/g, "0x"),
    );
    return expected === actual ? "" : `without: ${expected}\nwith: ${actual}`;
  } finally {
    folder.remove();
  }
}
