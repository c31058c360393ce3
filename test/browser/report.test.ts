// biome-ignore-all lint/performance/useDomNodeTextContent: what is hidden does not count as said

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sampleReport } from "../../src/report/fixtures/sample.ts";
import { Reports } from "./chromium.ts";

let reports: Reports;
beforeAll(async () => {
  reports = await Reports.start();
});
afterEach(() => reports.closeAll());
afterAll(() => reports.stop());

const narrow = { width: 360, height: 740 };

describe("opened from disk", () => {
  test.each(["kept", "none", "run"] as const)(
    "no error, no request, no policy violation: %s",
    async (outcome) => {
      const { page, problems } = await reports.open(sampleReport({ outcome }));
      await page.waitForTimeout(200);
      expect(problems).toEqual([]);
      expect((await page.locator("h1").innerText()).replace(/\s+/g, " ")).toBe(
        { kept: "2.9× faster", none: "Nothing changed", run: "Worth optimizing" }[outcome],
      );
    },
  );

  test("the policy is strict: no injected script or style runs, nothing is fetched", async () => {
    const { page, problems } = await reports.open(sampleReport());
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    const ran = await page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "window.injected = 1";
      document.body.append(script);
      const image = document.createElement("img");
      image.src = "https://example.invalid/x.png";
      document.body.append(image);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return "injected" in window;
    });
    expect(ran).toBe(false);
    expect(problems.filter((problem) => problem.startsWith("policy")).sort()).toEqual([
      "policy img-src",
      "policy script-src-elem",
    ]);
  });

  test("the gain, its interval and the evidence are there to read", async () => {
    const { page } = await reports.open(sampleReport());
    const text = await page.locator("main").innerText();
    for (const part of [
      "between 2.8× and 3.0×: same output",
      "9 pairs of whole runs",
      "speedwell apply 20261123-014205-airports",
      "2.6×, at most 2.7×",
      "24 recorded from your run, 188 made from them",
      "49 of 51 deliberate mistakes",
      "allowed: 1e-12 relative, because compiled code may add the terms of a sum in another order",
      "An empty list of stations raises ValueError here",
      "A plainer rewrite of the same lines is as fast and needs no compiler.",
      "the list is only appended to, so a deque would change nothing",
      "A child process (pid 4127, git describe) ran for 0.02 s and was not recorded.",
      "AMD EPYC 7B13, 2 cores",
    ])
      expect(text).toContain(part);
    await page.getByText("Library function in smooth").click();
    await expect.poll(() => page.locator(".witness:visible").innerText()).toContain("0.6129032258064516");
  });
});

describe("text from programs is inert", () => {
  const hostile = [
    `</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">`,
    `<!--<script>`,
    `"><svg onload=window.pwned=1>`,
    "\x1b[31mred\x1b]8;;http://example.invalid\x07link",
    "\u202Egnp.exe\u202C \u2028\u2029 מרחבא",
    "n".repeat(3000),
    "\ud800 \udfff \u0000",
    "$& $1 $` $x",
  ];
  test.each(hostile.map((text, index) => [index, text] as const))("%i", async (_, text) => {
    const { page, problems } = await reports.open(sampleReport({ hostile: text, sourceLines: 200 }));
    for (const viewport of [{ width: 1280, height: 900 }, narrow]) {
      await page.setViewportSize(viewport);
      await page.waitForTimeout(100);
      expect(problems).toEqual([]);
      expect(await page.evaluate(() => "pwned" in window)).toBe(false);
      expect(await page.locator("main img, main svg [onload]").count()).toBe(0);
      const { scroll, shown } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        shown: document.body.innerText,
      }));
      expect(scroll).toBeLessThanOrEqual(viewport.width);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: no control character may be shown raw
      expect(shown).not.toMatch(/[\x00-\x08\x0b-\x1f\u202a-\u202e]/);
    }
  });
});

describe("flame graph", () => {
  const selected = "#flame-selected";

  test("arrows walk the tree, Enter zooms, Escape and Home lead back", async () => {
    const { page, problems } = await reports.open(sampleReport());
    const said = () => page.locator(selected).innerText();
    await page.locator("#flame canvas").focus();
    expect(await said()).toContain("whole program");
    const walk: [key: string, name: string][] = [
      ["ArrowDown", "airports.py"],
      ["ArrowDown", "main"],
      ["ArrowDown", "nearest_station"],
      ["ArrowRight", "unknown_codes"],
      ["ArrowRight", "smooth"],
      ["ArrowLeft", "unknown_codes"],
      ["ArrowUp", "main"],
      ["ArrowDown", "nearest_station"],
      ["ArrowLeft", "nearest_station"],
    ];
    for (const [key, name] of walk) {
      await page.keyboard.press(key);
      await expect.poll(said, { message: `after ${key}` }).toContain(name);
    }
    expect(await said()).toContain("4.1 s, 63% of the run");
    const all = page.getByRole("button", { name: "Show all" });
    expect(await all.isDisabled()).toBe(true);
    await page.keyboard.press("Enter");
    await expect.poll(() => all.isDisabled()).toBe(false);
    await page.keyboard.press("Escape");
    await expect.poll(() => all.isDisabled()).toBe(true);
    await page.keyboard.press("Home");
    await expect.poll(said).toContain("whole program");
    expect(problems).toEqual([]);
  });

  test("hovering names a box, clicking zooms into it", async () => {
    const { page } = await reports.open(sampleReport());
    const canvas = page.locator("#flame canvas");
    await canvas.hover({ position: { x: 200, y: 75 } });
    await expect.poll(() => page.locator(".tooltip").innerText()).toContain("nearest_station");
    await canvas.click({ position: { x: 200, y: 75 } });
    await expect.poll(() => page.locator(selected).innerText()).toContain("nearest_station");
    await canvas.hover({ position: { x: 1000, y: 75 } });
    await expect.poll(() => page.locator(".tooltip").innerText()).toContain("nearest_station");
  });

  test("a search tells the share of the time, matches inside matches counted once", async () => {
    const { page } = await reports.open(sampleReport());
    const output = page.locator("#flame output");
    await page.getByPlaceholder("Search functions and files").fill("NEAREST");
    await expect.poll(() => output.innerText()).toBe("63% of the time, in 1 function");
    await page.getByPlaceholder("Search functions and files").fill("airports.py");
    await expect.poll(() => output.innerText()).toMatch(/^(98|99|100)% of the time/);
    await page.getByPlaceholder("Search functions and files").fill("no such thing");
    await expect.poll(() => output.innerText()).toBe("nothing found");
  });

  test("deep recursion scrolls inside the graph", async () => {
    const model = sampleReport();
    const depth = 400;
    const levels = Array.from({ length: depth }, (_, level) => level);
    model.flame = {
      frames: {
        name: levels.map((level) => `level_${level}`),
        file: levels.map(() => 0),
        line: levels,
        origin: levels.map(() => 0),
      },
      files: ["deep.py"],
      nodes: {
        parent: levels.map((level) => Math.max(0, level - 1)),
        frame: levels,
        microseconds: levels.map(() => 1_000_000),
        selfMicroseconds: levels.map(() => 0),
        kind: levels.map(() => 0),
      },
      merged: 0,
    };
    const { page } = await reports.open(model);
    const canvas = page.locator("#flame canvas");
    await canvas.focus();
    for (let step = 0; step < 60; step++) await page.keyboard.press("ArrowDown");
    await expect.poll(() => page.locator(selected).innerText()).toContain("level_60");
    const scroller = page.locator(".flame-scroll");
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBeGreaterThan(500);
    await canvas.hover({ position: { x: 300, y: 517 } });
    await expect.poll(() => page.locator(".tooltip").innerText()).toContain("level_60");
    expect(await canvas.evaluate((element) => element.clientHeight)).toBeLessThan(600);
  });

  test("the same figures stand in a table", async () => {
    const { page } = await reports.open(sampleReport());
    await page.getByText("As a table").click();
    const first = page.locator(".as-table tbody tr").first();
    await expect.poll(() => first.innerText()).toContain("nearest_station");
    expect(await first.innerText()).toMatch(/3\.2 s\s+4\.1 s\s+63%/);
  });

  test("pixels are drawn as sharp as the screen is, in the colours of the theme", async () => {
    const { page } = await reports.open(sampleReport(), { deviceScaleFactor: 2, colorScheme: "dark" });
    const canvas = page.locator("#flame canvas");
    const drawn = () =>
      canvas.evaluate((element: HTMLCanvasElement) => ({
        ratio: element.width / element.clientWidth,
        pixel: [...element.getContext("2d")!.getImageData(1500, 10, 1, 1).data],
      }));
    const dark = await drawn();
    expect(dark.ratio).toBeCloseTo(2, 1);
    await page.getByRole("button", { name: "Light theme" }).click();
    await expect.poll(async () => (await drawn()).pixel[0]).toBeGreaterThan(dark.pixel[0]! + 60);
  });
});

describe("source", () => {
  test("a hotspot leads to its lines, with their time", async () => {
    const { page } = await reports.open(sampleReport({ sourceLines: 300 }));
    await page.locator(".hotspots").getByRole("button", { name: "airports.py:46" }).click();
    const line = page.locator(".source .line.aimed");
    await expect.poll(() => line.innerText()).toContain("def unknown_codes");
    await expect.poll(() => line.evaluate((one) => one.getBoundingClientRect().top)).toBeLessThan(900);
    const hot = page.locator(".source .line", { hasText: "if code not in known" });
    expect(await hot.innerText()).toMatch(/1\.2 s\s+19%/);
    expect(await hot.getAttribute("title")).toContain("python 1.2 s");
  });

  test("a function of the flame graph leads to its source", async () => {
    const { page } = await reports.open(sampleReport());
    await page.locator("#flame canvas").click({ position: { x: 800, y: 75 } });
    await page.getByRole("button", { name: "Show source" }).click();
    await expect.poll(() => page.locator(".source .line.aimed").innerText()).toContain("def unknown_codes");
  });

  test("long files show every line when it is scrolled to, and draw few at a time", async () => {
    const { page } = await reports.open(sampleReport({ sourceLines: 5000 }));
    await page.locator("#source select").selectOption({ index: 1 });
    const scroller = page.locator(".source");
    for (const number of [1, 2500, 5000]) {
      await scroller.evaluate((element, line) => element.scrollTo(0, (line - 1) * 21), number);
      await expect
        .poll(() => page.locator(".source .line", { hasText: `def step_${number - 1}(` }).isVisible())
        .toBe(true);
    }
    expect(await page.locator(".source .line").count()).toBeLessThan(400);
  });
});

describe("theme and width", () => {
  test("the theme follows the system, and the button overrules it", async () => {
    const { page } = await reports.open(sampleReport(), { colorScheme: "dark" });
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await background()).toBe("rgb(19, 21, 26)");
    await page.getByRole("button", { name: "Light theme" }).click();
    await expect.poll(background).toBe("rgb(255, 255, 255)");
    await page.getByRole("button", { name: "Dark theme" }).click();
    await expect.poll(background).toBe("rgb(19, 21, 26)");
  });

  test("no sideways scrolling of the page at any width; changes side by side where there is room", async () => {
    const { page } = await reports.open(sampleReport({ sourceLines: 100 }));
    for (const details of await page.locator("details > summary").all()) await details.click();
    for (const width of [320, 360, 380, 600, 859, 860, 1280, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => page.locator(".diff table.split").count()).toBe(width >= 860 ? 5 : 0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${width} pixels`).toBeLessThanOrEqual(width);
    }
  });

  test.each(["light", "dark"] as const)("text stands out from its ground, %s", async (colorScheme) => {
    const { page } = await reports.open(sampleReport(), { colorScheme });
    expect(await page.evaluate(lowContrast)).toEqual([]);
  });

  test("landmarks, headings, and a focus ring on everything that can be used", async () => {
    const { page } = await reports.open(sampleReport());
    expect(await page.locator("header.top, main, nav, footer").count()).toBe(4);
    expect(await page.locator("h1").count()).toBe(1);
    expect(await page.locator("section:not([aria-label]):not([aria-labelledby])").count()).toBe(0);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Skip to the report");
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press("Tab");
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
      expect(outline).not.toBe("none");
    }
  });

  test("on paper: the outcome and the changes, without what only a screen can do", async () => {
    const { page } = await reports.open(sampleReport(), { colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("nav").isVisible()).toBe(false);
    expect(await page.locator("#source").isVisible()).toBe(false);
    expect(await page.locator("h1").isVisible()).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      "rgb(255, 255, 255)",
    );
  });
});

test("figures that are none do not take the page down", async () => {
  const model = sampleReport();
  const proof = model.optimization!.rewrites[0]!.proof!;
  proof.equivalence.largestDifference = { relative: Number.POSITIVE_INFINITY, ulp: Number.NaN };
  proof.region!.memoryRatio = Number.NaN;
  proof.region!.logRatios[0] = Number.NaN;
  model.diagnosis.seconds = 0;
  model.diagnosis.samples = 0;
  model.diagnosis.shares = { python: 0, native: 0, waiting: 0, system: 0 };
  model.flame!.nodes.microseconds.fill(0);
  model.timeline = { binSeconds: 0, threads: [], moreThreads: 0, memory: null };
  const { page, problems } = await reports.open(model);
  expect(problems).toEqual([]);
  expect(await page.locator("h2").count()).toBe(6);
});

test("a large profile stays small on disk and quick on screen", async () => {
  const { page, problems, size } = await reports.open(sampleReport({ nodes: 20_000, sourceLines: 5000 }));
  expect(size).toBeLessThan(5_000_000);
  const frame = await page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>("#flame canvas")!;
    canvas.focus();
    const start = performance.now();
    for (let step = 0; step < 30; step++) {
      const key = ["ArrowDown", "Enter", "ArrowRight", "Home"][step % 4]!;
      canvas.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }
    return (performance.now() - start) / 30;
  });
  expect(frame).toBeLessThan(150);
  expect(problems).toEqual([]);
});

/** Elements whose text has less contrast than WCAG AA asks for (4.5, or 3 for large text). Runs in the page. */
function lowContrast(): string[] {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
  const rgba = (colour: string): number[] => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour: number[]): number => {
    const [red, green, blue] = colour.map((value) => {
      const channel = value / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const ground = (element: Element): number[] => {
    const layers: number[][] = [];
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reduceRight(
      (under, over) =>
        under.map((value, index) => over[index]! * (over[3]! / 255) + value * (1 - over[3]! / 255)),
      [255, 255, 255],
    );
  };
  const poor = new Set<string>();
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === 3 && node.textContent!.trim() !== "",
    );
    if (!own || element.closest(".visually-hidden, .skip, option, :disabled") || !element.checkVisibility())
      continue;
    const style = getComputedStyle(element);
    const text = luminance(rgba(element instanceof SVGElement ? style.fill : style.color));
    const back = luminance(ground(element));
    const contrast = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5))
      poor.add(
        `${contrast.toFixed(2)} ${element.tagName} ${element.className} ${element.textContent!.slice(0, 30)}`,
      );
  }
  return [...poor];
}
