/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { adaptiveAvg as adaptiveAvgKernel, kinds as adaptiveAvgKinds } from "./adaptive_avg.ts";
import { adaptiveAvgGrad as adaptiveAvgGradKernel, kinds as adaptiveAvgGradKinds } from "./adaptive_avg_grad.ts";
import { adaptiveMax as adaptiveMaxKernel, kinds as adaptiveMaxKinds } from "./adaptive_max.ts";
import { adaptiveMaxGrad as adaptiveMaxGradKernel, kinds as adaptiveMaxGradKinds } from "./adaptive_max_grad.ts";
import { poolAvg as poolAvgKernel, kinds as poolAvgKinds } from "./avg.ts";
import { poolAvgGrad as poolAvgGradKernel, kinds as poolAvgGradKinds } from "./avg_grad.ts";
import { globalAvg as globalAvgKernel, kinds as globalAvgKinds } from "./global_avg.ts";
import { globalAvgGrad as globalAvgGradKernel, kinds as globalAvgGradKinds } from "./global_avg_grad.ts";
import { poolLp as poolLpKernel, kinds as poolLpKinds } from "./lp.ts";
import { poolLpGrad as poolLpGradKernel, kinds as poolLpGradKinds } from "./lp_grad.ts";
import { poolMax as poolMaxKernel, kinds as poolMaxKinds } from "./max.ts";
import { poolMaxGrad as poolMaxGradKernel, kinds as poolMaxGradKinds } from "./max_grad.ts";

export const adaptiveAvg: Declared<typeof adaptiveAvgKernel> = /* @__PURE__ */ declared(adaptiveAvgKernel, adaptiveAvgKinds);
export const adaptiveAvgGrad: Declared<typeof adaptiveAvgGradKernel> = /* @__PURE__ */ declared(adaptiveAvgGradKernel, adaptiveAvgGradKinds);
export const adaptiveMax: Declared<typeof adaptiveMaxKernel> = /* @__PURE__ */ declared(adaptiveMaxKernel, adaptiveMaxKinds);
export const adaptiveMaxGrad: Declared<typeof adaptiveMaxGradKernel> = /* @__PURE__ */ declared(adaptiveMaxGradKernel, adaptiveMaxGradKinds);
export const poolAvg: Declared<typeof poolAvgKernel> = /* @__PURE__ */ declared(poolAvgKernel, poolAvgKinds);
export const poolAvgGrad: Declared<typeof poolAvgGradKernel> = /* @__PURE__ */ declared(poolAvgGradKernel, poolAvgGradKinds);
export const globalAvg: Declared<typeof globalAvgKernel> = /* @__PURE__ */ declared(globalAvgKernel, globalAvgKinds);
export const globalAvgGrad: Declared<typeof globalAvgGradKernel> = /* @__PURE__ */ declared(globalAvgGradKernel, globalAvgGradKinds);
export const poolLp: Declared<typeof poolLpKernel> = /* @__PURE__ */ declared(poolLpKernel, poolLpKinds);
export const poolLpGrad: Declared<typeof poolLpGradKernel> = /* @__PURE__ */ declared(poolLpGradKernel, poolLpGradKinds);
export const poolMax: Declared<typeof poolMaxKernel> = /* @__PURE__ */ declared(poolMaxKernel, poolMaxKinds);
export const poolMaxGrad: Declared<typeof poolMaxGradKernel> = /* @__PURE__ */ declared(poolMaxGradKernel, poolMaxGradKinds);
