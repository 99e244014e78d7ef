import shader from "#shaders/data/image_columns.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { list, number, numbers, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { slot, two } from "../option_kinds.ts";
import { type AlongOptions, alongOf, lineOf, tapsOf, weightsOf } from "../resize/filter.ts";
import { affine } from "./normalize_u8.ts";

export interface ImageColumnsOptions extends AlongOptions {
  /** 1 for luma, 3 for red, green and blue over the background, 4 for these and alpha unchanged. */
  readonly channels: 1 | 3 | 4;
  /** Red, green and blue, in [0, 1], of the background behind transparent pixels. Default white. */
  readonly background?: readonly [number, number, number] | undefined;
  /** Mean to subtract from values in [0, 1]: one number, or one per channel. Default 0. */
  readonly mean?: readonly number[];
  /** Standard deviation to divide by, not 0: one number, or one per channel. Default 1. */
  readonly std?: readonly number[];
}

const WHO = "data/image_columns";
const LUMA = [0.2989, 0.587, 0.114]; // of ITU-R BT.601, with as many digits as torchvision has
const WHITE = [1, 1, 1] as const;

/** Throws for invalid shapes of pixels or numbers of channels. */
function checked(pixels: readonly number[], channels: number): void {
  if (pixels.length !== 2 || size(pixels) === 0) {
    throw new ShapeError(
      `${WHO}: expected pixels [height, width] with at least one element, got ${show(pixels)}; reshape them`,
    );
  }
  if (channels === 1 || channels === 3 || channels === 4) return;
  throw new ValueError(`${WHO}: expected 1, 3 or 4 channels, got ${channels}; choose 3 for colour`);
}

/**
 * Converts pixels [H, W], one byte each for red (lowest), green, blue and alpha, to f32 [channels, H, columns]: resized
 * along their rows as by `resizeAlong`, divided by 255, minus the mean, divided by the standard deviation. Throws
 * `ShapeError` for shapes other than [H, W], `ValueError` for sizes, channels, mean and std that do not fit.
 */
export const imageColumns = kernel(shader, ({ pixels }, options: ImageColumnsOptions) => {
  const { channels, background = WHITE, mean, std, ...resize } = options;
  checked(pixels, channels);
  const [height = 0, width = 0] = pixels;
  const along = alongOf(WHO, width, resize);
  const { scale, shift } = affine({
    shape: [channels],
    ...(mean && { mean }),
    ...(std && { std }),
  });
  const plane = height * along.count;
  return {
    outputs: { y: [channels, height, along.count] },
    params: {
      ...{ line: lineOf(along), scale, shift, background: background.map((value) => 255 * value) },
      ...{ cells: width, outputs: along.count, first: along.first, plane, channels },
    },
    slots: { filter: along.filter },
    grid: grid1d(Math.ceil(plane / 64)),
    flops: Math.ceil(20 * tapsOf(along) * plane),
  };
});

export const kinds = () => ({
  size: number,
  scaleFactor: number,
  filter: slot(imageColumns, "filter"),
  keep: two,
  channels: required(number),
  background: list(number),
  mean: numbers,
  std: numbers,
});

/** A pixel's channels in 0..255. */
function coloursOf(pixel: number, { channels, background = WHITE }: ImageColumnsOptions) {
  const bytes = [0, 8, 16, 24].map((bits) => (pixel >>> bits) & 255);
  const alpha = (bytes[3] as number) / 255;
  if (channels === 4) return bytes;
  const laid = background.map((back, c) => alpha * (bytes[c] as number) + (1 - alpha) * 255 * back);
  return channels === 3 ? laid : [laid.reduce((sum, v, c) => sum + v * (LUMA[c] as number), 0)];
}

export const reference: Reference<typeof imageColumns> = ({ pixels }, options) => {
  const { channels, mean = [0], std = [1], background: _, ...resize } = options;
  const [height = 0, width = 0] = pixels.shape;
  const along = alongOf(WHO, width, resize);
  const plane = height * along.count;
  const y = new Float64Array(channels * plane);
  for (let i = 0; i < plane; i++) {
    const weights = weightsOf(along, along.first + (i % along.count));
    const start = Math.floor(i / along.count) * width;
    for (let w = 0; w < width; w++) {
      const colours = coloursOf(pixels.data[start + w] as number, options);
      for (let c = 0; c < channels; c++) {
        const at = c * plane + i;
        y[at] = (y[at] as number) + (weights[w] as number) * ((colours[c] as number) / 255);
      }
    }
    for (let c = 0; c < channels; c++) {
      const [m, s] = [mean, std].map((list) => list[c % list.length] as number);
      y[c * plane + i] = ((y[c * plane + i] as number) - (m as number)) / (s as number);
    }
  }
  return { y };
};

const words = (shape: readonly number[], alpha?: number) => ({
  shape,
  fill: (_: number, random: () => number) => {
    const pixel = Math.floor(random() * 2 ** 32);
    return alpha === undefined ? pixel : ((pixel & 0xffffff) | (alpha << 24)) >>> 0;
  },
});
const rgb = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
const tolerance = { length: 16 };

export const cases: Case<typeof imageColumns>[] = [
  {
    name: "one pixel",
    inputs: { pixels: words([1, 1], 255) },
    options: { channels: 3, size: 1 },
  },
  {
    name: "nothing resized, opaque",
    inputs: { pixels: words([5, 7], 255) },
    options: { channels: 3, size: 7, ...rgb },
    tolerance,
  },
  {
    name: "transparent pixels over a background",
    inputs: { pixels: words([9, 8]) },
    options: { channels: 3, size: 5, background: [1, 0.25, 0], ...rgb },
    tolerance,
  },
  {
    name: "transparent pixels over white, as luma, larger",
    inputs: { pixels: words([4, 5]) },
    options: { channels: 1, size: 13, mean: [0.5], std: [0.5] },
    tolerance,
  },
  {
    name: "four channels as they are, cubic",
    inputs: { pixels: words([3, 40]) },
    options: { channels: 4, size: 11, filter: "cubic" },
    tolerance,
  },
  {
    name: "only the middle columns",
    inputs: { pixels: words([6, 31], 255) },
    options: { channels: 3, size: 20, keep: [4, 11], ...rgb },
    tolerance,
  },
];

export const benches: Case<typeof imageColumns>[] = [
  {
    name: "a photo of 12 megapixels to 341 columns",
    inputs: { pixels: words([3000, 4000], 255) },
    options: { channels: 3, size: 341, ...rgb },
  },
];
