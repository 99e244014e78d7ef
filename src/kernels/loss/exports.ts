/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, oneOf, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { operand, slot } from "../option_kinds.ts";
import { batchHard as batchHardKernel } from "./batch_hard.ts";
import { batchHardGrad as batchHardGradKernel } from "./batch_hard_grad.ts";
import { cosine as cosineKernel } from "./cosine.ts";
import { cosineGrad as cosineGradKernel } from "./cosine_grad.ts";
import { crossEntropy as crossEntropyKernel } from "./cross_entropy.ts";
import { crossEntropyWeight as crossEntropyWeightKernel } from "./cross_entropy_weight.ts";
import { focalSoftmax as focalSoftmaxKernel } from "./focal_softmax.ts";
import { multiLabelMargin as multiLabelMarginKernel } from "./multi_label_margin.ts";
import { multiMargin as multiMarginKernel } from "./multi_margin.ts";
import { nll as nllKernel } from "./nll.ts";
import { penalty as penaltyKernel } from "./penalty.ts";
import { penaltyGrad as penaltyGradKernel } from "./penalty_grad.ts";
import { pointwise } from "./pointwise.ts";
import { pointwiseGrad } from "./pointwise_grad.ts";
import { pointwiseSum } from "./pointwise_sum.ts";
import { scaleGrad as scaleGradKernel } from "./scale_grad.ts";
import { softCrossEntropy as softCrossEntropyKernel } from "./soft_cross_entropy.ts";
import { topKHits as topKHitsKernel } from "./top_k_hits.ts";
import { lossTotal as lossTotalKernel } from "./total.ts";
import { triplet as tripletKernel } from "./triplet.ts";
import { tripletGrad as tripletGradKernel } from "./triplet_grad.ts";

export const batchHard: Declared<typeof batchHardKernel> = /* @__PURE__ */ declared(
  batchHardKernel,
  () => ({
    margin: number,
    soft: boolean,
  }),
);
export const batchHardGrad: Declared<typeof batchHardGradKernel> = /* @__PURE__ */ declared(
  batchHardGradKernel,
  () => ({
    margin: number,
    soft: boolean,
    scale: number,
  }),
);
export const cosine: Declared<typeof cosineKernel> = /* @__PURE__ */ declared(cosineKernel, () => ({
  eps: required(number),
  length: required(oneOf("clamped", "padded")),
  axis: number,
  software: boolean,
}));
export const cosineGrad: Declared<typeof cosineGradKernel> = /* @__PURE__ */ declared(
  cosineGradKernel,
  () => ({
    eps: required(number),
    length: required(oneOf("clamped", "padded")),
    axis: number,
    software: boolean,
  }),
);
export const crossEntropy: Declared<typeof crossEntropyKernel> = /* @__PURE__ */ declared(
  crossEntropyKernel,
  () => ({
    labelSmoothing: number,
    reduction: oneOf("none", "sum", "mean"),
    ignoreIndex: number,
    software: boolean,
  }),
);
export const crossEntropyWeight: Declared<typeof crossEntropyWeightKernel> =
  /* @__PURE__ */ declared(crossEntropyWeightKernel, () => ({
    classes: required(number),
    ignoreIndex: number,
  }));
export const focalSoftmax: Declared<typeof focalSoftmaxKernel> = /* @__PURE__ */ declared(
  focalSoftmaxKernel,
  () => ({
    gamma: required(number),
    ignoreIndex: number,
    scale: number,
    software: boolean,
  }),
);
export const multiLabelMargin: Declared<typeof multiLabelMarginKernel> = /* @__PURE__ */ declared(
  multiLabelMarginKernel,
  () => ({
    scale: number,
  }),
);
export const multiMargin: Declared<typeof multiMarginKernel> = /* @__PURE__ */ declared(
  multiMarginKernel,
  () => ({
    p: number,
    margin: number,
    scale: number,
  }),
);
export const nll: Declared<typeof nllKernel> = /* @__PURE__ */ declared(nllKernel, () => ({
  ignoreIndex: number,
  scale: number,
}));
export const penalty: Declared<typeof penaltyKernel> = /* @__PURE__ */ declared(
  penaltyKernel,
  () => ({
    penalty: required(oneOf("elastic", "nonzero")),
    first: number,
    second: number,
    mode: number,
  }),
);
export const penaltyGrad: Declared<typeof penaltyGradKernel> = /* @__PURE__ */ declared(
  penaltyGradKernel,
  () => ({
    first: number,
    second: number,
    mode: number,
  }),
);
export const pointwiseLoss: Declared<typeof pointwise> = /* @__PURE__ */ declared(
  pointwise,
  () => ({
    loss: required(slot(pointwise, "loss")),
    a: number,
    b: number,
  }),
);
export const pointwiseLossGrad: Declared<typeof pointwiseGrad> = /* @__PURE__ */ declared(
  pointwiseGrad,
  () => ({
    of: operand,
    scale: number,
    loss: required(slot(pointwiseGrad, "loss")),
    a: number,
    b: number,
  }),
);
export const pointwiseLossSum: Declared<typeof pointwiseSum> = /* @__PURE__ */ declared(
  pointwiseSum,
  () => ({
    scale: number,
    loss: required(slot(pointwiseSum, "loss")),
    a: number,
    b: number,
  }),
);
export const scaleGrad: Declared<typeof scaleGradKernel> = /* @__PURE__ */ declared(
  scaleGradKernel,
  () => ({}),
);
export const softCrossEntropy: Declared<typeof softCrossEntropyKernel> = /* @__PURE__ */ declared(
  softCrossEntropyKernel,
  () => ({
    labelSmoothing: number,
    scale: number,
    software: boolean,
  }),
);
export const topKHits: Declared<typeof topKHitsKernel> = /* @__PURE__ */ declared(
  topKHitsKernel,
  () => ({
    k: number,
    ignoreIndex: number,
    software: boolean,
  }),
);
export const lossTotal: Declared<typeof lossTotalKernel> = /* @__PURE__ */ declared(
  lossTotalKernel,
  () => ({
    scale: number,
    software: boolean,
  }),
);
export const triplet: Declared<typeof tripletKernel> = /* @__PURE__ */ declared(
  tripletKernel,
  () => ({
    margin: number,
    p: number,
    eps: number,
    swap: boolean,
  }),
);
export const tripletGrad: Declared<typeof tripletGradKernel> = /* @__PURE__ */ declared(
  tripletGradKernel,
  () => ({
    margin: number,
    p: number,
    eps: number,
    swap: boolean,
    scale: number,
  }),
);
