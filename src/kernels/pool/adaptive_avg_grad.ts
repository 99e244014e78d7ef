import shader from "#shaders/pool/adaptive_avg_grad.wgsl";
import { required } from "../../core/kinds.ts";
import { type Shape, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { two } from "../option_kinds.ts";
import { adaptiveGradGeometry, adaptiveParams, forEachAdaptiveWindow } from "./adaptive.ts";
import type { ImageSize } from "./geometry.ts";

/**
 * Gradient of `adaptiveAvg`: every cell sums dy[N, C, outH, outW] / (number of cells) over the windows that contain it.
 * Throws `ShapeError`.
 */
export const adaptiveAvgGrad = kernel(shader, ({ dy }, options: ImageSize) => {
  const g = adaptiveGradGeometry("pool/adaptive_avg_grad", dy, options);
  const dx = [dy[0] ?? 1, dy[1] ?? 1, ...g.image];
  return {
    outputs: { dx },
    params: adaptiveParams(g, size(dx)),
    grid: grid1d(Math.ceil(size(dx) / 64)),
    flops: size(dx),
  };
});

export const kinds = () => ({ imageSize: required(two) });

export const reference: Reference<typeof adaptiveAvgGrad> = ({ dy }, options) => {
  const g = adaptiveGradGeometry("pool/adaptive_avg_grad", dy.shape, options);
  const dx = new Float64Array(g.planes * g.image[0] * g.image[1]);
  forEachAdaptiveWindow(g, (window, cells) => {
    for (const cell of cells) {
      dx[cell] = (dx[cell] as number) + (dy.data[window] as number) / cells.length;
    }
  });
  return { dx };
};

const example = (
  name: string,
  dy: Shape,
  imageSize: readonly [number, number],
): Case<typeof adaptiveAvgGrad> => ({
  name,
  inputs: { dy },
  options: { imageSize },
  tolerance: { length: 36 },
});

export const cases: Case<typeof adaptiveAvgGrad>[] = [
  example("one cell", [1, 1, 1, 1], [1, 1]),
  example("windows that divide", [2, 3, 3, 2], [6, 8]),
  example("windows that overlap", [2, 3, 3, 4], [7, 10]),
  example("10 to 7", [1, 2, 7, 6], [10, 13]),
  example("larger than the image", [1, 3, 5, 7], [2, 3]),
  example("one window", [2, 3, 1, 1], [5, 4]),
  {
    name: "NaN stays in its window",
    inputs: { dy: { shape: [1, 1, 3, 3], fill: (i) => (i === 4 ? NaN : i) } },
    options: { imageSize: [7, 8] },
    tolerance: { length: 4 },
  },
];
