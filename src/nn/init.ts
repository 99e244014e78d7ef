import { finite, list, oneOf, optional } from "../core/kinds.ts";
import type { Shape } from "../core/shape.ts";
import { checked } from "../core/signature.ts";
import { normal, uniform } from "../ops/random/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { whole } from "./kinds.ts";

const shape = /* @__PURE__ */ list(whole);

/** Inputs and outputs of one unit: for weight [out, in, ...kernel], in · kernel and out · kernel. */
export function fans(shape: Shape): { fanIn: number; fanOut: number } {
  const [out = 1, inputs = 1, ...kernel] = shape;
  const field = kernel.reduce((product, n) => product * n, 1);
  return { fanIn: inputs * field, fanOut: out * field };
}

/**
 * Uniform in ±√(6 / ((1 + a²) · fanIn)) (He et al. 2015). With a = √5, PyTorch's default for layers, the bound is
 * 1/√fanIn.
 */
export const kaimingUniform = /* @__PURE__ */ checked(
  "kaimingUniform",
  { shape, a: /* @__PURE__ */ optional(finite) },
  (shape: Shape, a = Math.sqrt(5)): Tensor => {
    const bound = Math.sqrt(6 / ((1 + a * a) * fans(shape).fanIn));
    return uniform(shape, { low: -bound, high: bound });
  },
);

/** Normal with variance 2 / fan (He et al. 2015), for networks with ReLU. */
export const kaimingNormal = /* @__PURE__ */ checked(
  "kaimingNormal",
  { shape, mode: /* @__PURE__ */ optional(/* @__PURE__ */ oneOf("fanIn", "fanOut")) },
  (shape: Shape, mode: "fanIn" | "fanOut" = "fanIn"): Tensor => {
    return normal(shape, { std: Math.sqrt(2 / fans(shape)[mode]) });
  },
);

/** Uniform in ±√(6 / (fanIn + fanOut)) (Glorot and Bengio 2010). */
export const xavierUniform = /* @__PURE__ */ checked(
  "xavierUniform",
  { shape },
  (shape: Shape): Tensor => {
    const { fanIn, fanOut } = fans(shape);
    const bound = Math.sqrt(6 / (fanIn + fanOut));
    return uniform(shape, { low: -bound, high: bound });
  },
);

/** Normal with variance 2 / (fanIn + fanOut) (Glorot and Bengio 2010). */
export const xavierNormal = /* @__PURE__ */ checked(
  "xavierNormal",
  { shape },
  (shape: Shape): Tensor => {
    const { fanIn, fanOut } = fans(shape);
    return normal(shape, { std: Math.sqrt(2 / (fanIn + fanOut)) });
  },
);

/** Uniform in ±1/√fanIn: the default initialisation of a bias beside a weight of this shape. */
export const biasFor = /* @__PURE__ */ checked(
  "biasFor",
  { weight: shape, size: whole },
  (weight: Shape, size: number): Tensor => {
    const bound = 1 / Math.sqrt(fans(weight).fanIn);
    return uniform([size], { low: -bound, high: bound });
  },
);
