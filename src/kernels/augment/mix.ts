import shader from "#shaders/augment/mix.wgsl";
import { ValueError } from "../../core/errors.ts";
import { boolean, number, required } from "../../core/kinds.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { stream, two } from "../option_kinds.ts";
import type { Stream } from "../random/stream.ts";
import { betaOf, hostUniforms } from "./beta.ts";
import { imagesOf } from "./images.ts";

/** How a batch is mixed with itself, shifted by one image. */
export interface Mixing extends Stream {
  /** λ is drawn from Beta(α, α) once per batch. α > 0. */
  readonly alpha: number;
  /** Whether a box with 1 − λ of the area is exchanged, instead of blending the whole images. */
  readonly cut: boolean;
  /** Probability of mixing a batch. Default 1. */
  readonly p?: number | undefined;
  /** [height, width] of the images, in which the box is drawn. */
  readonly size: readonly [number, number];
}

export interface MixKernelOptions extends Mixing {
  /** Whether x [N, classes, 1, 1] are labels of the images: they are blended in proportion to the images. Default false. */
  readonly labels?: boolean | undefined;
}

const WHO = "augment/mix";

/** The box, the weight λ of an image's own values in it, and `kept`, the weight of the own image as a whole. */
export function mixOf(options: Mixing) {
  const { alpha, cut, p = 1, size } = options;
  if (!(alpha > 0 && alpha < Infinity && p >= 0 && p <= 1)) {
    throw new ValueError(
      `${WHO}: expected alpha > 0 and 0 ≤ p ≤ 1, got ${alpha} and ${p}; try 1 and 1`,
    );
  }
  const [h, w] = size;
  const uniform = hostUniforms(options);
  const mixed = uniform() < p;
  const part = betaOf(alpha, uniform);
  const whole = [0, 0, h, w] as const;
  if (!mixed) return { box: whole, part: 1, kept: 1 };
  if (!cut) return { box: whole, part, kept: part };
  const [row, column] = [Math.floor(uniform() * h), Math.floor(uniform() * w)];
  const half = 0.5 * Math.sqrt(1 - part);
  const [tall, wide] = [Math.floor(half * h), Math.floor(half * w)];
  const [top, left] = [Math.max(row - tall, 0), Math.max(column - wide, 0)];
  const [bottom, right] = [Math.min(row + tall, h), Math.min(column + wide, w)];
  const box = [top, left, bottom, right] as const;
  return { box, part: 0, kept: 1 - ((bottom - top) * (right - left)) / (h * w) };
}

/** The box and the weight for x: images, or their labels. */
function partsOf(options: MixKernelOptions) {
  const { box, part, kept } = mixOf(options);
  const [top, left, bottom, right] = options.labels ? [0, 0, 1, 1] : box;
  return { top, left, bottom, right, part: options.labels ? kept : part };
}

/**
 * mixup (H. Zhang et al. 2018) and CutMix (S. Yun et al. 2019) of x [N, C, H, W], each image with the preceding one, as in
 * torchvision's v2. The same stream and sizes mix the labels in the same way. λ and the box are drawn on the host. Throws
 * `ShapeError` and `ValueError`.
 */
export const augmentMix = kernel(shader, ({ x }, options: MixKernelOptions) => {
  const { n, c, h, w } = imagesOf(WHO, x);
  const count = n * c * h * w;
  return {
    outputs: { y: x },
    params: { count, each: c * h * w, size: [h, w], ...partsOf(options) },
    grid: grid1d(Math.ceil(count / 64)),
    flops: 3 * count,
  };
});

export const kinds = () => ({
  ...stream(),
  alpha: required(number),
  cut: required(boolean),
  p: number,
  size: required(two),
  labels: boolean,
});

export const reference: Reference<typeof augmentMix> = ({ x }, options) => {
  const { n, c, h, w } = imagesOf(WHO, x.shape);
  const { top, left, bottom, right, part } = partsOf(options);
  const each = c * h * w;
  const y = Float64Array.from(x.data, (own, i) => {
    const [row, column] = [Math.floor(i / w) % h, i % w];
    const inside = row >= top && row < bottom && column >= left && column < right;
    const other = x.data[(i - each + n * each) % (n * each)] as number;
    if (!inside || part === 1) return own;
    return part === 0 ? other : part * own + (1 - part) * other;
  });
  return { y };
};

const mixup = { alpha: 0.4, cut: false, size: [5, 7] } as const;
const cutmix = { alpha: 1, cut: true, size: [5, 7] } as const;

export const cases: Case<typeof augmentMix>[] = [
  { name: "mixup", inputs: { x: [4, 3, 5, 7] }, options: { ...mixup, seed: 1 } },
  {
    name: "mixup of labels",
    inputs: { x: [4, 10, 1, 1] },
    options: { ...mixup, seed: 1, labels: true },
  },
  {
    name: "a batch of one is mixed with itself",
    inputs: { x: [1, 1, 5, 7] },
    options: { ...mixup, seed: 2 },
  },
  {
    name: "cutmix",
    inputs: { x: [4, 3, 5, 7] },
    options: { ...cutmix, seed: 3 },
    tolerance: "exact",
  },
  {
    name: "cutmix of labels",
    inputs: { x: [4, 10, 1, 1] },
    options: { ...cutmix, seed: 3, labels: true },
  },
  {
    name: "cutmix of another draw",
    inputs: { x: [3, 1, 5, 7] },
    options: { ...cutmix, seed: 4, offset: 2 },
    tolerance: "exact",
  },
  {
    name: "never",
    inputs: { x: [4, 3, 5, 7] },
    options: { ...mixup, p: 0, seed: 1 },
    tolerance: "exact",
  },
  {
    name: "safety: what is cut out leaves no NaN",
    inputs: { x: { shape: [2, 1, 5, 7], fill: (i) => (i < 35 ? NaN : i) } },
    options: { ...cutmix, seed: 3 },
    tolerance: "exact",
  },
];
