import { ValueError } from "../../core/errors.ts";
import { count, finite, type Kind, number, oneOf, optional } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { prelu, rrelu } from "../../ops/activation/rectifier.ts";
import type {
  GeluOptions,
  HardsigmoidOptions,
  SeluOptions,
} from "../../ops/activation/with_options.ts";
import { full } from "../../ops/shape/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { made } from "../module/made.ts";
import { Module } from "../module/module.ts";
import { parameter } from "../module/parameter.ts";
import { Activation } from "./plain.ts";

const above = (expected: string, accepts: (value: number) => boolean): Kind => ({
  expected,
  accepts: (value) => finite.accepts(value) && accepts(value as number),
  optional: true,
});
const numbers = /* @__PURE__ */ optional(finite);
const positive = /* @__PURE__ */ above("a number > 0", (value) => value > 0);
const notNegative = /* @__PURE__ */ above("a number ≥ 0", (value) => value >= 0);

/** x where positive, else slope · x; PyTorch calls it negative_slope. */
export class LeakyReLU extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("LeakyReLU", { slope: numbers });

  constructor(slope = 0.01) {
    checkArguments(LeakyReLU.signature, arguments);
    super({ act: "leaky_relu", slope });
  }
}

/** x where positive, else alpha · (eˣ − 1). */
export class ELU extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("ELU", { alpha: numbers });

  constructor(alpha = 1) {
    checkArguments(ELU.signature, arguments);
    super({ act: "elu", alpha });
  }
}

/** x where positive, else alpha · (e^(x/alpha) − 1); alpha > 0. */
export class CELU extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("CELU", { alpha: positive });

  constructor(alpha = 1) {
    checkArguments(CELU.signature, arguments);
    super({ act: "celu", alpha });
  }
}

/** x moved by lambd towards 0, and 0 where |x| ≤ lambd. */
export class Softshrink extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Softshrink", {
    lambd: notNegative,
  });

  constructor(lambd = 0.5) {
    checkArguments(Softshrink.signature, arguments);
    super({ act: "softshrink", lambd });
  }
}

/** x, and 0 where |x| ≤ lambd. */
export class Hardshrink extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Hardshrink", {
    lambd: notNegative,
  });

  constructor(lambd = 0.5) {
    checkArguments(Hardshrink.signature, arguments);
    super({ act: "hardshrink", lambd });
  }
}

/** x where x > threshold, else value. Both are required, as by torch.nn.Threshold. */
export class Threshold extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Threshold", {
    ...{ threshold: finite, value: finite },
  });

  constructor(threshold: number, value: number) {
    checkArguments(Threshold.signature, arguments);
    super({ act: "threshold", threshold, value });
  }
}

/** log(1 + e^(beta · x)) / beta, and x itself where beta · x > threshold; beta > 0. */
export class Softplus extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Softplus", {
    beta: positive,
    threshold: numbers,
  });

  constructor(beta = 1, threshold = 20) {
    checkArguments(Softplus.signature, arguments);
    super({ act: "softplus", beta, threshold });
  }
}

/** x within minVal..maxVal. Throws `ValueError` unless minVal < maxVal. */
export class Hardtanh extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Hardtanh", {
    ...{ minVal: numbers, maxVal: numbers },
  });

  constructor(minVal = -1, maxVal = 1) {
    checkArguments(Hardtanh.signature, arguments);
    ordered("Hardtanh", "minVal < maxVal", minVal, maxVal, minVal < maxVal);
    super({ act: "hardtanh", minVal, maxVal });
  }
}

/** gamma · x where positive, else gamma · alpha · (eˣ − 1); the defaults keep mean 0 and variance 1. ONNX's parameters. */
export class SELU extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("SELU", {
    options: /* @__PURE__ */ options<SeluOptions>({ alpha: finite, gamma: finite }),
  });

  constructor(given: SeluOptions = {}) {
    checkArguments(SELU.signature, arguments);
    const { alpha, gamma } = given;
    super({ act: "selu", alpha, gamma });
  }
}

/** alpha · x + beta clamped to 0..1; the defaults give relu6(x + 3) / 6 as in PyTorch. ONNX's parameters. */
export class Hardsigmoid extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Hardsigmoid", {
    options: /* @__PURE__ */ options<HardsigmoidOptions>({ alpha: finite, beta: finite }),
  });

  constructor(given: HardsigmoidOptions = {}) {
    checkArguments(Hardsigmoid.signature, arguments);
    const { alpha, beta } = given;
    super({ act: "hardsigmoid", alpha, beta });
  }
}

/** x · Φ(x), exact or by the approximation with tanh. */
export class GELU extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("GELU", {
    options: /* @__PURE__ */ options<GeluOptions>({
      approximate: /* @__PURE__ */ oneOf("none", "tanh"),
    }),
  });

  constructor(given: GeluOptions = {}) {
    checkArguments(GELU.signature, arguments);
    const { approximate = "none" } = given;
    super({ act: approximate === "tanh" ? "gelu_tanh" : "gelu" });
  }
}

/** Options of `PReLU`. */
export interface PReLUOptions {
  /** Initial value of every slope. Default 0.25. */
  readonly init?: number;
}

/**
 * x where positive, else weight · x, with a learned weight [numParameters]: one slope for all channels (the default), or
 * one per channel. Initially every slope is `init` (0.25).
 */
export class PReLU extends Module {
  static override readonly signature = /* @__PURE__ */ signature("PReLU", {
    numParameters: /* @__PURE__ */ optional(count),
    options: /* @__PURE__ */ options<PReLUOptions>({ init: number }),
  });
  /** `[numParameters]`: the slopes below 0. */
  readonly weight: Tensor;

  constructor(numParameters = 1, given: PReLUOptions = {}) {
    super();
    checkArguments(PReLU.signature, arguments);
    const { init = 0.25 } = given;
    this.weight = made(this, () => parameter(full([numParameters], init)));
  }

  override forward(x: Tensor): Tensor {
    return prelu(x, this.weight);
  }
}

/**
 * x where positive, else a·x with a drawn from [lower, upper) in training, and their mean in evaluation. Throws `ValueError`
 * unless lower ≤ upper.
 */
export class RReLU extends Module {
  static override readonly signature = /* @__PURE__ */ signature("RReLU", {
    ...{ lower: numbers, upper: numbers },
  });
  readonly #bounds: { readonly lower: number; readonly upper: number };

  constructor(lower = 1 / 8, upper = 1 / 3) {
    super();
    checkArguments(RReLU.signature, arguments);
    ordered("RReLU", "lower ≤ upper", lower, upper, lower <= upper);
    this.#bounds = { lower, upper };
  }

  override forward(x: Tensor): Tensor {
    return rrelu(x, { ...this.#bounds, training: this.training });
  }
}

function ordered(who: string, wanted: string, low: number, high: number, fits: boolean): void {
  if (fits) return;
  throw new ValueError(`${who}: expected ${wanted}, got ${low} and ${high}; swap them`);
}
