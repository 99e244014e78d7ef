/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { softmax as softmaxKernel, kinds as softmaxKinds } from "./softmax.ts";
import { softmaxGrad as softmaxGradKernel, kinds as softmaxGradKinds } from "./softmax_grad.ts";

export const softmax: Declared<typeof softmaxKernel> = /* @__PURE__ */ declared(softmaxKernel, softmaxKinds);
export const softmaxGrad: Declared<typeof softmaxGradKernel> = /* @__PURE__ */ declared(softmaxGradKernel, softmaxGradKinds);
