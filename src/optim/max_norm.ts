import { checkParameters } from "../autograd/arena.ts";
import { ValueError } from "../core/errors.ts";
import { number } from "../core/kinds.ts";
import { checked } from "../core/signature.ts";
import { vectorAxpy as axpy } from "../kernels/vector/axpy.ts";
import { greater, where } from "../ops/elementwise/compare.ts";
import { add, div, mul } from "../ops/elementwise/elementwise.ts";
import { norm } from "../ops/reduce/vector_norm.ts";
import { run } from "../tensor/run.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { view } from "../tensor/view.ts";
import { parameterList } from "./kinds.ts";

/**
 * Max-norm constraint on weights [outputs, …] (Srivastava et al. 2014): each row w[i] whose norm ‖w[i]‖₂ exceeds `maxNorm`
 * becomes w[i] · maxNorm / (‖w[i]‖₂ + 1e-7), as `torch.renorm(w, 2, 0, maxNorm)`; other rows are unchanged to the bit.
 * Parameters of one dimension (biases, scales of norms) and frozen parameters are not changed. Call it after
 * `optimizer.step()`, or give it to `fit` as `constrain`. Nothing is read back. A row that is not finite stays so. Throws
 * `ValueError`.
 */
export const constrainMaxNorm = /* @__PURE__ */ checked(
  "constrainMaxNorm",
  { parameters: parameterList, maxNorm: number },
  (parameters: readonly Tensor[], maxNorm: number): void => {
    if (!(maxNorm > 0 && maxNorm < Infinity)) {
      throw new ValueError(
        `constrainMaxNorm: expected a finite maxNorm above 0, got ${maxNorm}; 3 is common`,
      );
    }
    checkParameters("constrainMaxNorm", parameters);
    for (const p of parameters) {
      if (p.requiresGrad && p.shape.length > 1 && p.size > 0) constrain(p, maxNorm);
    }
  },
);

function constrain(p: Tensor, maxNorm: number): void {
  scope(() => {
    const [outputs = 0] = p.shape;
    const rows = view(p.detach(), [outputs, p.size / outputs]);
    const length = norm(rows, { axes: [1], keepDims: true });
    const factor = where(greater(length, maxNorm), div(maxNorm, add(length, 1e-7)), 1);
    run(axpy, { x: mul(rows, factor), y: rows }, { keep: 0 });
  });
}
