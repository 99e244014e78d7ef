import { number, oneOf, required } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { activation } from "./activation.ts";

/** x where positive, else slope · x. */
export interface LeakyReluOptions {
  /** PyTorch's negative_slope. Default 0.01. */
  readonly slope?: number | undefined;
}

/** x where positive, else slope · x. Default slope 0.01. */
export const leakyRelu = /* @__PURE__ */ checked(
  "leakyRelu",
  { x: tensorKind, options: /* @__PURE__ */ options<LeakyReluOptions>({ slope: number }) },
  (x: Tensor, { slope = 0.01 }: LeakyReluOptions = {}): Tensor =>
    activation(x, { act: "leaky_relu", slope }),
);

/** Options of `elu`. */
export interface EluOptions {
  /** Negative results tend to −alpha. Default 1. */
  readonly alpha?: number | undefined;
}

/** x where positive, else alpha · (eˣ − 1). Default alpha 1 (Clevert et al. 2015). */
export const elu = /* @__PURE__ */ checked(
  "elu",
  { x: tensorKind, options: /* @__PURE__ */ options<EluOptions>({ alpha: number }) },
  (x: Tensor, { alpha = 1 }: EluOptions = {}): Tensor => activation(x, { act: "elu", alpha }),
);

/** Options of `selu`. */
export interface SeluOptions {
  /** Negative results tend to −gamma · alpha. Default 1.6732632423543772. */
  readonly alpha?: number | undefined;
  /** Factor of the result. Default 1.0507009873554805. */
  readonly gamma?: number | undefined;
}

/**
 * gamma · x where positive, else gamma · alpha · (eˣ − 1). With the defaults, activations keep mean 0 and variance 1
 * (Klambauer et al. 2017). The names are ONNX's, whose defaults are these rounded to f32.
 */
export const selu = /* @__PURE__ */ checked(
  "selu",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<SeluOptions>({ alpha: number, gamma: number }),
  },
  (x: Tensor, given: SeluOptions = {}): Tensor => activation(x, { act: "selu", ...given }),
);

/** Options of `softplus`. */
export interface SoftplusOptions {
  /** Sharpness β of ln(1 + e^(βx)) / β, positive. Default 1. */
  readonly beta?: number | undefined;
  /** The result is x where βx is above this. Default 20. */
  readonly threshold?: number | undefined;
}

/** log(1 + e^βx) / β, and x where βx > threshold. Default beta 1, threshold 20. Throws `ValueError` unless beta > 0. */
export const softplus = /* @__PURE__ */ checked(
  "softplus",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<SoftplusOptions>({ beta: number, threshold: number }),
  },
  (x: Tensor, { beta = 1, threshold = 20 }: SoftplusOptions = {}): Tensor =>
    activation(x, { act: "softplus", beta, threshold }),
);

/** Options of `gelu`. */
export interface GeluOptions {
  /** "tanh" for the approximation by tanh. Default "none": exact. */
  readonly approximate?: "none" | "tanh" | undefined;
}

/**
 * x · Φ(x) (Hendrycks and Gimpel 2016), with the exact normal distribution function ("none", the default) or with their
 * approximation by tanh.
 */
export const gelu = /* @__PURE__ */ checked(
  "gelu",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<GeluOptions>({ approximate: oneOf("none", "tanh") }),
  },
  (x: Tensor, { approximate = "none" }: GeluOptions = {}): Tensor =>
    activation(x, { act: approximate === "tanh" ? "gelu_tanh" : "gelu" }),
);

/** x where positive, else alpha · (e^(x/alpha) − 1) (Barron 2017). Default alpha 1; throws `ValueError` unless positive. */
export const celu = /* @__PURE__ */ checked(
  "celu",
  { x: tensorKind, options: /* @__PURE__ */ options<EluOptions>({ alpha: number }) },
  (x: Tensor, { alpha = 1 }: EluOptions = {}): Tensor => activation(x, { act: "celu", alpha }),
);

/** Options of `hardsigmoid`: alpha · x + beta, clamped to 0..1. */
export interface HardsigmoidOptions {
  /** Slope between the limits. Default 1/6, as in PyTorch; ONNX's default is 0.2. */
  readonly alpha?: number | undefined;
  /** The result for 0. Default 0.5. */
  readonly beta?: number | undefined;
}

/** alpha · x + beta clamped to 0..1; the defaults give relu6(x + 3) / 6. The gradient at the limits is 0. ONNX's names. */
export const hardsigmoid = /* @__PURE__ */ checked(
  "hardsigmoid",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<HardsigmoidOptions>({ alpha: number, beta: number }),
  },
  (x: Tensor, given: HardsigmoidOptions = {}): Tensor =>
    activation(x, { act: "hardsigmoid", ...given }),
);

/** Options of `hardtanh`: the limits. */
export interface HardtanhOptions {
  /** Minimum of the result. Default −1. */
  readonly minVal?: number | undefined;
  /** Maximum of the result. Default 1. */
  readonly maxVal?: number | undefined;
}

/**
 * x clamped to minVal..maxVal, by default −1..1; the gradient at the limits is 0. Throws `ValueError` unless minVal <
 * maxVal.
 */
export const hardtanh = /* @__PURE__ */ checked(
  "hardtanh",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<HardtanhOptions>({ minVal: number, maxVal: number }),
  },
  (x: Tensor, { minVal = -1, maxVal = 1 }: HardtanhOptions = {}): Tensor =>
    activation(x, { act: "hardtanh", minVal, maxVal }),
);

/** Options of `threshold`. */
export interface ThresholdOptions {
  /** Elements of x up to this number are replaced by `value`. */
  readonly threshold: number;
  /** The result for all other x. */
  readonly value: number;
}

/** x where x > threshold, else value, where the gradient is 0. */
export const threshold = /* @__PURE__ */ checked(
  "threshold",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<ThresholdOptions>({
      threshold: /* @__PURE__ */ required(number),
      value: /* @__PURE__ */ required(number),
    }),
  },
  (x: Tensor, given: ThresholdOptions): Tensor => activation(x, { act: "threshold", ...given }),
);

/** Options of `hardshrink` and `softshrink`. */
export interface ShrinkOptions {
  /** x with |x| up to this become 0. Default 0.5, not negative. */
  readonly lambd?: number | undefined;
}

/** x moved by lambd towards 0, and 0 where |x| ≤ lambd. Default 0.5; throws `ValueError` if negative. */
export const softshrink = /* @__PURE__ */ checked(
  "softshrink",
  { x: tensorKind, options: /* @__PURE__ */ options<ShrinkOptions>({ lambd: number }) },
  (x: Tensor, { lambd = 0.5 }: ShrinkOptions = {}): Tensor =>
    activation(x, { act: "softshrink", lambd }),
);

/** x, and 0 where |x| ≤ lambd. Default 0.5; throws `ValueError` if negative. */
export const hardshrink = /* @__PURE__ */ checked(
  "hardshrink",
  { x: tensorKind, options: /* @__PURE__ */ options<ShrinkOptions>({ lambd: number }) },
  (x: Tensor, { lambd = 0.5 }: ShrinkOptions = {}): Tensor =>
    activation(x, { act: "hardshrink", lambd }),
);
