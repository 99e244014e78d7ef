import shader from "#shaders/pool/adaptive_max_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { adaptiveGradGeometry, adaptiveParams } from "./adaptive.ts";
import type { ImageSize } from "./geometry.ts";

/**
 * Gradient of `adaptiveMax`: dy[N, C, outH, outW] goes to the cell with the maximum of each window; a cell sums dy of all
 * its windows. Throws `ShapeError` if dy, index and the image do not fit together.
 */
export const adaptiveMaxGrad = kernel(shader, ({ dy, index }, options: ImageSize) => {
  const g = adaptiveGradGeometry("pool/adaptive_max_grad", dy, options);
  if (!sameShape(dy, index)) {
    throw new ShapeError(
      `pool/adaptive_max_grad: expected index ${show(dy)} as dy, got ${show(index)}; pass the index of the forward pass`,
    );
  }
  const dx = [dy[0] ?? 1, dy[1] ?? 1, ...g.image];
  return {
    outputs: { dx },
    params: adaptiveParams(g, size(dx)),
    grid: grid1d(Math.ceil(size(dx) / 64)),
    flops: size(dy),
  };
});

export const reference: Reference<typeof adaptiveMaxGrad> = ({ dy, index }, options) => {
  const g = adaptiveGradGeometry("pool/adaptive_max_grad", dy.shape, options);
  const cells = g.image[0] * g.image[1];
  const dx = new Float64Array(g.planes * cells);
  for (let i = 0; i < dy.data.length; i++) {
    const plane = Math.floor(i / (g.windows[0] * g.windows[1]));
    const winner = plane * cells + (index.data[i] as number);
    dx[winner] = (dx[winner] as number) + (dy.data[i] as number);
  }
  return { dx };
};

/** The maximum is alternately in the first and the last cell of each window, which neighbouring windows may share. */
function example(
  name: string,
  dy: Shape,
  imageSize: readonly [number, number],
): Case<typeof adaptiveMaxGrad> {
  const [, , outH = 1, outW = 1] = dy;
  const along = (a: number, n: number, m: number, last: boolean) =>
    last ? Math.ceil(((a + 1) * n) / m) - 1 : Math.floor((a * n) / m);
  const fill = (i: number) => {
    const a = Math.floor(i / outW) % outH;
    const row = along(a, imageSize[0], outH, i % 3 === 0);
    return row * imageSize[1] + along(i % outW, imageSize[1], outW, i % 2 === 0);
  };
  return {
    name,
    inputs: { dy, index: { shape: dy, fill } },
    options: { imageSize },
    tolerance: { length: 4 },
  };
}

export const cases: Case<typeof adaptiveMaxGrad>[] = [
  example("one cell", [1, 1, 1, 1], [1, 1]),
  example("windows that divide", [2, 3, 3, 2], [6, 8]),
  example("windows that overlap", [2, 3, 3, 4], [7, 10]),
  example("overlap everywhere", [1, 2, 7, 6], [10, 13]),
  example("larger than the image", [1, 3, 5, 7], [2, 3]),
  example("one window", [2, 3, 1, 1], [5, 4]),
  {
    name: "NaN goes to the winner alone",
    inputs: {
      dy: { shape: [1, 1, 2, 2], fill: (i) => (i === 3 ? NaN : i) },
      index: { shape: [1, 1, 2, 2], fill: () => 12 },
    },
    options: { imageSize: [5, 5] },
  },
];

export { kinds } from "./adaptive_avg_grad.ts";
