// The doctor's findings as text.

import type { Doctor } from "../schemas/index.ts";

const chosen: Record<string, string> = {
  option: "named by --python",
  environment: "named by SPEEDWELL_PYTHON",
  virtualenv: "the active virtual environment",
  conda: "the active conda environment",
  project: "the project's own environment",
  path: "the first on PATH",
};

export function renderDoctor(doctor: Doctor): string {
  const { python, machine } = doctor;
  const rows: [string, string][] = [
    ["Speedwell", `${doctor.speedwell}, on Node ${doctor.node}`],
    [
      "Python",
      `${python.version}${python.gilDisabled ? " (free-threaded)" : ""}, ${chosen[python.chosenBy] ?? python.chosenBy}`,
    ],
    ["", python.path],
    [
      "Machine",
      `${machine.cores} ${machine.cores === 1 ? "core" : "cores"}, ${Math.round(machine.memory / 2 ** 30)} GiB of memory`,
    ],
    ["", machine.processor],
    ["System", machine.platform],
    ["BLAS", machine.blas ?? "none (NumPy is not installed)"],
    ["GPU", machine.gpu ?? "none found"],
    ["MPI", machine.mpi ?? "none found"],
    ["C compiler", machine.compiler ?? "none found"],
  ];
  for (const [name, value] of Object.entries(machine.threads)) rows.push(["Threads", `${name}=${value}`]);
  for (const [name, version] of Object.entries(doctor.packages))
    rows.push([name, version ?? "not installed"]);
  const lines = rows.map(([label, value]) => `${label.padEnd(14)}${value}`.trimEnd());
  if (doctor.advice.length > 0)
    lines.push("", ...doctor.advice.flatMap((sentence) => wrap(`- ${sentence}`, 80)));
  return `${lines.join("\n")}\n`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
