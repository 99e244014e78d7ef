/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { normFold as normFoldKernel, kinds as normFoldKinds } from "./fold.ts";
import { normGradAffine as normGradAffineKernel, kinds as normGradAffineKinds } from "./grad_affine.ts";
import { normGradInput as normGradInputKernel, kinds as normGradInputKinds } from "./grad_input.ts";
import { normGradSums as normGradSumsKernel, kinds as normGradSumsKinds } from "./grad_sums.ts";
import { normInference as normInferenceKernel, kinds as normInferenceKinds } from "./inference.ts";
import { localResponse as localResponseKernel, kinds as localResponseKinds } from "./local_response.ts";
import { localResponseGrad as localResponseGradKernel, kinds as localResponseGradKinds } from "./local_response_grad.ts";
import { normMerge as normMergeKernel, kinds as normMergeKinds } from "./merge.ts";
import { normalize as normalizeKernel, kinds as normalizeKinds } from "./normalize.ts";
import { normStats as normStatsKernel, kinds as normStatsKinds } from "./stats.ts";

export const normFold: Declared<typeof normFoldKernel> = /* @__PURE__ */ declared(normFoldKernel, normFoldKinds);
export const normGradAffine: Declared<typeof normGradAffineKernel> = /* @__PURE__ */ declared(normGradAffineKernel, normGradAffineKinds);
export const normGradInput: Declared<typeof normGradInputKernel> = /* @__PURE__ */ declared(normGradInputKernel, normGradInputKinds);
export const normGradSums: Declared<typeof normGradSumsKernel> = /* @__PURE__ */ declared(normGradSumsKernel, normGradSumsKinds);
export const normInference: Declared<typeof normInferenceKernel> = /* @__PURE__ */ declared(normInferenceKernel, normInferenceKinds);
export const localResponse: Declared<typeof localResponseKernel> = /* @__PURE__ */ declared(localResponseKernel, localResponseKinds);
export const localResponseGrad: Declared<typeof localResponseGradKernel> = /* @__PURE__ */ declared(localResponseGradKernel, localResponseGradKinds);
export const normMerge: Declared<typeof normMergeKernel> = /* @__PURE__ */ declared(normMergeKernel, normMergeKinds);
export const normalize: Declared<typeof normalizeKernel> = /* @__PURE__ */ declared(normalizeKernel, normalizeKinds);
export const normStats: Declared<typeof normStatsKernel> = /* @__PURE__ */ declared(normStatsKernel, normStatsKinds);
