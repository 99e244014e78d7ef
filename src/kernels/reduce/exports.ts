/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, numbers, oneOf, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { argmax as argmaxKernel } from "./argmax.ts";
import { extremumGrad as extremumGradKernel } from "./extremum_grad.ts";
import { nonfinite as nonfiniteKernel } from "./nonfinite.ts";
import { pieceStats as pieceStatsKernel } from "./piece_stats.ts";
import { reduce as reduceKernel } from "./reduce.ts";
import { sumPartials as sumPartialsKernel } from "./sum_partials.ts";
import { varianceGrad as varianceGradKernel } from "./variance_grad.ts";

export const argmax: Declared<typeof argmaxKernel> = /* @__PURE__ */ declared(argmaxKernel, () => ({
  axis: number,
  largest: boolean,
}));
export const extremumGrad: Declared<typeof extremumGradKernel> = /* @__PURE__ */ declared(
  extremumGradKernel,
  () => ({}),
);
export const nonfinite: Declared<typeof nonfiniteKernel> = /* @__PURE__ */ declared(
  nonfiniteKernel,
  () => ({}),
);
export const pieceStats: Declared<typeof pieceStatsKernel> = /* @__PURE__ */ declared(
  pieceStatsKernel,
  () => ({}),
);
export const reduce: Declared<typeof reduceKernel> = /* @__PURE__ */ declared(reduceKernel, () => ({
  op: required(oneOf("sum", "max", "min")),
  scale: number,
  pieces: number,
  axes: numbers,
  keepDims: boolean,
  software: boolean,
}));
export const sumPartials: Declared<typeof sumPartialsKernel> = /* @__PURE__ */ declared(
  sumPartialsKernel,
  () => ({}),
);
export const varianceGrad: Declared<typeof varianceGradKernel> = /* @__PURE__ */ declared(
  varianceGradKernel,
  () => ({
    factor: required(number),
  }),
);
