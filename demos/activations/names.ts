import type { Activation, ActivationOptions } from "wgrad";

/** Numbers that give some activations their shape. */
export interface Shape {
  /** Of leaky ReLU, left of 0. */
  readonly slope: number;
  /** Of ELU and CELU. */
  readonly alpha: number;
  /** Of softplus. */
  readonly beta: number;
  /** Of soft and hard shrink, half the width of what becomes 0. */
  readonly lambd: number;
}

interface Named {
  readonly name: string;
  readonly formula: string;
  /** The number that it takes, if any. */
  readonly takes?: keyof Shape;
}

/** Every activation that a visitor may choose. */
export const activations = {
  relu: { name: "ReLU", formula: "max(0, x)" },
  leaky_relu: { name: "Leaky ReLU", formula: "x, left of 0 slope·x", takes: "slope" },
  elu: { name: "ELU", formula: "x, left of 0 α(eˣ − 1)", takes: "alpha" },
  celu: { name: "CELU", formula: "x, left of 0 α(e^(x/α) − 1)", takes: "alpha" },
  selu: { name: "SELU", formula: "1.05·(x, left of 0 1.67(eˣ − 1))" },
  gelu: { name: "GELU", formula: "x·Φ(x)" },
  silu: { name: "Swish (SiLU)", formula: "x / (1 + e⁻ˣ)" },
  mish: { name: "Mish", formula: "x·tanh(ln(1 + eˣ))" },
  sigmoid: { name: "Sigmoid", formula: "1 / (1 + e⁻ˣ)" },
  tanh: { name: "Tanh", formula: "(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)" },
  softplus: { name: "Softplus", formula: "ln(1 + e^βx) / β", takes: "beta" },
  softsign: { name: "Softsign", formula: "x / (1 + |x|)" },
  logsigmoid: { name: "Log-sigmoid", formula: "−ln(1 + e⁻ˣ)" },
  relu6: { name: "ReLU6", formula: "min(max(0, x), 6)" },
  hardtanh: { name: "Hard tanh", formula: "x, at least −1, at most 1" },
  hardsigmoid: { name: "Hard sigmoid", formula: "x/6 + ½, at least 0, at most 1" },
  hardswish: { name: "Hard swish", formula: "x·min(max(0, x + 3), 6) / 6" },
  tanhshrink: { name: "Tanh shrink", formula: "x − tanh x" },
  softshrink: { name: "Soft shrink", formula: "x moved by λ towards 0", takes: "lambd" },
  hardshrink: { name: "Hard shrink", formula: "x, 0 where |x| ≤ λ", takes: "lambd" },
  identity: { name: "None", formula: "x" },
} satisfies Partial<Record<Activation, Named>>;

export type Name = keyof typeof activations;

export const named: Readonly<Record<Name, Named>> = activations;

/** Names to choose from. */
export const titles = Object.fromEntries(
  Object.entries(activations).map(([key, { name }]) => [key, name]),
) as Readonly<Record<Name, string>>;

/** What wgrad's `activation` takes. */
export function optionsOf(act: Name, { slope, alpha, beta, lambd }: Shape): ActivationOptions {
  switch (act) {
    case "leaky_relu":
      return { act, slope };
    case "elu":
    case "celu":
      return { act, alpha };
    case "softplus":
      return { act, beta };
    case "softshrink":
    case "hardshrink":
      return { act, lambd };
    default:
      return { act };
  }
}
