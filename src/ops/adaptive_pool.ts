import { differentiable } from "../autograd/node.ts";
import { type AdaptiveSize, adaptiveGeometry } from "../kernels/pool/adaptive.ts";
import { adaptiveAvg } from "../kernels/pool/adaptive_avg.ts";
import { adaptiveAvgGrad } from "../kernels/pool/adaptive_avg_grad.ts";
import { adaptiveMax } from "../kernels/pool/adaptive_max.ts";
import { adaptiveMaxGrad } from "../kernels/pool/adaptive_max_grad.ts";
import { type LpPoolOptions, poolLp } from "../kernels/pool/lp.ts";
import { poolLpGrad } from "../kernels/pool/lp_grad.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { globalAvgPool2d } from "./pool.ts";

const imageSize = (x: Tensor) => [x.shape[2] ?? 0, x.shape[3] ?? 0] as const;

/**
 * Mean of x [N, C, H, W] over windows that share the image out among outputSize: a number, or [rows, columns]; null keeps
 * an axis. Window a of m covers cells ⌊a·n/m⌋ to ⌈(a + 1)·n/m⌉ of an axis of n. Throws `ShapeError`, `ValueError`.
 */
export function adaptiveAvgPool2d(x: Tensor, outputSize: AdaptiveSize): Tensor {
  const { windows } = adaptiveGeometry("adaptiveAvgPool2d", x.shape, { outputSize });
  if (windows[0] === 1 && windows[1] === 1) return globalAvgPool2d(x);
  const { y } = run(adaptiveAvg, { x }, { outputSize });
  const grad = { imageSize: imageSize(x) };
  return differentiable("adaptiveAvgPool2d", { x }, y, {}, (dy, _saved, { x: dx }) => {
    dx?.add(run(adaptiveAvgGrad, { dy }, grad, { dx: dx.into }).dx);
  });
}

/** Largest of each window of x [N, C, H, W], the windows as in `adaptiveAvgPool2d`; the first of equals wins. */
export function adaptiveMaxPool2d(x: Tensor, outputSize: AdaptiveSize): Tensor {
  const { y, index } = run(adaptiveMax, { x }, { outputSize });
  const grad = { imageSize: imageSize(x) };
  const saved = { index };
  const result = differentiable(
    "adaptiveMaxPool2d",
    { x },
    y,
    saved,
    (dy, { index }, { x: dx }) => {
      dx?.add(run(adaptiveMaxGrad, { dy, index }, grad, { dx: dx.into }).dx);
    },
  );
  index.dispose();
  return result;
}

/**
 * (Σ xᵖ)^(1/p) over every window of x [N, C, H, W], p = normType (default 2). Where it is 0, so is its gradient; a window
 * that ceil mode lets reach beyond the image is scaled up to a whole one, as in PyTorch.
 */
export function lpPool2d(x: Tensor, options: LpPoolOptions): Tensor {
  const { y } = run(poolLp, { x }, options);
  return differentiable("lpPool2d", { x }, y, { x, y }, (dy, saved, { x: dx }) => {
    const inputs = { dy, x: saved.x, y: saved.y };
    dx?.add(run(poolLpGrad, inputs, options, { dx: dx.into }).dx);
  });
}
