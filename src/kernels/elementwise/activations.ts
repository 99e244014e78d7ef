import type { Activation, ActivationParameters } from "./activation_options.ts";
import { normalCdf, normalDensity } from "./normal.ts";

export {
  type Act,
  type Activation,
  type ActivationOptions,
  type ActivationParameters,
  activationOf,
  activationOverrides,
  toldByResult,
} from "./activation_options.ts";

/** Value and derivative of one file of shaders/activation in float64, with their limits at ±∞. */
export interface ActivationTwin {
  value(x: number, parameters?: ActivationParameters): number;
  grad(x: number, parameters?: ActivationParameters): number;
}

const SELU_GAMMA = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const sigmoidGrad = (x: number) => sigmoid(x) * sigmoid(-x);
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
/** x clamped so that its product with a factor that tends to 0 has the limit 0 instead of ∞ · 0 = NaN. */
const bounded = (x: number) => Math.min(Math.max(x, -700), 700);

const ROOT = Math.sqrt(2 / Math.PI);
/** 2·√(2/π)·(x + 0.044715·x³) and its derivative. */
const twiceU = (x: number) => 2 * ROOT * (x + 0.044715 * x ** 3);
const twiceUGrad = (x: number) => 2 * ROOT * (1 + 3 * 0.044715 * x ** 2);

const shrinkGrad = (x: number, { lambd = 0.5 }: ActivationParameters = {}) =>
  Math.abs(x) <= lambd ? 0 : 1;

/** All of shaders/activation in float64. The type requires an entry for each file. */
export const activations: Readonly<Record<Activation, ActivationTwin>> = {
  identity: { value: (x) => x, grad: () => 1 },
  relu: { value: (x) => Math.max(x, 0), grad: (x) => (x <= 0 ? 0 : 1) },
  leaky_relu: {
    value: (x, { slope = 0.01 } = {}) => (x > 0 ? x : slope * x),
    grad: (x, { slope = 0.01 } = {}) => (x > 0 ? 1 : slope),
  },
  relu6: {
    value: (x) => Math.min(Math.max(x, 0), 6),
    grad: (x) => (x <= 0 || x >= 6 ? 0 : 1),
  },
  sigmoid: { value: sigmoid, grad: sigmoidGrad },
  tanh: { value: Math.tanh, grad: (x) => 1 / Math.cosh(x) ** 2 },
  elu: {
    value: (x, { alpha = 1 } = {}) => (x > 0 ? x : alpha * Math.expm1(x)),
    grad: (x, { alpha = 1 } = {}) => (x > 0 ? 1 : alpha * Math.exp(x)),
  },
  celu: {
    value: (x, { alpha = 1 } = {}) => (x > 0 ? x : alpha * Math.expm1(x / alpha)),
    grad: (x, { alpha = 1 } = {}) => (x > 0 ? 1 : Math.exp(x / alpha)),
  },
  selu: {
    value: (x, { alpha = SELU_ALPHA, gamma = SELU_GAMMA } = {}) =>
      gamma * (x > 0 ? x : alpha * Math.expm1(x)),
    grad: (x, { alpha = SELU_ALPHA, gamma = SELU_GAMMA } = {}) =>
      gamma * (x > 0 ? 1 : alpha * Math.exp(x)),
  },
  softplus: {
    value: (x, { beta = 1, threshold = 20 } = {}) =>
      beta * x > threshold ? x : softplus(beta * x) / beta,
    grad: (x, { beta = 1, threshold = 20 } = {}) => (beta * x > threshold ? 1 : sigmoid(beta * x)),
  },
  silu: {
    value: (x) => Math.max(x, -700) * sigmoid(x),
    grad: (x) => sigmoid(x) + bounded(x) * sigmoidGrad(x),
  },
  mish: {
    value: (x) => Math.max(x, -700) * Math.tanh(softplus(x)),
    grad: (x) => {
      const t = Math.tanh(softplus(x));
      return t + bounded(x) * (1 - t * t) * sigmoid(x);
    },
  },
  gelu: {
    value: (x) => Math.max(x, -700) * normalCdf(x),
    grad: (x) => normalCdf(x) + bounded(x) * normalDensity(x),
  },
  gelu_tanh: {
    value: (x) => Math.max(x, -700) * sigmoid(twiceU(x)),
    grad: (x) => {
      const c = bounded(x);
      return sigmoid(twiceU(c)) + c * sigmoidGrad(twiceU(c)) * twiceUGrad(c);
    },
  },
  hardswish: {
    value: (x) => (x <= -3 ? 0 : x >= 3 ? x : (x * (x + 3)) / 6),
    grad: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5),
  },
  hardsigmoid: {
    value: (x, { alpha = 1 / 6, beta = 0.5 } = {}) => Math.min(Math.max(alpha * x + beta, 0), 1),
    grad: (x, { alpha = 1 / 6, beta = 0.5 } = {}) =>
      alpha * x + beta > 0 && alpha * x + beta < 1 ? alpha : 0,
  },
  hardtanh: {
    value: (x, { minVal = -1, maxVal = 1 } = {}) => Math.min(Math.max(x, minVal), maxVal),
    grad: (x, { minVal = -1, maxVal = 1 } = {}) => (x <= minVal || x >= maxVal ? 0 : 1),
  },
  logsigmoid: { value: (x) => -softplus(-x), grad: (x) => sigmoid(-x) },
  softsign: {
    value: (x) => (Math.abs(x) === Infinity ? Math.sign(x) : x / (1 + Math.abs(x))),
    grad: (x) => 1 / (1 + Math.abs(x)) ** 2,
  },
  tanhshrink: { value: (x) => x - Math.tanh(x), grad: (x) => Math.tanh(x) ** 2 },
  threshold: {
    value: (x, { threshold = 0, value = 0 } = {}) => (x <= threshold ? value : x),
    grad: (x, { threshold = 0 } = {}) => (x <= threshold ? 0 : 1),
  },
  softshrink: {
    value: (x, { lambd = 0.5 } = {}) => (Math.abs(x) <= lambd ? 0 : x - Math.sign(x) * lambd),
    grad: shrinkGrad,
  },
  hardshrink: {
    value: (x, { lambd = 0.5 } = {}) => (Math.abs(x) <= lambd ? 0 : x),
    grad: shrinkGrad,
  },
};

/** Points that an activation must handle: kinks, signed zeros, tiny, large and infinite numbers, NaN. */
export const hostilePoints: readonly number[] = [
  ...[0, -0, 1e-30, -1e-30, 1e-6, -1e-6, 1e-3, -1e-3, 0.25, -0.25, 0.5, -0.5, 1, -1, 3, -3, 5.999],
  ...[0.501, -0.501, 0.499, -0.499, 1.001, -1.001, 2.99, -2.99, 3.01, -3.01, 9, -9, 10.5, -10.5],
  ...[6, 6.001, -6, 12, -12, 20, -20, 43, -43, 88, -88, 100, -100, 1e4, -1e4, 3e38, -3e38],
  ...[Infinity, -Infinity, Number.NaN],
];

/** Points where naive formulas overflow, and NaN. */
export const safetyPoints: readonly number[] = [1e4, -1e4, 100, -100, 89, -89, Number.NaN, 0];

/** Activations whose naive formulas overflow or lose a NaN. */
export const safetyActivations = [
  ...(["sigmoid", "tanh", "gelu", "gelu_tanh", "mish", "softplus", "silu", "hardswish"] as const),
  ...(["elu", "celu", "selu", "logsigmoid", "softsign", "tanhshrink"] as const),
] satisfies readonly Activation[];

/** Activations with parameters other than the defaults. */
export const parametrised = [
  { act: "leaky_relu", slope: -0.75 },
  { act: "elu", alpha: 0.5 },
  { act: "celu", alpha: 0.5 },
  { act: "celu", alpha: 2.5 },
  { act: "selu", alpha: 0.75, gamma: 2 },
  { act: "hardsigmoid", alpha: 0.2, beta: 0.4 },
  { act: "hardsigmoid", alpha: -0.25, beta: 0.75 },
  { act: "hardtanh", minVal: -0.25, maxVal: 3 },
  { act: "softplus", beta: 2, threshold: 1 },
  { act: "softplus", beta: 0.5, threshold: 3 },
  { act: "threshold", threshold: -0.25, value: 2 },
  { act: "softshrink", lambd: 1 },
  { act: "hardshrink", lambd: 0.25 },
] as const;

/** A case's name: the activation and its parameters. */
export const nameOf = ({ act, ...parameters }: (typeof parametrised)[number]): string =>
  [act, ...Object.entries(parameters).map(([name, value]) => `${name} ${value}`)].join(", ");
