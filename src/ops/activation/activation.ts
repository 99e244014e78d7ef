import { differentiable } from "../../autograd/node.ts";
import { checked } from "../../core/signature.ts";
import { activate } from "../../kernels/elementwise/activate.ts";
import { activateGrad } from "../../kernels/elementwise/activate_grad.ts";
import type {
  Activation,
  ActivationOptions,
} from "../../kernels/elementwise/activation_options.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { actOptions } from "../kinds.ts";
import { mergeHook } from "../merge_hook.ts";

/** y = act(x), elementwise, for any activation by name; each also has a function of its own. dx = dy · act′(x). */
export const activation = /* @__PURE__ */ checked(
  "activation",
  { x: tensorKind, options: actOptions },
  (x: Tensor, options: ActivationOptions): Tensor => {
    const hook = mergeHook();
    if (hook) return hook.activation(x, options, () => run(activate, { x }, options).y);
    const { y } = run(activate, { x }, options);
    return differentiable(options.act, { x }, y, { x }, (dy, saved, { x: dx }) => {
      dx?.add(run(activateGrad, { x: saved.x, dy }, options, { dx: dx.into }).dx);
    });
  },
);

/** Makes the function of an activation without parameters. */
const plain = (name: string, act: Activation) =>
  checked(name, { x: tensorKind }, (x: Tensor): Tensor => activation(x, { act }));

/**
 * max(x, 0); the derivative at 0 is 0.
 *
 * @example
 * ```ts
 * import { relu, tensor } from "wgrad";
 * console.log(await relu(tensor([-1, 2])).read()); // [0, 2]
 * ```
 */
export const relu = /* @__PURE__ */ plain("relu", "relu");

/** min(max(x, 0), 6) (Howard et al. 2017). */
export const relu6 = /* @__PURE__ */ plain("relu6", "relu6");

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = /* @__PURE__ */ plain("sigmoid", "sigmoid");

/** Hyperbolic tangent of every element: dx = dy · (1 − y²). */
export const tanh = /* @__PURE__ */ plain("tanh", "tanh");

/** x · sigmoid(x), also called swish (Elfwing et al. 2017). */
export const silu = /* @__PURE__ */ plain("silu", "silu");

/** x · tanh(softplus(x)) (Misra 2019). */
export const mish = /* @__PURE__ */ plain("mish", "mish");

/** x · relu6(x + 3) / 6 (Howard et al. 2019). */
export const hardswish = /* @__PURE__ */ plain("hardswish", "hardswish");

/** log sigmoid(x) = −log(1 + e⁻ˣ). */
export const logsigmoid = /* @__PURE__ */ plain("logsigmoid", "logsigmoid");

/** x / (1 + |x|). */
export const softsign = /* @__PURE__ */ plain("softsign", "softsign");

/** x − tanh x. */
export const tanhshrink = /* @__PURE__ */ plain("tanhshrink", "tanhshrink");
