import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Page } from "puppeteer";
import type { PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveBuilt } from "../../scripts/browser.mjs";
import { openContext } from "../support/browsers.ts";
import { makeOld } from "../support/old_browser.ts";
import { buildPage } from "./built_page.ts";
import { library } from "./library.ts";

const root = resolve(import.meta.dirname, "../..");
const site = resolve(root, "dist/site");
const out = mkdtempSync(join(tmpdir(), "wgrad-built-"));
const servers: PreviewServer[] = [];
let browser: BrowserContext;

async function serve(outDir: string): Promise<string> {
  const server = await serveBuilt(outDir);
  servers.push(server);
  return server.resolvedUrls?.local[0] ?? "";
}

beforeAll(async () => {
  await buildPage("built", out);
  browser = await openContext();
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

  test("operations that follow each other in a captured step are one dispatch, and right", () => {
    expect(report?.fused).toEqual([4, 16, 36, 81]);
  });

  test("errors have their names", () => {
    const names = Object.keys(library()).filter((name) => name.endsWith("Error"));
    expect(names.length).toBeGreaterThan(10);
    expect(report?.names).toEqual(Object.fromEntries(names.map((name) => [name, name])));
    expect(report?.errors).toEqual({
      notStarted: expect.stringMatching(/^NotInitializedError: tensor: .*await init\(\)/),
      shape: expect.stringMatching(/^ShapeError: matmul: /),
      value: expect.stringMatching(/^ValueError: tensor: /),
    });
  });
});

const folders = readdirSync(resolve(root, "demos"), { withFileTypes: true })
  .filter((entry) => existsSync(resolve(root, "demos", entry.name, "index.html")))
  .map(({ name }) => name);

/** Limit for a page in kilobytes, compressed. The benchmark and the kernels page load what they show later. */
const limits: Readonly<Record<string, number>> = {
  ...{
    "": 20,
    activations: 118,
    augmentation: 111,
    benchmark: 34,
    digits: 138,
    kernels: 25,
    kmeans: 84,
    losses: 105,
  },
  ...{ normalisation: 149, optimisers: 103, predict: 150, regression: 143, resnet: 141, svm: 86 },
};

/**
 * Waits for the page's status without code from text (Puppeteer's string predicates), which the site's policy forbids.
 */
async function statusOf(page: Page, ...wanted: readonly string[]): Promise<string> {
  for (;;) {
    const status = await page.evaluate(() => document.body.dataset.status ?? "");
    if (wanted.includes(status)) return status;
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Files of the site that a file refers to, by their paths in the site. */
function named(file: string, pattern: RegExp): string[] {
  const text = readFileSync(resolve(site, file), "utf8");
  return [...text.matchAll(pattern)].map(([, path = ""]) => join(file, "..", path));
}

/** What a page must load before it can begin, without its data: HTML, styles, scripts and their imports. */
function filesOf(folder: string): readonly string[] {
  const page = join(folder, "index.html");
  const files = new Set(named(page, /(?:src|href)="(\.\.?\/assets\/[^"]+\.(?:js|css))"/g));
  for (const file of files) {
    if (!file.endsWith(".js")) continue;
    for (const next of named(file, /(?:from|import)\s*["`'](\.[^"`']+\.js)["`']/g)) files.add(next);
  }
  return [page, ...files];
}

describe("the built demo site", () => {
  test.each(Object.entries(limits))("/%s weighs at most %i KB before its data", (folder, limit) => {
    const files = filesOf(folder);
    expect(files.length).toBeGreaterThan(2);
    const bytes = files.map((file) => gzipSync(readFileSync(resolve(site, file))).length);
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1000 * limit);
  });

  test("there is a limit for every page", () => {
    expect(Object.keys(limits).sort()).toEqual(["", ...folders].sort());
  });

  async function open(path: string, prepare: (page: Page) => Promise<unknown>): Promise<Page> {
    const page = await browser.newPage();
    await prepare(page);
    await page.goto((await serve(resolve(root, "dist/site"))) + path, { timeout: 0 });
    return page;
  }

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
