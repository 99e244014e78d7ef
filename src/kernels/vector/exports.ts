/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { vectorAxpy as vectorAxpyKernel, kinds as vectorAxpyKinds } from "./axpy.ts";
import { vectorDot as vectorDotKernel } from "./dot.ts";
import { vectorGather as vectorGatherKernel, kinds as vectorGatherKinds } from "./gather.ts";
import { vectorMove as vectorMoveKernel, kinds as vectorMoveKinds } from "./move.ts";
import { vectorRankTwo as vectorRankTwoKernel, kinds as vectorRankTwoKinds } from "./rank_two.ts";
import { vectorTotal as vectorTotalKernel, kinds as vectorTotalKinds } from "./total.ts";

export const vectorAxpy: Declared<typeof vectorAxpyKernel> = /* @__PURE__ */ declared(vectorAxpyKernel, vectorAxpyKinds);
export const vectorDot: Declared<typeof vectorDotKernel> = /* @__PURE__ */ declared(vectorDotKernel, () => ({}));
export const vectorGather: Declared<typeof vectorGatherKernel> = /* @__PURE__ */ declared(vectorGatherKernel, vectorGatherKinds);
export const vectorMove: Declared<typeof vectorMoveKernel> = /* @__PURE__ */ declared(vectorMoveKernel, vectorMoveKinds);
export const vectorRankTwo: Declared<typeof vectorRankTwoKernel> = /* @__PURE__ */ declared(vectorRankTwoKernel, vectorRankTwoKinds);
export const vectorTotal: Declared<typeof vectorTotalKernel> = /* @__PURE__ */ declared(vectorTotalKernel, vectorTotalKinds);
