// A real Chromium that opens reports from disk, and everything that must not happen in one.

import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { renderHtml } from "../../src/report/html.ts";
import type { ReportModel } from "../../src/report/model.ts";

const root = join(import.meta.dirname, "../..");

/** Chromium as this machine has it: `CHROMIUM_PATH`, or a usual name on PATH. */
function chromiumPath(): string {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...(process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
  ];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) throw new Error("no Chromium on PATH: run 'npm run setup' first");
  return found;
}

/** Build the page when its sources are newer than it. */
async function buildPage(): Promise<void> {
  const page = join(root, "dist/report-page.html");
  const sources = ["web", "src/report"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(root, folder, name),
    ),
  );
  const newest = Math.max(
    ...[...sources, join(root, "vite.config.ts")].map((path) => statSync(path).mtimeMs),
  );
  if (!existsSync(page) || statSync(page).mtimeMs < newest)
    await build({ configFile: join(root, "vite.config.ts"), logLevel: "warn" });
}

export interface OpenReport {
  page: Page;
  /** Console errors and warnings, uncaught exceptions, violations of the policy, requests beyond the file itself. */
  problems: string[];
  /** Bytes of the file. */
  size: number;
}

export class Reports {
  private readonly browser: Browser;
  private readonly folder = mkdtempSync(join(tmpdir(), "speedwell report ü-"));
  private count = 0;

  private constructor(browser: Browser) {
    this.browser = browser;
  }

  static async start(): Promise<Reports> {
    await buildPage();
    const browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: [
        ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ],
    });
    return new Reports(browser);
  }

  /** Write the model as a file and open it as a reader does. */
  async open(model: ReportModel, options: BrowserContextOptions = {}): Promise<OpenReport> {
    const html = renderHtml(model);
    const path = join(this.folder, `report ${this.count++}.html`);
    writeFileSync(path, html);
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const problems: string[] = [];
    const url = pathToFileURL(path).href;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("dialog", (dialog) => {
      problems.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (request.url().split("#")[0] !== url && !request.url().startsWith("data:"))
        problems.push(`request ${request.url()}`);
    });
    await page.addInitScript(() =>
      addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy ${event.violatedDirective}`),
      ),
    );
    await page.goto(url);
    await page.locator("main").waitFor();
    return { page, problems, size: Buffer.byteLength(html) };
  }

  /** Close every open page. */
  async closeAll(): Promise<void> {
    for (const context of this.browser.contexts()) await context.close();
  }

  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
