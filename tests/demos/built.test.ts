import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer";
import { build, type PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveBuilt } from "../../scripts/browser.mjs";
import { launchOptions } from "../../scripts/chrome.mjs";
import { entries } from "../../scripts/entries.mjs";
import * as library from "../../src/index.ts";
import { makeOld } from "../support/old_browser.ts";

const root = resolve(import.meta.dirname, "../..");
const out = mkdtempSync(join(tmpdir(), "wgrad-built-"));
const servers: PreviewServer[] = [];
const plain: Server[] = [];
let browser: Browser;

/** The page of pages/built with the library as it is in dist, minified as vite does by default. */
async function buildPage(): Promise<void> {
  const alias = entries().map(({ name, source }) => ({
    find: new RegExp(`^${name}$`),
    replacement: resolve(root, source.replace(/^src\//, "dist/").replace(/\.ts$/, ".js")),
  }));
  await build({
    configFile: false,
    root: resolve(root, "tests/demos/pages/built"),
    base: "./",
    logLevel: "silent",
    resolve: { alias },
    build: { outDir: out, emptyOutDir: true, modulePreload: false },
  });
}

async function serve(outDir: string): Promise<string> {
  const server = await serveBuilt(outDir);
  servers.push(server);
  return server.resolvedUrls?.local[0] ?? "";
}

beforeAll(async () => {
  await buildPage();
  browser = await puppeteer.launch(launchOptions());
}, 300_000);

afterAll(async () => {
  await browser?.close();
  for (const server of servers) await server.close();
  for (const server of plain) server.close();
  rmSync(out, { recursive: true });
});

describe("the built and minified library in a page without the builtins younger than Chrome 113", () => {
  let report: typeof window.report;
  let young: readonly string[];

  beforeAll(async () => {
    const page = await browser.newPage();
    await makeOld(page);
    await page.goto(await serve(out), { timeout: 0 });
    await page.waitForFunction(() => window.report ?? window.failed, { timeout: 0 });
    expect(await page.evaluate(() => window.failed)).toBeUndefined();
    report = await page.evaluate(() => window.report);
    young = await page.evaluate(() => [
      typeof Symbol.dispose,
      typeof Symbol.asyncDispose,
      ...[
        [Promise, "withResolvers"],
        [Object, "groupBy"],
        [Array, "fromAsync"],
        [Math, "f16round"],
      ].map(([of, name]) => typeof Reflect.get(of as object, name as string)),
      ...["Iterator", "Float16Array", "SuppressedError"].map(
        (name) => typeof Reflect.get(window, name),
      ),
      typeof Reflect.get(Set.prototype, "union"),
      typeof Reflect.get([].values(), "map"),
    ]);
  }, 300_000);

  test("the young builtins are gone", () => {
    expect(new Set(young)).toEqual(new Set(["undefined"]));
  });

  test("trains: using works, captured steps too, and the loss falls", () => {
    const { before, losses } = report?.training ?? { before: Number.NaN, losses: [] };
    expect(report?.product).toBe(8);
    expect(before).toBeGreaterThan(0.5);
    for (const loss of losses) expect(loss).toBeLessThan(before / 2);
  });

  test("errors have their names", () => {
    const names = Object.keys(library).filter((name) => name.endsWith("Error"));
    expect(report?.names).toEqual(Object.fromEntries(names.map((name) => [name, name])));
    expect(report?.errors).toEqual({
      notStarted: expect.stringMatching(/^NotInitializedError: tensor: .*await init\(\)/),
      shape: expect.stringMatching(/^ShapeError: matmul: /),
      value: expect.stringMatching(/^ValueError: tensor: /),
    });
  });
});

/** Serves the site below a path, as a server does whose root is elsewhere. */
async function serveBelow(path: string): Promise<string> {
  const site = resolve(root, "dist/site");
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    const file = resolve(site, `.${pathname.slice(path.length - 1)}`);
    const name = pathname.endsWith("/") ? join(file, "index.html") : file;
    if (!pathname.startsWith(path) || !existsSync(name)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", types[extname(name)] ?? "application/octet-stream");
    response.end(readFileSync(name));
  });
  plain.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".webp": "image/webp",
};

const folders = readdirSync(resolve(root, "demos"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "shared")
  .map(({ name }) => name);

/** Waits for the page's status; without text that becomes code, which the policy of the site forbids. */
async function statusOf(page: Page, ...wanted: readonly string[]): Promise<string> {
  for (;;) {
    const status = await page.evaluate(() => document.body.dataset.status ?? "");
    if (wanted.includes(status)) return status;
    await new Promise((done) => setTimeout(done, 50));
  }
}

describe("the built demo site", () => {
  async function open(path: string, prepare: (page: Page) => Promise<unknown>): Promise<Page> {
    const page = await browser.newPage();
    await prepare(page);
    await page.goto((await serve(resolve(root, "dist/site"))) + path, { timeout: 0 });
    return page;
  }

  test("says what to do where there is no WebGPU: its check of the error's name survives minifying", async () => {
    const page = await open("kmeans/", (page) =>
      page.evaluateOnNewDocument(() => Reflect.deleteProperty(Navigator.prototype, "gpu")),
    );
    await statusOf(page, "error");
    expect(await page.$eval("body", (node) => node.textContent)).toContain(
      "This page needs WebGPU",
    );
  });

  test.each(["", ...folders])(
    "says what is the matter, from a folder of a server: /%s",
    async (folder) => {
      const url = await serveBelow("/some/folder/");
      for (const off of ["webgpu", "javascript"] as const) {
        const page = await browser.newPage();
        const missing: string[] = [];
        page.on("response", (response) => {
          if (response.status() >= 400) missing.push(response.url());
        });
        if (off === "javascript") await page.setJavaScriptEnabled(false);
        else {
          await page.evaluateOnNewDocument(() =>
            Reflect.deleteProperty(Navigator.prototype, "gpu"),
          );
        }
        await page.goto(url + (folder && `${folder}/`), { timeout: 0 });
        if (off === "webgpu") await statusOf(page, "ok", "error");
        const text = await page.$eval("body", (node) => node.innerText);
        const needs =
          off === "javascript" ? /needs JavaScript.*switch JavaScript on/ : /needs? WebGPU/;
        expect(text).toMatch(needs);
        if (off === "webgpu") {
          expect(text).toContain("Use Chrome or Edge 113 or newer");
          expect(text).not.toContain("Something went wrong");
          if (!folder) expect((await page.$$("#cards img")).length).toBe(folders.length);
        }
        expect(missing).toEqual([]);
        await page.close();
      }
    },
  );

  test("the index weighs at most 250 KB with its pictures", async () => {
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 4000 });
    let bytes = 0;
    page.on("response", async (response) => {
      bytes += (await response.buffer().catch(() => Buffer.alloc(0))).length;
    });
    await page.goto(await serve(resolve(root, "dist/site")), { waitUntil: "networkidle0" });
    const pictures = await page.evaluate(
      () => [...document.images].filter((image) => image.naturalWidth > 0).length,
    );
    expect(pictures).toBe(folders.length);
    expect(bytes).toBeLessThanOrEqual(250_000);
  });

  test("does its work without the builtins younger than Chrome 113", async () => {
    const page = await open("optimisers/?auto=1&steps=5", makeOld);
    await statusOf(page, "ok", "error");
    const [status, text] = await page.evaluate(() => [
      document.body.dataset.status,
      document.body.textContent,
    ]);
    expect(status, text ?? "").toBe("ok");
  });
});
