import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
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
    await page.waitForFunction(() => document.body.dataset.status === "error", { timeout: 0 });
    expect(await page.$eval("body", (node) => node.textContent)).toContain(
      "This page needs WebGPU",
    );
  });

  test("does its work without the builtins younger than Chrome 113", async () => {
    const page = await open("optimisers/?auto=1&steps=5", makeOld);
    await page.waitForFunction(() => ["ok", "error"].includes(document.body.dataset.status ?? ""), {
      timeout: 0,
    });
    const [status, text] = await page.evaluate(() => [
      document.body.dataset.status,
      document.body.textContent,
    ]);
    expect(status, text ?? "").toBe("ok");
  });
});
