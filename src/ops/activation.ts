import { differentiable } from "../autograd/node.ts";
import { activate } from "../kernels/elementwise/activate.ts";
import { activateGrad } from "../kernels/elementwise/activate_grad.ts";
import type { ActivationOptions } from "../kernels/elementwise/activations.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** y = act(x), elementwise; the named functions below are shorter. dx = dy · act′(x). */
export function activation(x: Tensor, options: ActivationOptions): Tensor {
  const { y } = run(activate, { x }, options);
  return differentiable(options.act, { x }, y, { x }, (dy, saved, { x: dx }) => {
    dx?.add(run(activateGrad, { x: saved.x, dy }, options, { dx: dx.into }).dx);
  });
}

/** max(x, 0); the derivative at 0 is 0. */
export const relu = (x: Tensor) => activation(x, { act: "relu" });

/** x where positive, else slope · x. Default slope 0.01. */
export const leakyRelu = (x: Tensor, { slope = 0.01 }: { slope?: number } = {}) =>
  activation(x, { act: "leaky_relu", slope });

/** min(max(x, 0), 6) (Howard et al. 2017). */
export const relu6 = (x: Tensor) => activation(x, { act: "relu6" });

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = (x: Tensor) => activation(x, { act: "sigmoid" });

export const tanh = (x: Tensor) => activation(x, { act: "tanh" });

/** x where positive, else alpha · (eˣ − 1). Default alpha 1 (Clevert et al. 2015). */
export const elu = (x: Tensor, { alpha = 1 }: { alpha?: number } = {}) =>
  activation(x, { act: "elu", alpha });

/** elu scaled so that activations normalise themselves (Klambauer et al. 2017). */
export const selu = (x: Tensor) => activation(x, { act: "selu" });

/** log(1 + eˣ). */
export const softplus = (x: Tensor) => activation(x, { act: "softplus" });

/** x · sigmoid(x), also called swish (Elfwing et al. 2017). */
export const silu = (x: Tensor) => activation(x, { act: "silu" });

/** x · tanh(softplus(x)) (Misra 2019). */
export const mish = (x: Tensor) => activation(x, { act: "mish" });

/** x · Φ(x) with the exact normal distribution function (Hendrycks and Gimpel 2016). */
export const gelu = (x: Tensor) => activation(x, { act: "gelu" });
