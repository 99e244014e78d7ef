import type shader from "#shaders/elementwise/activate.wgsl";
import { ValueError } from "../../core/errors.ts";
import { normalCdf, normalDensity } from "./normal.ts";

/** Names of the files in shaders/activation. */
export type Activation = NonNullable<typeof shader.signature>["slots"]["act"];

/** Numbers some activations take: the slope of leaky_relu (default 0.01), the α of elu (default 1). */
export interface ActivationParameters {
  readonly slope?: number | undefined;
  readonly alpha?: number | undefined;
}

/** An activation and the parameter it takes, if any. */
export type ActivationOptions =
  | {
      readonly act: Exclude<Activation, "leaky_relu" | "elu">;
      readonly slope?: never;
      readonly alpha?: never;
    }
  | { readonly act: "leaky_relu"; readonly slope?: number; readonly alpha?: never }
  | { readonly act: "elu"; readonly slope?: never; readonly alpha?: number };

/** The float64 twin of one file of shaders/activation: value and derivative, with their limits at ±∞. */
export interface ActivationTwin {
  value(x: number, parameters?: ActivationParameters): number;
  grad(x: number, parameters?: ActivationParameters): number;
}

const LAMBDA = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const sigmoidGrad = (x: number) => sigmoid(x) * sigmoid(-x);
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
/** x, kept where the factor it meets is not yet 0: ∞ · 0 would be NaN where the limit is 0. */
const bounded = (x: number) => Math.min(Math.max(x, -700), 700);

/** The float64 twins of shaders/activation. The type makes the table complete. */
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
  selu: {
    value: (x) => LAMBDA * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
    grad: (x) => LAMBDA * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x)),
  },
  softplus: { value: softplus, grad: sigmoid },
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
};

/** Overrides that carry an activation's parameter to its shader. Throws `ValueError` unless it is finite. */
export function activationOverrides({ act, slope, alpha }: ActivationOptions): {
  LEAKY_SLOPE?: number;
  ELU_ALPHA?: number;
} {
  for (const [name, value] of Object.entries({ slope, alpha })) {
    if (value !== undefined && !Number.isFinite(value)) {
      throw new ValueError(
        `${act}: expected a finite ${name}, got ${value}; leave it out for the default`,
      );
    }
  }
  return {
    ...(slope !== undefined && { LEAKY_SLOPE: slope }),
    ...(alpha !== undefined && { ELU_ALPHA: alpha }),
  };
}

/** Points an activation must survive: kinks, signed zeros, tiny, large and infinite numbers, NaN. */
export const hostilePoints: readonly number[] = [
  ...[0, -0, 1e-30, -1e-30, 1e-6, -1e-6, 1e-3, -1e-3, 0.25, -0.25, 0.5, -0.5, 1, -1, 3, -3, 5.999],
  ...[6, 6.001, -6, 12, -12, 20, -20, 43, -43, 88, -88, 100, -100, 1e4, -1e4, 3e38, -3e38],
  ...[Infinity, -Infinity, Number.NaN],
];
