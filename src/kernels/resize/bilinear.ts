import shader from "#shaders/resize/bilinear.wgsl";
import { boolean, pair } from "../../core/kinds.ts";
import type { Shape } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type BilinearOptions, resizePlan, resizing } from "./axes.ts";
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

const example = (
  name: string,
  x: Shape,
  options: BilinearOptions,
): Case<typeof resizeBilinear> => ({
  name,
  inputs: { x },
  options,
  tolerance: { length: 4 },
});

export const cases: Case<typeof resizeBilinear>[] = [
  example("one cell", [1, 1, 1, 1], { size: 1 }),
  example("one cell to many", [1, 2, 1, 1], { size: [3, 5] }),
  example("one cell to many, corners", [1, 2, 1, 1], { size: [3, 5], alignCorners: true }),
  example("many to one, corners", [1, 2, 4, 5], { size: 1, alignCorners: true }),
  example("twice as large", [2, 3, 4, 5], { scaleFactor: 2 }),
  example("half as large", [2, 3, 7, 8], { scaleFactor: 0.5 }),
  example("uneven", [1, 2, 7, 10], { size: [10, 3] }),
  example("uneven, corners", [1, 2, 7, 10], { size: [10, 3], alignCorners: true }),
  example("by 1.5 and 0.7: the factor counts", [1, 2, 5, 13], { scaleFactor: [1.5, 0.7] }),
  {
    name: "safety: NaN stays among its neighbours, 1e30 is not spread",
    inputs: { x: { shape: [1, 1, 4, 4], fill: (i) => (i === 5 ? NaN : i === 15 ? 1e30 : i) } },
    options: { size: [7, 9] },
    tolerance: { length: 4 },
  },
];
