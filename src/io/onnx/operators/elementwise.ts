import {
  hardswish,
  mish,
  relu,
  sigmoid,
  softsign,
  tanh,
} from "../../../ops/activation/activation.ts";
import { prelu } from "../../../ops/activation/rectifier.ts";
import {
  celu,
  elu,
  gelu,
  hardsigmoid,
  leakyRelu,
  selu,
  softplus,
} from "../../../ops/activation/with_options.ts";
import { greater, less, logicalNot, where } from "../../../ops/elementwise/compare.ts";
import {
  abs,
  add,
  cos,
  div,
  exp,
  log,
  mul,
  neg,
  reciprocal,
  sin,
  sqrt,
  square,
  sub,
} from "../../../ops/elementwise/elementwise.ts";
import {
  ceil,
  erf,
  expm1,
  floor,
  isfinite,
  isnan,
  log1p,
  round,
  sign,
} from "../../../ops/elementwise/pointwise.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { combined } from "../host.ts";
import { floatOf, intOf, type NodeCall, type Operator, only, textOf } from "../operator.ts";

/** A function of every element, on the GPU and on the host. */
const mapped = (gpu: (x: Tensor) => Tensor, host: (x: number) => number): Operator => ({
  run: (call) => gpu(call.tensor(0)),
  fold: (call) => combined((x) => host(x as number), [call.value(0)]),
});

/** A function of every element with parameters from attributes, for floats. */
const floating = (gpu: (x: Tensor, call: NodeCall) => Tensor): Operator => ({
  run: (call) => gpu(call.tensor(0), call),
});

/** Rounds, ties to even. */
function roundEven(x: number): number {
  const down = Math.floor(x);
  return x - down === 0.5 ? 2 * Math.round(down / 2 + (down % 2 ? 0.25 : 0)) : Math.round(x);
}

/** (eˣ ∓ e⁻ˣ) / 2; the difference by way of eˣ − 1, which is accurate near 0. */
const sinh = (x: Tensor): Tensor => mul(sub(expm1(x), expm1(neg(x))), 0.5);
const cosh = (x: Tensor): Tensor => mul(add(exp(x), exp(neg(x))), 0.5);

/** sign(x) · ln(1 + |x| + x² / (1 + √(x² + 1))) */
function asinh(x: Tensor): Tensor {
  const [size, squared] = [abs(x), square(x)];
  return mul(sign(x), log1p(add(size, div(squared, add(sqrt(add(squared, 1)), 1)))));
}

const acosh = (x: Tensor): Tensor => log(add(x, sqrt(mul(sub(x, 1), add(x, 1)))));
const atanh = (x: Tensor): Tensor => mul(sub(log1p(x), log1p(neg(x))), 0.5);

/** x where positive, else slope · x; the slope broadcasts to x. */
function parametric(x: Tensor, { tensor, shape, opset }: NodeCall): Tensor {
  const slope = tensor(1);
  if (opset < 7) return prelu(x, slope); // one slope per channel
  const [channels = 1, ...others] = shape(1);
  const each = slope.size === 1 ? x.shape.length > 1 : others.length === x.shape.length - 2;
  if (each && others.every((n) => n === 1)) return prelu(x, reshape(slope, [channels]));
  return where(less(x, 0), mul(x, slope), x);
}

/** x + bias below −lambd, x − bias above lambd, 0 between. */
function shrink(x: Tensor, call: NodeCall): Tensor {
  const [bias, lambd] = [floatOf(call, "bias", 0), floatOf(call, "lambd", 0.5)];
  return where(less(x, -lambd), add(x, bias), where(greater(x, lambd), sub(x, bias), 0));
}

const isInfinite: Operator = {
  run: (call) => {
    const x = call.tensor(0);
    const [positive, negative] = [
      intOf(call, "detect_positive", 1),
      intOf(call, "detect_negative", 1),
    ];
    const none = logicalNot(isfinite(x)); // NaN is neither below nor above 0
    const side = add(mul(greater(x, 0), positive), mul(less(x, 0), negative));
    const tensor = mul(none, side);
    return { tensor, type: "bool", shape: tensor.shape };
  },
};

const isNotANumber: Operator = {
  run: (call) => {
    const tensor = isnan(call.tensor(0));
    return { tensor, type: "bool", shape: tensor.shape };
  },
};

/** Functions of every element and activations, by ONNX's names and with its defaults. */
export const elementwise: Readonly<Record<string, Operator>> = {
  Abs: mapped(abs, Math.abs),
  Neg: mapped(neg, (x) => -x),
  Exp: mapped(exp, Math.exp),
  Log: mapped(log, Math.log),
  Sqrt: mapped(sqrt, Math.sqrt),
  Reciprocal: mapped(reciprocal, (x) => 1 / x),
  Floor: mapped(floor, Math.floor),
  Ceil: mapped(ceil, Math.ceil),
  Round: mapped(round, roundEven),
  Sign: mapped(sign, Math.sign),
  Erf: floating((x) => erf(x)),
  Sin: mapped(sin, Math.sin),
  Cos: mapped(cos, Math.cos),
  Tan: mapped((x) => div(sin(x), cos(x)), Math.tan),
  Sinh: mapped(sinh, Math.sinh),
  Cosh: mapped(cosh, Math.cosh),
  Asinh: mapped(asinh, Math.asinh),
  Acosh: mapped(acosh, Math.acosh),
  Atanh: mapped(atanh, Math.atanh),
  IsNaN: isNotANumber,
  IsInf: isInfinite,
  Relu: mapped(relu, (x) => Math.max(x, 0)),
  LeakyRelu: floating((x, call) => leakyRelu(x, { slope: floatOf(call, "alpha", 0.01) })),
  PRelu: floating(parametric),
  Elu: floating((x, call) => elu(x, { alpha: floatOf(call, "alpha", 1) })),
  Selu: floating((x, call) =>
    selu(x, {
      alpha: floatOf(call, "alpha", 1.6732632423543772),
      gamma: floatOf(call, "gamma", 1.0507009873554805),
    }),
  ),
  Celu: floating((x, call) => celu(x, { alpha: floatOf(call, "alpha", 1) })),
  Sigmoid: mapped(sigmoid, (x) => 1 / (1 + Math.exp(-x))),
  HardSigmoid: floating((x, call) =>
    hardsigmoid(x, { alpha: floatOf(call, "alpha", 0.2), beta: floatOf(call, "beta", 0.5) }),
  ),
  HardSwish: floating((x) => hardswish(x)),
  Tanh: mapped(tanh, Math.tanh),
  Softplus: floating((x) => softplus(x)),
  Softsign: floating((x) => softsign(x)),
  Mish: floating((x) => mish(x)),
  Gelu: {
    ...floating((x, call) =>
      gelu(x, { approximate: textOf(call, "approximate", "none") === "tanh" ? "tanh" : "none" }),
    ),
    refuse: only("approximate", "none", "tanh"),
  },
  ThresholdedRelu: floating((x, call) => where(greater(x, floatOf(call, "alpha", 1)), x, 0)),
  Shrink: floating(shrink),
};
