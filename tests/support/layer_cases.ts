import * as nn from "../../src/nn/index.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import {
  type Host,
  type LayerReference,
  picked,
  type State,
  softmaxed,
  windowed,
} from "./layer_references.ts";

/** A layer with one input tensor, the input, and the layer's formula. */
export interface LayerCase {
  readonly make: () => nn.Module<[x: Tensor], Tensor>;
  readonly x: readonly number[];
  readonly reference: LayerReference;
  /** The input consists of integers 0..3 instead of numbers in (−3, 3), and has no gradient. */
  readonly indices?: boolean;
  /** Largest error, relative to the largest expected number. Default 2e-5. */
  readonly tolerance?: number;
}

export const image = [2, 4, 5, 6];
export const line = [2, 4, 9];

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const mean = (cells: readonly number[]) => cells.reduce((a, b) => a + b, 0) / cells.length;
const largest = (cells: readonly number[]) => Math.max(...cells);
export const asImage = (x: Host): Host => ({
  ...x,
  shape: [x.shape[0] ?? 1, x.shape[1] ?? 1, 1, x.shape[2] ?? 1],
});
export const asLine = ({ shape: [n = 1, c = 1, , w = 1], data }: Host): Host => ({
  shape: [n, c, w],
  data,
});
export const asKernel = (w: Host | undefined): Host => {
  const { shape: [o = 1, i = 1, k = 1] = [], data = [] } = w ?? {};
  return { shape: [o, i, 1, k], data };
};
export const weightOf = ({ weight }: State): Host => weight ?? { shape: [], data: [] };

/** Adaptive pooling windows over n elements. */
const shared = (n: number, into: number) => (i: number) =>
  [Math.floor((i * n) / into), Math.ceil(((i + 1) * n) / into)] as const;
const slid =
  (kernel: number, stride: number, padding = 0, dilation = 1) =>
  (i: number) =>
    [i * stride - padding, i * stride - padding + dilation * (kernel - 1) + 1, dilation] as const;
const one = () => [0, 1] as const;

/** The source of element i of an axis of n elements after padding. */
const mirrored = (i: number, n: number) => (i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i);

const padded =
  (source: (i: number, n: number) => number | undefined): LayerReference =>
  (x) =>
    picked(x, [2, 4, 8, 9], ([n = 0, c = 0, h = 0, w = 0]) => {
      const [row, column] = [source(h - 2, 5), source(w - 1, 6)];
      return row === undefined || column === undefined ? undefined : [n, c, row, column];
    });

export const shapeCases: Readonly<Record<string, LayerCase>> = {
  Softmax: { make: () => new nn.Softmax(), x: [3, 5], reference: (x) => softmaxed(x) },
  LogSoftmax: { make: () => new nn.LogSoftmax(), x: [3, 5], reference: (x) => softmaxed(x, true) },
  GLU: {
    make: () => new nn.GLU(),
    x: [3, 6],
    reference: (x) => ({
      shape: [3, 3],
      data: Array.from({ length: 9 }, (_, i) => {
        const at = Math.floor(i / 3) * 6 + (i % 3);
        return (x.data[at] as number) * sigmoid(x.data[at + 3] as number);
      }),
    }),
  },
  Flatten: {
    make: () => new nn.Flatten(),
    x: [2, 3, 4],
    reference: ({ data }) => ({ shape: [2, 12], data }),
  },
  Unflatten: {
    make: () => new nn.Unflatten(1, [2, 3]),
    x: [2, 6, 2],
    reference: ({ data }) => ({ shape: [2, 2, 3, 2], data }),
  },
  MaxPool2d: {
    make: () => new nn.MaxPool2d(3, { stride: 2, padding: 1 }),
    x: image,
    reference: (x) => windowed(x, [3, 3], slid(3, 2, 1), largest),
  },
  AvgPool2d: {
    make: () => new nn.AvgPool2d([2, 3], { stride: 2, padding: [0, 1] }),
    x: image,
    reference: (x) =>
      windowed(
        x,
        [2, 3],
        (i, axis) => (axis === 0 ? slid(2, 2)(i) : slid(3, 2, 1)(i)),
        (cells) => cells.reduce((a, b) => a + b, 0) / 6,
      ),
  },
  LPPool2d: {
    make: () => new nn.LPPool2d(2, 2),
    x: image,
    reference: (x) =>
      windowed(x, [2, 3], slid(2, 2), (cells) => Math.sqrt(cells.reduce((a, b) => a + b * b, 0))),
  },
  GlobalAvgPool2d: {
    make: () => new nn.GlobalAvgPool2d(),
    x: image,
    reference: (x) => windowed(x, [1, 1], () => [0, 6], mean),
  },
  AdaptiveAvgPool2d: {
    make: () => new nn.AdaptiveAvgPool2d([3, null]),
    x: image,
    reference: (x) =>
      windowed(x, [3, 6], (i, axis) => (axis === 0 ? shared(5, 3)(i) : [i, i + 1]), mean),
  },
  AdaptiveMaxPool2d: {
    make: () => new nn.AdaptiveMaxPool2d(3),
    x: image,
    reference: (x) => windowed(x, [3, 3], (i, axis) => shared(axis === 0 ? 5 : 6, 3)(i), largest),
  },
  MaxPool1d: {
    make: () => new nn.MaxPool1d(2, { dilation: 2, stride: 2 }),
    x: line,
    reference: (x) =>
      asLine(
        windowed(
          asImage(x),
          [1, 4],
          (i, axis) => (axis === 0 ? one() : slid(2, 2, 0, 2)(i)),
          largest,
        ),
      ),
  },
  AvgPool1d: {
    make: () => new nn.AvgPool1d(3),
    x: line,
    reference: (x) =>
      asLine(windowed(asImage(x), [1, 3], (i, axis) => (axis === 0 ? one() : slid(3, 3)(i)), mean)),
  },
  AdaptiveAvgPool1d: {
    make: () => new nn.AdaptiveAvgPool1d(4),
    x: line,
    reference: (x) =>
      asLine(
        windowed(asImage(x), [1, 4], (i, axis) => (axis === 0 ? one() : shared(9, 4)(i)), mean),
      ),
  },
  Upsample: {
    make: () => new nn.Upsample({ scaleFactor: 2 }),
    x: image,
    reference: (x) =>
      picked(x, [2, 4, 10, 12], ([n = 0, c = 0, h = 0, w = 0]) => [n, c, h >> 1, w >> 1]),
  },
  ZeroPad2d: {
    make: () => new nn.ZeroPad2d([1, 2, 2, 1]),
    x: image,
    reference: padded((i, n) => (i < 0 || i >= n ? undefined : i)),
  },
  ReflectionPad2d: {
    make: () => new nn.ReflectionPad2d([1, 2, 2, 1]),
    x: image,
    reference: padded(mirrored),
  },
  ReplicationPad2d: {
    make: () => new nn.ReplicationPad2d([1, 2, 2, 1]),
    x: image,
    reference: padded((i, n) => Math.min(Math.max(i, 0), n - 1)),
  },
  PixelShuffle: {
    make: () => new nn.PixelShuffle(2),
    x: [2, 8, 3, 2],
    reference: (x) =>
      picked(x, [2, 2, 6, 4], ([n = 0, c = 0, h = 0, w = 0]) => [
        n,
        4 * c + 2 * (h % 2) + (w % 2),
        h >> 1,
        w >> 1,
      ]),
  },
  PixelUnshuffle: {
    make: () => new nn.PixelUnshuffle(2),
    x: [2, 2, 6, 4],
    reference: (x) =>
      picked(x, [2, 8, 3, 2], ([n = 0, c = 0, h = 0, w = 0]) => [
        n,
        c >> 2,
        2 * h + ((c >> 1) % 2),
        2 * w + (c % 2),
      ]),
  },
};
