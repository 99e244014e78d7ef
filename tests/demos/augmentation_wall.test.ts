import { afterAll, beforeAll, expect, test } from "vitest";
import { DemoBrowser } from "./browser.ts";
import { DESKTOP, resultOf, resultWhere } from "./works.ts";

type Affine = readonly (readonly [number, number, number])[];

interface Result {
  readonly wall: { readonly matrices: readonly Affine[] };
  readonly mixing: { readonly method: string; readonly labels: readonly (readonly number[])[] };
  readonly plane: { readonly made: number };
}

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

const result = () => resultOf<Result>(browser);

/** Waits until the result satisfies a condition; returns it. */
const until = (wanted: (result: Result) => boolean) => resultWhere(browser, wanted);

const address = (name: string) =>
  browser.evaluate(() => location.search).then((query) => new URLSearchParams(query).get(name));

/** Grey values of the wall's first canvases, 28 × 28 each: the picture itself, then its augmented versions. */
const wall = () =>
  browser.evaluate(() =>
    [...document.querySelectorAll<HTMLCanvasElement>("#wall canvas")].slice(0, 6).map((canvas) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, 28, 28) ?? { data: [] };
      return Array.from(data).filter((_, i) => i % 4 === 0);
    }),
  );

/**
 * A picture of 28 × 28 resampled by a matrix: bilinear, and at the border as in torchvision, where the sum over the
 * cells inside is multiplied by their share.
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

/** If a parameter is named twice the first value counts, so that these defaults go behind those of a test. */
const still = "shift=0&zoom=0&shear=0&flip=0&brightness=0&erase=0&steps=5&epochs=0";

test("the augmentation page shows pictures through the matrices it shows; by keyboard, too; a reload brings settings again; synthetic points, threshold and Stop", async () => {
  await browser.visit(`augmentation/?rotate=40&shift=0.1&zoom=0.2&${still}`, DESKTOP);
  await expectWall();
  await expectKeyboard();
  await browser.reload({ method: "smote", steps: 60, epochs: 100, heldOut: 50 });
  const first = await result();
  expect([
    await browser.value("#rotate"),
    await browser.value("#mixing"),
    await browser.value("#kind"),
  ]).toEqual(["5", "mixup", "8"]);
  await expectPictures();
  await expectPoints(first);
  await expectStop();
});

/** Each picture must be the first one resampled by the matrix shown beside it. */
async function expectWall(): Promise<void> {
  const { matrices } = (await result()).wall;
  expect(await browser.text("#address-note")).toContain("expected a whole number from 1 to 200");
  const [picture = [], ...made] = await wall();
  made.forEach((pixels, i) => {
    moved(picture, matrices[i] ?? []).forEach((value, p) => {
      // of 255: the pixels of a canvas are rounded to bytes
      expect(Math.abs(value - Number(pixels[p]))).toBeLessThan(1.5);
    });
  });
  await browser.slide("#shift", 0);
  await browser.slide("#zoom", 0);
  await browser.slide("#rotate", 20);
  const turned = await until(({ wall }) =>
    wall.matrices.every((matrix) => {
      const [a = 0, b = 1, c = 1, , e = 0, f = 1] = matrix.flat();
      return Math.max(Math.abs(a - e), Math.abs(c), Math.abs(f)) < 1e-3 && Math.abs(b) < 0.36;
    }),
  );
  const angles = turned.wall.matrices.map((matrix) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = matrix.flat();
    for (const nothing of [a - e, b + d, c, f, a * a + b * b - 1])
      expect(Math.abs(nothing)).toBeLessThan(1e-3);
    return (180 / Math.PI) * Math.atan2(b, a);
  });
  expect(Math.max(...angles.map(Math.abs))).toBeLessThanOrEqual(20.1);
  expect(new Set(angles).size).toBe(23);
}

async function expectKeyboard(): Promise<void> {
  await browser.slide("#rotate", 0);
  await until(({ wall }) => Math.abs(wall.matrices[0]?.[0]?.[1] ?? 1) < 1e-6);
  await browser.evaluate(() => document.querySelectorAll<HTMLElement>("#wall button")[2]?.focus());
  await browser.press("Enter");
  expect(await browser.text("#picked")).toContain("Picture 3");
  await browser.evaluate(() => document.getElementById("rotate")?.focus());
  await browser.press("ArrowRight");
  await expect.poll(() => address("rotate")).toBe("5");
  await until(({ wall }) => Math.abs(wall.matrices[0]?.[0]?.[1] ?? 0) > 1e-4);
  for (const method of ["cutout", "cutmix"]) {
    await browser.choose("#mixing", method);
    const { mixing } = await until(({ mixing }) => mixing.method === method);
    for (const label of mixing.labels) {
      expect(Math.abs(label.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-5);
      const kinds = label.filter((share) => share > 0).length;
      expect(kinds, method).toBeLessThanOrEqual(method === "cutout" ? 1 : 2);
    }
  }
  await browser.choose("#mixing", "mixup");
  await browser.choose("#kind", "8");
  await expect.poll(() => address("kind")).toBe("Bag");
  const { mixing } = await until(({ mixing }) => mixing.method === "mixup");
  for (const label of mixing.labels) {
    expect(Math.abs(label.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-5);
    expect(label.filter((share) => share > 0).length).toBe(2);
  }
}

/** A visitor's file that is not a picture, and one that is. */
async function expectPictures(): Promise<void> {
  await browser.upload("#file", "demos/kmeans/data/LICENSE");
  await expect.poll(() => browser.text("#wall-message")).toContain("LICENSE is no picture");
  await browser.upload("#file", "demos/kmeans/data/flower.jpg");
  await expect.poll(() => browser.text("#wall-message")).toContain("flower.jpg");
  await result();
}

/** Synthetic points are drawn, and moving the threshold changes the text. */
async function expectPoints({ plane }: Result): Promise<void> {
  expect(plane.made).toBe(588);
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
}

/** Stop is reported at once, and the chosen training can be run again. */
async function expectStop(): Promise<void> {
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
}
