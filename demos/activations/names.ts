import type { Activation, ActivationOptions } from "wgrad";
import * as words from "../words/en/activations/page.ts";
import * as common from "../words/en/shared/common.ts";

/** Parameters of activations. */
export interface Shape {
  /** Slope of leaky ReLU left of 0. */
  readonly slope: number;
  /** α of ELU and CELU. */
  readonly alpha: number;
  /** β of softplus. */
  readonly beta: number;
  /** λ of soft and hard shrink and of the threshold: values within ±λ, or up to λ, become 0. */
  readonly lambd: number;
}

interface Named {
  readonly name: string;
  readonly formula: string;
  /** The name of its parameter, if it has one. */
  readonly takes?: keyof Shape;
}

/** Every activation that a visitor may choose. */
export const activations = {
  relu: { name: words.relu, formula: "max(0, x)" },
  leaky_relu: { name: words.leakyRelu, formula: words.leakyReluFormula, takes: "slope" },
  elu: { name: words.elu, formula: words.eluFormula, takes: "alpha" },
  celu: { name: words.celu, formula: words.celuFormula, takes: "alpha" },
  selu: { name: words.selu, formula: words.seluFormula },
  gelu: { name: words.gelu, formula: "x·Φ(x)" },
  gelu_tanh: { name: words.geluTanh, formula: "½x(1 + tanh(0.798(x + 0.0447x³)))" },
  silu: { name: words.swishSilu, formula: "x / (1 + e⁻ˣ)" },
  mish: { name: words.mish, formula: "x·tanh(ln(1 + eˣ))" },
  sigmoid: { name: words.sigmoid, formula: "1 / (1 + e⁻ˣ)" },
  tanh: { name: words.tanh, formula: words.tanhFormula },
  softplus: { name: words.softplus, formula: "ln(1 + e^βx) / β", takes: "beta" },
  softsign: { name: words.softsign, formula: "x / (1 + |x|)" },
  logsigmoid: { name: words.logSigmoid, formula: "−ln(1 + e⁻ˣ)" },
  relu6: { name: words.relu6, formula: "min(max(0, x), 6)" },
  hardtanh: { name: words.hardTanh, formula: words.hardTanhFormula },
  hardsigmoid: { name: words.hardSigmoid, formula: words.hardSigmoidFormula },
  hardswish: { name: words.hardSwish, formula: "x·min(max(0, x + 3), 6) / 6" },
  tanhshrink: { name: words.tanhShrink, formula: words.tanhShrinkFormula },
  softshrink: { name: words.softShrink, formula: words.softShrinkFormula, takes: "lambd" },
  hardshrink: { name: words.hardShrink, formula: words.hardShrinkFormula, takes: "lambd" },
  threshold: { name: words.threshold, formula: words.thresholdFormula, takes: "lambd" },
  identity: { name: common.none, formula: "x" },
} satisfies Partial<Record<Activation, Named>>;

export type Name = keyof typeof activations;

export const named: Readonly<Record<Name, Named>> = activations;

/** Names to choose from. */
export const titles = Object.fromEntries(
  Object.entries(activations).map(([key, { name }]) => [key, name]),
) as Readonly<Record<Name, string>>;

/** The arguments of wgrad's `activation` for this choice. */
export function optionsOf(act: Name, { slope, alpha, beta, lambd }: Shape): ActivationOptions {
  switch (act) {
    case "leaky_relu":
      return { act, slope };
    case "elu":
    case "celu":
      return { act, alpha };
    case "softplus":
      return { act, beta };
    case "threshold":
      return { act, threshold: lambd, value: 0 };
    case "softshrink":
    case "hardshrink":
      return { act, lambd };
    default:
      return { act };
  }
}
