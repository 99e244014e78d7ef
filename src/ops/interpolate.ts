import { differentiable } from "../autograd/node.ts";
import { ValueError } from "../core/errors.ts";
import { boolean, oneOf, pair } from "../core/kinds.ts";
import { checked, options } from "../core/signature.ts";
import type { BilinearOptions } from "../kernels/resize/axes.ts";
import { resizeBilinear } from "../kernels/resize/bilinear.ts";
import { resizeBilinearGrad } from "../kernels/resize/bilinear_grad.ts";
import { resizeNearest } from "../kernels/resize/nearest.ts";
import { resizeNearestGrad } from "../kernels/resize/nearest_grad.ts";
import { tensorKind } from "../tensor/kinds.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

export interface InterpolateOptions extends BilinearOptions {
  /** Default "nearest". */
  readonly mode?: "nearest" | "bilinear";
}

/**
 * x [N, C, H, W] resized to `size`, or by `scaleFactor`, by copying the nearest cell or by interpolating between four;
 * positions as in PyTorch. Throws `ShapeError`, and `ValueError` for options that do not go together.
 */
export const interpolate = /* @__PURE__ */ checked(
  "interpolate",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<InterpolateOptions>({
      ...{ size: pair, scaleFactor: pair, alignCorners: boolean },
      mode: oneOf("nearest", "bilinear"),
    }),
  },
  (x: Tensor, { mode = "nearest", ...options }: InterpolateOptions = {}): Tensor => {
    if (mode === "nearest" && options.alignCorners !== undefined) {
      throw new ValueError(
        `interpolate: expected alignCorners with mode "bilinear", got it with "nearest"; leave it out`,
      );
    }
    const forward = mode === "nearest" ? resizeNearest : resizeBilinear;
    const backward = mode === "nearest" ? resizeNearestGrad : resizeBilinearGrad;
    const { y } = run(forward, { x }, options);
    const grad = { ...options, imageSize: [x.shape[2] ?? 0, x.shape[3] ?? 0] as const };
    return differentiable("interpolate", { x }, y, {}, (dy, _saved, { x: dx }) => {
      dx?.add(run(backward, { dy }, grad, { dx: dx.into }).dx);
    });
  },
);
