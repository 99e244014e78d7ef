/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, pair, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { adaptiveSize, padding, two } from "../option_kinds.ts";
import { adaptiveAvg as adaptiveAvgKernel } from "./adaptive_avg.ts";
import { adaptiveAvgGrad as adaptiveAvgGradKernel } from "./adaptive_avg_grad.ts";
import { adaptiveMax as adaptiveMaxKernel } from "./adaptive_max.ts";
import { adaptiveMaxGrad as adaptiveMaxGradKernel } from "./adaptive_max_grad.ts";
import { poolAvg as poolAvgKernel } from "./avg.ts";
import { poolAvgGrad as poolAvgGradKernel } from "./avg_grad.ts";
import { globalAvg as globalAvgKernel } from "./global_avg.ts";
import { globalAvgGrad as globalAvgGradKernel } from "./global_avg_grad.ts";
import { poolLp as poolLpKernel } from "./lp.ts";
import { poolLpGrad as poolLpGradKernel } from "./lp_grad.ts";
import { poolMax as poolMaxKernel } from "./max.ts";
import { poolMaxGrad as poolMaxGradKernel } from "./max_grad.ts";

/** Windows and how they lie on the image. */
const windows = {
  kernelSize: /* @__PURE__ */ required(pair),
  stride: pair,
  padding,
  ceilMode: boolean,
};

export const adaptiveAvg: Declared<typeof adaptiveAvgKernel> = /* @__PURE__ */ declared(
  adaptiveAvgKernel,
  () => ({
    outputSize: required(adaptiveSize),
  }),
);
export const adaptiveAvgGrad: Declared<typeof adaptiveAvgGradKernel> = /* @__PURE__ */ declared(
  adaptiveAvgGradKernel,
  () => ({
    imageSize: required(two),
  }),
);
export const adaptiveMax: Declared<typeof adaptiveMaxKernel> = /* @__PURE__ */ declared(
  adaptiveMaxKernel,
  () => ({
    outputSize: required(adaptiveSize),
  }),
);
export const adaptiveMaxGrad: Declared<typeof adaptiveMaxGradKernel> = /* @__PURE__ */ declared(
  adaptiveMaxGradKernel,
  () => ({
    imageSize: required(two),
  }),
);
export const poolAvg: Declared<typeof poolAvgKernel> = /* @__PURE__ */ declared(
  poolAvgKernel,
  () => ({
    countIncludePad: boolean,
    divisorOverride: number,
    ...windows,
  }),
);
export const poolAvgGrad: Declared<typeof poolAvgGradKernel> = /* @__PURE__ */ declared(
  poolAvgGradKernel,
  () => ({
    countIncludePad: boolean,
    divisorOverride: number,
    ...windows,
    imageSize: required(two),
  }),
);
export const globalAvg: Declared<typeof globalAvgKernel> = /* @__PURE__ */ declared(
  globalAvgKernel,
  () => ({
    software: boolean,
  }),
);
export const globalAvgGrad: Declared<typeof globalAvgGradKernel> = /* @__PURE__ */ declared(
  globalAvgGradKernel,
  () => ({
    imageSize: required(two),
  }),
);
export const poolLp: Declared<typeof poolLpKernel> = /* @__PURE__ */ declared(poolLpKernel, () => ({
  normType: number,
  kernelSize: required(pair),
  stride: pair,
  ceilMode: boolean,
}));
export const poolLpGrad: Declared<typeof poolLpGradKernel> = /* @__PURE__ */ declared(
  poolLpGradKernel,
  () => ({
    normType: number,
    kernelSize: required(pair),
    stride: pair,
    ceilMode: boolean,
  }),
);
export const poolMax: Declared<typeof poolMaxKernel> = /* @__PURE__ */ declared(
  poolMaxKernel,
  () => ({
    dilation: pair,
    ...windows,
  }),
);
export const poolMaxGrad: Declared<typeof poolMaxGradKernel> = /* @__PURE__ */ declared(
  poolMaxGradKernel,
  () => ({
    dilation: pair,
    ...windows,
    imageSize: required(two),
  }),
);
