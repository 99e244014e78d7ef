import shader from "#shaders/pool/global_avg_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { two } from "../option_kinds.ts";
import type { ImageSize } from "./geometry.ts";

/** Gradient of `globalAvg`: dy[N, C, 1, 1] / (H·W) for every cell of dx[N, C, H, W]. Throws `ShapeError`. */
export const globalAvgGrad = kernel(shader, ({ dy }, { imageSize: [h, w] }: ImageSize) => {
  const [n = 0, c = 0, ...ones] = dy;
  if (ones.length !== 2 || ones[0] !== 1 || ones[1] !== 1 || n * c * h * w === 0) {
    throw new ShapeError(
      `pool/global_avg_grad: expected dy [N, C, 1, 1] and an image of at least one cell, got ${show(dy)} and ` +
        `${h}×${w}; pass the image size of the forward pass`,
    );
  }
  const dx = [n, c, h, w];
  return {
    outputs: { dx },
    params: { count: size(dx), cells: h * w },
    grid: grid1d(Math.ceil(size(dx) / 64)),
    flops: size(dx),
  };
});

export const kinds = () => ({ imageSize: required(two) });

export const reference: Reference<typeof globalAvgGrad> = ({ dy }, { imageSize: [h, w] }) => ({
  dx: Float64Array.from(
    { length: dy.data.length * h * w },
    (_, i) => (dy.data[Math.floor(i / (h * w))] as number) / (h * w),
  ),
});

export const cases: Case<typeof globalAvgGrad>[] = [
  { name: "one cell", inputs: { dy: [1, 1, 1, 1] }, options: { imageSize: [1, 1] } },
  { name: "7×7", inputs: { dy: [3, 5, 1, 1] }, options: { imageSize: [7, 7] } },
  {
    name: "NaN and infinity stay in their planes",
    inputs: { dy: { shape: [2, 2, 1, 1], fill: (i) => [NaN, Infinity, -1, 1e30][i] ?? 0 } },
    options: { imageSize: [3, 11] },
  },
];
