import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Browser, Page } from "puppeteer";
import puppeteer from "puppeteer";
import type { PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveBuilt } from "../../scripts/browser.mjs";
import { launchOptions } from "../../scripts/chrome.mjs";
import { entries } from "../../scripts/entries.mjs";
import { root } from "./browser.ts";

const docs = resolve(root, "dist/site/docs");
let messages = "";
let server: PreviewServer;
let browser: Browser;
let page: Page;
let url = "";
const problems: string[] = [];

beforeAll(async () => {
  const { VITEST: _, ...env } = process.env;
  const built = spawnSync(process.execPath, ["scripts/docs.mjs"], {
    ...{ cwd: root, env, encoding: "utf8" },
  });
  messages = built.stdout + built.stderr;
  expect(built.status, messages).toBe(0);
  server = await serveBuilt(resolve(root, "dist/site"), "/some/folder/");
  url = server.resolvedUrls?.local[0] ?? "";
  browser = await puppeteer.launch(launchOptions());
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
    // what it takes is installed by the first build
    expect(messages.split("\n").filter((line) => /\[(warning|error)\]/.test(line))).toEqual([]);
  });

  test("has a page for every entry point", () => {
    for (const { name } of entries()) {
      expect(existsSync(resolve(docs, `modules/${name.replaceAll("/", "_")}.html`)), name).toBe(
        true,
      );
    }
  });

  test("shows what can be called as functions, and kernels with their texts", () => {
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
    const texts = new Map(
      pages.map((name) => [resolve(docs, name), readFileSync(resolve(docs, name), "utf8")]),
    );
    const anchors = new Map(
      [...texts].map(([file, text]) => [
        file,
        new Set([...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)),
      ]),
    );
    let links = 0;
    const dead: string[] = [];
    for (const [file, text] of texts) {
      for (const [, link = ""] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
        if (/^(https?|data|mailto):/.test(link) || link === "#") continue;
        links++;
        const [path = "", anchor] = link.split("#").map(decodeURIComponent);
        const to = path ? resolve(dirname(file), path) : file;
        const found =
          anchor && to.endsWith(".html") ? anchors.get(to)?.has(anchor) : existsSync(to);
        if (!found) dead.push(`${file.slice(docs.length + 1)}: ${link}`);
      }
    }
    expect(links).toBeGreaterThan(50_000);
    expect(dead).toEqual([]);
  });

  test("is linked from the index of the demo pages", async () => {
    await page.goto(url, { timeout: 0 });
    await page.waitForFunction(() => document.body.dataset.offline, { polling: 100, timeout: 0 }); // kept for later
    await Promise.all([page.waitForNavigation({ timeout: 0 }), page.click('a[href="./docs/"]')]);
    expect(page.url()).toBe(`${url}docs/`);
    expect(await page.title()).toBe("wgrad");
  });
});

const looks = (["light", "dark"] as const).flatMap((scheme) =>
  [
    "index.html",
    "documents/Set-ups.html",
    "functions/wgrad.gridSample.html",
    "modules/wgrad_nn.html",
  ].map((name) => [name, scheme] as const),
);

describe("people who see little or use no mouse", () => {
  test.each(looks)("read %s in %s colours: axe finds nothing against it", async (name, scheme) => {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(`${url}docs/${name}`, { timeout: 0 });
    await page.waitForSelector("#tsd-nav-container a", { timeout: 60_000 }); // a script writes it
    await page.evaluate(
      readFileSync(resolve(root, "tools/node_modules/axe-core/axe.min.js"), "utf8"),
    );
    const { broken, kept } = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: Axe };
      // of what passes, the rules without the thousands of elements, whose selectors take most of the time
      const { violations, passes } = await axe.run({ resultTypes: ["violations"] });
      const told = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
      );
      return { broken: told, kept: passes.length };
    });
    expect(broken).toEqual([]);
    expect(kept).toBeGreaterThan(20);
    expect(await page.$$eval("h1", (nodes) => nodes.length)).toBe(1);
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
    await page.focus(opens);
    await page.keyboard.press("Enter");
    expect(await state()).toEqual({ name: "Contents of wgrad/ml", open: true });
    expect(page.url()).toBe(`${url}docs/index.html`);
    await page.focus(link);
    await Promise.all([page.waitForNavigation({ timeout: 0 }), page.keyboard.press("Enter")]);
    expect(page.url()).toBe(`${url}docs/modules/wgrad_ml.html`);
    await page.waitForSelector(`${link}.current`, { timeout: 60_000 });
    expect((await state()).open).toBe(true); // the page's own place is shown
  });
});

interface Axe {
  run(options: { readonly resultTypes: readonly string[] }): Promise<Checked>;
}

interface Checked {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
  readonly passes: readonly unknown[];
}

/** Names of what the search of a page finds, the first ones first. */
async function found(query: string): Promise<string[]> {
  await page.click("#tsd-search-trigger");
  await page.waitForSelector("#tsd-search[open]");
  const write = (field: Element, text: string) => {
    (field as HTMLInputElement).value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  await page.$eval("#tsd-search-input", write, query); // at once: results of its beginning would be taken for its own
  await page.waitForSelector("#tsd-search-results li a", { timeout: 60_000 });
  const names = await page.$$eval("#tsd-search-results li", (rows) =>
    rows.map((row) => (row as HTMLElement).innerText.trim()),
  );
  await page.keyboard.press("Escape");
  return names;
}

describe("its search, below a path and under the policy", () => {
  test.each([
    ["ignoreIndex", /ignoreIndex/],
    ["gridSample", /wgrad\.gridSample/],
    ["device lost", /DeviceLostError|Limits/],
  ])("finds %s", async (query, wanted) => {
    await page.goto(`${url}docs/index.html`, { timeout: 0 });
    expect((await found(query)).slice(0, 5).join("\n")).toMatch(wanted);
  });

  test("and pages that were read, work when the server is gone", async () => {
    const read = "docs/functions/wgrad.gridSample.html";
    await page.goto(url + read, { waitUntil: "networkidle0", timeout: 0 });
    expect(problems).toEqual([]);
    await server.close();
    await expect(fetch(url)).rejects.toThrow();
    await page.goto(url + read, { timeout: 0 });
    expect(await page.$eval("h1", (node) => node.textContent)).toContain("gridSample");
    expect((await found("gridSample")).join("\n")).toMatch(/gridSample/);
  });
});
