import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { renderPage } from "../../src/report/page/page.ts";
import { cell, sample, sampleFigures } from "./fixtures/sample.ts";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const axeResult = z.array(z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.string()) }));

/** Run in the page. */
const VIOLATIONS = `axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html.slice(0, 200)) })))`;

const hasPdfToText = spawnSync("pdftotext", ["-v"]).status === 0;
if (!hasPdfToText) console.warn("skipped: the page in print (no pdftotext)");

const isThere = existsSync(CHROMIUM);
if (!isThere) console.warn(`skipped: the page in a browser (no ${CHROMIUM}; CHROMIUM=/path/to/chromium names another)`);

describe.skipIf(!isThere)("the page in Chromium", () => {
  let browser: Browser;
  let directory = "";
  let open: Page | undefined;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "netvantage-page-"));
    await writeFile(join(directory, "index.html"), renderPage(sample, sampleFigures));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });

  afterEach(() => open?.close());

  afterAll(async () => {
    await browser?.close();
    await rm(directory, { recursive: true });
  });

  /** The page, and what it complained of or asked for. */
  async function visit(width = 1280, colorScheme: "light" | "dark" = "light", javaScriptEnabled = true) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, javaScriptEnabled });
    const page = await context.newPage();
    open = page;
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    const address = pathToFileURL(join(directory, "index.html")).href;
    await page.goto(address);
    const foreign = () => requests.filter((url) => url !== address && !url.startsWith("data:"));
    return { page, complaints, foreign };
  }

  it("opens from disk without a complaint or a request, whatever texts are in it", async () => {
    const { page, complaints, foreign } = await visit();
    expect(await page.locator("main > section").count()).toBe(4);
    expect(await page.locator("article.experiment").count()).toBe(4);
    expect(await page.locator("figure .plot svg[role=img]:visible").count()).toBe(3);
    await page.locator("#figure-spread-fig-facets .plot").hover();
    expect(await page.evaluate("window.evil")).toBeUndefined();
    expect([complaints, foreign()]).toEqual([[], []]);
  });

  it("shows the values under the pointer", async () => {
    const { page } = await visit();
    const chart = page.locator("#figure-spread-fig-facets .chart");
    const panel = chart.locator(".as-given .wide svg[data-x]").first();
    const mark = panel.locator("g[fill=white] > path").nth(1);
    await mark.scrollIntoViewIfNeeded();
    const box = await mark.boundingBox();
    if (box === null) throw new Error("the mark is not shown");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    expect(await chart.locator(".tip").innerText()).toBe("measured, k = 100\nrate: 0.5\nvariance: 200 (180 to 220)");
    await page.mouse.move(2, 2);
    expect(await chart.locator(".tip").isVisible()).toBe(false);
  });

  it("shows the values by the arrow keys", async () => {
    const { page } = await visit();
    const chart = page.locator("#figure-spread-fig-small .chart");
    const tip = chart.locator(".tip");
    await chart.locator(".plot").focus();
    await page.keyboard.press("Home");
    expect(await tip.innerText()).toBe("delay\nload (%): 0\ndelay (ms): 1.5");
    await page.keyboard.press("ArrowRight");
    expect(await tip.innerText()).toContain("load (%): 1");
    await page.keyboard.press("End");
    expect(await tip.innerText()).toContain("load (%): 2");
    await page.keyboard.press("Escape");
    expect(await tip.isVisible()).toBe(false);
  });

  it("switches between logarithmic and linear axes, values and all", async () => {
    const { page } = await visit();
    const chart = page.locator("#figure-spread-fig-scatter .chart");
    expect(await chart.locator("svg[data-x^=log]:visible").count()).toBe(1);
    await chart.getByLabel("linear").check();
    expect(await chart.locator("svg[data-x^=log]:visible").count()).toBe(0);
    expect(await chart.locator("svg[data-x^=linear]:visible").count()).toBe(1);
    await chart.locator(".plot").focus();
    await page.keyboard.press("End");
    const ring = await chart.locator(".ring").boundingBox();
    const dot = await chart.locator(".other .wide circle").last().boundingBox();
    expect(ring !== null && dot !== null && Math.abs(ring.x + ring.width / 2 - dot.x - dot.width / 2) < 1).toBe(true);
    expect(await page.locator("#figure-spread-fig-small .axes").count()).toBe(0);
  });

  it.skipIf(!hasPdfToText)("keeps a table's title, caption and head with its first rows in print", async () => {
    const tables = Array.from({ length: 60 }, (_, i) => ({
      id: `t${i}`,
      title: `caption${i}.`,
      cells: Array.from({ length: 1 + (i % 7) }, (_, j) => cell(`row${i}.${j}`, "A", j === 0 ? { unit: "m" } : {})),
    }));
    const [first] = sample.experiments;
    const experiments = tables.map((table, i) => ({
      ...first,
      id: `spread/e${i}`,
      title: `title${i}.`,
      tables: [table],
    }));
    const { page } = await visit();
    await page.setContent(renderPage({ ...sample, experiments }, new Map()));
    const pdf = join(directory, "page.pdf");
    await page.pdf({ path: pdf });
    const { stdout } = spawnSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
    const pages = stdout.split("\f");
    expect(pages.length).toBeGreaterThan(10);
    for (let i = 0; i < tables.length; i++) {
      const parts = [`caption${i}.`, `row${i}.0`, ...(i % 7 > 0 ? [`row${i}.1`] : [])];
      // The list of experiments has the title too.
      const [, ...below] = pages.map((text) => parts.map((part) => text.includes(part)));
      expect([i, below.filter((found) => found.includes(true))]).toEqual([i, [parts.map(() => true)]]);
    }
  });

  it("does not scroll sideways from 320 to 1280 pixels", async () => {
    const { page } = await visit();
    for (const width of [320, 360, 760, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(await page.locator("figure .plot svg[role=img]:visible").count()).toBe(3);
    }
  });

  it("has no serious accessibility violation, light and dark, at 360 and 1280 pixels", async () => {
    const { page } = await visit();
    await page.evaluate(axe);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const found = axeResult.parse(await page.evaluate(VIOLATIONS));
        const bad = found.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect({ width, colorScheme, bad }).toEqual({ width, colorScheme, bad: [] });
      }
    }
  });

  it("lets the keyboard reach everything, the skip link first, each with a mark", async () => {
    const { page } = await visit(360);
    const wanted = await page.evaluate(`
      [...document.querySelectorAll("a[href], input:checked, .plot, .scroll")]
        .filter((e) => e.matches(".scroll") ? e.scrollWidth > e.clientWidth : true)
        .map((e, i) => { e.dataset.stop = i; return i; })`);
    const reached: unknown[] = [];
    const count = z.array(z.number()).parse(wanted).length;
    for (let i = 0; i < count; i++) {
      await page.keyboard.press("Tab");
      reached.push(
        await page.evaluate(
          `(() => { const e = document.activeElement; return getComputedStyle(e).outlineStyle === "none" ? "no mark" : Number(e.dataset.stop); })()`,
        ),
      );
    }
    expect(reached).toEqual(wanted);
    await page.keyboard.press("Home");
    await page.locator(".skip").focus();
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
  });

  it("is whole without scripts", async () => {
    const { page } = await visit(360, "light", false);
    expect(await page.locator("figure .plot svg[role=img]:visible").count()).toBe(3);
    expect(await page.locator(".tip").count()).toBe(0);
    await page.locator("#figure-spread-fig-scatter").getByLabel("linear").check();
    expect(await page.locator("#figure-spread-fig-scatter .other").isVisible()).toBe(true);
  });
});
