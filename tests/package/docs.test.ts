import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { BrowserContext, Page } from "puppeteer";
import type { PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveBuilt } from "../../scripts/browser.mjs";
import { entries } from "../../scripts/entries.mjs";
import { builtSite } from "../../scripts/packed.mjs";
import { checkAccess } from "../support/axe.ts";
import { openContext } from "../support/browsers.ts";
import { asked, firsts, found } from "./docs_search.ts";
import { linksOf } from "./links.ts";
import { root } from "./packed.ts";

const docs = resolve(root, "dist/site/docs");
let messages = "";
let server: PreviewServer;
let browser: BrowserContext;
let page: Page;
let url = "";
const problems: string[] = [];

beforeAll(async () => {
  builtSite(); // the documentation is within it
  const { VITEST: _, ...env } = process.env;
  const built = spawnSync(process.execPath, ["scripts/docs.mjs"], {
    ...{ cwd: root, env, encoding: "utf8" },
  });
  messages = built.stdout + built.stderr;
  expect(built.status, messages).toBe(0);
  server = await serveBuilt(resolve(root, "dist/site"), "/some/folder/");
  url = server.resolvedUrls?.local[0] ?? "";
  browser = await openContext();
  page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} ${message.location().url}`);
  });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe("the built documentation", () => {
  test("every exported name has a text, and every link of a text leads somewhere", () => {
    // the first build installs the tools
    expect(messages.split("\n").filter((line) => /\[(warning|error)\]/.test(line))).toEqual([]);
  });

  test("has a page for every entry point", () => {
    for (const { name } of entries()) {
      expect(existsSync(resolve(docs, `modules/${name.replaceAll("/", "_")}.html`)), name).toBe(
        true,
      );
    }
  });

  test("lists callable constants as functions, and kernels with their docstrings", () => {
    const kinds = (folder: string) => readdirSync(resolve(docs, folder)).length;
    expect(kinds("functions")).toBeGreaterThan(400);
    const kernel = readFileSync(resolve(docs, "variables/wgrad_kernels.normStats.html"), "utf8");
    expect(kernel).toContain("Statistics of every row of x");
  });

  test("no link is dead", () => {
    const pages = readdirSync(docs, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".html"),
    );
    expect(pages.length).toBeGreaterThan(1400);
    const { links, dead } = linksOf(docs, pages);
    expect(links).toBeGreaterThan(50_000);
    expect(dead).toEqual([]);
  });

  test("is linked from the index of the demo pages", async () => {
    await page.goto(url, { timeout: 0 });
    // set when the pages are stored for offline use
    await page.waitForFunction(() => document.body.dataset.offline, { polling: 100, timeout: 0 });
    await Promise.all([page.waitForNavigation({ timeout: 0 }), page.click('a[href="./docs/"]')]);
    expect(page.url()).toBe(`${url}docs/`);
    expect(await page.title()).toBe("wgrad");
  });
});

const looked = [
  "index.html",
  "documents/Set-ups.html",
  "functions/wgrad.gridSample.html",
  "modules/wgrad_nn.html",
];

describe("accessibility", () => {
  test.each(looked)(
    "read %s in light and in dark colours: axe finds nothing against it",
    async (name) => {
      await page.goto(`${url}docs/${name}`, { timeout: 0 });
      // the navigation is written by a script
      await page.waitForSelector("#tsd-nav-container a", { timeout: 60_000 });
      for (const value of ["light", "dark"]) {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
        const dark = await page.evaluate(async () => {
          for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
          return matchMedia("(prefers-color-scheme: dark)").matches;
        });
        expect(dark).toBe(value === "dark");
        await checkAccess(page, dark ? { rules: ["color-contrast"] } : {}); // no other rule checks colours
      }
      expect(await page.$$eval("h1", (nodes) => nodes.length)).toBe(1);
    },
  );

  test.each([390, 1280])("search by keyboard in a window %i pixels wide", async (width) => {
    await page.setViewport({ width, height: 844 });
    await page.goto(`${url}docs/index.html`, { timeout: 0 });
    await page.waitForSelector("#tsd-nav-container a", { timeout: 60_000 });
    expect((await asked(page, "gridSample"))[0]).toMatch(/gridSample/);
    await checkAccess(page, { within: "dialog[open]" });
    await page.keyboard.press("ArrowDown");
    const options = () =>
      page.$$eval("[role=option]", (nodes) => nodes.map((node) => node.ariaSelected));
    expect((await options()).slice(0, 2)).toEqual(["true", "false"]);
    await checkAccess(page, { within: "dialog[open]" });
    await Promise.all([page.waitForNavigation({ timeout: 0 }), page.keyboard.press("Enter")]);
    expect(page.url()).toMatch(/gridSample/);
  });

  // tables, addresses in code and long names
  test.each([
    ...["Architecture", "Capture_and_performance", "Features", "How_fast", "Set-ups"].map(
      (guide) => `documents/${guide}`,
    ),
    ...["modules/wgrad_loss", "variables/wgrad_kernels.matmulRegisters16x16"],
  ])("%s is no wider than a phone", async (name) => {
    await page.setViewport({ width: 390, height: 844 });
    await page.goto(`${url}docs/${name}.html`, { timeout: 0 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test("open and leave the menu of a narrow window", async () => {
    await page.setViewport({ width: 390, height: 844 });
    await page.goto(`${url}docs/functions/wgrad.gridSample.html`, { timeout: 0 });
    await page.waitForSelector("#tsd-nav-container a", { timeout: 60_000 });
    const button = "#tsd-toolbar-menu-trigger";
    const state = () =>
      page.$eval(button, (node) => ({
        open: node.ariaExpanded,
        focus: document.activeElement === node,
        inside: document.activeElement?.closest(".col-sidebar") !== null,
        seen: getComputedStyle(document.querySelector(".col-sidebar") as Element).visibility,
      }));
    const closed = { open: "false", focus: true, inside: false, seen: "hidden" };
    const open = { open: "true", focus: false, inside: true, seen: "visible" };
    await checkAccess(page);
    await page.focus(button);
    for (const key of ["Enter", "Space"] as const) {
      await page.keyboard.press(key);
      expect(await state(), key).toEqual(open);
      await page.keyboard.press("Escape");
      expect(await state(), key).toEqual(closed);
    }
    await page.click(button);
    expect(await state()).toEqual(open);
    await checkAccess(page);
    await page.mouse.click(20, 400); // a click beside the menu
    expect(await state()).toMatchObject({ open: "false", seen: "hidden" });
    await page.setViewport({ width: 1280, height: 844 });
  });

  test("open a module in the tree of pages without leaving, and follow its link", async () => {
    await page.goto(`${url}docs/index.html`, { timeout: 0 });
    const link = '#tsd-nav-container a[href$="modules/wgrad_ml.html"]';
    await page.waitForSelector(link, { timeout: 60_000 });
    const opens = `${link} + details > summary`;
    const state = () =>
      page.$eval(opens, (node) => ({
        name: node.ariaLabel,
        open: node.parentElement?.hasAttribute("open"),
      }));
    expect(await state()).toEqual({ name: "Contents of wgrad/ml", open: false });
    const inside = () => page.$$eval(`${link} + details a`, (nodes) => nodes.length);
    expect(await inside()).toBe(0); // the links inside are added when the section is opened
    await page.focus(opens);
    await page.keyboard.press("Enter");
    expect(await state()).toEqual({ name: "Contents of wgrad/ml", open: true });
    expect(page.url()).toBe(`${url}docs/index.html`);
    await expect.poll(inside).toBeGreaterThan(50);
    await page.focus(link);
    await Promise.all([page.waitForNavigation({ timeout: 0 }), page.keyboard.press("Enter")]);
    expect(page.url()).toBe(`${url}docs/modules/wgrad_ml.html`);
    await page.waitForSelector(`${link}.current`, { timeout: 60_000 });
    expect((await state()).open).toBe(true); // the navigation is open at the page's entry
  });
});

describe("its search, below a path and under the policy", () => {
  test.each([
    ["ignoreIndex", /ignoreIndex/],
    ["gridSample", /wgrad\.gridSample/],
    ["device lost", /DeviceLostError|Limits/],
  ])("finds %s", async (query, wanted) => {
    await page.goto(`${url}docs/index.html`, { timeout: 0 });
    expect((await found(page, query)).slice(0, 5).join("\n")).toMatch(wanted);
  });

  test.each(firsts)("finds first, for %s: %s", async (query, first) => {
    expect((await found(page, query))[0]).toBe(first);
  });

  test("leads to the section of a guide, and says when there is nothing", async () => {
    expect(await found(page, "qwertzuiop")).toEqual([]);
    expect(await page.$eval("#tsd-search-status", (node) => node.textContent)).toMatch(/qwertz/);
    await asked(page, "out of memory");
    await page.keyboard.press("ArrowDown");
    await Promise.all([page.waitForNavigation({ timeout: 0 }), page.keyboard.press("Enter")]);
    expect(page.url()).toMatch(/documents\/Limits_and_memory\.html#out-of-memory$/);
  });

  test("and pages that were read, work when the server is gone", async () => {
    const read = "docs/functions/wgrad.gridSample.html";
    await page.goto(url + read, { waitUntil: "networkidle0", timeout: 0 });
    expect(problems).toEqual([]);
    await server.close();
    await expect(fetch(url)).rejects.toThrow();
    await page.goto(url + read, { timeout: 0 });
    expect(await page.$eval("h1", (node) => node.textContent)).toContain("gridSample");
    expect((await found(page, "gridSample")).join("\n")).toMatch(/gridSample/);
  });
});
