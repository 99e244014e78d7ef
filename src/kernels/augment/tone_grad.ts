import shader from "#shaders/augment/tone_grad.wgsl";
import { boolean, number, oneOf, required } from "../../core/kinds.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { imagesOf, lanesOf } from "./images.ts";
import type { Plane } from "./tone.ts";

/** Steps of `tone` that have a gradient, in the order of shaders/augment/tone_grad.wgsl. */
export const toneSteps = ["sharpen", "autocontrast"] as const;

export interface ToneGradOptions extends Coarse {
  /** The step: "sharpen" or "autocontrast". */
  readonly step: (typeof toneSteps)[number];
  /** Sharpness factor of all images. Default 1; "autocontrast" has none. */
  readonly factor?: number | undefined;
}

const WHO = "augment/tone_grad";

/**
 * Gradient of images x [N, C, H, W] that `tone` sharpened by one factor or stretched to all of 0..1: 0 where sharpened
 * values were clamped to 0..1; cells that equal a channel's minimum or maximum share its gradient equally, as in PyTorch.
 * Throws `ShapeError`.
 */
export const augmentToneGrad = kernel(shader, ({ x }, options: ToneGradOptions) => {
  const { n, c, h, w } = imagesOf(WHO, x);
  return {
    outputs: { dx: x },
    params: { size: [h, w], channels: c, factor: options.factor ?? 1 },
    overrides: { STEP: toneSteps.indexOf(options.step), WG: lanesOf(options) },
    grid: [c, n],
    flops: (options.step === "sharpen" ? 120 : 10) * n * c * h * w,
  };
});

export const kinds = () => ({
  step: required(oneOf("sharpen", "autocontrast")),
  factor: number,
  coarse: boolean,
});

/** The gradient from the definition: the contribution of each cell to the results around it. */
function sharpenGrad(x: Plane, dy: Plane, [h, w]: readonly [number, number], factor: number) {
  const dx = new Array<number>(x.length).fill(0);
  const add = (p: number, value: number) => {
    dx[p] = (dx[p] as number) + value;
  };
  for (const [p, own] of dy.entries()) {
    const [row, column] = [Math.floor(p / w), p % w];
    if (row === 0 || column === 0 || row === h - 1 || column === w - 1) {
      add(p, own);
      continue;
    }
    const around = [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => p + a * w + b));
    const weighted = around.map((q) => [q, (q === p ? 5 : 1) / 13] as const);
    const mean = weighted.reduce((sum, [q, weight]) => sum + weight * (x[q] as number), 0);
    const value = factor * (x[p] as number) + (1 - factor) * mean;
    if (value < 0 || value > 1) continue;
    add(p, factor * own);
    for (const [q, weight] of weighted) add(q, (1 - factor) * weight * own);
  }
  return dx;
}

function stretchGrad(x: Plane, dy: Plane): Plane {
  const [low, high] = [Math.min(...x), Math.max(...x)];
  if (!(high > low)) return dy;
  const range = high - low;
  const total = (of: (p: number) => number) => x.reduce((sum, _, p) => sum + of(p), 0);
  const often = (value: number) => x.filter((v) => v === value).length;
  const ofLow = total((p) => ((dy[p] as number) * ((x[p] as number) - high)) / range ** 2);
  const ofHigh = total((p) => ((dy[p] as number) * (low - (x[p] as number))) / range ** 2);
  return x.map((v, p) => {
    const ends = (v === low ? ofLow / often(low) : 0) + (v === high ? ofHigh / often(high) : 0);
    return (dy[p] as number) / range + ends;
  });
}

export const reference: Reference<typeof augmentToneGrad> = ({ x, dy }, { step, factor = 1 }) => {
  const { n, c, h, w } = imagesOf(WHO, x.shape);
  const planes = Array.from({ length: n * c }, (_, k) => {
    const plane = (of: { readonly data: ArrayLike<number> }): Plane =>
      Array.from({ length: h * w }, (_, p) => of.data[k * h * w + p] as number);
    if (step === "autocontrast") return stretchGrad(plane(x), plane(dy));
    return sharpenGrad(plane(x), plane(dy), [h, w], factor);
  });
  return { dx: Float64Array.from(planes.flat()) };
};

const test = (
  name: string,
  shape: readonly number[],
  options: ToneGradOptions,
): Case<typeof augmentToneGrad> => ({
  name,
  inputs: { x: { shape, fill: (_, random) => random() }, dy: shape },
  options,
  tolerance: { atol: 4e-6, rtol: 4e-6, length: options.step === "sharpen" ? 18 : 128 },
});

export const cases: Case<typeof augmentToneGrad>[] = [
  test("sharper, many held", [2, 3, 5, 7], { step: "sharpen", factor: 3 }),
  test("softer", [2, 1, 4, 6], { step: "sharpen", factor: 0.2 }),
  test("sharpness as it is", [1, 2, 4, 5], { step: "sharpen" }),
  test("too small to be sharpened", [2, 1, 2, 9], { step: "sharpen", factor: 2 }),
  test("one cell inside the rim", [1, 1, 3, 3], { step: "sharpen", factor: 0.5 }),
  test("sharper, over more cells than lanes, coarse", [2, 1, 13, 11], {
    ...{ step: "sharpen", factor: 1.7, coarse: true },
  }),
  test("stretched", [2, 3, 5, 7], { step: "autocontrast" }),
  test("stretched, over more cells than lanes", [1, 2, 13, 11], { step: "autocontrast" }),
  test("stretched, one cell", [2, 1, 1, 1], { step: "autocontrast" }),
  {
    name: "stretched, the least value twice and the greatest three times",
    inputs: {
      x: {
        shape: [1, 1, 3, 4],
        fill: (i) => ([3, 8, 5, 1, 8, 4, 1, 8, 2, 6, 7, 5][i] as number) / 10,
      },
      dy: [1, 1, 3, 4],
    },
    options: { step: "autocontrast" },
    tolerance: { atol: 4e-6, rtol: 4e-6, length: 32 },
  },
  {
    name: "stretched, one value everywhere",
    inputs: { x: { shape: [2, 1, 3, 5], fill: () => 0.25 }, dy: [2, 1, 3, 5] },
    options: { step: "autocontrast" },
  },
  {
    name: "black and white stay within 0..1",
    inputs: { x: { shape: [1, 2, 6, 6], fill: (i) => Math.floor(i / 3) % 2 }, dy: [1, 2, 6, 6] },
    options: { step: "sharpen", factor: 0.5 },
    tolerance: { atol: 4e-6, rtol: 4e-6, length: 18 },
  },
];

export const benches: Case<typeof augmentToneGrad>[] = [
  {
    name: "64 × 3 × 224², sharpness",
    inputs: { x: [64, 3, 224, 224], dy: [64, 3, 224, 224] },
    options: { step: "sharpen", factor: 1.5 },
  },
];
