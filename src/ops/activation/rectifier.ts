import { differentiable } from "../../autograd/node.ts";
import { ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { prelu as preluKernel } from "../../kernels/elementwise/prelu.ts";
import { preluGrad } from "../../kernels/elementwise/prelu_grad.ts";
import { rrelu as rreluKernel } from "../../kernels/random/rrelu.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { drawn } from "../random/random.ts";
import { totalOf } from "../reduce/partials.ts";
import { leakyRelu } from "./with_options.ts";

/**
 * x where positive, else slope · x, for x [N, C, ...] and slope [1], or [C] for one slope per channel (He et al. 2015). The
 * slope has a gradient: dslope[c] = Σ dy·x over x ≤ 0. Throws `ShapeError` if they do not fit.
 */
export const prelu = /* @__PURE__ */ checked(
  "prelu",
  { x: tensorKind, slope: tensorKind },
  (x: Tensor, slope: Tensor): Tensor => {
    const { y } = run(preluKernel, { x, slope }, {});
    return differentiable("prelu", { x, slope }, y, { x, slope }, (dy, saved, grads) => {
      const inputs = { dy, x: saved.x, slope: saved.slope };
      const { dx, partials } = run(preluGrad, inputs, {}, { dx: grads.x?.into });
      if (grads.x) grads.x.add(dx);
      else dx.dispose();
      if (grads.slope) grads.slope.add(totalOf(partials, grads.slope.into));
      else partials.dispose();
    });
  },
);

/** Bounds of the slopes of `rrelu`, and whether slopes are random. */
export interface RReluOptions {
  /** Lower bound of the slope for negative x. Default 1/8. */
  readonly lower?: number;
  /** Upper bound of the slope for negative x, at least `lower`. Default 1/3. */
  readonly upper?: number;
  /** Whether a random slope is drawn for every element; otherwise all are (lower + upper)/2. Default false. */
  readonly training?: boolean;
}

/**
 * x where positive, else a·x: in training a is drawn from [lower, upper) for every element, and the gradient uses the same
 * a; otherwise a is the mean of the bounds (Xu, Wang, Chen, Li 2015). Throws `ValueError` unless lower ≤ upper.
 */
export const rrelu = /* @__PURE__ */ checked(
  "rrelu",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<RReluOptions>({
      lower: number,
      upper: number,
      training: boolean,
    }),
  },
  (x: Tensor, { lower = 1 / 8, upper = 1 / 3, training = false }: RReluOptions = {}): Tensor => {
    if (!(lower <= upper)) {
      throw new ValueError(`rrelu: expected lower ≤ upper, got ${lower} and ${upper}; swap them`);
    }
    if (!training) return leakyRelu(x, { slope: (lower + upper) / 2 });
    const draws = drawn({ lower, upper });
    const { y } = run(rreluKernel, { x, v: x }, draws);
    return differentiable("rrelu", { x }, y, { x }, (dy, saved, { x: dx }) => {
      dx?.add(run(rreluKernel, { x: saved.x, v: dy }, draws, { y: dx.into }).y);
    });
  },
);
