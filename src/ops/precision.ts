import { halfEnabled, withHalf } from "../autograd/mode.ts";
import { differentiable } from "../autograd/node.ts";
import { callBack } from "../core/caller.ts";
import { ValueError } from "../core/errors.ts";
import { callback, oneOf } from "../core/kinds.ts";
import type { DType } from "../core/shape.ts";
import { checked } from "../core/signature.ts";
import { tensorKind } from "../tensor/kinds.ts";
import { converted } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * Runs `work` in mixed precision: matrix products, convolutions and norms keep what they read and make in f16, sums are
 * f32 all the same, and parameters stay f32; everything else is f32. Where the adapter has no f16 it is as without, so
 * the same code runs everywhere. Scale the loss with `GradScaler`, or small gradients become 0. Micikevicius et al.,
 * "Mixed precision training", 2018; torch.autocast.
 */
export const autocast = /* @__PURE__ */ checked(
  "autocast",
  { work: callback },
  <R>(work: () => R) => withHalf(true, () => callBack(work)),
);

/** x in f16 inside `autocast()` where the adapter has it, else x itself. A gradient goes back as it comes. */
export function toHalf(x: Tensor): Tensor {
  return halfEnabled() && x.dtype === "f32" && x.engine.gpu.hasHalf ? cast(x, "f16") : x;
}

/** x as "f32" or "f16": the nearest numbers there are. The gradient goes back as it comes. Throws `ValueError` for integers. */
export const cast = /* @__PURE__ */ checked(
  "cast",
  { x: tensorKind, dtype: /* @__PURE__ */ oneOf("f32", "i32", "u32", "f16") },
  (x: Tensor, dtype: DType): Tensor => {
    const isFloat = (type: DType) => type === "f32" || type === "f16";
    if (!isFloat(x.dtype) || !isFloat(dtype)) {
      throw new ValueError(
        `cast: expected "f32" or "f16", got ${x.dtype} to ${dtype}; make integers with tensor(data, { dtype: "u32" })`,
      );
    }
    if (x.dtype === dtype) return x;
    return differentiable("cast", { x }, converted(x, dtype), {}, (dy, _saved, { x: dx }) => {
      dx?.add(dy.detach());
    });
  },
);
