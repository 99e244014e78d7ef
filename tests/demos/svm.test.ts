import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { percent } from "../../demos/shared/format.ts";
import { DemoBrowser } from "./browser.ts";
import { type Found, type Pair, says } from "./findings.ts";
import { DESKTOP, doesItsWork } from "./works.ts";

interface Result {
  readonly samples: number;
  readonly score: number;
  readonly heldOut: number;
  readonly supportVectors: number;
  readonly dualObjective: number;
  readonly converged: boolean;
}

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

/** Waits until the machine has been fitted to this many samples. */
async function learned(samples: number): Promise<Result> {
  await expect
    .poll(
      async () => {
        const result = (await browser.demo()).result as Result | undefined;
        const settled = (await browser.status("ok", "running")) === "ok";
        return settled && result?.score !== undefined ? result.samples : -1;
      },
      { timeout: 20_000 },
    )
    .toBe(samples);
  return (await browser.demo()).result as Result;
}

/** Waits until the plane shows this many samples. */
async function samples(count: number): Promise<void> {
  await expect
    .poll(async () => ((await browser.demo()).result as Result).samples, { timeout: 20_000 })
    .toBe(count);
}

/** The points in the code shown, rounded to one digit. */
async function drawn(): Promise<string> {
  const [, rows = "[]"] = /const X = (.*);/.exec(await browser.text("#code-text")) ?? [];
  const points = JSON.parse(rows) as number[][];
  return JSON.stringify(points.map((row) => row.map((value) => Math.round(10 * value) / 10)));
}

type Findings = Record<"by-heart" | "price" | "straight", Found<Pair>>;

describe("the SVM playground", () => {
  test("its experiments say what their figures say", async () => {
    const { experiments } = await doesItsWork<{ experiments: Findings }>(browser, "svm");
    const { "by-heart": heart, price, straight } = experiments;
    const [calm, wild] = [heart.figures.left, heart.figures.right];
    expect(wild?.training).toBe(1);
    expect(wild?.heldOut).toBeLessThan((calm?.heldOut ?? 0) - 0.1);
    says(
      heart.sentence,
      `γ = 300 classifies ${percent(1)}`,
      percent(wild?.heldOut ?? 0),
      percent(calm?.heldOut ?? 0),
    );
    expect(heart.answer).toBe("Worse");
    const { left: cheap, right: dear } = price.figures;
    expect(cheap?.supportVectors).toBeGreaterThan(2 * (dear?.supportVectors ?? 1e9));
    says(
      price.sentence,
      `${cheap?.supportVectors} of 120 points`,
      `with C = 500 ${dear?.supportVectors};`,
    );
    expect(price.answer).toBe("With the small C");
    const { left: gaussian, right: linear } = straight.figures;
    expect(gaussian?.heldOut).toBeGreaterThan(0.95);
    expect(linear?.heldOut).toBeLessThan(0.75);
    says(straight.sentence, percent(gaussian?.heldOut ?? 0), percent(linear?.heldOut ?? 0));
  });

  test("fits points that a visitor draws, and shows its figures", async () => {
    await browser.visit("svm/?data=own&kernel=linear&C=100", DESKTOP);
    await browser.status("ok");
    expect(await browser.text("#message")).toContain("points of two classes make a border");
    for (const [x, y] of [
      [0.2, 0.3],
      [0.25, 0.7],
      [0.3, 0.5],
    ] as const) {
      await browser.clickAt("#plane", x, y);
    }
    await browser.click('[data-pen="1"]');
    for (const [x, y] of [
      [0.7, 0.3],
      [0.8, 0.7],
      [0.75, 0.5],
    ] as const) {
      await browser.clickAt("#plane", x, y);
    }
    const { score, supportVectors, converged } = await learned(6);
    expect(score).toBe(1);
    expect(converged).toBe(true);
    expect(await browser.text("#value-score")).toBe(percent(1));
    expect(await browser.text("#value-support")).toBe(`${supportVectors} of 6`);
    expect(supportVectors).toBeLessThan(6);
    // a point of the second class amid the first: no straight boundary separates them
    await browser.clickAt("#plane", 0.25, 0.5);
    expect((await learned(7)).score).toBeCloseTo(6 / 7, 6);
    expect(await browser.text("#value-score")).toBe(percent(6 / 7));
    await browser.choose("#kernel", "rbf");
    await browser.slide("#gamma", 1);
    await expect.poll(() => browser.text("#value-score"), { timeout: 20_000 }).toBe(percent(1));
    await browser.click('[data-pen="-1"]');
    await browser.clickAt("#plane", 0.25, 0.5);
    expect((await learned(6)).score).toBe(1);
    expect(browser.problems).toEqual([]);
  });

  test("puts points by taps, drags and erases the one that is met, undoes, and scrolls under a finger", async () => {
    await browser.visit("svm/?data=own", { size: { width: 390, height: 700 }, scheme: "light" });
    await browser.status("ok");
    expect(
      await browser.evaluate(
        () => getComputedStyle(document.getElementById("plane") as HTMLElement).touchAction,
      ),
    ).toBe("pan-y pinch-zoom");
    await browser.tap("#plane");
    await samples(1);
    await browser.clickAt("#plane", 0.2, 0.2);
    await samples(2);
    await browser.click("#code summary");
    await browser.drag("#plane", [0.2, 0.2], [0.75, 0.25]);
    await expect.poll(drawn).toBe("[[0,0],[2,1.6]]");
    await samples(2);
    await browser.click('[data-pen="-1"]');
    await browser.clickAt("#plane", 0.3, 0.8);
    await expect.poll(() => browser.text("#message")).toContain("There is no point here");
    await samples(2);
    await browser.clickAt("#plane", 0.75, 0.25);
    await samples(1);
    await browser.click("#undo");
    await samples(2);
    await browser.click("#undo");
    await expect.poll(drawn).toBe("[[0,0],[-2.4,1.9]]");
    await browser.click('[data-pen="0"]');
    // last, because a browser takes a tap during scrolling for the end of the scroll
    await browser.swipe("#plane");
    await new Promise((done) => setTimeout(done, 500));
    expect(await drawn()).toBe("[[0,0],[-2.4,1.9]]");
    expect(browser.problems).toEqual([]);
  });

  test("says how it does on held-out points: a γ that memorises its samples does worse", async () => {
    await browser.visit("svm/?gamma=300", DESKTOP);
    const { score, heldOut } = await learned(120);
    expect(score).toBe(1);
    expect(heldOut).toBeLessThan(0.9);
    expect(await browser.text("#value-heldOut")).toBe(percent(heldOut));
    await browser.visit("svm/?data=groups&C=10", DESKTOP);
    expect((await learned(120)).heldOut).toBeGreaterThan(0.8);
    await browser.evaluate(() => {
      const widths: number[] = [];
      Object.assign(window, { widths });
      const context = CanvasRenderingContext2D.prototype;
      const stroke = context.stroke as () => void;
      context.stroke = function (this: CanvasRenderingContext2D): void {
        if (this.canvas.id === "plane") widths.push(this.lineWidth);
        stroke.call(this);
      };
    });
    await browser.resize({ size: { width: 1200, height: 900 }, scheme: "light" });
    const widths = await browser.evaluate(() => Reflect.get(window, "widths") as number[]);
    // three classes: a border and a margin each
    expect(widths.filter((width) => width === 2.5).length % 3).toBe(0);
    expect(widths.filter((width) => width === 1.5).length).toBe(
      widths.filter((width) => width === 2.5).length,
    );
    expect(widths).toContain(2.5);
    expect(browser.problems).toEqual([]);
  });

  test("takes points from the keyboard", async () => {
    await browser.visit("svm/?data=own", DESKTOP);
    await browser.status("ok");
    await browser.evaluate(() => document.getElementById("plane")?.focus());
    await browser.press("ArrowRight", "Enter");
    await browser.click('[data-pen="2"]');
    await browser.evaluate(() => document.getElementById("plane")?.focus());
    await browser.press("ArrowUp", "ArrowUp", "Enter");
    expect((await learned(2)).score).toBe(1);
  });

  test("loads tables, by features and by principal components", async () => {
    await browser.visit("svm/?data=iris", DESKTOP);
    const features = await learned(150);
    expect(features.score).toBeGreaterThan(0.94);
    expect(await browser.text("#across")).toBe("petal length, standardised");
    await browser.choose("#view", "components");
    await expect.poll(() => browser.text("#across")).toBe("component 1");
    await browser.status("ok");
    await browser.choose("#set", "wine");
    expect((await learned(178)).score).toBeGreaterThan(0.9);
    expect(browser.problems).toEqual([]);
  });

  test("follows a curve within its tube", async () => {
    await browser.visit("svm/?task=regress&data=sine", DESKTOP);
    const narrow = await learned(80);
    expect(narrow.score).toBeGreaterThan(0.9);
    expect(await browser.text("#numbers dt")).toBe("R²");
    await browser.slide("#epsilon", 0.7);
    await expect
      .poll(async () => ((await browser.demo()).result as Result).supportVectors, {
        timeout: 20_000,
      })
      .toBeLessThan(narrow.supportVectors / 2);
    expect(browser.problems).toEqual([]);
  });

  test("stops, says so, and learns again", async () => {
    // features on which no boundary of this kind separates the classes: not converged within many thousand steps
    await browser.visit("svm/?data=breastCancer&kernel=poly&degree=8&C=1000", DESKTOP);
    await expect
      .poll(() => browser.text("#message"), { timeout: 20_000, interval: 20 })
      .toContain("steps …");
    expect(await browser.saidAtOnce("#stop", "#message")).toBe("Stopping …");
    expect(await browser.status("ok", "error")).toBe("ok");
    expect(await browser.text("#message")).toBe("Stopped.");
    expect((await browser.demo()).result).not.toHaveProperty("score");
    await browser.choose("#kernel", "rbf");
    expect((await learned(569)).score).toBeGreaterThan(0.85);
    expect(browser.problems).toEqual([]);
  });

  test("names settings that cannot be, and goes on without them", async () => {
    await browser.visit("svm/?C=0&kernel=laplace", DESKTOP);
    expect(await browser.status("ok", "error")).toBe("ok");
    const note = await browser.text("#address-note");
    expect(note).toContain("?C=0: expected a number from 0.001");
    expect(note).toContain("expected one of linear, poly, rbf, sigmoid");
  });
});
