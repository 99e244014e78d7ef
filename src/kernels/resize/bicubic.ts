import shader from "#shaders/resize/bicubic.wgsl";
import type { Shape } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type BilinearOptions, resizePlan, resizing } from "./axes.ts";
import { modeOf } from "./bilinear.ts";
import { resized } from "./reference.ts";

const WHO = "resize/bicubic";

/**
 * x [N, C, H, W] resized by interpolating between four cells along each axis. Positions are those of `resizeBilinear`, but
 * may lie beyond the centres of the outer cells; cells outside repeat the edge. Throws the errors of `resizing`.
 */
export const resizeBicubic = kernel(shader, ({ x }, options: BilinearOptions) =>
  resizePlan(resizing(WHO, x, modeOf(options), options), 60),
);

export const reference: Reference<typeof resizeBicubic> = ({ x }, options) => ({
  y: resized("bicubic", resizing(WHO, x.shape, modeOf(options), options), x.data),
});

const example = (name: string, x: Shape, options: BilinearOptions): Case<typeof resizeBicubic> => ({
  name,
  inputs: { x },
  options,
  tolerance: { length: 16 },
});

export const cases: Case<typeof resizeBicubic>[] = [
  example("one cell", [1, 1, 1, 1], { size: 1 }),
  example("one cell to many", [1, 2, 1, 1], { size: [3, 5] }),
  example("many to one, corners", [1, 2, 4, 5], { size: 1, alignCorners: true }),
  example("twice as large", [2, 3, 4, 5], { scaleFactor: 2 }),
  example("half as large", [2, 3, 7, 8], { scaleFactor: 0.5 }),
  example("uneven", [1, 2, 7, 10], { size: [10, 3] }),
  example("uneven, corners", [1, 2, 7, 10], { size: [10, 3], alignCorners: true }),
  example("by 1.5 and 0.7: the factor counts", [1, 2, 5, 13], { scaleFactor: [1.5, 0.7] }),
  {
    name: "safety: NaN stays among its neighbours",
    inputs: { x: { shape: [1, 1, 6, 6], fill: (i) => (i === 7 ? NaN : i) } },
    options: { size: [11, 11] },
    tolerance: { length: 16 },
  },
];

export { kinds } from "./bilinear.ts";
