/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, dtype, number, numbers, oneOf, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { sizes, slot } from "../option_kinds.ts";
import { accumulate as accumulateKernel } from "./accumulate.ts";
import { activate as activateKernel } from "./activate.ts";
import { activateGrad as activateGradKernel } from "./activate_grad.ts";
import { activateGradBias as activateGradBiasKernel } from "./activate_grad_bias.ts";
import { add as addKernel } from "./add.ts";
import { binary as binaryKernel } from "./binary.ts";
import { binaryGrad as binaryGradKernel } from "./binary_grad.ts";
import { cast as castKernel } from "./cast.ts";
import { chain as chainKernel } from "./chain.ts";
import { clamp as clampKernel } from "./clamp.ts";
import { clampGrad as clampGradKernel } from "./clamp_grad.ts";
import { fill as fillKernel } from "./fill.ts";
import { prelu as preluKernel } from "./prelu.ts";
import { preluGrad as preluGradKernel } from "./prelu_grad.ts";
import { scale as scaleKernel } from "./scale.ts";
import { unary as unaryKernel } from "./unary.ts";
import { unaryGrad as unaryGradKernel } from "./unary_grad.ts";
import { where as whereKernel } from "./where.ts";

/** Parameters of activations. */
const parameters = {
  slope: number,
  alpha: number,
  minVal: number,
  maxVal: number,
  beta: number,
  gamma: number,
  threshold: number,
  value: number,
  lambd: number,
};

export const accumulate: Declared<typeof accumulateKernel> = /* @__PURE__ */ declared(
  accumulateKernel,
  () => ({
    scale: required(number),
  }),
);
export const activate: Declared<typeof activateKernel> = /* @__PURE__ */ declared(
  activateKernel,
  () => ({
    act: required(slot(activateKernel, "act")),
    ...parameters,
  }),
);
export const activateGrad: Declared<typeof activateGradKernel> = /* @__PURE__ */ declared(
  activateGradKernel,
  () => ({
    act: required(slot(activateGradKernel, "act")),
    ...parameters,
  }),
);
export const activateGradBias: Declared<typeof activateGradBiasKernel> = /* @__PURE__ */ declared(
  activateGradBiasKernel,
  () => ({
    act: required(slot(activateGradBiasKernel, "act")),
    ...parameters,
    software: boolean,
    axis: required(number),
  }),
);
export const add: Declared<typeof addKernel> = /* @__PURE__ */ declared(addKernel, () => ({}));
export const binary: Declared<typeof binaryKernel> = /* @__PURE__ */ declared(binaryKernel, () => ({
  op: required(slot(binaryKernel, "op")),
}));
export const binaryGrad: Declared<typeof binaryGradKernel> = /* @__PURE__ */ declared(
  binaryGradKernel,
  () => ({
    op: required(slot(binaryGradKernel, "op")),
    of: required(oneOf("a", "b")),
  }),
);
export const cast: Declared<typeof castKernel> = /* @__PURE__ */ declared(castKernel, () => ({
  from: dtype,
  to: dtype,
}));
export const chain: Declared<typeof chainKernel> = /* @__PURE__ */ declared(chainKernel, () => ({
  scalars: required(numbers),
}));
export const clamp: Declared<typeof clampKernel> = /* @__PURE__ */ declared(clampKernel, () => ({
  min: number,
  max: number,
}));
export const clampGrad: Declared<typeof clampGradKernel> = /* @__PURE__ */ declared(
  clampGradKernel,
  () => ({
    min: number,
    max: number,
  }),
);
export const fill: Declared<typeof fillKernel> = /* @__PURE__ */ declared(fillKernel, () => ({
  shape: required(sizes),
  value: required(number),
  dtype: oneOf("f32", "i32", "u32"),
}));
export const prelu: Declared<typeof preluKernel> = /* @__PURE__ */ declared(
  preluKernel,
  () => ({}),
);
export const preluGrad: Declared<typeof preluGradKernel> = /* @__PURE__ */ declared(
  preluGradKernel,
  () => ({
    pieces: number,
  }),
);
export const scale: Declared<typeof scaleKernel> = /* @__PURE__ */ declared(scaleKernel, () => ({
  scale: required(number),
  shift: required(number),
}));
export const unary: Declared<typeof unaryKernel> = /* @__PURE__ */ declared(unaryKernel, () => ({
  op: required(slot(unaryKernel, "op")),
}));
export const unaryGrad: Declared<typeof unaryGradKernel> = /* @__PURE__ */ declared(
  unaryGradKernel,
  () => ({
    op: required(slot(unaryGradKernel, "op")),
  }),
);
export const where: Declared<typeof whereKernel> = /* @__PURE__ */ declared(
  whereKernel,
  () => ({}),
);
