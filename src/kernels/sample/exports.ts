/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { slot, two } from "../option_kinds.ts";
import { gridSample as gridSampleKernel } from "./grid.ts";
import { gridParts as gridPartsKernel } from "./grid_parts.ts";
import { gridSlope as gridSlopeKernel } from "./grid_slope.ts";

const reading = () => ({
  mode: slot(gridSampleKernel, "filter"),
  paddingMode: slot(gridSampleKernel, "padding"),
  alignCorners: boolean,
});

export const gridSample: Declared<typeof gridSampleKernel> = /* @__PURE__ */ declared(
  gridSampleKernel,
  reading,
);
export const gridParts: Declared<typeof gridPartsKernel> = /* @__PURE__ */ declared(
  gridPartsKernel,
  () => ({ ...reading(), imageSize: required(two) }),
);
export const gridSlope: Declared<typeof gridSlopeKernel> = /* @__PURE__ */ declared(
  gridSlopeKernel,
  reading,
);
