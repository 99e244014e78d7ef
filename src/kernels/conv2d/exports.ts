/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { conv2dColumns as conv2dColumnsKernel, kinds as conv2dColumnsKinds } from "./columns.ts";
import { conv2dDepthwise as conv2dDepthwiseKernel, kinds as conv2dDepthwiseKinds } from "./depthwise.ts";
import { conv2dDepthwiseGradInput as conv2dDepthwiseGradInputKernel, kinds as conv2dDepthwiseGradInputKinds } from "./depthwise_grad_input.ts";
import { conv2dDepthwiseGradInputStrided as conv2dDepthwiseGradInputStridedKernel, kinds as conv2dDepthwiseGradInputStridedKinds } from "./depthwise_grad_input_strided.ts";
import { conv2dDepthwiseGradWeight as conv2dDepthwiseGradWeightKernel, kinds as conv2dDepthwiseGradWeightKinds } from "./depthwise_grad_weight.ts";
import { conv2dForward as conv2dForwardKernel, kinds as conv2dForwardKinds } from "./forward.ts";
import { conv2dGemm as conv2dGemmKernel, kinds as conv2dGemmKinds } from "./gemm.ts";
import { conv2dGradBias as conv2dGradBiasKernel } from "./grad_bias.ts";
import { conv2dGradInput as conv2dGradInputKernel, kinds as conv2dGradInputKinds } from "./grad_input.ts";
import { conv2dGradInputGemm as conv2dGradInputGemmKernel, kinds as conv2dGradInputGemmKinds } from "./grad_input_gemm.ts";
import { conv2dGradWeight as conv2dGradWeightKernel, kinds as conv2dGradWeightKinds } from "./grad_weight.ts";
import { conv2dGradWeightGemm as conv2dGradWeightGemmKernel, kinds as conv2dGradWeightGemmKinds } from "./grad_weight_gemm.ts";
import { conv2dNaive as conv2dNaiveKernel, kinds as conv2dNaiveKinds } from "./naive.ts";

export const conv2dColumns: Declared<typeof conv2dColumnsKernel> = /* @__PURE__ */ declared(conv2dColumnsKernel, conv2dColumnsKinds);
export const conv2dDepthwise: Declared<typeof conv2dDepthwiseKernel> = /* @__PURE__ */ declared(conv2dDepthwiseKernel, conv2dDepthwiseKinds);
export const conv2dDepthwiseGradInput: Declared<typeof conv2dDepthwiseGradInputKernel> = /* @__PURE__ */ declared(conv2dDepthwiseGradInputKernel, conv2dDepthwiseGradInputKinds);
export const conv2dDepthwiseGradInputStrided: Declared<typeof conv2dDepthwiseGradInputStridedKernel> = /* @__PURE__ */ declared(conv2dDepthwiseGradInputStridedKernel, conv2dDepthwiseGradInputStridedKinds);
export const conv2dDepthwiseGradWeight: Declared<typeof conv2dDepthwiseGradWeightKernel> = /* @__PURE__ */ declared(conv2dDepthwiseGradWeightKernel, conv2dDepthwiseGradWeightKinds);
export const conv2dForward: Declared<typeof conv2dForwardKernel> = /* @__PURE__ */ declared(conv2dForwardKernel, conv2dForwardKinds);
export const conv2dGemm: Declared<typeof conv2dGemmKernel> = /* @__PURE__ */ declared(conv2dGemmKernel, conv2dGemmKinds);
export const conv2dGradBias: Declared<typeof conv2dGradBiasKernel> = /* @__PURE__ */ declared(conv2dGradBiasKernel, () => ({}));
export const conv2dGradInput: Declared<typeof conv2dGradInputKernel> = /* @__PURE__ */ declared(conv2dGradInputKernel, conv2dGradInputKinds);
export const conv2dGradInputGemm: Declared<typeof conv2dGradInputGemmKernel> = /* @__PURE__ */ declared(conv2dGradInputGemmKernel, conv2dGradInputGemmKinds);
export const conv2dGradWeight: Declared<typeof conv2dGradWeightKernel> = /* @__PURE__ */ declared(conv2dGradWeightKernel, conv2dGradWeightKinds);
export const conv2dGradWeightGemm: Declared<typeof conv2dGradWeightGemmKernel> = /* @__PURE__ */ declared(conv2dGradWeightGemmKernel, conv2dGradWeightGemmKinds);
export const conv2dNaive: Declared<typeof conv2dNaiveKernel> = /* @__PURE__ */ declared(conv2dNaiveKernel, conv2dNaiveKinds);
