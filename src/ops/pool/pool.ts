import { differentiable } from "../../autograd/node.ts";
import { boolean, number, pair, required } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { poolAvg } from "../../kernels/pool/avg.ts";
import { poolAvgGrad } from "../../kernels/pool/avg_grad.ts";
import type { AvgPoolOptions, MaxPoolOptions } from "../../kernels/pool/geometry.ts";
import { globalAvg } from "../../kernels/pool/global_avg.ts";
import { globalAvgGrad } from "../../kernels/pool/global_avg_grad.ts";
import { poolMax } from "../../kernels/pool/max.ts";
import { poolMaxGrad } from "../../kernels/pool/max_grad.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { padding } from "../kinds.ts";

const imageSize = (x: Tensor) => [x.shape[2] ?? 0, x.shape[3] ?? 0] as const;

/** Maxima and their positions: `index` (u32, no gradient) holds positions h·W + w in the planes. */
export interface MaxWithIndices {
  /** The maxima, [N, C, outH, outW]. */
  readonly y: Tensor;
  /** Their positions: u32 of the same shape. */
  readonly index: Tensor;
}

const kernelSize = /* @__PURE__ */ required(pair);
const windowKinds = { kernelSize, stride: pair, padding, ceilMode: boolean };
const maxOptions = /* @__PURE__ */ options<MaxPoolOptions>({ ...windowKinds, dilation: pair });

/** Maximum of every window of x [N, C, H, W], and its position; the first of equal maxima gets the gradient. */
export const maxPool2dWithIndices = /* @__PURE__ */ checked(
  "maxPool2dWithIndices",
  { x: tensorKind, options: maxOptions },
  (x: Tensor, options: MaxPoolOptions): MaxWithIndices => {
    const { y, index } = run(poolMax, { x }, options);
    const size = imageSize(x);
    const result = differentiable("maxPool2d", { x }, y, { index }, (dy, saved, { x: dx }) => {
      const grad = { ...options, imageSize: size };
      dx?.add(run(poolMaxGrad, { dy, index: saved.index }, grad, { dx: dx.into }).dx);
    });
    return { y: result, index };
  },
);

/**
 * Maximum of every window of x [N, C, H, W]; the first of equal maxima gets the gradient.
 *
 * @example
 * ```ts
 * import { arange, maxPool2d, reshape } from "wgrad";
 * const x = reshape(arange(16), [1, 1, 4, 4]);
 * console.log(await maxPool2d(x, { kernelSize: 2 }).read()); // [5, 7, 13, 15]
 * ```
 */
export const maxPool2d = /* @__PURE__ */ checked(
  "maxPool2d",
  { x: tensorKind, options: maxOptions },
  (x: Tensor, options: MaxPoolOptions): Tensor => {
    const { y, index } = maxPool2dWithIndices(x, options);
    index.dispose();
    return y;
  },
);

/** Mean of every window of x [N, C, H, W]. */
export const avgPool2d = /* @__PURE__ */ checked(
  "avgPool2d",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<AvgPoolOptions>({
      ...windowKinds,
      ...{ countIncludePad: boolean, divisorOverride: number },
    }),
  },
  (x: Tensor, options: AvgPoolOptions): Tensor => {
    const { y } = run(poolAvg, { x }, options);
    const size = imageSize(x);
    return differentiable("avgPool2d", { x }, y, {}, (dy, _saved, { x: dx }) => {
      const grad = { ...options, imageSize: size };
      dx?.add(run(poolAvgGrad, { dy }, grad, { dx: dx.into }).dx);
    });
  },
);

/** Mean of every plane of x [N, C, H, W]: [N, C, 1, 1]. */
export const globalAvgPool2d = /* @__PURE__ */ checked(
  "globalAvgPool2d",
  { x: tensorKind },
  (x: Tensor): Tensor => {
    const { y } = run(globalAvg, { x }, onAdapter(x));
    const size = imageSize(x);
    return differentiable("globalAvgPool2d", { x }, y, {}, (dy, _saved, { x: dx }) => {
      dx?.add(run(globalAvgGrad, { dy }, { imageSize: size }, { dx: dx.into }).dx);
    });
  },
);
