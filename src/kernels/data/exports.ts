/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { list, number, numbers, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { sizes, slot, two } from "../option_kinds.ts";
import { gatherRows as gatherRowsKernel } from "./gather_rows.ts";
import { gatherRowsU32 as gatherRowsU32Kernel } from "./gather_rows_u32.ts";
import { imageColumns as imageColumnsKernel } from "./image_columns.ts";
import { normalizeU8 as normalizeU8Kernel } from "./normalize_u8.ts";

export const gatherRows: Declared<typeof gatherRowsKernel> = /* @__PURE__ */ declared(
  gatherRowsKernel,
  () => ({}),
);
export const gatherRowsU32: Declared<typeof gatherRowsU32Kernel> = /* @__PURE__ */ declared(
  gatherRowsU32Kernel,
  () => ({}),
);
export const normalizeU8: Declared<typeof normalizeU8Kernel> = /* @__PURE__ */ declared(
  normalizeU8Kernel,
  () => ({
    rows: required(number),
    shape: required(sizes),
    mean: numbers,
    std: numbers,
  }),
);
export const imageColumns: Declared<typeof imageColumnsKernel> = /* @__PURE__ */ declared(
  imageColumnsKernel,
  () => ({
    size: number,
    scaleFactor: number,
    filter: slot(imageColumnsKernel, "filter"),
    keep: two,
    channels: required(number),
    background: list(number),
    mean: numbers,
    std: numbers,
  }),
);
