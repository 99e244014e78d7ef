/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { number, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { picking, sizes } from "../option_kinds.ts";
import { gather as gatherKernel } from "./gather.ts";
import { nonzero as nonzeroKernel } from "./nonzero.ts";
import { oneHot as oneHotKernel } from "./one_hot.ts";
import { segmentSum as segmentSumKernel } from "./segment_sum.ts";
import { targets } from "./targets.ts";

export const gather: Declared<typeof gatherKernel> = /* @__PURE__ */ declared(gatherKernel, () => ({
  missing: number,
  axis: required(number),
  by: required(picking),
}));
export const nonzero: Declared<typeof nonzeroKernel> = /* @__PURE__ */ declared(
  nonzeroKernel,
  () => ({
    rows: required(number),
  }),
);
export const oneHot: Declared<typeof oneHotKernel> = /* @__PURE__ */ declared(oneHotKernel, () => ({
  classes: required(number),
}));
export const segmentSum: Declared<typeof segmentSumKernel> = /* @__PURE__ */ declared(
  segmentSumKernel,
  () => ({
    columns: required(number),
    srcInner: required(number),
    yInner: required(number),
    limit: required(number),
  }),
);
export const scatterTargets: Declared<typeof targets> = /* @__PURE__ */ declared(targets, () => ({
  y: required(sizes),
  src: required(sizes),
  skip: number,
  axis: required(number),
  by: required(picking),
}));
