import shader from "#shaders/resize/bicubic_grad.wgsl";
import { required } from "../../core/kinds.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { two } from "../option_kinds.ts";
import { type BilinearOptions, gradResizing, type ImageSize, resizeGradPlan } from "./axes.ts";
import { kinds as bilinearKinds, modeOf } from "./bilinear.ts";
import { interpolatedGradCases } from "./interpolated_cases.ts";
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

export const cases: Case<typeof resizeBicubicGrad>[] = interpolatedGradCases(64);
