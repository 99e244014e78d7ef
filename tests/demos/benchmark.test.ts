import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../../demos/benchmark/report.ts";
import { DemoBrowser } from "./browser.ts";

const DESKTOP = { size: { width: 1440, height: 900 }, scheme: "light" } as const;

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

test("the benchmark sets other libraries beside this one, and they compute the same", async () => {
  await browser.visit(
    "benchmark/?auto=1&only=train-mlp&rounds=1&sampleMs=1&beside=jax,tfjs",
    DESKTOP,
  );
  expect(await browser.status("ok", "error")).toBe("ok");
  expect(browser.problems).toEqual([]);
  const { rows } = (await browser.demo()).result as Report;
  expect(rows.map(({ id }) => id)).toEqual(["train-mlp"]);
  for (const { entries } of rows) {
    expect(entries.map(({ library }) => library)).toEqual(["wgrad", "jax", "tfjs"]);
    for (const entry of entries) {
      if ("error" in entry) throw new Error(`${entry.library}: ${entry.error}`);
      expect(entry.difference, entry.library).toBeLessThan(1e-3);
      expect(entry.agrees, entry.library).toBe(true);
      expect(entry.counts.dispatches, entry.library).toBeGreaterThan(0);
    }
    const [own] = entries;
    expect(own && "counts" in own ? own.counts : undefined).toMatchObject({
      ...{ submits: 1, buffers: 0, bindGroups: 0, pipelines: 0 },
    });
  }
});

test.each([
  "frame=old&old=data:text/javascript,globalThis.ran=1//",
  "frame=old&old=/",
  "auto=1&only=train-mlp&beside=old&old=data:text/javascript,globalThis.ran=1//",
  "frame=constructor",
  "frame=data:text/javascript,globalThis.ran=1//",
])("the benchmark runs no code that its address names: %s", async (address) => {
  await browser.visit(`benchmark/?${address}`, DESKTOP);
  await browser.status("ready", "running", "ok", "error");
  expect(await browser.evaluate(() => "ran" in globalThis)).toBe(false);
});

test("the benchmark can be stopped", async () => {
  await browser.visit("benchmark/?rounds=50&sampleMs=500", DESKTOP);
  await browser.status("ready");
  await browser.click("#run");
  await browser.status("running");
  await browser.click("#run");
  expect(await browser.status("ok")).toBe("ok");
  expect(await browser.text()).toContain("stopped");
});
