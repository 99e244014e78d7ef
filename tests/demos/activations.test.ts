import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../demos/shared/experiments.ts";
import { percent } from "../../demos/shared/format.ts";
import { DemoBrowser } from "./browser.ts";
import { DESKTOP, doesItsWork, resultOf, resultWhere } from "./works.ts";

interface Side {
  readonly name: string;
  readonly value: number;
  readonly slope: number;
  readonly facts: Readonly<Record<"mean" | "deviation" | "slope" | "flat", number>>;
}

interface Layers {
  readonly signal: readonly number[];
  readonly gradient: readonly number[];
  readonly dead: readonly number[];
}

interface Result {
  readonly curves: {
    readonly at: number;
    readonly first: Side;
    readonly second: Side;
    readonly sentence: string;
  };
  readonly depth: { readonly start: string; readonly first: Layers; readonly second: Layers };
  readonly training?: { readonly first: number; readonly second: number; readonly steps: number };
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

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const formulas: Readonly<Record<string, (x: number) => number>> = {
  ReLU: (x) => Math.max(0, x),
  Sigmoid: sigmoid,
  "Swish (SiLU)": (x) => x * sigmoid(x),
  Mish: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
  "Leaky ReLU": (x) => (x > 0 ? x : 0.25 * x),
};

function expectSide({ name, value, slope }: Side, at: number): void {
  const f = formulas[name] as (x: number) => number;
  expect(Math.abs(value - f(at)), name).toBeLessThan(1e-5);
  expect(Math.abs(slope - (f(at + 1e-4) - f(at - 1e-4)) / 2e-4), name).toBeLessThan(1e-4);
}

/** The page after its training and experiments; an earlier test may have changed its settings. */
let worked: Promise<Result> | undefined;
const open = () => {
  worked ??= doesItsWork<Result>(browser, "activations", { depth: 20, first: "cubic" });
  return worked;
};

describe("the activations page", () => {
  test("reports invalid parameters of the address, shows values and slopes by the formulas, and signals that keep or lose their size", async () => {
    const { curves, depth, training } = await open();
    expect(await browser.text("#address-note")).toContain("expected one of relu, leaky_relu");
    for (const side of [curves.first, curves.second]) expectSide(side, curves.at);
    // half of all normal numbers are below 0, where ReLU is 0; the mean of ReLU is 1/√2π
    expect(curves.first.facts.flat).toBeCloseTo(0.5, 1);
    expect(curves.first.facts.mean).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 1);
    expect(curves.second.facts.mean).toBeCloseTo(0.5, 1);
    expect(curves.sentence).toContain("the slope of ReLU is 0");
    expect(depth.first.signal.length).toBe(20);
    expect(depth.first.signal.at(-1)).toBeGreaterThan(0.05);
    expect(Number(depth.second.gradient[0])).toBeLessThan(
      1e-4 * Number(depth.second.gradient.at(-1)),
    );
    for (const { dead } of [depth.first, depth.second]) expect(dead.length).toBe(20);
    expect(Math.max(...depth.first.dead)).toBeGreaterThan(0.05); // units of ReLU that are 0 for every input
    expect(Math.max(...depth.second.dead)).toBe(0); // a sigmoid is never 0, so none of its units is dead
    expect(training?.steps).toBe(20);
    await browser.choose("#start", "lsuv");
    const lsuv = await until(({ depth }) => depth.start === "lsuv");
    // the sums of each layer have deviation 1, so their ReLU has √(½ − 1/2π) in every layer
    for (const size of lsuv.depth.first.signal) {
      expect(Math.abs(size - Math.sqrt(0.5 - 1 / (2 * Math.PI)))).toBeLessThan(0.25);
    }
  });

  test("by keyboard: other activations and numbers; settings stay over a reload; Stop says so at once", async () => {
    await browser.visit("activations/?steps=5000&first=leaky_relu&slope=0.24&second=silu", DESKTOP);
    await expect.poll(() => browser.text("#training-message")).toContain("Step");
    const said = await browser.evaluate(() => {
      document.getElementById("stop-training")?.click();
      return document.getElementById("training-message")?.textContent;
    });
    expect(said).toBe("Stopping …");
    await expect.poll(() => browser.text("#training-message")).toBe("Stopped.");
    await result();
    await browser.evaluate(() => document.getElementById("x")?.focus());
    await browser.press("ArrowRight");
    const moved = await until(({ curves }) => curves.at > -1.5);
    expect(moved.curves.second.name).toBe("Swish (SiLU)");
    await browser.choose("#second", "mish");
    await browser.slide("#slope", 0.25);
    await expect.poll(() => browser.text("#training-message")).toContain("Step");
    await browser.evaluate(() => document.getElementById("stop-training")?.click());
    const { curves } = await until(({ curves }) => curves.second.name === "Mish");
    await result();
    for (const side of [curves.first, curves.second]) expectSide(side, curves.at);
    await expect.poll(() => browser.evaluate(() => location.search)).toMatch(/second=mish/);
    expect(await browser.evaluate(() => location.search)).toContain("slope=0.25");
  });

  test("its experiments say what their figures say", async () => {
    const { vanishing, start, centred, around } = (await open()).experiments;
    expectAround(around);
    type Pair = Record<"left" | "right", number>;
    const [v, s, c] = [
      vanishing?.figures as Pair,
      start?.figures as Pair,
      centred?.figures as Pair,
    ];
    expect(v.right).toBeLessThan(1e-3 * v.left);
    expect(vanishing?.answer).toBe("With ReLU");
    // with ReLU, Xavier's initialisation halves the mean square in each of the twenty layers
    expect(Math.log2(s.right / s.left)).toBeGreaterThan(8);
    expect(Math.log2(s.right / s.left)).toBeLessThan(12);
    expect(start?.answer).toBe("He");
    expect(c.right).toBeGreaterThan(c.left + 0.05);
    expect(centred?.answer).toBe("Tanh");
    expect(centred?.sentence).toContain(percent(c.right));
  });
});

/** Swish and mish around 0, by their formulas. */
function expectAround(around?: Finding): void {
  type Around = Record<"left" | "right", { slope: number; lowest: number; at: number }>;
  if (!around) throw new Error("expected the experiment around 0");
  const { left: swish, right: mish } = around.figures as Around;
  expect(swish.slope).toBeCloseTo(0.5, 4);
  expect(mish.slope).toBeCloseTo(Math.tanh(Math.log(2)), 4);
  for (const [name, dip] of Object.entries({ "Swish (SiLU)": swish, Mish: mish })) {
    expect(dip.lowest).toBeCloseTo(formulas[name]?.(dip.at) ?? Number.NaN, 4);
    for (const beside of [-0.1, 0.1])
      expect(formulas[name]?.(dip.at + beside)).toBeGreaterThan(dip.lowest);
  }
  expect(around.sentence).toContain("swish has a slope of 0.5 and mish of 0.6;");
  expect(around.answer).toBe("Mish");
}
