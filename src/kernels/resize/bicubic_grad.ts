import shader from "#shaders/resize/bicubic_grad.wgsl";
import { required } from "../../core/kinds.ts";
import type { Shape } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { two } from "../option_kinds.ts";
import { type BilinearOptions, gradResizing, type ImageSize, resizeGradPlan } from "./axes.ts";
import { kinds as bilinearKinds, modeOf } from "./bilinear.ts";
import { resizedGrad } from "./reference.ts";

type Options = BilinearOptions & ImageSize;

const WHO = "resize/bicubic_grad";

/**
 * Gradient of `resizeBicubic`. Each cell gathers its terms, so there are no conflicting additions. Throws the errors of
 * `gradResizing`.
 */
export const resizeBicubicGrad = kernel(shader, ({ dy }, options: Options) =>
  resizeGradPlan(gradResizing(WHO, dy, modeOf(options), options), 16 * 40),
);

export const kinds = () => ({ ...bilinearKinds(), imageSize: required(two) });

export const reference: Reference<typeof resizeBicubicGrad> = ({ dy }, options) => ({
  dx: resizedGrad("bicubic", gradResizing(WHO, dy.shape, modeOf(options), options), dy.data),
});

const example = (name: string, dy: Shape, options: Options): Case<typeof resizeBicubicGrad> => ({
  name,
  inputs: { dy },
  options,
  tolerance: { length: 64 },
});

const corners = { alignCorners: true };

export const cases: Case<typeof resizeBicubicGrad>[] = [
  example("one cell", [1, 1, 1, 1], { size: 1, imageSize: [1, 1] }),
  example("many to one cell", [1, 2, 3, 5], { size: [3, 5], imageSize: [1, 1] }),
  example("one to many, corners", [1, 2, 1, 1], { size: 1, imageSize: [4, 5], ...corners }),
  example("from twice as large", [2, 3, 8, 10], { scaleFactor: 2, imageSize: [4, 5] }),
  example("from half as large", [2, 3, 3, 4], { scaleFactor: 0.5, imageSize: [7, 8] }),
  example("from a fifth", [1, 2, 2, 3], { size: [2, 3], imageSize: [11, 16] }),
  example("uneven", [1, 2, 10, 3], { size: [10, 3], imageSize: [7, 10] }),
  example("uneven, corners", [1, 2, 10, 3], { size: [10, 3], imageSize: [7, 10], ...corners }),
  example("by 1.5 and 0.7", [1, 2, 7, 9], { scaleFactor: [1.5, 0.7], imageSize: [5, 13] }),
];
