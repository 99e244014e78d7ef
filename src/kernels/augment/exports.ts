/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { augmentBlur as augmentBlurKernel, kinds as augmentBlurKinds } from "./blur.ts";
import { augmentBoxes as augmentBoxesKernel, kinds as augmentBoxesKinds } from "./boxes.ts";
import { augmentColour as augmentColourKernel, kinds as augmentColourKinds } from "./colour.ts";
import { augmentColourGrad as augmentColourGradKernel, kinds as augmentColourGradKinds } from "./colour_grad.ts";
import { augmentGeometry as augmentGeometryKernel, kinds as augmentGeometryKinds } from "./geometry.ts";
import { augmentMix as augmentMixKernel, kinds as augmentMixKinds } from "./mix.ts";
import { augmentOperation as augmentOperationKernel, kinds as augmentOperationKinds } from "./operation.ts";
import { augmentTone as augmentToneKernel, kinds as augmentToneKinds } from "./tone.ts";
import { augmentToneGrad as augmentToneGradKernel, kinds as augmentToneGradKinds } from "./tone_grad.ts";

export const augmentBlur: Declared<typeof augmentBlurKernel> = /* @__PURE__ */ declared(augmentBlurKernel, augmentBlurKinds);
export const augmentBoxes: Declared<typeof augmentBoxesKernel> = /* @__PURE__ */ declared(augmentBoxesKernel, augmentBoxesKinds);
export const augmentColour: Declared<typeof augmentColourKernel> = /* @__PURE__ */ declared(augmentColourKernel, augmentColourKinds);
export const augmentColourGrad: Declared<typeof augmentColourGradKernel> = /* @__PURE__ */ declared(augmentColourGradKernel, augmentColourGradKinds);
export const augmentGeometry: Declared<typeof augmentGeometryKernel> = /* @__PURE__ */ declared(augmentGeometryKernel, augmentGeometryKinds);
export const augmentMix: Declared<typeof augmentMixKernel> = /* @__PURE__ */ declared(augmentMixKernel, augmentMixKinds);
export const augmentOperation: Declared<typeof augmentOperationKernel> = /* @__PURE__ */ declared(augmentOperationKernel, augmentOperationKinds);
export const augmentTone: Declared<typeof augmentToneKernel> = /* @__PURE__ */ declared(augmentToneKernel, augmentToneKinds);
export const augmentToneGrad: Declared<typeof augmentToneGradKernel> = /* @__PURE__ */ declared(augmentToneGradKernel, augmentToneGradKinds);
