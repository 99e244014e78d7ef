import shader from "#shaders/resize/bilinear_grad.wgsl";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type BilinearOptions, gradResizing, type ImageSize, resizeGradPlan } from "./axes.ts";
import { modeOf } from "./bilinear.ts";
import { interpolatedGradCases } from "./interpolated_cases.ts";
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

export const cases: Case<typeof resizeBilinearGrad>[] = interpolatedGradCases(25);

export { kinds } from "./bicubic_grad.ts";
