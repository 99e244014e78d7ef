import { differentiable } from "../../autograd/node.ts";
import { ShapeError } from "../../core/errors.ts";
import { count, number } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { type LocalResponseOptions, localResponse } from "../../kernels/norm/local_response.ts";
import { localResponseGrad } from "../../kernels/norm/local_response_grad.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Options of local response norm besides its size. */
export type LocalResponseNormOptions = Omit<LocalResponseOptions, "size">;

export const localResponseOptions = /* @__PURE__ */ options<LocalResponseNormOptions>({
  ...{ alpha: number, beta: number, k: number },
});

/**
 * y = x / (k + alpha/size · Σ x²)^beta, the sum over `size` neighbouring channels of x [N, C, ...], with zeros beyond the
 * ends (Krizhevsky et al. 2012; divided by size, as in torch.nn.functional.local_response_norm). Defaults: alpha 1e-4 (≥
 * 0), beta 0.75, k 1 (> 0). Throws `ShapeError` for x of fewer than three axes, `ValueError`.
 */
export const localResponseNorm = /* @__PURE__ */ checked(
  "localResponseNorm",
  { x: tensorKind, size: count, options: localResponseOptions },
  (x: Tensor, size: number, given: LocalResponseNormOptions = {}): Tensor => {
    if (x.shape.length < 3) {
      throw new ShapeError(
        `localResponseNorm: expected x [N, C, ...] of three axes or more, got ${show(x.shape, "x")}; reshape it to [N, C, 1]`,
      );
    }
    const all = { ...given, size };
    const { y } = run(localResponse, { x }, all);
    return differentiable("localResponseNorm", { x }, y, { x }, (dy, saved, { x: dx }) => {
      dx?.add(run(localResponseGrad, { x: saved.x, dy }, all, { dx: dx.into }).dx);
    });
  },
);
