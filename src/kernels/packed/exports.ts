/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { packedExpand as packedExpandKernel, kinds as packedExpandKinds } from "./expand.ts";
import { packedPack as packedPackKernel } from "./pack.ts";

export const packedExpand: Declared<typeof packedExpandKernel> = /* @__PURE__ */ declared(packedExpandKernel, packedExpandKinds);
export const packedPack: Declared<typeof packedPackKernel> = /* @__PURE__ */ declared(packedPackKernel, () => ({}));
