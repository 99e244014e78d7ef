import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../demos/shared/experiments.ts";
import { percent } from "../../demos/shared/format.ts";
import { DemoBrowser } from "./browser.ts";
import { DESKTOP, doesItsWork, resultOf, resultWhere } from "./works.ts";

interface Line {
  readonly slope: number;
  readonly intercept: number;
  readonly loss: number;
}

interface Told {
  readonly loss: number;
  readonly probabilities: readonly number[];
  readonly gradients: readonly number[];
}

interface Result {
  readonly curves: {
    readonly at: number;
    readonly losses: Readonly<
      Record<string, { readonly value: number; readonly gradient: number }>
    >;
    readonly sentence: string;
  };
  readonly line: {
    readonly points: readonly (readonly [number, number])[];
    readonly lines: Readonly<Record<"mse" | "l1" | "smoothL1" | "huber", Line>>;
    readonly sentence: string;
  };
  readonly descent: { readonly probabilities: Readonly<Record<string, number>> };
  readonly experiments: Readonly<Record<string, Finding>>;
  readonly classes: Readonly<Record<"softmax" | "sigmoids", Told>>;
  readonly triplet: {
    readonly loss: number;
    readonly steps: number;
    readonly points: Readonly<Record<string, readonly [number, number]>>;
    readonly gradients: Readonly<Record<string, readonly [number, number]>>;
  };
}

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

const result = () => resultOf<Result>(browser);

/** Waits until the result satisfies a condition; returns it. */
const until = (wanted: (result: Result) => boolean) => resultWhere(browser, wanted);

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Losses of an error or a score by their formulas, with central differences for their gradients. */
const formulas: Readonly<Record<string, (x: number) => number>> = {
  mse: (e) => e * e,
  l1: Math.abs,
  smoothL1: (e) => (Math.abs(e) < 0.5 ? e * e : Math.abs(e) - 0.25), // β = 0.5
  huber: (e) => (Math.abs(e) < 1.5 ? (e * e) / 2 : 1.5 * (Math.abs(e) - 0.75)), // δ = 1.5
  crossEntropy: (z) => 2 * Math.log1p(Math.exp(-z)), // of weight 2
  squared: (z) => (1 - sigmoid(z)) ** 2,
  focal: (z) => (1 - sigmoid(z)) ** 3 * Math.log1p(Math.exp(-z)), // γ = 3
  hinge: (z) => Math.max(0, 1 - z),
  squaredHinge: (z) => Math.max(0, 1 - z) ** 2,
};

function expectCurves({ at, losses }: Result["curves"]): void {
  for (const [name, { value, gradient }] of Object.entries(losses)) {
    const f = formulas[name] as (x: number) => number;
    expect(Math.abs(value - f(at)), name).toBeLessThan(1e-5 * (1 + f(at)));
    const slope = (f(at + 1e-4) - f(at - 1e-4)) / 2e-4;
    expect(Math.abs(gradient - slope), name).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
  }
}

/** The page after its line fits and experiments. */
let worked: Promise<Result> | undefined;
const open = () => {
  worked ??= doesItsWork<Result>(browser, "losses", { steps: 240 });
  return worked;
};

describe("the losses page", () => {
  test("its experiments say what their figures say", async () => {
    const { sure, outlier, smoothing } = (await open()).experiments;
    const sides = (finding?: Finding) => finding?.figures as Record<"left" | "right", never>;
    const [s, o, m] = [
      sides(sure) as Record<"left" | "right", { gradient: number; end: number }>,
      sides(outlier) as Record<"left" | "right", { slope: number }>,
      sides(smoothing) as Record<"left" | "right", number>,
    ];
    expect(Math.abs(s.left.gradient - (sigmoid(-6) - 1))).toBeLessThan(1e-5);
    expect(Math.abs(s.right.gradient)).toBeLessThan(0.01);
    expect(sure?.answer).toBe("Cross-entropy");
    expect(sure?.sentence).toContain(`reached ${percent(s.left.end)}`);
    expect(Math.abs(o.right.slope - 0.8)).toBeLessThan(Math.abs(o.left.slope - 0.8) - 0.05);
    expect(outlier?.answer).toBe("Absolute errors");
    expect(outlier?.sentence).toContain(`squared errors give ${o.left.slope.toFixed(2)}`);
    // with label smoothing 0.1 the gradient is 0 at these: p = 1 − 2ε/3 and ε/3
    expect(m.right).toBeCloseTo(Math.log((1 - 0.2 / 3) / (0.1 / 3)), 2);
    expect(m.left).toBeGreaterThan(m.right + 1);
    expect(smoothing?.answer).toBe("With hard labels");
  });

  test("shows values, gradients, lines, probabilities and triplets that their formulas give", async () => {
    const { curves, line, descent, classes, triplet } = await open();
    expect(Object.keys(curves.losses)).toEqual(["mse", "l1", "smoothL1", "huber"]);
    expectCurves(curves);
    expect(curves.sentence).toContain("Squared error is largest, 4 in size");
    // least squares in closed form
    const n = line.points.length;
    const mean = (of: (point: readonly [number, number]) => number) =>
      line.points.reduce((sum, point) => sum + of(point), 0) / n;
    const [mx, my] = [mean(([x]) => x), mean(([, y]) => y)];
    const slope = mean(([x, y]) => (x - mx) * (y - my)) / mean(([x]) => (x - mx) ** 2);
    expect(Math.abs(line.lines.mse.slope - slope)).toBeLessThan(0.01);
    expect(Math.abs(line.lines.mse.intercept - (my - slope * mx))).toBeLessThan(0.02);
    // no nearby line has a loss that is much smaller
    for (const [name, found] of Object.entries(line.lines)) {
      const loss = (a: number, b: number) =>
        mean(([x, y]) => (formulas[name] ?? Number)(a * x + b - y));
      const here = loss(found.slope, found.intercept);
      expect(Math.abs(here - found.loss), name).toBeLessThan(0.01);
      for (const [da, db] of [
        [0.05, 0],
        [-0.05, 0],
        [0, 0.1],
        [0, -0.1],
      ] as const)
        expect(loss(found.slope + da, found.intercept + db), name).toBeGreaterThan(here - 0.002);
    }
    expect(line.sentence).toMatch(/Farthest from it is Squared error with 0\.51, nearest L1/);
    expect(descent.probabilities.crossEntropy).toBeGreaterThan(0.95);
    expect(descent.probabilities.squared).toBeLessThan(0.01);
    for (const [of, told] of Object.entries(classes)) {
      if (of !== "softmax" && of !== "sigmoids") continue;
      told.gradients.forEach((gradient, i) => {
        // the gradient is p − t for both
        expect(Math.abs(gradient - (told.probabilities[i] ?? 0) + Number(i === 1))).toBeLessThan(
          1e-5,
        );
      });
    }
    const { anchor, positive, negative } = triplet.points as Record<string, [number, number]>;
    const apart = (a: readonly [number, number] = [0, 0], b: readonly [number, number] = [0, 0]) =>
      Math.hypot(a[0] - b[0], a[1] - b[1]);
    expect(triplet.loss).toBeCloseTo(1 + apart(anchor, positive) - apart(anchor, negative), 4);
  });

  test("by keyboard: other losses, parameters, a dragged outlier; settings stay over a reload; a triplet descends until its loss is 0, Stop says so at once, and classes are smoothed", async () => {
    await browser.visit("losses/?steps=5000&gamma=3&weight=2&score=-4&smoothing=0.3", DESKTOP);
    await expectStop();
    await result();
    await browser.evaluate(() =>
      document.querySelector<HTMLElement>("[data-family=scores]")?.focus(),
    );
    await browser.press("Enter");
    const { curves } = await until(({ curves }) => "focal" in curves.losses);
    expectCurves(curves);
    expect(curves.sentence).toMatch(
      /^At a score of -4 the true class has a probability of 1\.8\s%/,
    );
    await browser.evaluate(() => document.getElementById("outlier")?.focus());
    await browser.press("ArrowUp", "ArrowUp", "ArrowRight");
    const query = () =>
      browser.evaluate(() => {
        const given = new URLSearchParams(location.search);
        given.sort();
        return `${given}`;
      });
    await expect
      .poll(query)
      .toMatch(/^family=scores&gamma=3&outlierX=4\.\d+&outlierY=-4\.\d+&score=-4/);
    const outlier = () => query().then((text) => Number(new URLSearchParams(text).get("outlierY")));
    const before = await outlier();
    await browser.drag("#outlier", [0.5, 0.5], [0.5, -1.5]);
    await expect.poll(outlier).toBeGreaterThan(before + 0.3);
    const higher = await outlier();
    await browser.finger("#outlier", [0.5, 0.5], [0.5, -1.5]);
    await expect.poll(outlier).toBeGreaterThan(higher + 0.3);
    const dragged = new URLSearchParams(await query());
    await browser.reload({ steps: 16 });
    const again = await result();
    expect(again.line.points.at(-1)).toEqual(
      ["outlierX", "outlierY"].map((name) => Number(dragged.get(name))),
    );
    expect(Object.keys(again.curves.losses)).toContain("focal");
    await browser.clickAt("#curve-charts .pair:not([hidden]) .u-over", 0.75, 0.5);
    await until(({ curves }) => Math.abs(curves.at - 3) < 0.1);
    expect(Number(await browser.value("#score"))).toBeCloseTo(3, 0);
    await browser.click("#descend");
    const { triplet, classes } = await until(({ triplet }) => triplet.steps > 0);
    expect(triplet.loss).toBe(0);
    expect(await browser.text("#triplet-message")).toMatch(/^After \d+ steps .* the loss is 0/);
    const target = [0.1, 0.8, 0.1]; // smoothing by 0.3: the true class has 0.7 + 0.1, the others 0.1
    classes.softmax.gradients.forEach((gradient, i) => {
      const expected = (classes.softmax.probabilities[i] ?? 0) - (target[i] ?? 0);
      expect(Math.abs(gradient - expected)).toBeLessThan(1e-5);
    });
    expect(browser.problems).toEqual([]);
  });
});

async function expectStop(): Promise<void> {
  await expect.poll(() => browser.text("#line-message")).toContain("Training, step");
  expect(await browser.saidAtOnce("#stop-line", "#line-message")).toBe("Stopping …");
  await expect.poll(() => browser.text("#line-message")).toBe("Stopped.");
}
