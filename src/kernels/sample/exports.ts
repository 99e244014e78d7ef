/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { gridSample as gridSampleKernel, kinds as gridSampleKinds } from "./grid.ts";
import { gridParts as gridPartsKernel, kinds as gridPartsKinds } from "./grid_parts.ts";
import { gridSlope as gridSlopeKernel, kinds as gridSlopeKinds } from "./grid_slope.ts";

export const gridSample: Declared<typeof gridSampleKernel> = /* @__PURE__ */ declared(gridSampleKernel, gridSampleKinds);
export const gridParts: Declared<typeof gridPartsKernel> = /* @__PURE__ */ declared(gridPartsKernel, gridPartsKinds);
export const gridSlope: Declared<typeof gridSlopeKernel> = /* @__PURE__ */ declared(gridSlopeKernel, gridSlopeKinds);
