/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, pair, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { slot, two } from "../option_kinds.ts";
import { resizeAlong as resizeAlongKernel } from "./along.ts";
import { resizeAlongGrad as resizeAlongGradKernel } from "./along_grad.ts";
import { resizeBicubic as resizeBicubicKernel } from "./bicubic.ts";
import { resizeBicubicGrad as resizeBicubicGradKernel } from "./bicubic_grad.ts";
import { resizeBilinear as resizeBilinearKernel } from "./bilinear.ts";
import { resizeBilinearGrad as resizeBilinearGradKernel } from "./bilinear_grad.ts";
import { resizeNearest as resizeNearestKernel } from "./nearest.ts";
import { resizeNearestGrad as resizeNearestGradKernel } from "./nearest_grad.ts";

const smooth = () => ({ size: pair, scaleFactor: pair, alignCorners: boolean });
const nearest = () => ({ size: pair, scaleFactor: pair, exact: boolean });

export const resizeBilinear: Declared<typeof resizeBilinearKernel> = /* @__PURE__ */ declared(
  resizeBilinearKernel,
  smooth,
);
export const resizeBilinearGrad: Declared<typeof resizeBilinearGradKernel> =
  /* @__PURE__ */ declared(resizeBilinearGradKernel, () => ({
    ...smooth(),
    imageSize: required(two),
  }));
export const resizeNearest: Declared<typeof resizeNearestKernel> = /* @__PURE__ */ declared(
  resizeNearestKernel,
  nearest,
);
export const resizeNearestGrad: Declared<typeof resizeNearestGradKernel> = /* @__PURE__ */ declared(
  resizeNearestGradKernel,
  () => ({
    ...nearest(),
    imageSize: required(two),
  }),
);
export const resizeAlong: Declared<typeof resizeAlongKernel> = /* @__PURE__ */ declared(
  resizeAlongKernel,
  () => ({
    axis: required(number),
    size: number,
    scaleFactor: number,
    filter: slot(resizeAlongKernel, "filter"),
    keep: two,
  }),
);
export const resizeAlongGrad: Declared<typeof resizeAlongGradKernel> = /* @__PURE__ */ declared(
  resizeAlongGradKernel,
  () => ({
    axis: required(number),
    length: required(number),
    size: number,
    scaleFactor: number,
    filter: slot(resizeAlongGradKernel, "filter"),
  }),
);
export const resizeBicubic: Declared<typeof resizeBicubicKernel> = /* @__PURE__ */ declared(
  resizeBicubicKernel,
  smooth,
);
export const resizeBicubicGrad: Declared<typeof resizeBicubicGradKernel> = /* @__PURE__ */ declared(
  resizeBicubicGradKernel,
  () => ({
    ...smooth(),
    imageSize: required(two),
  }),
);
