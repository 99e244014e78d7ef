import { resolve } from "node:path";
import type { BrowserContext, Page } from "puppeteer";
import type { PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoMeta } from "../../demos/shared/meta.ts";
import { serveBuilt } from "../../scripts/browser.mjs";
import { openContext } from "../support/browsers.ts";
import { root } from "./browser.ts";

const metas = import.meta.glob<DemoMeta>(["../../demos/*/meta.ts", "!../../demos/shared/*"], {
  eager: true,
  import: "meta",
});
const folders = ["", ...Object.keys(metas).map((path) => `${path.split("/").at(-2)}/`)];

/** Actions on the page that load a network, pictures or tables of the site. */
const works: Readonly<Record<string, string>> = {
  "svm/": "auto=1&data=moons",
  "predict/": "auto=1&rounds=1&steps=10",
  "kmeans/": "auto=1&points=200&sample=2000&colours=8",
};

let browser: BrowserContext;
let page: Page;
let server: PreviewServer;
let url: string;
const problems: string[] = [];

/**
 * Waits until an attribute of the body has one of these values, or any; after two minutes throws its value and the
 * page's problems.
 */
async function until(name: string, ...wanted: readonly string[]): Promise<string> {
  const end = performance.now() + 120_000;
  for (;;) {
    const value = await page.evaluate((key) => document.body.dataset[key] ?? "", name);
    if (wanted.includes(value) || (value && wanted.length === 0)) return value;
    if (performance.now() > end) throw new Error(`${name} is '${value}': ${problems.join("; ")}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

beforeAll(async () => {
  server = await serveBuilt(resolve(root, "dist/site"), "/some/folder/");
  url = server.resolvedUrls?.local[0] ?? "";
  browser = await openContext();
  page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} ${message.location().url}`);
  });
}, 120_000);

afterAll(() => browser?.close());

describe("pages that were visited once", () => {
  test.each(folders)("/%s is kept, before its work is done and without WebGPU", async (folder) => {
    const { identifier } = await page.evaluateOnNewDocument(() => {
      Reflect.deleteProperty(Navigator.prototype, "gpu");
    });
    await page.goto(url + folder, { timeout: 0 });
    expect(await until("offline")).toBe("kept");
    await page.removeScriptToEvaluateOnNewDocument(identifier);
  });

  test("are still there when the server is gone, each with all that it may load; networks, pictures and tables, too", async () => {
    await server.close();
    await expect(fetch(url)).rejects.toThrow();
    problems.length = 0;
    for (const folder of folders) {
      await page.goto(`${url}${folder}?${works[folder] ?? "auto=0"}`, { timeout: 0 });
      const opened = works[folder] ? [] : ["ready", "running", "paused"];
      const status = await until("status", "ok", "error", ...opened);
      expect(status, folder).not.toBe("error");
      const missing = await page.evaluate(async () => {
        const keys = await caches.keys();
        const cache = await caches.open(keys[0] ?? "");
        const kept = await cache.keys();
        const links = [...document.querySelectorAll<HTMLLinkElement>("link[href]")];
        const wanted = links.map(({ href }) => href).filter((href) => !href.startsWith("data:"));
        return wanted.filter((href) => !kept.some((request) => request.url === href));
      });
      expect(missing, folder).toEqual([]);
    }
    expect(problems).toEqual([]);
  });
});
