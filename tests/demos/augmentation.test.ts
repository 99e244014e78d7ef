import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoBrowser } from "./browser.ts";

const DESKTOP = { size: { width: 1440, height: 900 }, scheme: "light" } as const;

type Affine = readonly (readonly [number, number, number])[];

interface Scores {
  readonly balancedAccuracy: number;
  readonly averagePrecision: number;
}

interface Result {
  readonly wall: { readonly matrices: readonly Affine[] };
  readonly mixing: { readonly method: string; readonly labels: readonly (readonly number[])[] };
  readonly plane: Scores & {
    readonly made: number;
    readonly counts: Readonly<Record<"tn" | "fp" | "fn" | "tp", number>>;
  };
  readonly training?: {
    readonly sameBitsAgain: boolean;
    readonly accuracy: Readonly<Record<string, { readonly seeds: readonly number[] }>>;
  };
  readonly rare?: Readonly<Record<string, { readonly seeds: readonly Scores[] }>>;
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

/** Waits until the result is as wanted, and gives it. */
async function until(wanted: (result: Result) => boolean): Promise<Result> {
  await expect.poll(async () => wanted((await browser.demo()).result as Result)).toBe(true);
  return (await browser.demo()).result as Result;
}

const address = (name: string) =>
  browser.evaluate(() => location.search).then((query) => new URLSearchParams(query).get(name));

/** Grey values of the first canvases of the wall, 28 × 28 each: the picture itself, then what is made of it. */
const wall = () =>
  browser.evaluate(() =>
    [...document.querySelectorAll<HTMLCanvasElement>("#wall canvas")].slice(0, 6).map((canvas) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, 28, 28) ?? { data: [] };
      return Array.from(data).filter((_, i) => i % 4 === 0);
    }),
  );

/**
 * A picture of 28 × 28 through a matrix: bilinear, and outside as torchvision has it, where the sum over the cells inside is
 * multiplied by their part.
 */
function moved(picture: readonly number[], matrix: Affine): number[] {
  return picture.map((_, p) => {
    const to = [(p % 28) - 13.5, Math.floor(p / 28) - 13.5, 1];
    const [x = 0, y = 0] = matrix.map(
      (row) => 13.5 + row.reduce((sum, v, k) => sum + v * Number(to[k]), 0),
    );
    let [sum, part] = [0, 0];
    for (const i of [Math.floor(x), Math.floor(x) + 1]) {
      for (const j of [Math.floor(y), Math.floor(y) + 1]) {
        if (i < 0 || j < 0 || i > 27 || j > 27) continue;
        const weight = (1 - Math.abs(x - i)) * (1 - Math.abs(y - j));
        sum += weight * Number(picture[28 * j + i]);
        part += weight;
      }
    }
    return part > 1 - 1e-4 ? sum : sum * part;
  });
}

/** First values of a name count: what is said before these is as it is said. */
const still = "shift=0&zoom=0&shear=0&flip=0&brightness=0&erase=0&steps=5";

describe("the augmentation page", () => {
  test("trains by recipe to the same bits again, and measures every method for a rare class", async () => {
    const short = "pictures=50&epochs=2&seeds=2&heldOut=50&steps=20&recipes=plain,mixup";
    await browser.visit(`augmentation/?auto=1&${short}`, DESKTOP);
    const { training, rare, plane } = await result();
    expect(training?.sameBitsAgain).toBe(true);
    expect(Object.keys(training?.accuracy ?? {})).toEqual(["plain", "mixup"]);
    for (const { seeds } of Object.values(training?.accuracy ?? {})) {
      expect(seeds.length).toBe(2);
      expect(Math.min(...seeds)).toBeGreaterThanOrEqual(0.1);
    }
    expect(Object.keys(rare ?? {})).toEqual([
      ...["plain", "weighted", "focal", "under", "over", "smote"],
    ]);
    for (const { seeds } of Object.values(rare ?? {})) {
      expect(seeds.length).toBe(2);
      for (const { balancedAccuracy, averagePrecision } of seeds) {
        expect(balancedAccuracy).toBeGreaterThan(0.5);
        expect(averagePrecision).toBeGreaterThan(1 / 50);
      }
    }
    const { tn, fp, fn, tp } = plane.counts;
    expect([tn + fp, fn + tp]).toEqual([5000, 100]);
    expect(await browser.text("#training-rows")).toMatch(/As they are.*%.*MixUp.*%/);
    expect(await browser.text("#value-left")).toBe("0 s");
  });

  test("pictures on the wall are the picture through the matrices that are shown", async () => {
    await browser.visit(`augmentation/?rotate=40&shift=0.1&zoom=0.2&${still}`, DESKTOP);
    const { matrices } = (await result()).wall;
    const [picture = [], ...made] = await wall();
    made.forEach((pixels, i) => {
      moved(picture, matrices[i] ?? []).forEach((value, p) => {
        expect(Math.abs(value - Number(pixels[p]))).toBeLessThan(1.5); // of 255; bytes are rounded
      });
    });
    await browser.visit(`augmentation/?rotate=20&${still}`, DESKTOP);
    const angles = (await result()).wall.matrices.map((matrix) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = matrix.flat();
      for (const nothing of [a - e, b + d, c, f, a * a + b * b - 1])
        expect(Math.abs(nothing)).toBeLessThan(1e-3);
      return (180 / Math.PI) * Math.atan2(b, a);
    });
    expect(Math.max(...angles.map(Math.abs))).toBeLessThanOrEqual(20.1);
    expect(new Set(angles).size).toBe(23);
  });

  test("is worked by keyboard, keeps its settings in the address and takes a visitor's picture", async () => {
    await browser.visit(`augmentation/?rotate=0&${still}`, DESKTOP);
    await result();
    await browser.evaluate(() =>
      document.querySelectorAll<HTMLElement>("#wall button")[2]?.focus(),
    );
    await browser.press("Enter");
    expect(await browser.text("#picked")).toContain("Picture 3");
    await browser.evaluate(() => document.getElementById("rotate")?.focus());
    await browser.press("ArrowRight");
    await expect.poll(() => address("rotate")).toBe("5");
    await until(({ wall }) => Math.abs(wall.matrices[0]?.[0]?.[1] ?? 0) > 1e-4);
    await browser.choose("#mixing", "mixup");
    await browser.choose("#kind", "8");
    await expect.poll(() => address("kind")).toBe("Bag");
    const { mixing } = await until(({ mixing }) => mixing.method === "mixup");
    for (const label of mixing.labels) {
      expect(Math.abs(label.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-5);
      expect(label.filter((share) => share > 0).length).toBe(2);
    }
    await browser.reload();
    await result();
    expect([
      await browser.value("#rotate"),
      await browser.value("#mixing"),
      await browser.value("#kind"),
    ]).toEqual(["5", "mixup", "8"]);
    await browser.upload("#file", "demos/kmeans/data/LICENSE");
    await expect.poll(() => browser.text("#wall-message")).toContain("LICENSE is no picture");
    await browser.upload("#file", "demos/kmeans/data/flower.jpg");
    await expect.poll(() => browser.text("#wall-message")).toContain("flower.jpg");
    await result();
  });

  test("draws synthetic points, and the threshold moves what is said", async () => {
    await browser.visit(`augmentation/?rotate=0&${still}&method=smote&steps=60`, DESKTOP);
    const first = await result();
    expect(first.plane.made).toBe(588);
    await browser.slide("#cut", 6);
    expect(await browser.text("#confusion-rows")).toMatch(/^common\d,?\d+.*rare/);
    await expect.poll(() => address("cut")).toBe("6");
    const recall = async () => Number.parseFloat(await browser.text("#value-recall"));
    const strict = await recall();
    await browser.slide("#cut", -6);
    expect(await recall()).toBeGreaterThan(strict);
    await browser.click("#best-cut");
    expect(Number.parseFloat(await browser.text("#value-balanced"))).toBeGreaterThan(70);
    await browser.choose("#method", "under");
    const under = await until(({ plane }) => plane.made < 0);
    expect(under.plane.made).toBe(24 - 612);
    expect(
      await browser.evaluate(() =>
        ["roc", "precision-recall", "plane"].map((id) => document.getElementById(id)?.ariaLabel),
      ),
    ).toEqual([
      expect.stringMatching(/^ROC curve with an area of 0\.\d+/),
      expect.stringMatching(/^Precision by recall with an average of 0\.\d+/),
      expect.stringMatching(/\d+ are missed/),
    ]);
  });

  test("Stop says so at once, and what was chosen can be trained again", async () => {
    await browser.visit(`augmentation/?rotate=0&${still}&epochs=100&heldOut=50`, DESKTOP);
    await result();
    await browser.click("#train");
    await expect.poll(async () => (await browser.demo()).progress.done).toBeGreaterThan(2);
    const said = await browser.evaluate(() => {
      document.getElementById("stop-training")?.click();
      return document.getElementById("training-message")?.textContent;
    });
    expect(said).toBe("Stopping …");
    await browser.status("ok");
    expect(await browser.text("#training-message")).toContain("Stopped.");
    expect(await browser.evaluate(() => document.querySelector("#train:enabled") !== null)).toBe(
      true,
    );
    expect(browser.problems).toEqual([]);
  });

  test("fits into a phone, a tablet and a desktop, and names all that can be pressed", async () => {
    await browser.visit(`augmentation/?rotate=0&${still}&epochs=0`, {
      size: { width: 390, height: 844 },
      scheme: "dark",
    });
    await result();
    expect(await browser.text("#address-note")).toContain("expected a whole number from 1 to 200");
    expect(await browser.tooWideFor(390, 720, 1440)).toEqual([]);
    const nameless = await browser.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, input, select, canvas, [role=img]")]
        .filter((node) => {
          const labels = node instanceof HTMLInputElement || node instanceof HTMLSelectElement;
          const label = labels ? (node.labels?.[0]?.textContent ?? "") : "";
          const around = node.closest("button, figure, .u-wrap")?.textContent ?? "";
          const named = node.closest("[aria-label]");
          return !(named || label.trim() || node.textContent?.trim() || around.trim());
        })
        .map((node) => node.outerHTML),
    );
    expect(nameless).toEqual([]);
  });
});
