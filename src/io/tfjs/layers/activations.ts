import type { Act } from "../../../kernels/elementwise/activation_options.ts";
import { activation } from "../../../ops/activation/activation.ts";
import { prelu } from "../../../ops/activation/rectifier.ts";
import { logSoftmax, softmax } from "../../../ops/activation/softmax.ts";
import { elu, leakyRelu } from "../../../ops/activation/with_options.ts";
import { clamp, greater, where } from "../../../ops/elementwise/compare.ts";
import { exp, mul } from "../../../ops/elementwise/elementwise.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import { axisHere, type LayerImport, only } from "../layer.ts";

/** Activations that kernels can apply, by their names in files. */
const inKernels: Readonly<Record<string, Act>> = {
  ...{ linear: "identity", relu: "relu", relu6: "relu6", sigmoid: "sigmoid", tanh: "tanh" },
  ...{ elu: "elu", selu: "selu", softplus: "softplus", softsign: "softsign", swish: "silu" },
  ...{ silu: "silu", mish: "mish", gelu: "gelu", gelu_new: "gelu_tanh" },
  ...{ hardSigmoid: { act: "hardsigmoid", alpha: 0.2, beta: 0.5 } },
  ...{ hard_sigmoid: { act: "hardsigmoid", alpha: 0.2, beta: 0.5 } },
};

/** Activations that are separate operations. */
const others: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  softmax: (x) => softmax(x, axisHere(-1, x.shape.length)),
  log_softmax: (x) => logSoftmax(x, axisHere(-1, x.shape.length)),
  logSoftmax: (x) => logSoftmax(x, axisHere(-1, x.shape.length)),
  exponential: exp,
};

/** A `refuse` for a layer with an unknown activation. */
export const knownActivation = /* @__PURE__ */ only(
  "activation",
  "linear",
  ...Object.keys(inKernels),
  ...Object.keys(others),
);

/** The activation of a layer: the part that its kernel applies, and the rest. */
export function activationIn(config: Config): { act: Act; rest: (x: Tensor) => Tensor } {
  const name = config.text("activation", "linear");
  return { act: inKernels[name] ?? "identity", rest: others[name] ?? ((x) => x) };
}

/** act(x) */
export function activated(config: Config, x: Tensor): Tensor {
  const { act, rest } = activationIn(config);
  if (act === "identity") return rest(x);
  return activation(x, typeof act === "string" ? { act } : act);
}

/** x where positive, else alpha · x; alpha is [C, H, W], or has one number per channel. */
function parametric(x: Tensor, alpha: Tensor): Tensor {
  const [channels = 1, ...others] = alpha.shape;
  if (others.every((n) => n === 1)) return prelu(x, reshape(alpha, [channels]));
  return where(greater(x, 0), x, mul(x, alpha));
}

/** Activations as layers, by their names in files. */
export const activations: Readonly<Record<string, LayerImport>> = {
  Activation: {
    refuse: knownActivation,
    run: ({ config, x }) => activated(config, x),
  },
  ReLU: {
    refuse: (config) =>
      config.number("negative_slope", 0) !== 0 || config.number("threshold", 0) !== 0
        ? "it has a negative slope or a threshold"
        : undefined,
    run: ({ config, x }) => {
      const max = config.number("max_value", Number.MAX_VALUE);
      return max === Number.MAX_VALUE ? activation(x, { act: "relu" }) : clamp(x, { min: 0, max });
    },
  },
  LeakyReLU: {
    run: ({ config, x }) =>
      leakyRelu(x, { slope: config.number("alpha", config.number("negative_slope", 0.3)) }),
  },
  PReLU: {
    weights: (_config, built) => {
      const images = built?.length === 3;
      return [
        { name: "alpha", rank: built?.length ?? 1, ...(images && { order: [2, 0, 1] as const }) },
      ];
    },
    run: ({ x, weight }) => parametric(x, weight("alpha")),
  },
  ELU: { run: ({ config, x }) => elu(x, { alpha: config.number("alpha", 1) }) },
  ThresholdedReLU: {
    run: ({ config, x }) => where(greater(x, config.number("theta", 1)), x, 0),
  },
  Softmax: {
    run: ({ config, x }) =>
      softmax(x, axisHere(config.integers("axis", -1)[0] ?? -1, x.shape.length)),
  },
};
