/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { adadelta as adadeltaKernel } from "./adadelta.ts";
import { adagrad as adagradKernel } from "./adagrad.ts";
import { adam as adamKernel } from "./adam.ts";
import { adamax as adamaxKernel } from "./adamax.ts";
import { clipGrads as clipGradsKernel, kinds as clipGradsKinds } from "./clip_grads.ts";
import { clipNorm as clipNormKernel, kinds as clipNormKinds } from "./clip_norm.ts";
import { gradNorm as gradNormKernel, kinds as gradNormKinds } from "./grad_norm.ts";
import { lion as lionKernel } from "./lion.ts";
import { lossScale as lossScaleKernel, kinds as lossScaleKinds } from "./loss_scale.ts";
import { rmsprop as rmspropKernel } from "./rmsprop.ts";
import { sgd as sgdKernel } from "./sgd.ts";
import { unscale as unscaleKernel, kinds as unscaleKinds } from "./unscale.ts";

export const adadelta: Declared<typeof adadeltaKernel> = /* @__PURE__ */ declared(adadeltaKernel, () => ({}));
export const adagrad: Declared<typeof adagradKernel> = /* @__PURE__ */ declared(adagradKernel, () => ({}));
export const adam: Declared<typeof adamKernel> = /* @__PURE__ */ declared(adamKernel, () => ({}));
export const adamax: Declared<typeof adamaxKernel> = /* @__PURE__ */ declared(adamaxKernel, () => ({}));
export const clipGrads: Declared<typeof clipGradsKernel> = /* @__PURE__ */ declared(clipGradsKernel, clipGradsKinds);
export const clipNorm: Declared<typeof clipNormKernel> = /* @__PURE__ */ declared(clipNormKernel, clipNormKinds);
export const gradNorm: Declared<typeof gradNormKernel> = /* @__PURE__ */ declared(gradNormKernel, gradNormKinds);
export const lion: Declared<typeof lionKernel> = /* @__PURE__ */ declared(lionKernel, () => ({}));
export const lossScale: Declared<typeof lossScaleKernel> = /* @__PURE__ */ declared(lossScaleKernel, lossScaleKinds);
export const rmsprop: Declared<typeof rmspropKernel> = /* @__PURE__ */ declared(rmspropKernel, () => ({}));
export const sgd: Declared<typeof sgdKernel> = /* @__PURE__ */ declared(sgdKernel, () => ({}));
export const unscale: Declared<typeof unscaleKernel> = /* @__PURE__ */ declared(unscaleKernel, unscaleKinds);
