import { differentiable } from "../../autograd/node.ts";
import { ShapeError } from "../../core/errors.ts";
import { number, optional } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { alphaDropout as alphaKernel } from "../../kernels/random/alpha_dropout.ts";
import { dropoutChannels } from "../../kernels/random/dropout_channels.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { drawn } from "./random.ts";

function channels(who: string, axes: string, x: Tensor, p: number): Tensor {
  const rank = axes.split(",").length;
  if (x.shape.length !== rank) {
    throw new ShapeError(
      `${who}: expected x [${axes}], got ${show(x.shape, "x")}; reshape it, or use dropout for single elements`,
    );
  }
  return dropPlanes(who, x, p);
}

/** Zeroes each plane of x [N, C, ...] with probability p and scales the rest by 1/(1 − p). */
export function dropPlanes(who: string, x: Tensor, p: number): Tensor {
  const options = drawn({ p });
  const { y } = run(dropoutChannels, { x }, options);
  return differentiable(who, { x }, y, {}, (dy, _saved, { x: dx }) => {
    dx?.add(run(dropoutChannels, { x: dy }, options, { y: dx.into }).y);
  });
}

/** Zeroes each channel of x [N, C, L] with probability p and scales the rest by 1/(1 − p) (Tompson et al. 2015). */
export const dropout1d = /* @__PURE__ */ checked(
  "dropout1d",
  { x: tensorKind, p: /* @__PURE__ */ optional(number) },
  (x: Tensor, p = 0.5) => channels("dropout1d", "N, C, L", x, p),
);

/** Zeroes each channel of x [N, C, H, W] with probability p and scales the rest by 1/(1 − p) (Tompson et al. 2015). */
export const dropout2d = /* @__PURE__ */ checked(
  "dropout2d",
  { x: tensorKind, p: /* @__PURE__ */ optional(number) },
  (x: Tensor, p = 0.5) => channels("dropout2d", "N, C, H, W", x, p),
);

/** Zeroes each channel of x [N, C, D, H, W] with probability p and scales the rest by 1/(1 − p). */
export const dropout3d = /* @__PURE__ */ checked(
  "dropout3d",
  { x: tensorKind, p: /* @__PURE__ */ optional(number) },
  (x: Tensor, p = 0.5) => channels("dropout3d", "N, C, D, H, W", x, p),
);

/**
 * Sets each element with probability p to the lower limit of selu, then scales and shifts all elements so that mean 0 and
 * variance 1 are preserved (Klambauer et al. 2017). p = 1 gives zeros.
 */
export const alphaDropout = /* @__PURE__ */ checked(
  "alphaDropout",
  { x: tensorKind, p: /* @__PURE__ */ optional(number) },
  (x: Tensor, p = 0.5): Tensor => {
    const options = drawn({ p });
    const { y } = run(alphaKernel, { x }, options);
    return differentiable("alphaDropout", { x }, y, {}, (dy, _saved, { x: dx }) => {
      const grad = () => ({ ...options(), gradient: true });
      dx?.add(run(alphaKernel, { x: dy }, grad, { y: dx.into }).y);
    });
  },
);
