/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { sizes } from "../option_kinds.ts";
import { alphaDropout as alphaDropoutKernel } from "./alpha_dropout.ts";
import { dropout as dropoutKernel } from "./dropout.ts";
import { dropoutChannels as dropoutChannelsKernel } from "./dropout_channels.ts";
import { integers } from "./integers.ts";
import { normal as normalKernel } from "./normal.ts";
import { pick } from "./pick.ts";
import { rrelu as rreluKernel } from "./rrelu.ts";
import { uniform as uniformKernel } from "./uniform.ts";

export const alphaDropout: Declared<typeof alphaDropoutKernel> = /* @__PURE__ */ declared(
  alphaDropoutKernel,
  () => ({
    p: required(number),
    gradient: boolean,
    seed: required(number),
    offset: number,
  }),
);
export const dropout: Declared<typeof dropoutKernel> = /* @__PURE__ */ declared(
  dropoutKernel,
  () => ({
    p: required(number),
    seed: required(number),
    offset: number,
  }),
);
export const dropoutChannels: Declared<typeof dropoutChannelsKernel> = /* @__PURE__ */ declared(
  dropoutChannelsKernel,
  () => ({
    p: required(number),
    seed: required(number),
    offset: number,
  }),
);
export const randomIntegers: Declared<typeof integers> = /* @__PURE__ */ declared(integers, () => ({
  shape: required(sizes),
  low: required(number),
  high: required(number),
  seed: required(number),
  offset: number,
}));
export const normal: Declared<typeof normalKernel> = /* @__PURE__ */ declared(normalKernel, () => ({
  shape: required(sizes),
  mean: number,
  std: number,
  seed: required(number),
  offset: number,
}));
export const randomPick: Declared<typeof pick> = /* @__PURE__ */ declared(pick, () => ({
  samples: required(number),
  seed: required(number),
  offset: number,
}));
export const rrelu: Declared<typeof rreluKernel> = /* @__PURE__ */ declared(rreluKernel, () => ({
  lower: number,
  upper: number,
  seed: required(number),
  offset: number,
}));
export const uniform: Declared<typeof uniformKernel> = /* @__PURE__ */ declared(
  uniformKernel,
  () => ({
    shape: required(sizes),
    low: number,
    high: number,
    seed: required(number),
    offset: number,
  }),
);
