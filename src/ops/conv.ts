import { gradEnabled } from "../autograd/mode.ts";
import { differentiable } from "../autograd/node.ts";
import { forward } from "../kernels/conv2d/forward.ts";
import type { Conv2dOptions as Geometry } from "../kernels/conv2d/geometry.ts";
import { gradBias } from "../kernels/conv2d/grad_bias.ts";
import { gradInput } from "../kernels/conv2d/grad_input.ts";
import { gradWeight } from "../kernels/conv2d/grad_weight.ts";
import { sumPartials } from "../kernels/conv2d/sum_partials.ts";
import type { Activation } from "../kernels/elementwise/activations.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { activation } from "./activation.ts";

export interface Conv2dOptions extends Geometry {
  /** [outC]. */
  readonly bias?: Tensor | undefined;
  /** Applied last; in the same kernel where no gradient is wanted. Default "identity". */
  readonly act?: Activation;
}

/**
 * Convolution (cross-correlation, as in PyTorch) of x [N, inC, H, W] with weight [outC, inC/groups, kH, kW].
 * Throws `ShapeError` and `ValueError` for shapes and options that do not fit.
 */
export function conv2d(x: Tensor, weight: Tensor, options: Conv2dOptions = {}): Tensor {
  const { bias, act = "identity", ...geometry } = options;
  const wanted = gradEnabled() && [x, weight, bias].some((t) => t?.requiresGrad);
  if (wanted && act !== "identity") {
    return activation(conv2d(x, weight, { ...options, act: "identity" }), { act });
  }
  const { y } = run(forward, { x, weight, bias }, { ...geometry, act });
  return differentiable("conv2d", { x, weight, bias }, y, { x, weight }, (dy, saved, grads) => {
    if (grads.x) {
      const inputSize = [saved.x.shape[2] ?? 0, saved.x.shape[3] ?? 0] as const;
      const inputs = { dy, weight: saved.weight };
      grads.x.add(run(gradInput, inputs, { ...geometry, inputSize }, { dx: grads.x.into }).dx);
    }
    if (grads.weight) {
      grads.weight.add(weightGradient(saved.x, dy, saved.weight, geometry, grads.weight.into));
    }
    grads.bias?.add(run(gradBias, { dy }, {}, { dbias: grads.bias.into }).dbias);
  });
}

/** dweight: partial sums over slices of the batch, then their sum. */
function weightGradient(
  x: Tensor,
  dy: Tensor,
  weight: Tensor,
  geometry: Geometry,
  into: Tensor | undefined,
): Tensor {
  const kernelSize = [weight.shape[2] ?? 0, weight.shape[3] ?? 0] as const;
  using partials = run(gradWeight, { x, dy }, { ...geometry, kernelSize }).partials;
  return run(sumPartials, { partials }, {}, { sum: into }).sum;
}
