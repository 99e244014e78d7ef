import shader from "#shaders/pool/avg_grad.wgsl";
import { boolean, number, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { pooling, two } from "../option_kinds.ts";
import {
  type AvgPoolOptions,
  forEachWindow,
  gradientGeometry,
  type ImageSize,
  windowParams,
} from "./geometry.ts";

/**
 * Gradient of `poolAvg`: every cell sums dy[N, C, outH, outW] / divisor over the windows that contain it. Throws
 * `ShapeError` if dy and the image do not fit together.
 */
export const poolAvgGrad = kernel(shader, ({ dy }, options: AvgPoolOptions & ImageSize) => {
  const g = gradientGeometry("pool/avg_grad", dy, options);
  const dx = [dy[0] ?? 1, dy[1] ?? 1, ...g.image];
  return {
    outputs: { dx },
    params: windowParams(g, size(dx)),
    grid: grid1d(Math.ceil(size(dx) / 64)),
    flops: size(dy) * g.kernel[0] * g.kernel[1],
  };
});

export const kinds = () => ({
  countIncludePad: boolean,
  divisorOverride: number,
  ...pooling,
  imageSize: required(two),
});

export const reference: Reference<typeof poolAvgGrad> = ({ dy }, options) => {
  const g = gradientGeometry("pool/avg_grad", dy.shape, options);
  const dx = new Float64Array(g.planes * g.image[0] * g.image[1]);
  forEachWindow(g, (window, cells, counted) => {
    const share = (dy.data[window] as number) / counted;
    for (const cell of cells) dx[cell] = (dx[cell] as number) + share;
  });
  return { dx };
};

export const cases: Case<typeof poolAvgGrad>[] = (
  [
    {
      name: "one cell",
      inputs: { dy: [1, 1, 1, 1] },
      options: { kernelSize: 1, imageSize: [1, 1] },
    },
    {
      name: "2×2, a row and a column left over",
      inputs: { dy: [2, 3, 3, 5] },
      options: { kernelSize: 2, imageSize: [7, 11] },
    },
    {
      name: "overlapping, padding counts",
      inputs: { dy: [2, 3, 4, 5] },
      options: { kernelSize: 3, stride: 2, padding: 1, imageSize: [7, 9] },
    },
    {
      name: "overlapping, padding does not count",
      inputs: { dy: [2, 3, 7, 9] },
      options: { kernelSize: 3, stride: 1, padding: 1, countIncludePad: false, imageSize: [7, 9] },
    },
    {
      name: "uneven, ceil mode",
      inputs: { dy: [1, 2, 4, 5] },
      options: {
        kernelSize: [4, 3],
        stride: [3, 2],
        padding: [2, 1],
        ceilMode: true,
        imageSize: [8, 8],
      },
    },
    {
      name: "divisorOverride",
      inputs: { dy: [2, 3, 4, 5] },
      options: { kernelSize: 3, stride: 2, padding: 1, divisorOverride: 5, imageSize: [7, 9] },
    },
    {
      name: "NaN stays in its window",
      inputs: { dy: { shape: [1, 1, 3, 3], fill: (i) => (i === 4 ? NaN : i) } },
      options: { kernelSize: 2, imageSize: [6, 6] },
    },
  ] satisfies Case<typeof poolAvgGrad>[]
).map((test) => ({ ...test, tolerance: { length: 12 } }));
