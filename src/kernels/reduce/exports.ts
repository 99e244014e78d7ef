/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { argmax as argmaxKernel, kinds as argmaxKinds } from "./argmax.ts";
import { extremumGrad as extremumGradKernel } from "./extremum_grad.ts";
import { nonfinite as nonfiniteKernel } from "./nonfinite.ts";
import { pieceStats as pieceStatsKernel } from "./piece_stats.ts";
import { reduce as reduceKernel, kinds as reduceKinds } from "./reduce.ts";
import { sumPartials as sumPartialsKernel } from "./sum_partials.ts";
import { varianceGrad as varianceGradKernel, kinds as varianceGradKinds } from "./variance_grad.ts";

export const argmax: Declared<typeof argmaxKernel> = /* @__PURE__ */ declared(argmaxKernel, argmaxKinds);
export const extremumGrad: Declared<typeof extremumGradKernel> = /* @__PURE__ */ declared(extremumGradKernel, () => ({}));
export const nonfinite: Declared<typeof nonfiniteKernel> = /* @__PURE__ */ declared(nonfiniteKernel, () => ({}));
export const pieceStats: Declared<typeof pieceStatsKernel> = /* @__PURE__ */ declared(pieceStatsKernel, () => ({}));
export const reduce: Declared<typeof reduceKernel> = /* @__PURE__ */ declared(reduceKernel, reduceKinds);
export const sumPartials: Declared<typeof sumPartialsKernel> = /* @__PURE__ */ declared(sumPartialsKernel, () => ({}));
export const varianceGrad: Declared<typeof varianceGradKernel> = /* @__PURE__ */ declared(varianceGradKernel, varianceGradKinds);
