import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { BrowserContext } from "puppeteer";
import type { PreviewServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveBuilt } from "../../scripts/browser.mjs";
import { builtSite } from "../../scripts/packed.mjs";
import { openContext } from "../support/browsers.ts";
import { root } from "./packed.ts";

const PHONE = { width: 390, height: 844 };

let server: PreviewServer;
let browser: BrowserContext;

beforeAll(async () => {
  builtSite(); // the documentation is within it
  server = await serveBuilt(resolve(root, "dist/site"), "/");
  browser = await openContext();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("pages of guides, entry points and kernels are no wider than a phone", async () => {
  const page = await browser.newPage();
  await page.setViewport(PHONE);
  const wide: string[] = [];
  let count = 0;
  for (const folder of ["documents", "modules", "variables"]) {
    for (const name of readdirSync(resolve(root, "dist/site/docs", folder))) {
      const address = `${server.resolvedUrls?.local[0]}docs/${folder}/${encodeURIComponent(name)}`;
      await page.goto(address, { timeout: 0, waitUntil: "domcontentloaded" });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > PHONE.width) wide.push(`${folder}/${name}: ${width}`);
      count++;
    }
  }
  expect(count).toBeGreaterThan(200);
  expect(wide).toEqual([]);
});
