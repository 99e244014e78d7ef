import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../demos/shared/experiments.ts";
import { percent } from "../../demos/shared/format.ts";
import { DemoBrowser } from "./browser.ts";
import { DESKTOP, doesItsWork, resultOf, resultWhere } from "./works.ts";

interface Blocks {
  readonly norm: string;
  readonly at: number;
  readonly groups: number;
  readonly gamma: number;
  readonly beta: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly slopes: readonly number[];
  readonly shared: readonly number[];
  readonly mean: number;
  readonly size: number;
  readonly sentence: string;
}

interface Result {
  readonly blocks: Blocks;
  readonly training?: {
    readonly norms: readonly string[];
    readonly steps: number;
    readonly batch: number;
    readonly order: string;
    readonly first: number;
    readonly second: number;
    readonly sizes: readonly Record<"activations" | "gradients", readonly number[]>[];
    readonly histograms: readonly Record<"activations" | "gradients", readonly number[][]>[];
    readonly sentence: string;
  };
  readonly shift?: {
    readonly shift: number;
    readonly ways: readonly string[];
    readonly plain: readonly number[];
    readonly here: readonly number[];
    readonly shifts: readonly number[];
    readonly table: readonly (readonly number[])[];
  };
  readonly sizes?: {
    readonly sizes: readonly number[];
    readonly accuracies: Readonly<Record<string, readonly number[]>>;
  };
  readonly experiments: Readonly<Record<string, Finding>>;
}

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

const result = () => resultOf<Result>(browser);

/** Waits until the result satisfies a condition; returns it. */
const until = (wanted: (result: Result) => boolean) => resultWhere(browser, wanted);

/** For a batch [4, 4, 3, 3]: the axes over which each norm has separate statistics. */
const fixed: Readonly<Record<string, (n: number, c: number) => string>> = {
  batch: (_, c) => `${c}`,
  group: (n, c) => `${n} ${Math.floor(c / 2)}`, // two groups
  instance: (n, c) => `${n} ${c}`,
  layer: (n) => `${n}`,
  rms: (n) => `${n}`,
};

/** y and ∂y/∂x by the formula, compared with what the page shows. */
function expectBlocks({ norm, at, gamma, beta, x, y, slopes, shared, mean, size }: Blocks): void {
  const group = (i: number) =>
    (fixed[norm] as (typeof fixed)[string])(Math.floor(i / 36), Math.floor(i / 9) % 4);
  const own = x.flatMap((_, i) => (group(i) === group(at) ? [i] : []));
  expect(shared).toEqual(own);
  const values = own.map((i) => x[i] as number);
  const average = values.reduce((a, b) => a + b, 0) / values.length;
  const rms = norm === "rms";
  const centre = rms ? 0 : average;
  const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / values.length);
  expect(mean).toBeCloseTo(average, 4);
  expect(size).toBeCloseTo(spread, 4);
  const z = ((x[at] as number) - centre) / spread;
  expect(y[at]).toBeCloseTo(gamma * z + (rms ? 0 : beta), 3);
  const n = values.length;
  for (const [i, slope] of slopes.entries()) {
    if (!own.includes(i)) {
      expect(slope, `element ${i} is no part of it`).toBe(0);
      continue;
    }
    const other = ((x[i] as number) - centre) / spread;
    const expected = (gamma / spread) * (Number(i === at) - (rms ? 0 : 1 / n) - (z * other) / n);
    expect(slope).toBeCloseTo(expected, 3);
  }
}

/** The page after training two networks and its experiments; an earlier test may have changed its settings. */
let worked: Promise<Result> | undefined;
const open = () => {
  const settings = { steps: 80, batch: 32, second: "layer", shift: 1.5, part: 0.25 };
  worked ??= doesItsWork<Result>(browser, "normalisation", settings, async () => {
    await expect.poll(() => browser.text("#training-message")).toMatch(/^Step \d+ of 80/);
    const first = () => document.querySelector(".ridges canvas")?.ariaLabel;
    expect(await browser.evaluate(first)).toContain("Histograms by layer");
  });
  return worked;
};

describe("the normalisation page", () => {
  test("its experiments say what their figures say", async () => {
    const { two, brighter, none } = (await open()).experiments;
    type Told = Record<"plain" | "asked" | "loss", number>;
    const of = (finding?: Finding) => finding?.figures as Record<"left" | "right", Told>;
    const [t, b, n] = [of(two), of(brighter), of(none)];
    expect(two?.sentence).toContain("After 80 steps of two digits"); // 0.25 of what a visitor sees
    expect(two?.sentence).toContain(`accuracy is ${percent(t.left.plain)} with batch norm`);
    expect(two?.sentence).toContain(`${percent(t.right.plain)} with group norm`);
    const difference = t.left.plain - t.right.plain;
    expect(two?.answer).toBe(
      difference > 0.015 ? "With batch norm" : difference < -0.015 ? "With group norm" : "Alike",
    );
    expect(b.left.plain).toBe(b.right.plain); // the same network, evaluated with two kinds of statistics
    expect(b.right.asked).toBeGreaterThan(b.left.asked + 0.2);
    expect(brighter?.answer).toBe("The pictures' own");
    expect(brighter?.sentence).toContain(`${percent(b.left.asked)} are right by running`);
    expect(n.right.loss).toBeLessThan(n.left.loss);
    expect(none?.answer).toBe("With batch norm");
  });

  test("trains two networks, shows histograms by layer, and evaluates them on changed pictures", async () => {
    const { training, shift } = await open();
    expect(training).toMatchObject({ norms: ["batch", "layer"], steps: 80, batch: 32 });
    expect(training?.first).toBeGreaterThan(0.7);
    expect(training?.second).toBeGreaterThan(0.7);
    for (const { activations, gradients } of training?.histograms ?? []) {
      expect([activations.length, gradients.length]).toEqual([6, 6]);
      for (const bars of [...activations, ...gradients])
        expect(bars.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
      // after ReLU no value is below 0
      for (const bars of activations) expect(Math.max(...bars.slice(0, 20))).toBe(0);
    }
    for (const { gradients } of training?.sizes ?? [])
      for (const size of gradients) expect(size).toBeGreaterThan(0);
    expect(shift?.ways).toEqual([
      "Batch norm, running statistics",
      "Layer norm",
      "Batch norm, these pictures' own",
    ]);
    expect(shift?.plain[0]).toBe(training?.first);
    expect(shift?.plain[1]).toBe(training?.second);
    const [running = 1, , own = 0] = shift?.here ?? [];
    expect(own).toBeGreaterThan(running + 0.2);
    expect(shift?.table[shift.shifts.indexOf(1.5)]).toEqual(shift?.here);
    await browser.slide("#shift", 0);
    const back = await until((found) => found.shift?.shift === 0);
    expect(back.shift?.here).toEqual(shift?.plain);
    await browser.choose("#order", "after");
    await expect.poll(() => browser.text("#training-message")).toMatch(/^Step \d+ of 80/);
    const said = await browser.evaluate(() => {
      document.getElementById("stop-training")?.click();
      return document.getElementById("training-message")?.textContent;
    });
    expect(said).toBe("Stopping …");
    await expect.poll(() => browser.text("#training-message")).toBe("Stopped.");
    await result();
  });

  test("shows which elements share statistics, and the gradient of a result, for every norm; by keyboard, too; trains every norm at every batch size, and says which is best", async () => {
    await browser.visit(
      "normalisation/?steps=5&sweep=5&gamma=1.5&beta=-0.5&batch=3&first=batch&second=none&order=after",
      DESKTOP,
    );
    const { blocks, training } = await result();
    expect(training?.order).toBe("after");
    // a norm after ReLU gives values below 0
    expect(
      Math.max(...(training?.histograms[0]?.activations[0]?.slice(0, 20) ?? [])),
    ).toBeGreaterThan(0);
    expect(await browser.text("#address-note")).toContain("expected one of 2, 4, 8, 16, 32, 64");
    expectBlocks(blocks);
    expect(blocks.sentence).toContain("shares its statistics with 35 others");
    for (const norm of ["group", "instance", "layer", "rms"]) {
      await browser.click(`[data-norm=${norm}]`);
      expectBlocks((await until((found) => found.blocks.norm === norm)).blocks);
    }
    await browser.slide("#gamma", 2);
    await browser.slide("#beta", 0.25);
    await browser.click("[data-norm=instance]");
    expectBlocks((await until(({ blocks }) => blocks.gamma === 2 && blocks.beta === 0.25)).blocks);
    await browser.evaluate(() => document.querySelector<HTMLElement>("button.blocks")?.focus());
    await browser.press("ArrowRight", "ArrowUp");
    // from sample 1, channel 2, row 1, column 1: one column right, one row up
    const moved = await until(({ blocks: { at, norm } }) => at === 56 && norm === "instance");
    expectBlocks(moved.blocks);
    await browser.clickAt("#blocks figure:nth-of-type(2) canvas", 0.12, 0.12);
    const clicked = await until(({ blocks: { at } }) => at < 9);
    expectBlocks(clicked.blocks);
    const { at } = clicked.blocks;
    await expect.poll(() => browser.evaluate(() => location.search)).toMatch(`at=${at}`);
    expect(await browser.evaluate(() => location.search)).toContain("norm=instance");
    await browser.reload();
    expect((await result()).blocks).toEqual(clicked.blocks);
    await trainEveryNorm();
  });
});

/** Trains with every norm at every batch size. */
async function trainEveryNorm(): Promise<void> {
  // the axes are hidden while the chart is empty
  const seen = () =>
    browser.evaluate(() => {
      const axes = document.querySelector("#sizes-chart .u-wrap") as HTMLElement;
      const chart = document.getElementById("sizes-chart");
      return [getComputedStyle(axes).visibility, chart?.innerText.trim()];
    });
  expect(await seen()).toEqual(["hidden", "Nothing is measured yet."]);
  await browser.click("#all-sizes");
  await expect.poll(() => browser.text("#sizes-message")).toMatch(/^Training \d+ of 36/);
  const { sizes } = await until((found) => found.sizes !== undefined);
  expect(sizes?.sizes).toEqual([2, 4, 8, 16, 32, 64]);
  expect(Object.keys(sizes?.accuracies ?? {})).toEqual([
    ...["none", "batch", "group", "instance", "layer", "rms"],
  ]);
  for (const row of Object.values(sizes?.accuracies ?? {})) {
    expect(row.length).toBe(6);
    for (const share of row) expect(share).toBeGreaterThanOrEqual(0);
  }
  expect((await seen())[0]).toBe("visible");
  expect(await browser.text("#sizes-message")).toMatch(/^After 5 steps with 2 digits each/);
  expect(browser.problems).toEqual([]);
}
