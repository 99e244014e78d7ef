import shader from "#shaders/data/normalize_u8.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number, numbers, required } from "../../core/kinds.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { sizes } from "../option_kinds.ts";

/** Layout of the bytes, and normalisation. */
export interface NormalizeU8Options {
  /** Number of images in the data set. */
  readonly rows: number;
  /** Shape of an image, for example [channels, height, width]; one byte per element. */
  readonly shape: Shape;
  /** Mean of values in [0, 1]: one number, or one per channel (at most 4). Default 0. */
  readonly mean?: readonly number[];
  /** Standard deviation, not 0: one number, or one per channel. Default 1. */
  readonly std?: readonly number[];
}

/**
 * `y[i] = (bytes[index[i]] / 255 − mean) / std`: a mini-batch of a data set that is kept on the GPU with one byte per
 * element. Four bytes form a u32, the first one lowest (as when a Uint8Array is viewed as a Uint32Array); rows follow each
 * other without padding, and only the last word may be incomplete. An index out of range gives NaN. Throws `ShapeError` if
 * the buffer is too short or index does not have one axis, `ValueError` for channels that do not fit.
 */
export const normalizeU8 = kernel(shader, ({ bytes, index }, options: NormalizeU8Options) => {
  const { rows, shape } = options;
  const width = size(shape);
  const [n] = index;
  if (n === undefined || index.length !== 1 || 4 * size(bytes) < rows * width) {
    throw new ShapeError(
      `normalizeU8: expected index[n] and bytes[${Math.ceil((rows * width) / 4)}] for ${rows} rows of ${show(shape)}, ` +
        `got ${show(index, "index")} and ${show(bytes, "bytes")}; pack four bytes to a word`,
    );
  }
  const { channels, scale, shift } = affine(options);
  return {
    outputs: { y: [n, ...shape] },
    params: { count: n * width, rows, width, plane: width / channels, scale, shift },
    grid: grid1d(Math.ceil((n * width) / 64)),
    flops: 2 * n * width,
    bytes: 5 * n * width + 4 * n,
  };
});

export const kinds = () => ({
  rows: required(number),
  shape: required(sizes),
  mean: numbers,
  std: numbers,
});

/** (x / 255 − mean) / std = x · scale + shift, with one scale and shift per channel. */
export function affine({
  shape,
  mean = [0],
  std = [1],
}: Pick<NormalizeU8Options, "shape" | "mean" | "std">) {
  const channels = Math.max(mean.length, std.length);
  const fits = [mean.length, std.length].every((n) => n === 1 || n === channels);
  if (!fits || channels > 4 || (channels > 1 && channels !== shape[0]) || std.includes(0)) {
    throw new ValueError(
      `normalizeU8: expected a mean and a std other than 0 for all, or for each of at most 4 channels of ${show(shape)}, ` +
        `got [${mean.join(", ")}] and [${std.join(", ")}]; give 1 or ${shape[0] ?? 1} of each`,
    );
  }
  const of = (list: readonly number[], c: number) => list[c % list.length] as number;
  const channel = [0, 1, 2, 3];
  return {
    channels,
    scale: channel.map((c) => 1 / (255 * of(std, c))),
    shift: channel.map((c) => -of(mean, c) / of(std, c)),
  };
}

export const reference: Reference<typeof normalizeU8> = ({ bytes, index }, options) => {
  const { rows, shape, mean = [0], std = [1] } = options;
  const width = size(shape);
  const plane = width / Math.max(mean.length, std.length);
  const y = new Float64Array(index.data.length * width).fill(Number.NaN);
  for (let i = 0; i < index.data.length; i++) {
    const row = index.data[i] as number;
    for (let j = 0; j < width && row < rows; j++) {
      const at = row * width + j;
      const byte = ((bytes.data[at >> 2] as number) >>> (8 * (at & 3))) & 255;
      const channel = Math.floor(j / plane);
      const [m, s] = [mean, std].map((list) => list[channel % list.length] as number);
      y[i * width + j] = (byte / 255 - (m as number)) / (s as number);
    }
  }
  return { y };
};

const words = (n: number) => ({
  shape: [n],
  fill: (_: number, random: () => number) => Math.floor(random() * 2 ** 32),
});
const picks = (n: number, rows: number) => ({
  shape: [n],
  fill: (i: number) => (i * 7 + 3) % rows,
});
const rgb = { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] };

export const cases: Case<typeof normalizeU8>[] = [
  {
    name: "one byte",
    inputs: { bytes: words(1), index: picks(1, 1) },
    options: { rows: 1, shape: [] },
  },
  {
    name: "rows of 784, mean and std",
    inputs: { bytes: words(196 * 5), index: picks(3, 5) },
    options: { rows: 5, shape: [1, 28, 28], mean: [0.1307], std: [0.3081] },
  },
  {
    name: "rows of 5 bytes, the last word incomplete",
    inputs: { bytes: words(9), index: picks(20, 7) },
    options: { rows: 7, shape: [5] },
  },
  {
    name: "three channels of 15 pixels",
    inputs: { bytes: words(102), index: picks(13, 9) },
    options: { rows: 9, shape: [3, 3, 5], ...rgb },
  },
  {
    name: "an index out of range",
    inputs: { bytes: words(3), index: { shape: [2], fill: (i) => 3 + i } },
    options: { rows: 4, shape: [3] },
  },
  {
    name: "none wanted",
    inputs: { bytes: words(3), index: [0] },
    options: { rows: 4, shape: [3] },
  },
];

export const benches: Case<typeof normalizeU8>[] = [
  {
    name: "128 of 10,000 colour images",
    inputs: { bytes: words(7680000), index: picks(128, 10000) },
    options: { rows: 10000, shape: [3, 32, 32], ...rgb },
  },
];
