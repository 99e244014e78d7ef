/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { act, norm, sizes } from "../option_kinds.ts";
import { fold } from "./fold.ts";
import { gradAffine } from "./grad_affine.ts";
import { gradInput } from "./grad_input.ts";
import { gradSums } from "./grad_sums.ts";
import { inference } from "./inference.ts";
import { localResponse as localResponseKernel } from "./local_response.ts";
import { localResponseGrad as localResponseGradKernel } from "./local_response_grad.ts";
import { merge } from "./merge.ts";
import { normalize as normalizeKernel } from "./normalize.ts";
import { stats } from "./stats.ts";

const localResponseKinds = {
  size: /* @__PURE__ */ required(number),
  ...{ alpha: number, beta: number, k: number },
};

export const normFold: Declared<typeof fold> = /* @__PURE__ */ declared(fold, () => ({
  eps: number,
}));
export const normGradAffine: Declared<typeof gradAffine> = /* @__PURE__ */ declared(
  gradAffine,
  () => ({
    norm: required(norm),
    shape: required(sizes),
    ofInput: boolean,
    software: boolean,
  }),
);
export const normGradInput: Declared<typeof gradInput> = /* @__PURE__ */ declared(
  gradInput,
  () => ({
    norm: required(norm),
    act: act,
    software: boolean,
  }),
);
export const normGradSums: Declared<typeof gradSums> = /* @__PURE__ */ declared(gradSums, () => ({
  channels: boolean,
  norm: required(norm),
  act: act,
  software: boolean,
}));
export const normInference: Declared<typeof inference> = /* @__PURE__ */ declared(
  inference,
  () => ({
    eps: number,
  }),
);
export const localResponse: Declared<typeof localResponseKernel> = /* @__PURE__ */ declared(
  localResponseKernel,
  () => localResponseKinds,
);
export const localResponseGrad: Declared<typeof localResponseGradKernel> = /* @__PURE__ */ declared(
  localResponseGradKernel,
  () => localResponseKinds,
);
export const normMerge: Declared<typeof merge> = /* @__PURE__ */ declared(merge, () => ({
  eps: number,
  centred: boolean,
  momentum: number,
}));
export const normalize: Declared<typeof normalizeKernel> = /* @__PURE__ */ declared(
  normalizeKernel,
  () => ({
    norm: required(norm),
    act: act,
    software: boolean,
  }),
);
export const normStats: Declared<typeof stats> = /* @__PURE__ */ declared(stats, () => ({
  norm: required(norm),
  eps: number,
  momentum: number,
  software: boolean,
}));
