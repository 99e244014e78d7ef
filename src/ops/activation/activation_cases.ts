import {
  type ActivationOptions,
  activations,
  safetyActivations,
  safetyPoints,
} from "../../kernels/elementwise/activations.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import * as ops from "../index.ts";
import type { OpCase, OpCases } from "../op_case.ts";

/** −8 to 8 in steps of 3/8, away from every kink. */
const line = { shape: [2, 21], fill: (i: number) => (((i * 11) % 42) - 20.7) * 0.375 };

const twin = (options: ActivationOptions) => (x: HostTensor) =>
  Float64Array.from(x.data, (value) => activations[options.act].value(value, options));

/** Two cases of an activation with parameters: with the defaults given explicitly, and with other values. */
function both(
  run: (x: Tensor) => Tensor,
  options: ActivationOptions,
  ...others: (readonly [name: string, run: (x: Tensor) => Tensor, options: ActivationOptions])[]
): OpCase[] {
  return [["defaults", run, options] as const, ...others].map(([name, run, options]) => ({
    name,
    inputs: [line],
    run,
    reference: twin(options),
    shape: [2, 21],
  }));
}

const safety: OpCase[] = safetyActivations.map((act) => ({
  name: `safety: ${act} at ±1e4 and NaN`,
  inputs: [{ shape: [8], fill: (i) => safetyPoints[i] as number, grad: false }],
  run: (x) => ops.activation(x, { act }),
  reference: twin({ act }),
}));

export const cases: OpCases = {
  activation: [...both((x) => ops.activation(x, { act: "mish" }), { act: "mish" }), ...safety],
  relu: both(ops.relu, { act: "relu" }),
  relu6: both(ops.relu6, { act: "relu6" }),
  sigmoid: both(ops.sigmoid, { act: "sigmoid" }),
  tanh: both(ops.tanh, { act: "tanh" }),
  selu: both((x) => ops.selu(x), { act: "selu" }, [
    "alpha 0.7, gamma 2",
    (x) => ops.selu(x, { alpha: 0.7, gamma: 2 }),
    { act: "selu", alpha: 0.7, gamma: 2 },
  ]),
  silu: both(ops.silu, { act: "silu" }),
  mish: both(ops.mish, { act: "mish" }),
  hardswish: both(ops.hardswish, { act: "hardswish" }),
  hardsigmoid: both((x) => ops.hardsigmoid(x), { act: "hardsigmoid" }, [
    "alpha 0.2, beta 0.5: ONNX's defaults",
    (x) => ops.hardsigmoid(x, { alpha: 0.2, beta: 0.5 }),
    { act: "hardsigmoid", alpha: 0.2, beta: 0.5 },
  ]),
  logsigmoid: both(ops.logsigmoid, { act: "logsigmoid" }),
  softsign: both(ops.softsign, { act: "softsign" }),
  tanhshrink: both(ops.tanhshrink, { act: "tanhshrink" }),
  leakyRelu: both((x) => ops.leakyRelu(x), { act: "leaky_relu", slope: 0.01 }, [
    "slope 0.3",
    (x) => ops.leakyRelu(x, { slope: 0.3 }),
    { act: "leaky_relu", slope: 0.3 },
  ]),
  elu: both((x) => ops.elu(x), { act: "elu", alpha: 1 }, [
    "alpha 0.5",
    (x) => ops.elu(x, { alpha: 0.5 }),
    { act: "elu", alpha: 0.5 },
  ]),
  celu: both((x) => ops.celu(x), { act: "celu", alpha: 1 }, [
    "alpha 2",
    (x) => ops.celu(x, { alpha: 2 }),
    { act: "celu", alpha: 2 },
  ]),
  gelu: both((x) => ops.gelu(x), { act: "gelu" }, [
    "by tanh",
    (x) => ops.gelu(x, { approximate: "tanh" }),
    { act: "gelu_tanh" },
  ]),
  hardtanh: both((x) => ops.hardtanh(x), { act: "hardtanh", minVal: -1, maxVal: 1 }, [
    "−2..0.5",
    (x) => ops.hardtanh(x, { minVal: -2, maxVal: 0.5 }),
    { act: "hardtanh", minVal: -2, maxVal: 0.5 },
  ]),
  softplus: both((x) => ops.softplus(x), { act: "softplus", beta: 1, threshold: 20 }, [
    "beta 2, threshold 3",
    (x) => ops.softplus(x, { beta: 2, threshold: 3 }),
    { act: "softplus", beta: 2, threshold: 3 },
  ]),
  threshold: both((x) => ops.threshold(x, { threshold: 0.3, value: -2 }), {
    ...{ act: "threshold", threshold: 0.3, value: -2 },
  }),
  softshrink: both((x) => ops.softshrink(x), { act: "softshrink", lambd: 0.5 }, [
    "lambd 1.5",
    (x) => ops.softshrink(x, { lambd: 1.5 }),
    { act: "softshrink", lambd: 1.5 },
  ]),
  hardshrink: both((x) => ops.hardshrink(x), { act: "hardshrink", lambd: 0.5 }, [
    "lambd 1.5",
    (x) => ops.hardshrink(x, { lambd: 1.5 }),
    { act: "hardshrink", lambd: 1.5 },
  ]),
};
