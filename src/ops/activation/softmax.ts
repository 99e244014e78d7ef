import { differentiable } from "../../autograd/node.ts";
import { integer, optional } from "../../core/kinds.ts";
import { checked } from "../../core/signature.ts";
import { softmax as softmaxKernel } from "../../kernels/softmax/softmax.ts";
import { softmaxGrad } from "../../kernels/softmax/softmax_grad.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Softmax, or its logarithm, along `axis`, without a gradient. */
export const plainSoftmax = (x: Tensor, axis: number, log: boolean): Tensor =>
  run(softmaxKernel, { x }, { axis, log, ...onAdapter(x) }).y;

function along(name: string, x: Tensor, axis: number, log: boolean): Tensor {
  const y = plainSoftmax(x, axis, log);
  return differentiable(name, { x }, y, { y }, (dy, saved, { x: dx }) => {
    const options = { axis, log, ...onAdapter(dy) };
    dx?.add(run(softmaxGrad, { y: saved.y, dy }, options, { dx: dx.into }).dx);
  });
}

/**
 * exp(x) / Σ exp(x) along `axis` (default the last), shifted by the maximum.
 *
 * @example
 * ```ts
 * import { softmax, tensor } from "wgrad";
 * console.log(await softmax(tensor([[0, 0], [1, 3]])).read()); // [0.5, 0.5, 0.1192, 0.8808]
 * ```
 */
export const softmax = /* @__PURE__ */ checked(
  "softmax",
  { x: tensorKind, axis: /* @__PURE__ */ optional(integer) },
  (x: Tensor, axis = -1): Tensor => along("softmax", x, axis, false),
);

/** x − log Σ exp(x) along `axis` (default the last), shifted by the maximum. */
export const logSoftmax = /* @__PURE__ */ checked(
  "logSoftmax",
  { x: tensorKind, axis: /* @__PURE__ */ optional(integer) },
  (x: Tensor, axis = -1): Tensor => along("logSoftmax", x, axis, true),
);
