import { describe, expect, test } from "vitest";
import {
  ColorJitter,
  Compose,
  GaussianNoise,
  Normalize,
  OneOf,
  RandAugment,
  RandomAffine,
  RandomAutocontrast,
  RandomCrop,
  RandomErasing,
  RandomGrayscale,
  RandomHorizontalFlip,
  RandomInvert,
  RandomPosterize,
  RandomResizedCrop,
  RandomRotation,
  RandomSolarize,
  Resize,
  SaltAndPepperNoise,
} from "../../../src/data/transforms/index.ts";
import { withOperations } from "../../../src/data/transforms/one_operation.ts";
import { Planner } from "../../../src/data/transforms/plan.ts";
import type { Transform } from "../../../src/data/transforms/transform.ts";
import { reference as colour } from "../../../src/kernels/augment/colour.ts";
import { ImageDraws } from "../../../src/kernels/augment/draw.ts";
import { mixOf } from "../../../src/kernels/augment/mix.ts";

/** χ² statistic Σ (found − expected)²/expected of equally likely cells. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

const counted = (cells: number, draws: number, cell: (i: number) => number) => {
  const counts = new Array<number>(cells).fill(0);
  for (let i = 0; i < draws; i++) counts[cell(i)] = (counts[cell(i)] as number) + 1;
  return counts;
};

describe("random parameters have the right distribution (χ² at 99.9 %, fixed seed):", () => {
  const of = (image: number) => new ImageDraws({ seed: 5 }, image);

  test("places of a crop of 9 × 9", () => {
    const place = (i: number) => of(i).below(0, 3, 9, 9);
    const counts = counted(81, 8100, (i) => 9 * (place(i)[0] as number) + (place(i)[1] as number));
    expect(chiSquared(counts)).toBeLessThan(124.8); // 80 degrees of freedom
  });

  test("angles in ten parts", () => {
    const counts = counted(10, 5000, (i) => Math.floor(10 * of(i).units(2, 0)[1]));
    expect(chiSquared(counts)).toBeLessThan(27.9); // 9 degrees of freedom
  });

  test("whether a step of p = 1/4 is taken, and which of three", () => {
    const taken = counted(2, 4000, (i) => Number(of(i).takes(1, { p: 0.25 })));
    expect(chiSquared([taken[0] as number, 3 * (taken[1] as number)])).toBeLessThan(30);
    const third = (k: number) => ({ group: { number: 2, range: [k / 3, (k + 1) / 3] as const } });
    const which = (i: number) => [0, 1, 2].findIndex((k) => of(i).takes(0, third(k)));
    expect(chiSquared(counted(3, 3000, which))).toBeLessThan(13.8); // 2 degrees of freedom
  });

  test("salt and pepper of 40 % of the cells, 1 : 3, alike in all channels, as often in each quarter", () => {
    const [n, cells] = [4, 1024];
    const x = { shape: [n, 3, 32, 32], data: new Float64Array(n * 3 * cells).fill(0.5) };
    const { y } = colour({ x }, { seed: 5, offset: 2, noise: { amount: 0.4, salt: 0.25 } });
    const at = (image: number, c: number, p: number) => y[(3 * image + c) * cells + p] as number;
    const counts = [0, 0.5, 1].map((v) => Array.from(y).filter((each) => each === v).length / 3);
    const expected = [0.3, 0.6, 0.1].map((part) => part * n * cells);
    const far = counts.map((k, i) => (k - (expected[i] as number)) ** 2 / (expected[i] as number));
    expect(far.reduce((a, b) => a + b)).toBeLessThan(13.8); // 2 degrees of freedom
    const where = new Array<number>(4).fill(0);
    for (let image = 0; image < n; image++) {
      for (let p = 0; p < cells; p++) {
        expect([at(image, 1, p), at(image, 2, p)]).toEqual([at(image, 0, p), at(image, 0, p)]);
        const quarter = 2 * Number(p >= 512) + Number(p % 32 >= 16);
        if (at(image, 0, p) !== 0.5) where[quarter] = (where[quarter] as number) + 1;
      }
    }
    expect(chiSquared(where)).toBeLessThan(16.3); // 3 degrees of freedom
  });

  test("λ of Beta(1, 1) is uniform, that of Beta(0.2, 0.2) lies at the ends", () => {
    const part = (alpha: number) => (offset: number) =>
      mixOf({ seed: 3, offset, alpha, cut: false, size: [8, 8] }).part;
    const tenth = (alpha: number) => (i: number) => Math.min(Math.floor(10 * part(alpha)(i)), 9);
    expect(chiSquared(counted(10, 3000, tenth(1)))).toBeLessThan(27.9);
    const [first = 0, ...rest] = counted(10, 3000, tenth(0.2));
    expect((first + (rest.at(-1) ?? 0)) / 3000).toBeCloseTo(0.68, 1); // twice the integral of the density up to 0.1
  });
});

describe("transforms become as few passes as they allow:", () => {
  const kinds = (transform: Transform, size: readonly [number, number] = [32, 32]) => {
    const planner = new Planner(size);
    for (const part of transform.parts) planner.add(part);
    return planner;
  };

  test("geometry is one pass with noise, normalisation and erasing, colours are another", () => {
    const all = [
      new RandomCrop(32, { padding: 4 }),
      new RandomHorizontalFlip(),
      new RandomAffine(10),
    ];
    const colours = [new GaussianNoise(), new Normalize(0.5, 0.5), new RandomErasing()];
    const { passes } = kinds(new Compose([...all, ...colours]));
    expect(passes.map(({ kind }) => kind)).toEqual(["geometry"]);
    const jittered = kinds(new Compose([...all, new ColorJitter({ hue: 0.1 }), ...colours]));
    expect(jittered.passes.map(({ kind }) => kind)).toEqual(["geometry", "colour"]);
  });

  test("grey, fewer tones and inverted lights are one pass in this order, two in another", () => {
    const [grey, fewer, inverted] = [
      new RandomGrayscale(),
      new RandomPosterize(3),
      new RandomSolarize(0.5),
    ];
    expect(kinds(new Compose([grey, fewer, inverted])).passes).toHaveLength(1);
    expect(kinds(new Compose([inverted, fewer])).passes).toHaveLength(2);
    expect(kinds(new OneOf([inverted, fewer, new RandomInvert()])).passes).toHaveLength(2);
  });

  test("steps of which each image takes one are one pass where they come in the kernel's order", () => {
    const passes = (...given: Transform[]) =>
      withOperations(kinds(new Compose(given)).passes).map(({ kind }) => kind);
    const twice = new RandAugment();
    expect(passes(twice)).toEqual(["operation", "operation"]);
    expect(passes(twice, new Normalize(0.5, 0.5))).toEqual(["operation", "operation", "colour"]);
    const separate = ["geometry", "colour", "tone"]; // the passes when a geometry step applies to all images
    expect(passes(new RandomCrop(32, { padding: 4 }), twice)).toEqual([...separate, "operation"]);
    const [flip, grey, wide] = [
      new RandomHorizontalFlip(1),
      new RandomInvert(1),
      new RandomAutocontrast(1),
    ];
    expect(passes(new OneOf([flip, grey, wide]))).toEqual(["operation"]);
    expect(passes(new OneOf([wide, flip, grey]))).toEqual(separate); // other ranges choose each
    expect(passes(flip, grey, wide)).toEqual(separate);
  });

  test("more than 8 bits are refused", () => {
    expect(() => new RandomPosterize(9)).toThrow(
      "RandomPosterize: expected bits from 1 to 8, got 9; 8 keeps all",
    );
  });

  test("colours after what a resampling finishes with are a pass of their own, and so is geometry", () => {
    const erased = [new RandomHorizontalFlip(), new RandomErasing()];
    const { passes } = kinds(new Compose([...erased, new ColorJitter({ hue: 0.1 })]));
    expect(passes.map(({ kind }) => kind)).toEqual(["geometry", "colour"]);
    const again = kinds(new Compose([...erased, new RandomHorizontalFlip()]));
    expect(again.passes.map(({ kind }) => kind)).toEqual(["geometry", "geometry"]);
  });

  test("what is erased before values are normalised is normalised on the host", () => {
    const before = [new RandomErasing({ value: 1 }), new Normalize([0.5, 0], [0.25, 2])];
    const { passes } = kinds(new Compose(before));
    expect(passes).toMatchObject([{ kind: "colour", options: { erase: { value: [2, 0.5] } } }]);
  });

  test("salt and pepper goes with what follows a resampling; two kinds of noise are two passes", () => {
    const salt = new SaltAndPepperNoise({ amount: 0.1 });
    const both = new Compose([new RandomHorizontalFlip(), salt, new Normalize(0.5, 2)]);
    expect(kinds(both).passes.map(({ kind }) => kind)).toEqual(["geometry"]);
    const two = new Compose([salt, new GaussianNoise()]);
    expect(kinds(two).passes.map(({ kind }) => kind)).toEqual(["colour", "colour"]);
  });

  test("noise after values are normalised begins another pass", () => {
    const { passes } = kinds(new Compose([new Normalize(0, 1), new GaussianNoise()]));
    expect(passes.length).toBe(2);
  });

  test("sizes follow on each other", () => {
    const { size, passes } = kinds(
      new Compose([new Resize(16), new RandomResizedCrop([8, 9])]),
      [32, 64],
    );
    expect(size).toEqual([8, 9]);
    expect(passes.map(({ kind }) => kind)).toEqual(["resize", "geometry"]);
  });

  test("one of several may not be Normalize, which is for all images", () => {
    expect(() => new OneOf([new Normalize(0, 1)])).toThrow(/OneOf: expected transforms that leave/);
  });

  test("a rotation that expands has a size for all of its angles, and none about another point", () => {
    const sizeAfter = (degrees: number | [number, number]) =>
      kinds(new RandomRotation(degrees, { expand: true }), [6, 7]).size;
    expect(sizeAfter([30, 30])).toEqual([10, 11]); // the size that torchvision gives
    expect(sizeAfter(0)).toEqual([6, 7]);
    expect(sizeAfter([90, 90])).toEqual([8, 7]); // ⌈6.5⌉ − ⌊−0.5⌋, as torchvision rounds it
    const [h, w] = sizeAfter(60);
    for (let k = -60; k <= 60; k += 4) {
      const [a, b] = sizeAfter([k, k]);
      expect([a <= h, b <= w]).toEqual([true, true]);
    }
    expect(() => new RandomRotation(9, { expand: true, center: [1, 1] })).toThrow(
      /^RandomRotation: expected expand or center, got both/,
    );
  });

  test("a crop that is larger than the padded picture is refused, unless it may pad further", () => {
    const large = new RandomCrop([9, 4], { padding: 2 });
    expect(() => kinds(large, [4, 4])).toThrow(
      "RandomCrop: expected pictures of 9 × 4 at least after padding, got 8 × 8; set padIfNeeded or a larger padding",
    );
    expect(kinds(new RandomCrop(9, { padIfNeeded: true }), [4, 4]).size).toEqual([9, 9]);
  });

  test("one of several may not change the size, which is one for all images", () => {
    const either = new OneOf([new RandomCrop(2), new RandomHorizontalFlip()]);
    expect(() => kinds(either, [4, 4])).toThrow(/^OneOf: expected .* got one from 4 × 4 to 2 × 2/);
    expect(kinds(either, [2, 2]).size).toEqual([2, 2]);
  });
});
