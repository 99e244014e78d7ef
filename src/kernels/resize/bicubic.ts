import shader from "#shaders/resize/bicubic.wgsl";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type BilinearOptions, resizePlan, resizing } from "./axes.ts";
import { modeOf } from "./bilinear.ts";
import { interpolatedCases } from "./interpolated_cases.ts";
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

export const cases: Case<typeof resizeBicubic>[] = [
  ...interpolatedCases(16),
  {
    name: "safety: NaN stays among its neighbours",
    inputs: { x: { shape: [1, 1, 6, 6], fill: (i) => (i === 7 ? NaN : i) } },
    options: { size: [11, 11] },
    tolerance: { length: 16 },
  },
];

export { kinds } from "./bilinear.ts";
