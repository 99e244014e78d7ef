import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coloursOf, errorOf, sampleOf, sharesOf } from "../../demos/kmeans/photo/sample.ts";
import { number } from "../../demos/shared/format.ts";
import { uniform } from "../../demos/shared/random.ts";
import {
  assignInFloat64,
  lloydInFloat64,
  plusPlusInFloat64,
} from "../support/k_means_reference.ts";
import { DemoBrowser } from "./browser.ts";
import { type Figures, type Found, type Pair, says } from "./findings.ts";
import { DESKTOP, doesItsWork, resultOf } from "./works.ts";

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
    readonly twenty?: {
      readonly inertias: { readonly random: readonly number[] };
      readonly best: number;
    };
  };
  readonly photo: {
    readonly name: string;
    readonly colours: number;
    readonly sample: number;
    readonly error: number;
    readonly sampleError: number;
    readonly palette: readonly number[];
    readonly shares: readonly number[];
  };
  readonly experiments: {
    readonly starts: Found<{
      readonly inertias: Record<"random" | "plusplus", number[]>;
      readonly best: number;
      readonly lost: Figures;
    }>;
    readonly "too-many": Found<Pair>;
    readonly sample: Found<Figures>;
  };
}

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

const result = () => resultOf<Result>(browser);

/** Colours of all pixels of the picture shown. */
async function shown(): Promise<Float32Array<ArrayBuffer>> {
  const pixels = await browser.evaluate(() => {
    const canvas = document.getElementById("original") as HTMLCanvasElement;
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
    return Array.from(data ?? []);
  });
  return coloursOf(pixels);
}

const matrix = (data: Float32Array<ArrayBuffer>) => ({
  data,
  shape: [data.length / 3, 3] as const,
});

/** The page after its clustering, its painting and its experiments; an earlier test may have changed its settings. */
let worked: Promise<Result> | undefined;
const open = () => {
  worked ??= doesItsWork<Result>(browser, "kmeans", {
    ...{ clusters: 40, points: 500, sample: 2000, colours: 8 },
  });
  return worked;
};

const rounded = (value = Number.NaN) => number(Number(value.toPrecision(3)));

describe("the K-Means page", () => {
  test("its experiments say what their figures say", async () => {
    const found = (await open()).experiments;
    const { inertias, best, lost } = found.starts.figures;
    const above = (values: readonly number[]) =>
      values.filter((value) => value > 1.01 * best).length;
    expect([lost.random, lost.plusplus]).toEqual([
      above(inertias.random),
      above(inertias.plusplus),
    ]);
    expect(lost.random).toBeGreaterThan(lost.plusplus ?? 0);
    says(
      found.starts.sentence,
      `${lost.random} of 20 random starts`,
      rounded(best),
      `of k-means++ ${lost.plusplus} of 20`,
    );
    const { right, many } = found["too-many"].figures;
    expect(many?.inertia).toBeLessThan(right?.inertia ?? 0);
    expect(many?.silhouette).toBeLessThan(right?.silhouette ?? 0);
    says(
      found["too-many"].sentence,
      rounded(right?.inertia),
      rounded(many?.inertia),
      (many?.silhouette ?? 0).toFixed(2),
    );
    expect(found["too-many"].answer).toBe("Inertia gets better, silhouette worse");
    const { few = 0, many: more = 1e9 } = found.sample.figures;
    expect(more).toBeLessThan(1.02 * few);
    says(found.sample.sentence, number(few), number(more));
  });

  test("finds five groups from both starts, names invalid settings, suggests the number of clusters, and reduces a photograph to few colours", async () => {
    const { groups, photo } = await open();
    expect(await browser.text("#address-note")).toBe(
      "?clusters=40: expected a whole number from 1 to 10. The page goes on with 5.",
    );
    expect(groups.plusplus.inertia).toBeLessThanOrEqual(1.001 * groups.random.inertia);
    expect(groups.ks.length).toBe(10);
    expect(groups.clearest).toBe(5);
    groups.inertias.forEach((inertia, i) => {
      if (i > 0) expect(inertia).toBeLessThan(1.05 * (groups.inertias[i - 1] ?? 0));
    });
    expect(photo.shares.length).toBe(8);
    const pixels = await shown();
    const { labels } = assignInFloat64(matrix(pixels), photo.palette);
    const { distance } = errorOf(pixels, labels, photo.palette);
    expect(Math.abs(photo.error / distance - 1)).toBeLessThan(1e-3);
    sharesOf(labels, 8).forEach((share, c) => {
      expect(Math.abs((photo.shares[c] ?? 0) - share)).toBeLessThan(1e-3);
    });
    const sample = matrix(sampleOf(pixels, photo.sample));
    const error = assignInFloat64(sample, photo.palette).inertia / photo.sample;
    expect(Math.abs(photo.sampleError / error - 1)).toBeLessThan(1e-4);
    expect(lloydInFloat64(sample, photo.palette).inertia / photo.sample / error).toBeGreaterThan(
      0.99,
    );
    const others = [1, 2, 3, 4, 5].map((seed) => {
      const start = plusPlusInFloat64(sample, 8, uniform(seed));
      return lloydInFloat64(sample, start).inertia / photo.sample;
    });
    expect(error).toBeLessThan(1.02 * Math.max(...others));
    expect(await browser.text("#photo-message")).toContain("8 colours");
  });

  test("says how the two starts ended, and shows twenty runs of each", async () => {
    const { groups } = await open();
    expect(groups.random.inertia).toBeGreaterThan(1.5 * groups.plusplus.inertia);
    expect(await browser.text("#starts-said")).toMatch(
      /^The random start ends \d+ % above the other/,
    );
    expect(await browser.text("#suggestion")).toMatch(
      /^The curve of the inertia bends at 5; .* at 5, 0\.\d+\.$/,
    );
    await browser.click("#twenty");
    await expect
      .poll(() => browser.text("#starts-said"), { timeout: 60_000 })
      .toContain("random starts end");
    await browser.status("ok");
    const { twenty } = (await result()).groups;
    expect(twenty?.inertias.random.length).toBe(20);
    const lost = twenty?.inertias.random.filter((value) => value > 1.01 * twenty.best).length;
    expect(await browser.text("#starts-said")).toContain(
      `${lost} of 20 random starts end more than 1 %`,
    );
    expect(
      await browser.evaluate(() => document.querySelectorAll("#histograms .bars").length),
    ).toBe(2);
    await browser.choose("#cloud", "even");
    await expect
      .poll(() => browser.text("#suggestion"))
      .toMatch(/has no bend; .*no number of clusters stands out/);
    expect(await browser.text("#histograms")).toBe("");
    expect(browser.problems).toEqual([]);
  });

  test("steps, changes the number of clusters, and paints another picture", async () => {
    const first = await open();
    const inertia = async () => ((await browser.demo()).result as Result).groups.plusplus.inertia;
    await browser.choose("#cloud", "blobs"); // if an earlier test chose another one
    await expect.poll(inertia, { timeout: 20_000 }).toBe(first.groups.plusplus.inertia);
    await browser.click("#again");
    await browser.status("ok");
    await browser.slide("#clusters", 3);
    await expect.poll(inertia, { timeout: 20_000 }).toBeGreaterThan(first.groups.plusplus.inertia);
    await browser.click("#suggested");
    await expect
      .poll(() => browser.text("#group-fields output"))
      .toBe(String(first.groups.clearest));
    await browser.slide("#colours", 12);
    await browser.click("#quantise");
    await expect
      .poll(async () => ((await browser.demo()).result as Result).photo.shares.length, {
        timeout: 20_000,
      })
      .toBe(12);
    expect((await result()).photo.error).toBeLessThan(first.photo.error);
  });

  test("says at once that it stops, paints a picture of the visitor's, and keeps settings over a reload", async () => {
    await browser.visit("kmeans/?points=20&sample=0&colours=64", DESKTOP);
    await expect
      .poll(() => browser.text("#photo-message"), { timeout: 20_000, interval: 20 })
      .toMatch(/^(Looking|Round)/);
    expect(await browser.evaluate(() => document.querySelector("#stop:enabled") !== null)).toBe(
      true,
    );
    expect(await browser.saidAtOnce("#stop", "#photo-message")).toBe("Stopping …");
    expect(await result()).not.toHaveProperty("photo");
    expect(await browser.text("#photo-message")).toBe("Stopped.");
    await browser.slide("#colours", 3);
    await browser.click("#stop");
    await browser.choose("#sample", "2000");
    await browser.failToFetch();
    await browser.click('[data-photo="flower"]');
    await expect
      .poll(() => browser.text("#photo-message"))
      .toBe("Flower could not be loaded: Failed to fetch.");
    expect(await browser.text('#photos [aria-pressed="true"]')).toBe("Summer palace");
    await browser.upload("#file", "demos/kmeans/data/LICENSE");
    await expect.poll(() => browser.text("#photo-message")).toContain("LICENSE is no picture");
    await browser.upload("#file", "demos/kmeans/data/flower.jpg");
    const name = async () => ((await browser.demo()).result as Result).photo?.name;
    await expect.poll(name, { timeout: 20_000 }).toBe("flower.jpg");
    expect((await result()).photo.shares.length).toBe(3);
    expect(await browser.text('#photos [aria-pressed="true"]')).toContain("Your own");
    // dropped beside the picture, where a browser would open it; pasted; and the same file once more
    expect(await browser.hand("drop", "h1")).toBe(true);
    await expect.poll(name, { timeout: 20_000 }).toBe("handed.png");
    await browser.upload("#file", "demos/kmeans/data/flower.jpg");
    await expect.poll(name, { timeout: 20_000 }).toBe("flower.jpg");
    await browser.hand("paste", "body");
    await expect.poll(name, { timeout: 20_000 }).toBe("handed.png");
    await browser.slide("#clusters", 3);
    await browser.choose("#cloud", "even");
    await expect
      .poll(() => browser.query())
      .toBe("?cloud=even&clusters=3&colours=3&points=20&sample=2000");
    await browser.reload();
    await browser.status("ready", "running", "ok");
    expect([await browser.value("#clusters"), await browser.value("#cloud")]).toEqual([
      "3",
      "even",
    ]);
  });
});
