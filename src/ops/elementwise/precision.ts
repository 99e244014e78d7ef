import { halfEnabled, withHalf } from "../../autograd/mode.ts";
import { differentiable } from "../../autograd/node.ts";
import { callBack } from "../../core/caller.ts";
import { callback, dtype as dtypeKind } from "../../core/kinds.ts";
import type { DType } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { converted } from "../../tensor/run.ts";
import { refusePromise } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { isInteger } from "./operands.ts";

/**
 * Runs `work` in mixed precision: matrix products, convolutions and norms read and write f16 but sum in f32; parameters and
 * everything else stay f32. On an adapter without f16 nothing changes, so the same code runs everywhere. Scale the loss
 * with `GradScaler`, or small gradients become 0. Micikevicius et al., "Mixed precision training", 2018; torch.autocast.
 */
export const autocast = /* @__PURE__ */ checked(
  "autocast",
  { work: callback },
  <R>(work: () => R) => {
    const result = withHalf(true, () => callBack(work));
    refusePromise("autocast", result);
    return result;
  },
);

/** x converted to f16 inside `autocast()` if the adapter has f16, else x itself. The gradient is passed on unchanged. */
export function toHalf(x: Tensor): Tensor {
  return halfEnabled() && x.dtype === "f32" && x.engine.gpu.hasHalf ? cast(x, "f16") : x;
}

/**
 * Converts x to another dtype. Floats are rounded to the nearest; conversion to an integer drops the fraction, as in
 * PyTorch. Values outside the integer's range become the nearest float inside it, 2³¹ − 128 and 2³² − 256 at the top, and
 * NaN becomes an unspecified integer. Between i32 and u32 the bits are kept: −1 is 4294967295. Between floats the gradient
 * is passed on unchanged; integers have none. Returns x itself if it already has that dtype. Throws `ValueError` for f16 on
 * an adapter without it.
 */
export const cast = /* @__PURE__ */ checked(
  "cast",
  { x: tensorKind, dtype: dtypeKind },
  (x: Tensor, dtype: DType): Tensor => {
    if (x.dtype === dtype) return x;
    const y = converted(x, dtype);
    if (isInteger(x) || isInteger(y)) return Object.assign(y, { name: "cast" });
    return differentiable("cast", { x }, y, {}, (dy, _saved, { x: dx }) => {
      dx?.add(dy.detach());
    });
  },
);
