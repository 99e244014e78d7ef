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

export const resizeBilinear: Declared<typeof resizeBilinearKernel> = /* @__PURE__ */ declared(
  resizeBilinearKernel,
  () => ({
    alignCorners: boolean,
    size: pair,
    scaleFactor: pair,
  }),
);
export const resizeBilinearGrad: Declared<typeof resizeBilinearGradKernel> =
  /* @__PURE__ */ declared(resizeBilinearGradKernel, () => ({
    alignCorners: boolean,
    size: pair,
    scaleFactor: pair,
    imageSize: required(two),
  }));
export const resizeNearest: Declared<typeof resizeNearestKernel> = /* @__PURE__ */ declared(
  resizeNearestKernel,
  () => ({
    size: pair,
    scaleFactor: pair,
    exact: boolean,
  }),
);
export const resizeNearestGrad: Declared<typeof resizeNearestGradKernel> = /* @__PURE__ */ declared(
  resizeNearestGradKernel,
  () => ({
    size: pair,
    scaleFactor: pair,
    exact: boolean,
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
  () => ({
    alignCorners: boolean,
    size: pair,
    scaleFactor: pair,
  }),
);
export const resizeBicubicGrad: Declared<typeof resizeBicubicGradKernel> = /* @__PURE__ */ declared(
  resizeBicubicGradKernel,
  () => ({
    alignCorners: boolean,
    size: pair,
    scaleFactor: pair,
    imageSize: required(two),
  }),
);
