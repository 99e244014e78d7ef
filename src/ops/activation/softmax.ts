import { differentiable } from "../../autograd/node.ts";
import { integer, optional } from "../../core/kinds.ts";
import { checked } from "../../core/signature.ts";
import { logSoftmax as logSoftmaxKernel } from "../../kernels/softmax/log_softmax.ts";
import { logSoftmaxGrad } from "../../kernels/softmax/log_softmax_grad.ts";
import { softmax as softmaxKernel } from "../../kernels/softmax/softmax.ts";
import { softmaxGrad } from "../../kernels/softmax/softmax_grad.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** exp(x) / Σ exp(x) along `axis` (default the last), shifted by the maximum. */
export const softmax = /* @__PURE__ */ checked(
  "softmax",
  { x: tensorKind, axis: /* @__PURE__ */ optional(integer) },
  (x: Tensor, axis = -1): Tensor => {
    const { y } = run(softmaxKernel, { x }, { axis, ...onAdapter(x) });
    return differentiable("softmax", { x }, y, { y }, (dy, saved, { x: dx }) => {
      dx?.add(run(softmaxGrad, { y: saved.y, dy }, { axis, ...onAdapter(dy) }, { dx: dx.into }).dx);
    });
  },
);

/** x − log Σ exp(x) along `axis` (default the last), shifted by the maximum. */
export const logSoftmax = /* @__PURE__ */ checked(
  "logSoftmax",
  { x: tensorKind, axis: /* @__PURE__ */ optional(integer) },
  (x: Tensor, axis = -1): Tensor => {
    const { y } = run(logSoftmaxKernel, { x }, { axis, ...onAdapter(x) });
    return differentiable("logSoftmax", { x }, y, { y }, (dy, saved, { x: dx }) => {
      dx?.add(
        run(logSoftmaxGrad, { y: saved.y, dy }, { axis, ...onAdapter(dy) }, { dx: dx.into }).dx,
      );
    });
  },
);
