import shader from "#shaders/resize/nearest_grad.wgsl";
import { required } from "../../core/kinds.ts";
import type { Shape } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { two } from "../option_kinds.ts";
import { gradResizing, type ImageSize, type NearestOptions, resizeGradPlan } from "./axes.ts";
import { gradCases } from "./interpolated_cases.ts";
import { modeOf, kinds as nearestKinds } from "./nearest.ts";
import { resizedGrad } from "./reference.ts";

type Options = NearestOptions & ImageSize;

const WHO = "resize/nearest_grad";

/** Gradient of `resizeNearest`: every cell sums dy of the outputs that copied it. Throws the errors of `gradResizing`. */
export const resizeNearestGrad = kernel(shader, ({ dy }, options: Options) =>
  resizeGradPlan(gradResizing(WHO, dy, modeOf(options), options), 1),
);

export const kinds = () => ({ ...nearestKinds(), imageSize: required(two) });

export const reference: Reference<typeof resizeNearestGrad> = ({ dy }, options) => ({
  dx: resizedGrad("nearest", gradResizing(WHO, dy.shape, modeOf(options), options), dy.data),
});

const example = (name: string, dy: Shape, options: Options): Case<typeof resizeNearestGrad> => ({
  name,
  inputs: { dy },
  options,
  tolerance: { length: 16 },
});

export const cases: Case<typeof resizeNearestGrad>[] = [
  ...gradCases(16),
  example("cells beyond the last output", [1, 2, 1, 2], {
    scaleFactor: [1, 0.3],
    imageSize: [1, 8],
  }),
  example("exact, uneven", [1, 2, 10, 3], { size: [10, 3], imageSize: [7, 10], exact: true }),
  example("exact, cells beyond the last output", [1, 2, 1, 2], {
    ...{ scaleFactor: [1, 0.3], exact: true, imageSize: [1, 8] },
  }),
  {
    name: "NaN stays in its cell",
    inputs: { dy: { shape: [1, 1, 4, 4], fill: (i) => (i === 5 ? NaN : i) } },
    options: { size: 4, imageSize: [2, 2] },
  },
];
