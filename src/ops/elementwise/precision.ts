import { halfEnabled, withHalf } from "../../autograd/mode.ts";
import { differentiable } from "../../autograd/node.ts";
import { callBack } from "../../core/caller.ts";
import { callback, oneOf } from "../../core/kinds.ts";
import type { DType } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { converted } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { isInteger } from "./operands.ts";

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

/**
 * x as another type. Floats become the nearest there are, and lose their fraction on the way to an integer, as in PyTorch;
 * out of the integer's range they become the nearest float within it, 2³¹ − 128 and 2³² − 256 at the top, and NaN becomes
 * any integer. Between i32 and u32 the bits stay: −1 is 4294967295. The gradient goes back between floats as it comes;
 * integers have none. x itself if it is of that type. Throws `ValueError` for f16 on an adapter without it.
 */
export const cast = /* @__PURE__ */ checked(
  "cast",
  { x: tensorKind, dtype: /* @__PURE__ */ oneOf("f32", "i32", "u32", "f16") },
  (x: Tensor, dtype: DType): Tensor => {
    if (x.dtype === dtype) return x;
    const y = converted(x, dtype);
    if (isInteger(x) || isInteger(y)) return Object.assign(y, { name: "cast" });
    return differentiable("cast", { x }, y, {}, (dy, _saved, { x: dx }) => {
      dx?.add(dy.detach());
    });
  },
);
