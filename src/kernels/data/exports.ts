/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { gatherRows as gatherRowsKernel } from "./gather_rows.ts";
import { gatherRowsU32 as gatherRowsU32Kernel } from "./gather_rows_u32.ts";
import { imageColumns as imageColumnsKernel, kinds as imageColumnsKinds } from "./image_columns.ts";
import { normalizeU8 as normalizeU8Kernel, kinds as normalizeU8Kinds } from "./normalize_u8.ts";

export const gatherRows: Declared<typeof gatherRowsKernel> = /* @__PURE__ */ declared(gatherRowsKernel, () => ({}));
export const gatherRowsU32: Declared<typeof gatherRowsU32Kernel> = /* @__PURE__ */ declared(gatherRowsU32Kernel, () => ({}));
export const imageColumns: Declared<typeof imageColumnsKernel> = /* @__PURE__ */ declared(imageColumnsKernel, imageColumnsKinds);
export const normalizeU8: Declared<typeof normalizeU8Kernel> = /* @__PURE__ */ declared(normalizeU8Kernel, normalizeU8Kinds);
