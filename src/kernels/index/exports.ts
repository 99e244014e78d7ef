/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { gather as gatherKernel, kinds as gatherKinds } from "./gather.ts";
import { nonzero as nonzeroKernel, kinds as nonzeroKinds } from "./nonzero.ts";
import { oneHot as oneHotKernel, kinds as oneHotKinds } from "./one_hot.ts";
import { segmentSum as segmentSumKernel, kinds as segmentSumKinds } from "./segment_sum.ts";
import { scatterTargets as scatterTargetsKernel, kinds as scatterTargetsKinds } from "./targets.ts";

export const gather: Declared<typeof gatherKernel> = /* @__PURE__ */ declared(gatherKernel, gatherKinds);
export const nonzero: Declared<typeof nonzeroKernel> = /* @__PURE__ */ declared(nonzeroKernel, nonzeroKinds);
export const oneHot: Declared<typeof oneHotKernel> = /* @__PURE__ */ declared(oneHotKernel, oneHotKinds);
export const segmentSum: Declared<typeof segmentSumKernel> = /* @__PURE__ */ declared(segmentSumKernel, segmentSumKinds);
export const scatterTargets: Declared<typeof scatterTargetsKernel> = /* @__PURE__ */ declared(scatterTargetsKernel, scatterTargetsKinds);
