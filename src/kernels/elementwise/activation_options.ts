import type shader from "#shaders/elementwise/activate.wgsl";
import { ValueError } from "../../core/errors.ts";

type ActivateSignature = NonNullable<typeof shader.signature>;

/** Names of the files in shaders/activation. */
export type Activation = ActivateSignature["slots"]["act"];

/** Parameters of some activations. */
export interface ActivationParameters {
  /** Slope of leaky_relu; default 0.01. */
  readonly slope?: number | undefined;
  /** For elu and celu, default 1, positive for celu. For selu, default 1.6732632423543772. For hardsigmoid, default 1/6. */
  readonly alpha?: number | undefined;
  /** Limits of hardtanh; default −1 and 1. */
  readonly minVal?: number | undefined;
  readonly maxVal?: number | undefined;
  /** For softplus, log(1 + e^βx)/β, default 1, positive. For hardsigmoid, default 0.5. */
  readonly beta?: number | undefined;
  /** Factor of selu's result; default 1.0507009873554805. */
  readonly gamma?: number | undefined;
  /** For softplus, the result is x where βx is above this; default 20. For threshold, where x is above this; default 0. */
  readonly threshold?: number | undefined;
  /** Result of threshold for all other x; default 0. */
  readonly value?: number | undefined;
  /** Softshrink and hardshrink make x with |x| up to this 0; default 0.5, not negative. */
  readonly lambd?: number | undefined;
}

type Name = keyof ActivationParameters;
type Takes<A extends Activation, P extends Name = never> = { readonly act: A } & {
  readonly [Parameter in Name]?: Parameter extends P ? number | undefined : never;
};

/** An activation and its parameters, if any. */
export type ActivationOptions =
  | Takes<Activation>
  | Takes<"leaky_relu", "slope">
  | Takes<"elu" | "celu", "alpha">
  | Takes<"selu", "alpha" | "gamma">
  | Takes<"hardsigmoid", "alpha" | "beta">
  | Takes<"hardtanh", "minVal" | "maxVal">
  | Takes<"softplus", "beta" | "threshold">
  | Takes<"threshold", "threshold" | "value">
  | Takes<"softshrink" | "hardshrink", "lambd">;

/** An activation by name, or with its parameters. */
export type Act = Activation | ActivationOptions;

/** The options that an `Act` stands for. */
export function activationOf(act: Act = "identity"): ActivationOptions {
  return typeof act === "string" ? { act } : act;
}

/** Activations with act′(z) = act′(act(z)) for all parameters. */
const TOLD_BY_RESULT: readonly Activation[] = [
  "identity",
  "relu",
  "relu6",
  "hardtanh",
  "hardshrink",
];

/** Whether act′(z) = act′(act(z)): then the backward reads the result, and z need not be kept. */
export function toldByResult({ act, slope = 0.01 }: ActivationOptions): boolean {
  return TOLD_BY_RESULT.includes(act) || (act === "leaky_relu" && slope >= 0);
}

type Overrides = Readonly<Partial<Record<ActivateSignature["overrides"], number>>>;

/** The override of each activation's shader for each of its parameters. */
const overridesOf: Readonly<Record<Activation, Readonly<Partial<Record<Name, keyof Overrides>>>>> =
  {
    ...{ identity: {}, relu: {}, relu6: {}, sigmoid: {}, tanh: {}, silu: {}, mish: {}, gelu: {} },
    ...{ gelu_tanh: {}, hardswish: {}, logsigmoid: {}, softsign: {}, tanhshrink: {} },
    leaky_relu: { slope: "LEAKY_SLOPE" },
    elu: { alpha: "ELU_ALPHA" },
    celu: { alpha: "CELU_ALPHA" },
    selu: { alpha: "SELU_ALPHA", gamma: "SELU_GAMMA" },
    hardsigmoid: { alpha: "HARDSIGMOID_ALPHA", beta: "HARDSIGMOID_BETA" },
    hardtanh: { minVal: "HARDTANH_LOW", maxVal: "HARDTANH_HIGH" },
    softplus: { beta: "SOFTPLUS_BETA", threshold: "SOFTPLUS_THRESHOLD" },
    threshold: { threshold: "THRESHOLD", value: "THRESHOLD_VALUE" },
    softshrink: { lambd: "SOFTSHRINK_LAMBD" },
    hardshrink: { lambd: "HARDSHRINK_LAMBD" },
  };

/** Names of an activation's parameters; undefined if there is no such activation. */
export function parametersOf(act: string): string[] | undefined {
  return Object.hasOwn(overridesOf, act) ? Object.keys(overridesOf[act as Activation]) : undefined;
}

/**
 * Overrides that pass an activation's parameters to its shader. Throws `ValueError` unless they are finite and within their
 * domains.
 */
export function activationOverrides({ act, ...parameters }: ActivationOptions): Overrides {
  const given: ActivationParameters = parameters;
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !Number.isFinite(value)) refuse(act, `a finite ${name}`, value);
  }
  const { alpha = 1, beta = 1, lambd = 0, minVal = -1, maxVal = 1 } = given;
  if (act === "celu" && alpha <= 0) refuse(act, "alpha > 0", alpha);
  if (act === "softplus" && beta <= 0) refuse(act, "beta > 0", beta);
  if (lambd < 0) refuse(act, "lambd ≥ 0", lambd);
  if (act === "hardtanh" && minVal >= maxVal) {
    refuse(act, "minVal < maxVal", `${minVal} and ${maxVal}`);
  }
  const names = Object.entries(overridesOf[act]) as [Name, keyof Overrides][];
  return Object.fromEntries(
    names.flatMap(([name, override]) => {
      const value = given[name];
      return value === undefined ? [] : [[override, value]];
    }),
  );
}

function refuse(act: Activation, expected: string, got: number | string): never {
  throw new ValueError(`${act}: expected ${expected}, got ${got}; leave it out for the default`);
}
