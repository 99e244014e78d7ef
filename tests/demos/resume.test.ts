import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {} from "../../demos/shared/page.ts";
import { openBrowser, serveBuilt } from "../../scripts/browser.mjs";
import { openContext } from "../support/browsers.ts";
import { buildPage } from "./built_page.ts";
import * as library from "./library.ts";

type Bits = Readonly<Record<string, string>>;

const out = mkdtempSync(join(tmpdir(), "wgrad-resume-"));
let browser: Awaited<ReturnType<typeof openBrowser>>;
let whole: Bits;
let resumed: { readonly bits: Bits; readonly without: Bits };

/** The result of a newly opened page. */
async function visit(phase: "first" | "second"): Promise<object> {
  const { page, url, problems } = browser;
  await page.goto(`${url}?phase=${phase}`, { timeout: 0 });
  for (;;) {
    const { result, error } = await page.evaluate(() => window.wgradDemo ?? {});
    if (error || problems.length) throw new Error(error ?? problems.join("; "));
    if (result) return result;
    await new Promise((done) => setTimeout(done, 100));
  }
}

beforeAll(async () => {
  await buildPage("resume", out);
  browser = await openBrowser(await serveBuilt(out), { context: await openContext() });
  whole = (await visit("first")) as Bits;
  resumed = (await visit("second")) as typeof resumed;
}, 600_000);
afterAll(async () => {
  await browser.close();
  rmSync(out, { recursive: true });
});

const optim = library.optim();
const bases = [optim.Optimizer, optim.ClosureOptimizer];
const names = Object.entries(optim)
  .filter(([, value]) => bases.some((base) => value.prototype instanceof base))
  .flatMap(([name]) => [name, `${name} with everything`]);

describe("10 steps (3 of second order), a checkpoint, a new page and as many more are one run to the bit, with", () => {
  test.each(names)("%s", (name) => {
    expect(whole[name]).toMatch(/^[0-9a-f]{64} (10|3) losses to [\d.e-]+$/);
    expect(resumed.bits[name]).toBe(whole[name]);
  });

  test("all optimisers giving other bits than each other", () => {
    const plain = names.filter((name) => !name.endsWith("everything"));
    expect(new Set(plain.map((name) => whole[name])).size).toBe(plain.length);
  });

  test("every part of the checkpoint: without any one of them other bits come out", () => {
    const { average, stopping, ...deciding } = resumed.without;
    const right = whole["SGD with everything"] ?? "";
    expect([average, stopping]).not.toContain(right);
    expect(Object.keys(deciding)).toEqual(["model", "optimizer", "schedule", "data", "random"]);
    const losses = (bits: string) => bits.replace(/^\w+/, "");
    for (const [part, bits] of Object.entries(deciding)) {
      expect(losses(bits), part).not.toBe(losses(right));
    }
  });
});
