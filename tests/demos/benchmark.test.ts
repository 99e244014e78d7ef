import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../../demos/benchmark/report.ts";
import { number } from "../../demos/shared/format.ts";
import { DemoBrowser } from "./browser.ts";
import { type Found, says } from "./findings.ts";
import { DESKTOP, doesItsWork } from "./works.ts";

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open({ apart: 60 }); // so that the compiling is seen on every machine
});
afterAll(() => browser.close());

type Told = Record<"left" | "right", { readonly ms: number; readonly dispatches: number }>;
type Findings = Record<"batch" | "side" | "fused", Found<Told>>;

test("the benchmark's experiments say what their figures say", async () => {
  const { experiments } = await doesItsWork<{ experiments: Findings }>(browser, "benchmark");
  const ms = (value: number) => `${number(Number(value.toPrecision(3)))} ms`;
  for (const { figures, sentence } of Object.values(experiments)) {
    says(sentence, ms(figures.left.ms), ms(figures.right.ms));
    expect(figures.left.dispatches).toBeGreaterThan(0);
  }
  const { batch, side, fused } = experiments;
  const { left, right } = batch.figures;
  expect(right.dispatches).toBeLessThan(2 * left.dispatches);
  says(batch.sentence, `16 samples take ${left.dispatches} dispatches`);
  expect(fused.figures.left.dispatches).toBe(fused.figures.right.dispatches);
  const ratio = side.figures.right.ms / side.figures.left.ms;
  const nearest = [2, 4, 8].sort(
    (a, b) => Math.abs(Math.log(ratio / a)) - Math.abs(Math.log(ratio / b)),
  );
  expect(side.answer).toBe({ 2: "Twice", 4: "Four times", 8: "Eight times" }[nearest[0] ?? 0]);
});

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

test("the benchmark starts by itself and says what it waits for; Stop says so at once, ends a step that takes long, and it runs again", async () => {
  await browser.visit("benchmark/?rounds=50&sampleMs=60000&only=train-mlp", DESKTOP);
  await browser.status("running");
  await expect
    .poll(() => browser.text("#progress"), { interval: 20 })
    .toMatch(/^Compiling kernels: \d+ done …$/);
  expect(await browser.saidAtOnce("#run", "#progress")).toBe("Stopping …");
  expect(await browser.status("ok")).toBe("ok");
  expect(await browser.text("#progress")).toBe("0 of 1: stopped");
  expect(await browser.evaluate(() => document.querySelectorAll("iframe").length)).toBe(0);
  await browser.click("#run");
  await browser.status("running");
  await browser.click("#run");
  expect(await browser.status("ok")).toBe("ok");
  expect(await browser.text("#progress")).toBe("0 of 1: stopped");
  expect(browser.problems).toEqual([]);
});
