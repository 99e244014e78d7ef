/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { number, pair, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { act, padding, two } from "../option_kinds.ts";
import { columns } from "./columns.ts";
import { depthwise } from "./depthwise.ts";
import { depthwiseGradInput } from "./depthwise_grad_input.ts";
import { depthwiseGradInputStrided } from "./depthwise_grad_input_strided.ts";
import { depthwiseGradWeight } from "./depthwise_grad_weight.ts";
import { forward } from "./forward.ts";
import { gemm } from "./gemm.ts";
import { gradBias } from "./grad_bias.ts";
import { gradInput } from "./grad_input.ts";
import { gradInputGemm } from "./grad_input_gemm.ts";
import { gradWeight } from "./grad_weight.ts";
import { gradWeightGemm } from "./grad_weight_gemm.ts";
import { naive } from "./naive.ts";

/** How windows lie on the image. */
const geometry = { stride: pair, padding, dilation: pair, groups: number };

export const conv2dColumns: Declared<typeof columns> = /* @__PURE__ */ declared(columns, () => ({
  kernelSize: required(two),
  ...geometry,
}));
export const conv2dDepthwise: Declared<typeof depthwise> = /* @__PURE__ */ declared(
  depthwise,
  () => ({
    act: act,
    ...geometry,
  }),
);
export const conv2dDepthwiseGradInput: Declared<typeof depthwiseGradInput> =
  /* @__PURE__ */ declared(depthwiseGradInput, () => ({
    inputSize: required(two),
    ...geometry,
  }));
export const conv2dDepthwiseGradInputStrided: Declared<typeof depthwiseGradInputStrided> =
  /* @__PURE__ */ declared(depthwiseGradInputStrided, () => ({
    inputSize: required(two),
    ...geometry,
  }));
export const conv2dDepthwiseGradWeight: Declared<typeof depthwiseGradWeight> =
  /* @__PURE__ */ declared(depthwiseGradWeight, () => ({
    kernelSize: required(two),
    slices: number,
    ...geometry,
  }));
export const conv2dForward: Declared<typeof forward> = /* @__PURE__ */ declared(forward, () => ({
  act: act,
  ...geometry,
}));
export const conv2dGemm: Declared<typeof gemm> = /* @__PURE__ */ declared(gemm, () => ({
  act: act,
  ...geometry,
}));
export const conv2dGradBias: Declared<typeof gradBias> = /* @__PURE__ */ declared(
  gradBias,
  () => ({}),
);
export const conv2dGradInput: Declared<typeof gradInput> = /* @__PURE__ */ declared(
  gradInput,
  () => ({
    inputSize: required(two),
    ...geometry,
  }),
);
export const conv2dGradInputGemm: Declared<typeof gradInputGemm> = /* @__PURE__ */ declared(
  gradInputGemm,
  () => ({
    inputSize: required(two),
    ...geometry,
  }),
);
export const conv2dGradWeight: Declared<typeof gradWeight> = /* @__PURE__ */ declared(
  gradWeight,
  () => ({
    kernelSize: required(two),
    slices: number,
    ...geometry,
  }),
);
export const conv2dGradWeightGemm: Declared<typeof gradWeightGemm> = /* @__PURE__ */ declared(
  gradWeightGemm,
  () => ({
    kernelSize: required(two),
    slices: number,
    ...geometry,
  }),
);
export const conv2dNaive: Declared<typeof naive> = /* @__PURE__ */ declared(naive, () => ({
  act: act,
  ...geometry,
}));
