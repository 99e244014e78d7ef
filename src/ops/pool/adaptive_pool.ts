import { differentiable, type GradSlots } from "../../autograd/node.ts";
import { boolean, number, pair, required } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { type AdaptiveSize, adaptiveGeometry } from "../../kernels/pool/adaptive.ts";
import { adaptiveAvg } from "../../kernels/pool/adaptive_avg.ts";
import { adaptiveAvgGrad } from "../../kernels/pool/adaptive_avg_grad.ts";
import { adaptiveMax } from "../../kernels/pool/adaptive_max.ts";
import { adaptiveMaxGrad } from "../../kernels/pool/adaptive_max_grad.ts";
import { type LpPoolOptions, poolLp } from "../../kernels/pool/lp.ts";
import { poolLpGrad } from "../../kernels/pool/lp_grad.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { adaptiveSize } from "../kinds.ts";
import { globalAvgPool2d, type MaxWithIndices } from "./pool.ts";

const imageSize = (x: Tensor) => [x.shape[2] ?? 0, x.shape[3] ?? 0] as const;

/**
 * Mean of x [N, C, H, W] over windows spread evenly over the image, outputSize in number: one number, or [rows, columns];
 * null keeps an axis. Window a of m covers cells ⌊a·n/m⌋ to ⌈(a + 1)·n/m⌉ of an axis of n. Throws `ShapeError`,
 * `ValueError`.
 */
export const adaptiveAvgPool2d = /* @__PURE__ */ checked(
  "adaptiveAvgPool2d",
  { x: tensorKind, outputSize: adaptiveSize },
  (x: Tensor, outputSize: AdaptiveSize): Tensor => {
    const { windows } = adaptiveGeometry("adaptiveAvgPool2d", x.shape, { outputSize });
    if (windows[0] === 1 && windows[1] === 1) return globalAvgPool2d(x);
    const { y } = run(adaptiveAvg, { x }, { outputSize });
    const grad = { imageSize: imageSize(x) };
    return differentiable("adaptiveAvgPool2d", { x }, y, {}, (dy, _saved, { x: dx }) => {
      dx?.add(run(adaptiveAvgGrad, { dy }, grad, { dx: dx.into }).dx);
    });
  },
);

/**
 * Maximum of each window of x [N, C, H, W], with the windows of `adaptiveAvgPool2d`, and its position h·W + w; the first of
 * equal maxima.
 */
export const adaptiveMaxPool2dWithIndices = /* @__PURE__ */ checked(
  "adaptiveMaxPool2dWithIndices",
  { x: tensorKind, outputSize: adaptiveSize },
  (x: Tensor, outputSize: AdaptiveSize): MaxWithIndices => {
    const { y, index } = run(adaptiveMax, { x }, { outputSize });
    const grad = { imageSize: imageSize(x) };
    const backward = (dy: Tensor, saved: { index: Tensor }, { x: dx }: GradSlots<{ x: Tensor }>) =>
      dx?.add(run(adaptiveMaxGrad, { dy, index: saved.index }, grad, { dx: dx.into }).dx);
    return { y: differentiable("adaptiveMaxPool2d", { x }, y, { index }, backward), index };
  },
);

/**
 * Maximum of each window of x [N, C, H, W], with the windows of `adaptiveAvgPool2d`; the first of equal maxima gets the
 * gradient.
 */
export const adaptiveMaxPool2d = /* @__PURE__ */ checked(
  "adaptiveMaxPool2d",
  { x: tensorKind, outputSize: adaptiveSize },
  (x: Tensor, outputSize: AdaptiveSize): Tensor => {
    const { y, index } = adaptiveMaxPool2dWithIndices(x, outputSize);
    index.dispose();
    return y;
  },
);

/**
 * (Σ xᵖ)^(1/p) over every window of x [N, C, H, W], p = normType (default 2). Where it is 0, the gradient is 0, too. With
 * ceilMode, the sum of a window that reaches beyond the image is scaled to a full window, as in PyTorch.
 */
export const lpPool2d = /* @__PURE__ */ checked(
  "lpPool2d",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<LpPoolOptions>({
      kernelSize: /* @__PURE__ */ required(pair),
      ...{ stride: pair, ceilMode: boolean, normType: number },
    }),
  },
  (x: Tensor, options: LpPoolOptions): Tensor => {
    const { y } = run(poolLp, { x }, options);
    return differentiable("lpPool2d", { x }, y, { x, y }, (dy, saved, { x: dx }) => {
      const inputs = { dy, x: saved.x, y: saved.y };
      dx?.add(run(poolLpGrad, inputs, options, { dx: dx.into }).dx);
    });
  },
);
