import shader from "#shaders/resize/bilinear.wgsl";
import { boolean, pair } from "../../core/kinds.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type BilinearOptions, resizePlan, resizing } from "./axes.ts";
import { interpolatedCases } from "./interpolated_cases.ts";
import { resized } from "./reference.ts";

const WHO = "resize/bilinear";

export const modeOf = ({ alignCorners = false }: BilinearOptions) =>
  alignCorners ? "corners" : "bilinear";

/**
 * x [N, C, H, W] resized by interpolating between two cells along each axis: output i is at (i + ½)·n/m − ½ (or i·(n −
 * 1)/(m − 1) with `alignCorners`), but not below 0. Throws the errors of `resizing`.
 */
export const resizeBilinear = kernel(shader, ({ x }, options: BilinearOptions) =>
  resizePlan(resizing(WHO, x, modeOf(options), options), 12),
);

export const kinds = () => ({ size: pair, scaleFactor: pair, alignCorners: boolean });

export const reference: Reference<typeof resizeBilinear> = ({ x }, options) => ({
  y: resized("bilinear", resizing(WHO, x.shape, modeOf(options), options), x.data),
});

export const cases: Case<typeof resizeBilinear>[] = [
  ...interpolatedCases(4),
  {
    name: "safety: NaN stays among its neighbours, 1e30 is not spread",
    inputs: { x: { shape: [1, 1, 4, 4], fill: (i) => (i === 5 ? NaN : i === 15 ? 1e30 : i) } },
    options: { size: [7, 9] },
    tolerance: { length: 4 },
  },
];
