import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoBrowser } from "./browser.ts";

const DESKTOP = { size: { width: 1440, height: 900 }, scheme: "light" } as const;

interface Side {
  readonly steps: number;
  readonly inertia: number;
}

interface Result {
  readonly groups: {
    readonly plusplus: Side;
    readonly random: Side;
    readonly ks: readonly number[];
    readonly inertias: readonly number[];
    readonly clearest: number;
  };
  readonly photo: {
    readonly colours: number;
    readonly sample: number;
    readonly error: number;
    readonly sampleError: number;
    readonly palette: readonly number[];
    readonly shares: readonly number[];
  };
}

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

async function result(): Promise<Result> {
  expect(await browser.status("ok", "error")).toBe("ok");
  expect(browser.problems).toEqual([]);
  return (await browser.demo()).result as Result;
}

/** Mean distance of all of the shown picture's pixels from the nearest of the colours, and what share of pixels has each. */
async function measured(palette: readonly number[]) {
  const pixels = await browser.evaluate(() => {
    const canvas = document.getElementById("original") as HTMLCanvasElement;
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
    return Array.from(data ?? []).filter((_, i) => i % 4 !== 3);
  });
  const k = palette.length / 3;
  const counts = new Array<number>(k).fill(0);
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 3) {
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (let c = 0; c < k; c++) {
      let square = 0;
      for (let j = 0; j < 3; j++) square += ((pixels[i + j] ?? 0) - (palette[3 * c + j] ?? 0)) ** 2;
      if (square < least) [best, least] = [c, square];
    }
    counts[best] = (counts[best] ?? 0) + 1;
    sum += Math.sqrt(least);
  }
  const n = pixels.length / 3;
  return { error: sum / n, shares: counts.map((count) => count / n) };
}

describe("the K-Means page", () => {
  test("finds five groups from both starts, says how many there are, and paints a photograph", async () => {
    await browser.visit("kmeans/?auto=1&points=300&sample=2000&colours=8", DESKTOP);
    const { groups, photo } = await result();
    expect(groups.plusplus.inertia).toBeLessThanOrEqual(1.001 * groups.random.inertia);
    expect(groups.ks.length).toBe(10);
    expect(groups.clearest).toBe(5);
    groups.inertias.forEach((inertia, i) => {
      if (i > 0) expect(inertia).toBeLessThan(1.05 * (groups.inertias[i - 1] ?? 0));
    });
    expect(photo.shares.length).toBe(8);
    const reference = await measured(photo.palette);
    expect(Math.abs(photo.error / reference.error - 1)).toBeLessThan(1e-3);
    photo.shares.forEach((share, c) => {
      expect(Math.abs(share - (reference.shares[c] ?? 0))).toBeLessThan(1e-3);
    });
    expect(await browser.text("#photo-message")).toContain("8 colours");
  });

  test("steps, changes the number of clusters, and paints another picture", async () => {
    await browser.visit("kmeans/?points=60&sample=2000&colours=4", DESKTOP);
    const first = await result();
    await browser.click("#again");
    await browser.status("ok");
    await browser.slide("#clusters", 3);
    await expect
      .poll(async () => ((await browser.demo()).result as Result).groups.plusplus.inertia, {
        timeout: 20_000,
      })
      .toBeGreaterThan(first.groups.plusplus.inertia);
    await browser.click("#suggested");
    await expect
      .poll(() => browser.text("#group-fields output"))
      .toBe(String(first.groups.clearest));
    await browser.slide("#colours", 6);
    await browser.click("#quantise");
    await expect
      .poll(async () => ((await browser.demo()).result as Result).photo.shares.length, {
        timeout: 20_000,
      })
      .toBe(6);
    expect((await result()).photo.error).toBeLessThan(first.photo.error);
  });

  test("names settings that cannot be", async () => {
    await browser.visit("kmeans/?clusters=40", DESKTOP);
    expect(await browser.status("ok", "error")).toBe("error");
    expect((await browser.demo()).error).toContain(
      "?clusters=40: expected a whole number from 1 to 10",
    );
  });
});
