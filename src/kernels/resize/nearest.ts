import shader from "#shaders/resize/nearest.wgsl";
import { boolean, pair } from "../../core/kinds.ts";
import type { Shape } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type NearestOptions, resizePlan, resizing } from "./axes.ts";
import { resized } from "./reference.ts";

const WHO = "resize/nearest";

export const modeOf = ({ exact = false }: NearestOptions) => (exact ? "exact" : "nearest");

/**
 * x [N, C, H, W] resized by copying: output i of an axis is input ⌊i · n/m⌋, or ⌊i / scaleFactor⌋; with `exact` ⌊(i + ½) ·
 * n/m⌋. Throws the errors of `resizing`.
 */
export const resizeNearest = kernel(shader, ({ x }, options: NearestOptions) =>
  resizePlan(resizing(WHO, x, modeOf(options), options), 0),
);

export const kinds = () => ({ size: pair, scaleFactor: pair, exact: boolean });

export const reference: Reference<typeof resizeNearest> = ({ x }, options) => ({
  y: resized("nearest", resizing(WHO, x.shape, modeOf(options), options), x.data),
});

const example = (name: string, x: Shape, options: NearestOptions): Case<typeof resizeNearest> => ({
  name,
  inputs: { x },
  options,
  tolerance: "exact",
});

export const cases: Case<typeof resizeNearest>[] = [
  example("one cell", [1, 1, 1, 1], { size: 1 }),
  example("one cell to many", [1, 2, 1, 1], { size: [3, 5] }),
  example("twice as large", [2, 3, 4, 5], { scaleFactor: 2 }),
  example("half as large", [2, 3, 7, 8], { scaleFactor: 0.5 }),
  example("uneven", [1, 2, 7, 10], { size: [10, 3] }),
  example("by 1.5 and 0.7: the factor counts, not the ratio of sizes", [1, 2, 5, 13], {
    scaleFactor: [1.5, 0.7],
  }),
  example("41 to 41 divisions without rounding", [1, 1, 1, 82], { size: [1, 41] }),
  example("exact, uneven", [1, 2, 7, 10], { size: [10, 3], exact: true }),
  example("exact, by 1.5 and 0.7", [1, 2, 5, 13], { scaleFactor: [1.5, 0.7], exact: true }),
  {
    name: "NaN and infinity are copied",
    inputs: { x: { shape: [1, 1, 2, 2], fill: (i) => [NaN, 1, Infinity, -2][i] ?? 0 } },
    options: { size: [3, 4] },
    tolerance: "exact",
  },
];
