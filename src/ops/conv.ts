import { gradEnabled } from "../autograd/mode.ts";
import { differentiable } from "../autograd/node.ts";
import { chooseForward, chooseGradWeight } from "../kernels/conv2d/choose.ts";
import { geometry, type Conv2dOptions as Window } from "../kernels/conv2d/geometry.ts";
import { gradBias } from "../kernels/conv2d/grad_bias.ts";
import { gradInput } from "../kernels/conv2d/grad_input.ts";
import { sumPartials } from "../kernels/conv2d/sum_partials.ts";
import type { Activation } from "../kernels/elementwise/activations.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { activation } from "./activation.ts";

export interface Conv2dOptions extends Window {
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
  const { bias, act = "identity", ...window } = options;
  const wanted = gradEnabled() && [x, weight, bias].some((t) => t?.requiresGrad);
  if (wanted && act !== "identity") {
    return activation(conv2d(x, weight, { ...options, act: "identity" }), { act });
  }
  const layer = geometry("conv2d", x.shape, weight.shape, window);
  const { adapter } = x.engine.gpu;
  const { y } = run(chooseForward(layer, adapter), { x, weight, bias }, { ...window, act });
  return differentiable("conv2d", { x, weight, bias }, y, { x, weight }, (dy, saved, grads) => {
    if (grads.x) {
      const inputs = { dy, weight: saved.weight };
      const size = { ...window, inputSize: layer.input };
      grads.x.add(run(gradInput, inputs, size, { dx: grads.x.into }).dx);
    }
    if (grads.weight) {
      const inputs = { x: saved.x, dy };
      const size = { ...window, kernelSize: layer.kernel };
      // partial sums over slices of the batch, then their sum
      using partials = run(chooseGradWeight(layer, adapter), inputs, size).partials;
      grads.weight.add(run(sumPartials, { partials }, {}, { sum: grads.weight.into }).sum);
    }
    grads.bias?.add(run(gradBias, { dy }, {}, { dbias: grads.bias.into }).dbias);
  });
}
