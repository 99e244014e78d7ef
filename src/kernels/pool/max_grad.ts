import shader from "#shaders/pool/max_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { pair, required } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { pooling, two } from "../option_kinds.ts";
import { gradientGeometry, type ImageSize, type MaxPoolOptions, windowParams } from "./geometry.ts";

/**
 * Gradient of `poolMax`: dy[N, C, outH, outW] goes to the cell with the maximum of each window. Each cell gathers dy of all
 * its windows, so overlapping windows need no atomics. Throws `ShapeError` if dy, index and the image do not fit together.
 */
export const poolMaxGrad = kernel(shader, ({ dy, index }, options: MaxPoolOptions & ImageSize) => {
  const g = gradientGeometry("pool/max_grad", dy, options);
  if (!sameShape(dy, index)) {
    throw new ShapeError(
      `pool/max_grad: expected index ${show(dy)} as dy, got ${show(index)}; pass the index of the forward pass`,
    );
  }
  const dx = [dy[0] ?? 1, dy[1] ?? 1, ...g.image];
  return {
    outputs: { dx },
    params: windowParams(g, size(dx)),
    grid: grid1d(Math.ceil(size(dx) / 64)),
    flops: size(dy),
  };
});

export const kinds = () => ({ dilation: pair, ...pooling, imageSize: required(two) });

export const reference: Reference<typeof poolMaxGrad> = ({ dy, index }, options) => {
  const { planes, image, windows } = gradientGeometry("pool/max_grad", dy.shape, options);
  const cells = image[0] * image[1];
  const dx = new Float64Array(planes * cells);
  for (let i = 0; i < dy.data.length; i++) {
    const plane = Math.floor(i / (windows[0] * windows[1]));
    const winner = plane * cells + (index.data[i] as number);
    dx[winner] = (dx[winner] as number) + (dy.data[i] as number);
  }
  return { dx };
};

/** Positions of maxima for the cases: in every window one of its cells, chosen by a fixed pattern. */
function winners(dy: readonly number[], options: MaxPoolOptions & ImageSize) {
  const {
    image,
    windows,
    stride,
    padding,
    dilation,
    kernel: k,
  } = gradientGeometry("case", dy, options);
  const along = (axis: 0 | 1, a: number, pick: number) => {
    const start = a * stride[axis] - padding[axis];
    const cells = Array.from({ length: k[axis] }, (_, i) => start + i * dilation[axis]).filter(
      (cell) => cell >= 0 && cell < image[axis],
    );
    return cells[pick % cells.length] as number;
  };
  const fill = (i: number, random: () => number) => {
    const h = along(0, Math.floor(i / windows[1]) % windows[0], Math.floor(random() * 8));
    return h * image[1] + along(1, i % windows[1], Math.floor(random() * 8));
  };
  return { shape: dy, fill };
}

const example = (
  name: string,
  dy: readonly number[],
  options: MaxPoolOptions & ImageSize,
): Case<typeof poolMaxGrad> => ({
  name,
  inputs: { dy, index: winners(dy, options) },
  options,
  tolerance: { length: 9 },
});

export const cases: Case<typeof poolMaxGrad>[] = [
  example("one cell", [1, 1, 1, 1], { kernelSize: 1, imageSize: [1, 1] }),
  example("overlapping, padded 3×3", [2, 3, 4, 5], {
    kernelSize: 3,
    stride: 2,
    padding: 1,
    imageSize: [7, 9],
  }),
  example("every window overlaps, stride 1", [1, 2, 6, 5], {
    kernelSize: 3,
    stride: 1,
    imageSize: [8, 7],
  }),
  example("ceil mode", [1, 2, 3, 4], {
    kernelSize: 3,
    stride: 2,
    ceilMode: true,
    imageSize: [7, 8],
  }),
  example("uneven kernel, stride, padding and dilation", [2, 2, 4, 7], {
    kernelSize: [2, 3],
    stride: [3, 1],
    padding: [1, 0],
    dilation: [2, 3],
    imageSize: [11, 13],
  }),
  example("cells no window reaches", [1, 3, 2, 3], {
    kernelSize: 2,
    stride: 4,
    imageSize: [9, 10],
  }),
  {
    name: "NaN goes to the winner alone",
    inputs: {
      dy: { shape: [1, 1, 3, 3], fill: (i) => (i === 4 ? NaN : i) },
      index: { shape: [1, 1, 3, 3], fill: () => 12 },
    },
    options: { kernelSize: 3, stride: 1, imageSize: [5, 5] },
  },
];
