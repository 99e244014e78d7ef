/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, oneOf, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { sortBlocks as sortBlocksKernel } from "./blocks.ts";
import { sortKeys as sortKeysKernel } from "./keys.ts";
import { put as putKernel } from "./put.ts";
import { radixCount as radixCountKernel } from "./radix_count.ts";
import { radixMove as radixMoveKernel } from "./radix_move.ts";
import { take as takeKernel } from "./take.ts";

export const sortBlocks: Declared<typeof sortBlocksKernel> = /* @__PURE__ */ declared(
  sortBlocksKernel,
  () => ({
    keep: required(number),
  }),
);
export const sortKeys: Declared<typeof sortKeysKernel> = /* @__PURE__ */ declared(
  sortKeysKernel,
  () => ({
    axis: number,
    descending: boolean,
    dtype: oneOf("f32", "i32", "u32"),
  }),
);
export const put: Declared<typeof putKernel> = /* @__PURE__ */ declared(putKernel, () => ({
  axis: number,
}));
export const radixCount: Declared<typeof radixCountKernel> = /* @__PURE__ */ declared(
  radixCountKernel,
  () => ({
    shift: required(number),
  }),
);
export const radixMove: Declared<typeof radixMoveKernel> = /* @__PURE__ */ declared(
  radixMoveKernel,
  () => ({
    shift: required(number),
  }),
);
export const take: Declared<typeof takeKernel> = /* @__PURE__ */ declared(takeKernel, () => ({
  axis: number,
  k: required(number),
}));
