import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pixelsOf, readBitmap } from "../../demos/digits/drawing/bitmap.ts";
import type { Finding } from "../../demos/shared/experiments.ts";
import { percent } from "../../demos/shared/format.ts";
import { DemoBrowser, root } from "./browser.ts";
import { data } from "./library.ts";
import { DESKTOP, doesItsWork, resultOf, resultWhere } from "./works.ts";

interface Result {
  readonly pixels?: readonly number[];
  readonly neighbours?: {
    readonly k: number;
    readonly metric: string;
    readonly distances: readonly number[];
    readonly rows: readonly number[];
    readonly labels: readonly number[];
    readonly shares: readonly number[];
    readonly says: number;
  };
  readonly map: { readonly drawn?: readonly number[]; readonly ratio: readonly number[] };
  readonly models: {
    readonly says: Readonly<Record<string, number>>;
    readonly heldOut: Readonly<Record<string, number>>;
    readonly own: number;
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

type Pair = Readonly<Record<"left" | "right", number>>;

/** The 1,497 training digits, by the page's rule. */
async function known() {
  const { X, y } = await data().loadDataset("digits");
  const places = Array.from(y.keys()).filter((i) => i % 6 > 0);
  return {
    rows: places.map((i) => Array.from(X.data.subarray(64 * i, 64 * i + 64))),
    labels: places.map((i) => Number(y[i])),
  };
}

const distances: Readonly<Record<string, (a: readonly number[], b: readonly number[]) => number>> =
  {
    euclidean: (a, b) => Math.hypot(...a.map((v, i) => v - Number(b[i]))),
    manhattan: (a, b) => a.reduce((sum, v, i) => sum + Math.abs(v - Number(b[i])), 0),
    cosine: (a, b) =>
      1 -
      a.reduce((sum, v, i) => sum + v * Number(b[i]), 0) / (Math.hypot(...a) * Math.hypot(...b)),
  };

/** Checks the neighbours and the vote against plain loops. */
async function expectVote({ pixels = [], neighbours }: Result): Promise<void> {
  if (!neighbours) throw new Error("expected a vote");
  const { k, metric } = neighbours;
  const { rows, labels } = await known();
  const far = rows.map((row) => distances[metric]?.(pixels, row) ?? Number.NaN);
  const order = [...far.keys()].sort((a, b) => Number(far[a]) - Number(far[b]) || a - b);
  expect(neighbours.rows).toEqual(order.slice(0, k));
  neighbours.distances.forEach((distance, i) => {
    expect(distance).toBeCloseTo(far[order[i] ?? -1] ?? Number.NaN, 6);
  });
  const votes = order.slice(0, k).map((row) => labels[row]);
  expect(neighbours.labels).toEqual(votes);
  for (const [digit, share] of neighbours.shares.entries())
    expect(share).toBeCloseTo(votes.filter((vote) => vote === digit).length / k, 6);
  expect(neighbours.says).toBe(neighbours.shares.indexOf(Math.max(...neighbours.shares)));
}

/** The page after its fits and experiments; an earlier test may have changed its settings. */
let worked: Promise<Result> | undefined;
const open = () => {
  worked ??= doesItsWork<Result>(browser, "digits", { steps: 100, drawing: "zz", own: "3xyz" });
  return worked;
};

/** Clears the drawing. */
async function clear(): Promise<void> {
  await browser.click("#clear");
  await until(({ pixels, neighbours }) => pixels === undefined && neighbours === undefined);
}

/** The drawing stored in the address. */
async function drawn(): Promise<number[]> {
  const search = await browser.evaluate(() => location.search);
  const bitmap = readBitmap(new URLSearchParams(search).get("drawing") ?? "");
  return [...pixelsOf(bitmap, false)];
}

describe("the digits page", () => {
  test("its experiments say what their figures say", async () => {
    const { many, faint, groups } = (await open()).experiments;
    for (const finding of [many, faint, groups]) {
      const { left, right } = (finding as Finding).figures as Pair;
      expect(finding?.sentence).toContain(percent(left));
      expect(finding?.sentence).toContain(percent(right));
      expect(Math.abs(left - right)).toBeGreaterThan(0.01);
    }
    expect(many?.answer).toBe("One");
    expect(faint?.answer).toBe("Cosine");
    expect(groups?.answer).toBe("Fifty groups");
  });

  test("finds the neighbours that plain loops find, for every metric, and runs four models", async () => {
    const first = await open();
    await expectVote(first);
    expect(first.neighbours?.says).toBe(3); // the example drawing is a 3
    const { heldOut, says } = first.models;
    expect(Object.keys(heldOut)).toEqual(["neighbours", "groups", "svm", "cnn"]);
    for (const [name, share] of Object.entries(heldOut)) expect(share, name).toBeGreaterThan(0.85);
    expect(says.neighbours).toBe(3);
    expect(says.svm).toBe(3);
    // the variance shares of the first two components, from scikit-learn's PCA
    expect(first.map.ratio[0]).toBeCloseTo(0.1489, 3);
    expect(first.map.ratio[1]).toBeCloseTo(0.1362, 3);
    for (const metric of ["manhattan", "cosine", "euclidean"]) {
      await browser.choose("#metric", metric);
      await expectVote(await until(({ neighbours }) => neighbours?.metric === metric));
    }
    await browser.slide("#k", 31);
    await expectVote(await until(({ neighbours }) => neighbours?.k === 31));
    expect(
      await browser.evaluate(() => document.querySelectorAll("#neighbours .tile").length),
    ).toBe(20);
    await browser.click("#centre");
    const moved = await until(({ pixels }) => `${pixels}` !== `${first.pixels}`);
    await expectVote(moved);
  });

  test("reports invalid parameters of the address, and axis labels do not overlap on a phone", async () => {
    await open();
    const note = await browser.text("#address-note");
    expect(note).toContain("expected a drawing as this page writes it");
    expect(note).toContain("expected at most 12 digits");
    await browser.evaluate(() => {
      const ends: [left: number, right: number][] = [];
      Object.assign(window, { ends });
      const { fillText } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        const { width } = this.measureText(text);
        const left = this.textAlign === "right" ? x - width : x;
        // the texts at the bottom of the map are the axis labels and the axis title
        if (this.canvas.closest("#map-board") && y === this.canvas.clientHeight - 3)
          ends.push([left, left + width]);
        fillText.call(this, text, x, y);
      };
    });
    await browser.resize({ size: { width: 391, height: 844 }, scheme: "light" });
    const ends = await browser.evaluate(
      () => Reflect.get(window, "ends") as [left: number, right: number][],
    );
    await browser.resize(DESKTOP);
    const once = [...new Map(ends.map((each) => [`${each}`, each])).values()];
    expect(once.length).toBeGreaterThan(2);
    for (const [i, [left, right]] of once.entries())
      for (const [from, to] of once.slice(i + 1)) expect(right < from || to < left).toBe(true);
  });

  test("a visitor's digits count as neighbours at once, and for all models after they are trained again", async () => {
    await open();
    await browser.slide("#k", 1);
    const before = await until(({ neighbours }) => neighbours?.k === 1);
    expect(before.neighbours?.distances[0]).toBeGreaterThan(1);
    await browser.choose("#label", "7");
    await browser.click("#add");
    const mine = await until(({ neighbours }) => neighbours?.says === 7);
    expect(mine.neighbours?.distances).toEqual([0]);
    expect(mine.neighbours?.rows).toEqual([1497]);
    expect(await browser.text("#neighbours")).toContain("7 · yours, 0.000");
    await browser.click("#train-models");
    await until(({ models }) => models.own === 1 && models.says.neighbours === 7);
    expect(await browser.text("#models-message")).toBe(
      "Learned from 1498 digits, 1 of them yours.",
    );
    await expect.poll(() => browser.evaluate(() => location.search)).toContain("own=7");
  });

  test("can be drawn on by mouse, finger and keyboard, cleared and undone; the drawing survives a reload; Stop answers at once", async () => {
    await browser.visit("digits/?steps=5000&centre=false", DESKTOP);
    await expect.poll(() => browser.text("#models-message")).toContain("step");
    const said = await browser.evaluate(() => {
      document.getElementById("stop-models")?.click();
      return document.getElementById("models-message")?.textContent;
    });
    expect(said).toBe("Stopping …");
    await expect.poll(() => browser.text("#models-message")).toBe("Stopped.");
    await result();
    await clear();
    expect(await browser.text("#neighbours-message")).toBe("Draw a digit.");
    const before = await browser.evaluate(() => {
      document.getElementById("pad")?.scrollIntoView({ block: "center", inline: "center" });
      return scrollY;
    });
    await browser.finger("#pad", [0.1, 0.1], [0.1, 0.9]);
    await until(({ pixels = [] }) => Number(pixels[8 * 2]) > 0 && Number(pixels[8 * 5]) > 0);
    expect(await browser.evaluate(() => scrollY)).toBe(before); // a touch draws and does not scroll
    await browser.click("#undo");
    await until(({ pixels }) => pixels === undefined);
    await browser.drag("#pad", [0.5, 0.1], [0.5, 0.9]);
    // wait for the whole line: its beginning is shown before its end
    const one = await until(
      ({ pixels = [] }) => Number(pixels[8 * 4 + 3]) > 0 && Number(pixels[8 * 6 + 3]) > 0,
    );
    await expectVote(one);
    expect(one.pixels?.[8 * 4 + 3]).toBeGreaterThan(0);
    expect(one.pixels?.[8 * 4]).toBe(0);
    await browser.evaluate(() => document.getElementById("pad")?.focus());
    await browser.press("Space", "ArrowRight", "ArrowRight", "ArrowRight", "Enter");
    await expect
      .poll(() => browser.evaluate(() => document.getElementById("pad")?.ariaLabel))
      .toContain("The pen is up");
    const more = await until(({ pixels = [] }) => Number(pixels[8 * 7 + 5]) > 0);
    const ink = (pixels: readonly number[] = []) => pixels.reduce((a, b) => a + b, 0);
    expect(ink(more.pixels)).toBeGreaterThan(ink(one.pixels));
    await new Promise((resolve) => setTimeout(resolve, 1000)); // until the address is updated
    const kept = await drawn();
    await until(({ pixels }) => `${pixels}` === `${kept}`);
    await browser.reload();
    await browser.clickEnabled("#stop-models");
    expect((await result()).pixels).toEqual(kept);
  });

  test("its text says the number of training digits", async () => {
    const page = readFileSync(resolve(root, "demos/words/en/digits/html.ts"), "utf8");
    expect(page).toContain(`nearest of ${(await known()).rows.length.toLocaleString("en")} digits`);
  });
});
