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

/**
 * log(1 + e^βx) / β, and x itself where βx > threshold. Default beta 1, threshold 20. Throws `ValueError` unless beta > 0.
 */
export const softplus = (
  x: Tensor,
  { beta = 1, threshold = 20 }: { beta?: number; threshold?: number } = {},
) => activation(x, { act: "softplus", beta, threshold });

/** x · sigmoid(x), also called swish (Elfwing et al. 2017). */
export const silu = (x: Tensor) => activation(x, { act: "silu" });

/** x · tanh(softplus(x)) (Misra 2019). */
export const mish = (x: Tensor) => activation(x, { act: "mish" });

/**
 * x · Φ(x) (Hendrycks and Gimpel 2016), with the exact normal distribution function ("none", the default) or with their
 * approximation by tanh.
 */
export const gelu = (x: Tensor, { approximate = "none" }: { approximate?: "none" | "tanh" } = {}) =>
  activation(x, { act: approximate === "tanh" ? "gelu_tanh" : "gelu" });

/** x where positive, else alpha · (e^(x/alpha) − 1) (Barron 2017). Default alpha 1; `ValueError` unless positive. */
export const celu = (x: Tensor, { alpha = 1 }: { alpha?: number } = {}) =>
  activation(x, { act: "celu", alpha });

/** x · relu6(x + 3) / 6 (Howard et al. 2019). */
export const hardswish = (x: Tensor) => activation(x, { act: "hardswish" });

/** relu6(x + 3) / 6. */
export const hardsigmoid = (x: Tensor) => activation(x, { act: "hardsigmoid" });

/** x within minVal..maxVal, by default −1..1; no gradient at the limits. `ValueError` unless minVal < maxVal. */
export const hardtanh = (
  x: Tensor,
  { minVal = -1, maxVal = 1 }: { minVal?: number; maxVal?: number } = {},
) => activation(x, { act: "hardtanh", minVal, maxVal });

/** log sigmoid(x) = −log(1 + e⁻ˣ). */
export const logsigmoid = (x: Tensor) => activation(x, { act: "logsigmoid" });

/** x / (1 + |x|). */
export const softsign = (x: Tensor) => activation(x, { act: "softsign" });

/** x − tanh x. */
export const tanhshrink = (x: Tensor) => activation(x, { act: "tanhshrink" });

/** x moved by lambd towards 0, and 0 where |x| ≤ lambd. Default 0.5; `ValueError` if negative. */
export const softshrink = (x: Tensor, { lambd = 0.5 }: { lambd?: number } = {}) =>
  activation(x, { act: "softshrink", lambd });

/** x, and 0 where |x| ≤ lambd. Default 0.5; `ValueError` if negative. */
export const hardshrink = (x: Tensor, { lambd = 0.5 }: { lambd?: number } = {}) =>
  activation(x, { act: "hardshrink", lambd });
