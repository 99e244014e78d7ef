import shader from "#shaders/resize/bilinear_grad.wgsl";
import type { Shape } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type BilinearOptions, gradResizing, type ImageSize, resizeGradPlan } from "./axes.ts";
import { modeOf } from "./bilinear.ts";
import { resizedGrad } from "./reference.ts";

type Options = BilinearOptions & ImageSize;

const WHO = "resize/bilinear_grad";

/**
 * Gradient of `resizeBilinear`. Each cell gathers its terms, so there are no conflicting additions. Throws the errors of
 * `gradResizing`.
 */
export const resizeBilinearGrad = kernel(shader, ({ dy }, options: Options) =>
  resizeGradPlan(gradResizing(WHO, dy, modeOf(options), options), 12),
);

export const reference: Reference<typeof resizeBilinearGrad> = ({ dy }, options) => ({
  dx: resizedGrad("bilinear", gradResizing(WHO, dy.shape, modeOf(options), options), dy.data),
});

const example = (name: string, dy: Shape, options: Options): Case<typeof resizeBilinearGrad> => ({
  name,
  inputs: { dy },
  options,
  tolerance: { length: 25 },
});

const corners = { alignCorners: true };

export const cases: Case<typeof resizeBilinearGrad>[] = [
  example("one cell", [1, 1, 1, 1], { size: 1, imageSize: [1, 1] }),
  example("many to one cell", [1, 2, 3, 5], { size: [3, 5], imageSize: [1, 1] }),
  example("many to one, corners", [1, 2, 3, 5], { size: [3, 5], imageSize: [1, 1], ...corners }),
  example("one to many, corners", [1, 2, 1, 1], { size: 1, imageSize: [4, 5], ...corners }),
  example("from twice as large", [2, 3, 8, 10], { scaleFactor: 2, imageSize: [4, 5] }),
  example("from half as large", [2, 3, 3, 4], { scaleFactor: 0.5, imageSize: [7, 8] }),
  example("from a fifth", [1, 2, 2, 3], { size: [2, 3], imageSize: [11, 16] }),
  example("uneven", [1, 2, 10, 3], { size: [10, 3], imageSize: [7, 10] }),
  example("uneven, corners", [1, 2, 10, 3], { size: [10, 3], imageSize: [7, 10], ...corners }),
  example("by 1.5 and 0.7", [1, 2, 7, 9], { scaleFactor: [1.5, 0.7], imageSize: [5, 13] }),
];

export { kinds } from "./bicubic_grad.ts";
