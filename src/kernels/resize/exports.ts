/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { resizeAlong as resizeAlongKernel, kinds as resizeAlongKinds } from "./along.ts";
import { resizeAlongGrad as resizeAlongGradKernel, kinds as resizeAlongGradKinds } from "./along_grad.ts";
import { resizeBicubic as resizeBicubicKernel, kinds as resizeBicubicKinds } from "./bicubic.ts";
import { resizeBicubicGrad as resizeBicubicGradKernel, kinds as resizeBicubicGradKinds } from "./bicubic_grad.ts";
import { resizeBilinear as resizeBilinearKernel, kinds as resizeBilinearKinds } from "./bilinear.ts";
import { resizeBilinearGrad as resizeBilinearGradKernel, kinds as resizeBilinearGradKinds } from "./bilinear_grad.ts";
import { resizeNearest as resizeNearestKernel, kinds as resizeNearestKinds } from "./nearest.ts";
import { resizeNearestGrad as resizeNearestGradKernel, kinds as resizeNearestGradKinds } from "./nearest_grad.ts";

export const resizeAlong: Declared<typeof resizeAlongKernel> = /* @__PURE__ */ declared(resizeAlongKernel, resizeAlongKinds);
export const resizeAlongGrad: Declared<typeof resizeAlongGradKernel> = /* @__PURE__ */ declared(resizeAlongGradKernel, resizeAlongGradKinds);
export const resizeBicubic: Declared<typeof resizeBicubicKernel> = /* @__PURE__ */ declared(resizeBicubicKernel, resizeBicubicKinds);
export const resizeBicubicGrad: Declared<typeof resizeBicubicGradKernel> = /* @__PURE__ */ declared(resizeBicubicGradKernel, resizeBicubicGradKinds);
export const resizeBilinear: Declared<typeof resizeBilinearKernel> = /* @__PURE__ */ declared(resizeBilinearKernel, resizeBilinearKinds);
export const resizeBilinearGrad: Declared<typeof resizeBilinearGradKernel> = /* @__PURE__ */ declared(resizeBilinearGradKernel, resizeBilinearGradKinds);
export const resizeNearest: Declared<typeof resizeNearestKernel> = /* @__PURE__ */ declared(resizeNearestKernel, resizeNearestKinds);
export const resizeNearestGrad: Declared<typeof resizeNearestGradKernel> = /* @__PURE__ */ declared(resizeNearestGradKernel, resizeNearestGradKinds);
