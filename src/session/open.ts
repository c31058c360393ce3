// Show a report in the user's browser.

import { spawn } from "node:child_process";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Opened } from "../schemas/index.ts";
import type { SessionContext } from "./context.ts";
import { findRun } from "./runs.ts";

export async function openReport(context: SessionContext, run: string | undefined): Promise<Opened> {
  const directory = await findRun(context.cwd, run, "report.html");
  const report = join(directory, "report.html");
  return {
    schema: "speedwell.opened/1",
    run: basename(directory),
    report,
    opened: await startBrowser(pathToFileURL(report).href, context.env),
  };
}

/** Whether a program that opens addresses could be started; what it then does is its own affair. */
function startBrowser(url: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open"]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", ""]
        : [env.BROWSER || "xdg-open"];
  // Without a display, xdg-open would start a text browser in this terminal, or nothing.
  if (process.platform === "linux" && !env.BROWSER && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(command as string, [...args, url], { stdio: "ignore", detached: true, env });
    child.on("error", () => resolve(false));
    child.on("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
