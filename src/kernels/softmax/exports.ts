/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { softmax as softmaxKernel } from "./softmax.ts";
import { softmaxGrad as softmaxGradKernel } from "./softmax_grad.ts";

const kinds = () => ({ axis: number, log: boolean, software: boolean });

export const softmax: Declared<typeof softmaxKernel> = /* @__PURE__ */ declared(
  softmaxKernel,
  kinds,
);
export const softmaxGrad: Declared<typeof softmaxGradKernel> = /* @__PURE__ */ declared(
  softmaxGradKernel,
  kinds,
);
