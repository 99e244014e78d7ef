import { noGrad } from "../../autograd/mode.ts";
import { differentiable } from "../../autograd/node.ts";
import { checked, options } from "../../core/signature.ts";
import { planReduction, type ReduceAxes } from "../../kernels/reduce/axes.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import { notEqual, where } from "../elementwise/compare.ts";
import { add, exp, log, mul, sub } from "../elementwise/elementwise.ts";
import { asFloat } from "../elementwise/operands.ts";
import { isfinite } from "../elementwise/pointwise.ts";
import { filledOn } from "../shape/create.ts";
import { max, min, reduceKinds, sum } from "./reduce.ts";

const kinds = {
  x: tensorKind,
  options: /* @__PURE__ */ options<ReduceAxes>(reduceKinds),
};

/** e^(x − y), with y = 0 where y is infinite. */
const shifted = (x: Tensor, y: Tensor): Tensor => exp(sub(x, where(isfinite(y), y, 0)));

/**
 * log Σ eˣ over `axes` (default all), shifted by the largest, so that it does not overflow: torch.logsumexp. −∞ if all
 * elements are −∞, with a gradient of 0. Throws `ShapeError` if there is no such axis or no element.
 */
export const logsumexp = /* @__PURE__ */ checked(
  "logsumexp",
  kinds,
  (x: Tensor, { axes, keepDims }: ReduceAxes = {}): Tensor =>
    asFloat(x, (data) => {
      const { shape } = planReduction("logsumexp", x.shape, { axes, keepDims });
      const over = { axes, keepDims: true };
      const wide = planReduction("logsumexp", x.shape, over).shape;
      const y = scope(() =>
        noGrad(() => {
          const top = max(data, over);
          const total = log(sum(shifted(data, top), over));
          return view(add(total, where(isfinite(top), top, 0)), shape);
        }),
      );
      return differentiable("logsumexp", { x: data }, y, { x: data, y }, (dy, saved, grads) => {
        grads.x?.add(scope(() => mul(shifted(saved.x, view(saved.y, wide)), view(dy, wide))));
      });
    }),
);

/** Reduces whether elements are not 0; `empty` is the result for no elements. */
function truths(
  x: Tensor,
  given: ReduceAxes,
  reduce: (x: Tensor, given: ReduceAxes) => Tensor,
  empty: number,
): Tensor {
  const { shape, length } = planReduction("any", x.shape, given);
  if (length === 0) return filledOn(x.engine, shape, empty);
  using data = x.detach();
  using truth = notEqual(data, 0);
  return reduce(truth, given);
}

/** 1 where any element over `axes` (default all) is not 0, else 0 (f32): torch.any. NaN is not 0. No gradient. */
export const any = /* @__PURE__ */ checked(
  "any",
  kinds,
  (x: Tensor, given: ReduceAxes = {}): Tensor => truths(x, given, max, 0),
);

/** 1 where all elements over `axes` (default all) are not 0, else 0 (f32): torch.all. NaN is not 0. No gradient. */
export const all = /* @__PURE__ */ checked(
  "all",
  kinds,
  (x: Tensor, given: ReduceAxes = {}): Tensor => truths(x, given, min, 1),
);
