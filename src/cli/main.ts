// The command line: what is asked, in which command, and the exit code of the contract.

import { Command, CommanderError, Option } from "commander";
import { ExitCode, Fault } from "../base/fault.ts";
import { noRoom } from "../base/full-disk.ts";
import { splitProgram } from "./arguments.ts";

/** Options that every command knows. */
export interface CommonOptions {
  python?: string;
  json?: boolean;
  quiet?: boolean;
  color: boolean;
}

const seconds = (text: string): number => {
  const value = Number(text);
  if (!(value > 0))
    throw new Fault(`--budget takes a number of seconds above zero, not ${text}.`, ExitCode.wrongUsage);
  return value;
};

const relative = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value < 1))
    throw new Fault(
      `--tolerance takes a relative difference above zero and below one, not ${text}.`,
      ExitCode.wrongUsage,
    );
  return value;
};

const count = (text: string): number => {
  if (!/^\d+$/.test(text))
    throw new Fault(`A whole number is needed here, not ${text}.`, ExitCode.wrongUsage);
  return Number(text);
};

const atLeastOne = (text: string): number => {
  const value = count(text);
  if (value < 1) throw new Fault("--repeat takes a whole number from 1.", ExitCode.wrongUsage);
  return value;
};

function commandLine(program: readonly string[], workload: readonly string[] | null): Command {
  const root = new Command("speedwell")
    .description("Makes slow Python fast, and proves it.")
    .version(process.env.SPEEDWELL_VERSION ?? "development", "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand(false)
    .addHelpText(
      "after",
      "\nPROGRAM is script.py, notebook.ipynb or -m module; everything after it is the program's own.\nStart with: speedwell run script.py",
    );
  const command = (name: string, summary: string) =>
    root
      .command(name)
      .description(summary)
      .addOption(new Option("--json", "print one JSON value on stdout and nothing else"))
      .addOption(new Option("--quiet", "no progress"))
      .addOption(new Option("--no-color", "no colour"));
  const python = () => new Option("--python <path>", "the interpreter to use (also: SPEEDWELL_PYTHON)");

  command("run", "record PROGRAM: where the time goes, and whether anything is worth changing")
    .usage("[options] PROGRAM [ARGS…]")
    .addOption(python())
    .action(async (options) => (await import("./commands/run.ts")).run(program, options));
  command("optimize", "record, rewrite and prove; write a patch and a report; change no source file")
    .usage("[options] PROGRAM [ARGS…]")
    .addOption(python())
    .addOption(new Option("--budget <seconds>", "seconds for everything together").argParser(seconds))
    .addOption(
      new Option(
        "--repeat <n>",
        "how often your program does this work per start, as a service or a notebook does: what a rewrite pays once per process (compiling, importing) is spread over so many runs (default: 1)",
      ).argParser(atLeastOne),
    )
    .addOption(new Option("--offline", "install nothing, not even beside your Python"))
    .action(async (options) => (await import("./commands/optimize.ts")).optimize(program, options));
  command("prove", "judge OLD against NEW: files, folders, git revisions, or a patch; changes nothing")
    .usage("[options] OLD [NEW] [-- WORKLOAD]")
    .argument("OLD")
    .argument("[NEW]")
    .addOption(python())
    .addOption(new Option("--budget <seconds>", "seconds for everything together").argParser(seconds))
    .addOption(
      new Option("--tolerance <relative>", "how far floats may differ (default: not at all)").argParser(
        relative,
      ),
    )
    .addOption(new Option("--allow-other-draws", "other random numbers of the same distribution are as good"))
    .addOption(new Option("--junit <file>", "write the judgement as JUnit XML too"))
    .addOption(new Option("--require <verdict>", "exit with 1 unless the verdict is this").choices(["same"]))
    .action(async (old, other, options) =>
      (await import("./commands/prove.ts")).prove(old, other, workload, options),
    );
  command("apply", "write the kept rewrites of a run (default: the last) to the working tree")
    .argument("[RUN]")
    .addOption(new Option("--undo", "put the files back as they were"))
    .action(async (run, options) => (await import("./commands/apply.ts")).apply(run, options));
  command("open", "show the report of a run (default: the last) in the browser")
    .argument("[RUN]")
    .action(async (run, options) => (await import("./commands/open.ts")).open(run, options));
  command("export", "write what a run (default: the last) holds in another tool's format")
    .argument("[RUN]")
    .addOption(
      new Option(
        "--format <format>",
        "pyperf: the times of all pairs, one file per side",
      ).makeOptionMandatory(),
    )
    .action(async (run, options) => (await import("./commands/export.ts")).exportRun(run, options));
  command("runs", "list recorded runs")
    .addOption(new Option("--compare <runs...>", "two runs: where the time went in each"))
    .addOption(new Option("--prune <keep>", "remove all runs but the newest KEEP").argParser(count))
    .action(async (options) => (await import("./commands/runs.ts")).runs(options));
  command("doctor", "what this machine and this Python offer")
    .addOption(python())
    .action(async (options) => (await import("./commands/doctor.ts")).doctor(options));
  return root;
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  const takesProgram = name === "run" || name === "optimize";
  const { own, program } = takesProgram ? splitProgram(rest) : { own: rest, program: [] };
  const dashes = name === "prove" ? rest.indexOf("--") : -1;
  const workload = dashes < 0 ? null : rest.slice(dashes + 1);
  const root = commandLine(program, workload);
  for (const command of [root, ...root.commands]) {
    command.exitOverride();
    command.configureOutput({
      writeErr: (text) => process.stderr.write(text.replace(/^error: /, "speedwell: ")),
    });
  }
  try {
    if (name === undefined) {
      root.outputHelp();
      return ExitCode.done;
    }
    await root.parseAsync([name, ...(dashes < 0 ? own : own.slice(0, dashes))], { from: "user" });
    return Number(process.exitCode ?? ExitCode.done);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.wrongUsage;
    if (error instanceof Fault) {
      process.stderr.write(`speedwell: ${error.message}\n`);
      return error.exitCode;
    }
    if ((error as Error)?.name === "AbortError") {
      process.stderr.write("speedwell: interrupted; what was recorded is kept (see: speedwell runs)\n");
      return 130;
    }
    const full = noRoom(error);
    if (full !== null) {
      const { path } = error as NodeJS.ErrnoException;
      process.stderr.write(
        `speedwell: ${path ? `${path} cannot be written: ` : ""}${full}. What was recorded is kept (see: speedwell runs); make room, for example with speedwell runs --prune 1, and try again\n`,
      );
      return ExitCode.environmentLacks;
    }
    process.stderr.write(
      `speedwell: a fault of Speedwell's own, not of your program.\n${(error as Error)?.stack ?? error}\n`,
    );
    return ExitCode.ownFault;
  }
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe (`| head`) has gone; that is no fault.
  if (error.code === "EPIPE") process.exit(ExitCode.done);
  process.stderr.write(`speedwell: the output cannot be written: ${noRoom(error) ?? error.message}\n`);
  process.exitCode = ExitCode.environmentLacks;
});
// A write beyond the shell's limit of a file's size then fails, where it would end the process.
process.on("SIGXFSZ", () => {});
const exitCode = await main(process.argv.slice(2));
process.exitCode ??= exitCode;
// A fault may leave a replay open, which would keep Speedwell waiting; it ends when its stdin closes.
if (exitCode === ExitCode.ownFault) process.exit();
