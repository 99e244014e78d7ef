/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { sortBlocks as sortBlocksKernel, kinds as sortBlocksKinds } from "./blocks.ts";
import { sortKeys as sortKeysKernel, kinds as sortKeysKinds } from "./keys.ts";
import { put as putKernel, kinds as putKinds } from "./put.ts";
import { radixCount as radixCountKernel, kinds as radixCountKinds } from "./radix_count.ts";
import { radixMove as radixMoveKernel, kinds as radixMoveKinds } from "./radix_move.ts";
import { take as takeKernel, kinds as takeKinds } from "./take.ts";

export const sortBlocks: Declared<typeof sortBlocksKernel> = /* @__PURE__ */ declared(sortBlocksKernel, sortBlocksKinds);
export const sortKeys: Declared<typeof sortKeysKernel> = /* @__PURE__ */ declared(sortKeysKernel, sortKeysKinds);
export const put: Declared<typeof putKernel> = /* @__PURE__ */ declared(putKernel, putKinds);
export const radixCount: Declared<typeof radixCountKernel> = /* @__PURE__ */ declared(radixCountKernel, radixCountKinds);
export const radixMove: Declared<typeof radixMoveKernel> = /* @__PURE__ */ declared(radixMoveKernel, radixMoveKinds);
export const take: Declared<typeof takeKernel> = /* @__PURE__ */ declared(takeKernel, takeKinds);
