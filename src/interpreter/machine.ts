// What this machine and this Python offer: the facts behind `speedwell doctor`.

import { cpus, totalmem } from "node:os";
import { runChild } from "../base/process.ts";
import type { Doctor, InterpreterInfo } from "../schemas/index.ts";
import { normalise, probe } from "./probe.ts";

/** Packages that Speedwell's techniques and lenses use. */
const known = [
  "numpy",
  "scipy",
  "networkx",
  "numba",
  "pandas",
  "scikit-learn",
  "cython",
  "torch",
  "tensorflow",
];

/** Ask the interpreter and the machine; takes about a second when NumPy has to be imported. */
export async function examine(interpreter: InterpreterInfo, speedwell: string): Promise<Doctor> {
  const [answer, gpu, mpi, compiler] = await Promise.all([
    probe(interpreter.path, ["packages", "machine"]),
    firstLine("nvidia-smi", ["--query-gpu=name,memory.total", "--format=csv,noheader"]),
    firstLine("mpiexec", ["--version"]),
    firstLine("cc", ["--version"]),
  ]);
  const packages = new Map(
    Object.entries(answer.packages ?? {}).map(([name, version]) => [normalise(name), version]),
  );
  const machine = answer.machine;
  const blas = machine?.blas;
  const doctor: Doctor = {
    schema: "speedwell.doctor/1",
    speedwell,
    node: process.versions.node,
    python: {
      path: interpreter.path,
      version: interpreter.version,
      chosenBy: interpreter.chosenBy,
      gilDisabled: interpreter.gilDisabled,
    },
    machine: {
      platform: machine?.platform ?? process.platform,
      processor: cpus()[0]?.model.trim() || "unknown",
      cores: machine?.cores ?? cpus().length,
      memory: totalmem(),
      blas: blas ? [blas.name ?? "unknown", blas.version].filter(Boolean).join(" ") : null,
      threads: machine?.threads ?? {},
      gpu,
      mpi,
      compiler,
    },
    packages: Object.fromEntries(known.map((name) => [name, packages.get(name) ?? null])),
    advice: [],
  };
  return { ...doctor, advice: advise(doctor, packages.has("pip")) };
}

function advise(doctor: Doctor, hasPip: boolean): string[] {
  const advice: string[] = [];
  if (!doctor.packages.numpy)
    advice.push(
      "NumPy is not installed: rewrites that use it are proved in an overlay; to adopt one, run: pip install numpy",
    );
  if (!doctor.packages.numba)
    advice.push(
      "Numba is not installed: loops can still be compiled and proved in an overlay; to adopt one, run: pip install numba",
    );
  if (!hasPip)
    advice.push(
      "This Python has no pip, so packages that a rewrite needs cannot be tried. Remedy: python -m ensurepip",
    );
  if (doctor.machine.threads.OMP_NUM_THREADS === "1" && doctor.machine.cores > 1)
    advice.push(`OMP_NUM_THREADS=1 keeps NumPy on one of ${doctor.machine.cores} cores.`);
  if (!doctor.machine.compiler)
    advice.push("There is no C compiler (cc): Cython rewrites cannot be built. On Debian: apt install gcc");
  return advice;
}

async function firstLine(command: string, args: readonly string[]): Promise<string | null> {
  try {
    const result = await runChild(command, args, { timeoutSeconds: 10 });
    return result.code === 0 ? (result.stdout.trim().split("\n")[0] ?? null) : null;
  } catch {
    return null; // not installed
  }
}
