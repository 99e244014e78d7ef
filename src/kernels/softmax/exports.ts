/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { logSoftmax as logSoftmaxKernel } from "./log_softmax.ts";
import { logSoftmaxGrad as logSoftmaxGradKernel } from "./log_softmax_grad.ts";
import { softmax as softmaxKernel } from "./softmax.ts";
import { softmaxGrad as softmaxGradKernel } from "./softmax_grad.ts";

export const logSoftmax: Declared<typeof logSoftmaxKernel> = /* @__PURE__ */ declared(
  logSoftmaxKernel,
  () => ({
    axis: number,
    software: boolean,
  }),
);
export const logSoftmaxGrad: Declared<typeof logSoftmaxGradKernel> = /* @__PURE__ */ declared(
  logSoftmaxGradKernel,
  () => ({
    axis: number,
    software: boolean,
  }),
);
export const softmax: Declared<typeof softmaxKernel> = /* @__PURE__ */ declared(
  softmaxKernel,
  () => ({
    axis: number,
    software: boolean,
  }),
);
export const softmaxGrad: Declared<typeof softmaxGradKernel> = /* @__PURE__ */ declared(
  softmaxGradKernel,
  () => ({
    axis: number,
    software: boolean,
  }),
);
