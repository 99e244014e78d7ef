/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { alphaDropout as alphaDropoutKernel, kinds as alphaDropoutKinds } from "./alpha_dropout.ts";
import { dropout as dropoutKernel, kinds as dropoutKinds } from "./dropout.ts";
import { dropoutChannels as dropoutChannelsKernel, kinds as dropoutChannelsKinds } from "./dropout_channels.ts";
import { randomIntegers as randomIntegersKernel, kinds as randomIntegersKinds } from "./integers.ts";
import { normal as normalKernel, kinds as normalKinds } from "./normal.ts";
import { randomPick as randomPickKernel, kinds as randomPickKinds } from "./pick.ts";
import { rrelu as rreluKernel, kinds as rreluKinds } from "./rrelu.ts";
import { uniform as uniformKernel, kinds as uniformKinds } from "./uniform.ts";

export const alphaDropout: Declared<typeof alphaDropoutKernel> = /* @__PURE__ */ declared(alphaDropoutKernel, alphaDropoutKinds);
export const dropout: Declared<typeof dropoutKernel> = /* @__PURE__ */ declared(dropoutKernel, dropoutKinds);
export const dropoutChannels: Declared<typeof dropoutChannelsKernel> = /* @__PURE__ */ declared(dropoutChannelsKernel, dropoutChannelsKinds);
export const randomIntegers: Declared<typeof randomIntegersKernel> = /* @__PURE__ */ declared(randomIntegersKernel, randomIntegersKinds);
export const normal: Declared<typeof normalKernel> = /* @__PURE__ */ declared(normalKernel, normalKinds);
export const randomPick: Declared<typeof randomPickKernel> = /* @__PURE__ */ declared(randomPickKernel, randomPickKinds);
export const rrelu: Declared<typeof rreluKernel> = /* @__PURE__ */ declared(rreluKernel, rreluKinds);
export const uniform: Declared<typeof uniformKernel> = /* @__PURE__ */ declared(uniformKernel, uniformKinds);
