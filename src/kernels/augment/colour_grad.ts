import shader from "#shaders/augment/colour_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number, oneOf, required } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { greyWeights } from "./colour_step.ts";
import { imagesOf, lanesOf } from "./images.ts";

/** The jitter steps, in the order of shaders/augment/colour_step.wgsl. */
export const jitterSteps = ["brightness", "contrast", "saturation", "hue"] as const;

export interface ColourGradOptions extends Coarse {
  /** The step: "brightness", "contrast", "saturation" or "hue". */
  readonly step: (typeof jitterSteps)[number];
  /** The factor for all images; for hue, the rotation. */
  readonly factor: number;
}

const WHO = "augment/colour_grad";
const TILE = 1024;

/** Sizes of images with one or three channels; throws for others. */
export function coloursOf(who: string, x: readonly number[]) {
  const sizes = imagesOf(who, x);
  if (sizes.c === 1 || sizes.c === 3) return sizes;
  throw new ShapeError(
    `${who}: expected images of 1 or 3 channels, got ${show(x)}; slice off alpha, and concat it again`,
  );
}

/**
 * Gradient of images x [N, C, H, W] of one or three channels whose brightness, contrast, saturation or hue was changed by
 * `colour` with one factor for all; 0 where results were clamped to 0..1; for a grey pixel, which has no hue to rotate, dy
 * unchanged. Throws `ShapeError`.
 */
export const augmentColourGrad = kernel(shader, ({ x }, options: ColourGradOptions) => {
  const { n, c, h, w } = coloursOf(WHO, x);
  const tile = options.step === "contrast" ? h * w : TILE;
  return {
    outputs: { dx: x },
    params: {
      ...{ step: jitterSteps.indexOf(options.step), factor: options.factor },
      ...{ cells: h * w, channels: c, tile },
    },
    overrides: { WG: lanesOf(options) },
    grid: [Math.ceil((h * w) / tile), n],
    flops: 40 * n * c * h * w,
  };
});

export const kinds = () => ({
  step: required(oneOf("brightness", "contrast", "saturation", "hue")),
  factor: required(number),
  coarse: boolean,
});

type Three = readonly [number, number, number];

const dot = (a: Three, b: Three) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const three = (of: (k: number) => number): Three => [of(0), of(1), of(2)];

/** The gradient of a hue rotation: each result is linear in the channels between two corners of the colour wheel. */
function hueGrad(colour: Three, dy: Three, turn: number): Three {
  const [value, least] = [Math.max(...colour), Math.min(...colour)];
  const range = value - least;
  if (range === 0) return dy;
  const [first, last] = [colour.indexOf(value), colour.indexOf(least)];
  const [next, after] = [(first + 1) % 3, (first + 2) % 3];
  const apart = ((colour[next] as number) - (colour[after] as number)) / range;
  const whole = (2 * first + apart) / 6 + 1 + turn;
  const sixth = (whole - Math.floor(whole)) * 6;
  const k = three((n) => (([5, 3, 1][n] as number) + sixth) % 6);
  const rise = three((n) => Math.min(k[n] as number, 4 - (k[n] as number)));
  const part = three((n) => Math.min(Math.max(rise[n] as number, 0), 1));
  const slope = three((n) => {
    const inside = (rise[n] as number) > 0 && (rise[n] as number) < 1;
    return inside ? ((k[n] as number) < 2 ? 1 : -1) : 0;
  });
  const [all, parts, slopes] = [dot(dy, [1, 1, 1]), dot(dy, part), dot(dy, slope)];
  return three((c) => {
    const ofRange = Number(c === first) - Number(c === last);
    const ofApart = Number(c === next) - Number(c === after) - apart * ofRange;
    return all * Number(c === first) - parts * ofRange - slopes * ofApart;
  });
}

/** The gradient of factor·x + (1 − factor)·against, clamped to 0..1, over the pixels of an image. */
function blendGrad(
  pixels: readonly Three[],
  dys: readonly Three[],
  { step, factor }: ColourGradOptions,
  weights: Three,
): Three[] {
  const greys = pixels.map((colour) => dot(colour, weights));
  const mean = greys.reduce((sum, v) => sum + v, 0) / greys.length;
  const kept = pixels.map((colour, p) => {
    const against = { brightness: 0, contrast: mean, saturation: greys[p] as number, hue: 0 }[step];
    return three((c) => {
      const value = factor * (colour[c] as number) + (1 - factor) * against;
      return value >= 0 && value <= 1 ? (dys[p]?.[c] as number) : 0;
    });
  });
  const shared = kept.reduce((sum, each) => sum + dot(each, [1, 1, 1]), 0) / kept.length;
  return kept.map((own) => {
    const ofGrey = { brightness: 0, contrast: shared, saturation: dot(own, [1, 1, 1]), hue: 0 }[
      step
    ];
    return three(
      (c) => factor * (own[c] as number) + (1 - factor) * ofGrey * (weights[c] as number),
    );
  });
}

export const reference: Reference<typeof augmentColourGrad> = ({ x, dy }, options) => {
  const { n, c, h, w } = coloursOf(WHO, x.shape);
  const dx = new Float64Array(x.data.length);
  const weights: Three = c === 1 ? [1, 0, 0] : greyWeights;
  for (let image = 0; image < n; image++) {
    const at = (ch: number, p: number) => (image * c + ch) * h * w + p;
    const cells = Array.from({ length: h * w }, (_, p) => p);
    const pixels = cells.map((p) => three((k) => x.data[at(Math.min(k, c - 1), p)] as number));
    const dys = cells.map((p) => three((k) => (k < c ? (dy.data[at(k, p)] as number) : 0)));
    const grads =
      options.step === "hue"
        ? pixels.map((colour, p) => hueGrad(colour, dys[p] as Three, options.factor))
        : blendGrad(pixels, dys, options, weights);
    for (const p of cells) {
      for (let k = 0; k < c; k++) dx[at(k, p)] = grads[p]?.[k] as number;
    }
  }
  return { dx };
};

const test = (
  name: string,
  shape: readonly number[],
  options: ColourGradOptions,
): Case<typeof augmentColourGrad> => ({
  name,
  inputs: { x: { shape, fill: (_, random) => random() }, dy: shape },
  options,
  tolerance: { atol: 2e-6, rtol: 2e-6, length: options.step === "contrast" ? 64 : 4 },
});

export const cases: Case<typeof augmentColourGrad>[] = [
  test("brighter, some at the top", [2, 3, 4, 5], { step: "brightness", factor: 1.6 }),
  test("contrast", [2, 3, 4, 5], { step: "contrast", factor: 0.6 }),
  test("more contrast of one channel, over more cells than lanes", [2, 1, 9, 11], {
    ...{ step: "contrast", factor: 1.9 },
  }),
  test("saturation", [3, 3, 4, 5], { step: "saturation", factor: 1.7 }),
  test("saturation of one channel", [2, 1, 4, 5], { step: "saturation", factor: 0.3 }),
  test("hue", [4, 3, 8, 9], { step: "hue", factor: 0.21 }),
  test("hue back", [4, 3, 8, 9], { step: "hue", factor: -0.4 }),
  test("hue of one channel", [1, 1, 4, 5], { step: "hue", factor: 0.4 }),
  test("more cells than a workgroup makes, coarse", [2, 3, 34, 33], {
    ...{ step: "brightness", factor: 1.2, coarse: true },
  }),
  {
    name: "grey and full colours",
    inputs: {
      x: {
        shape: [1, 3, 2, 4],
        fill: (i) => [0.5, 1, 0, 0, 0.5, 0, 1, 0, 0.5, 0, 0, 0.25][i % 12] as number,
      },
      dy: [1, 3, 2, 4],
    },
    options: { step: "hue", factor: 0.13 },
    tolerance: { atol: 4e-6, rtol: 2e-6 },
  },
];

export const benches: Case<typeof augmentColourGrad>[] = [
  {
    name: "64 × 3 × 224², hue",
    inputs: { x: [64, 3, 224, 224], dy: [64, 3, 224, 224] },
    options: { step: "hue", factor: 0.1 },
  },
];
