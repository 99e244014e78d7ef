/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { neighborsBlocks as neighborsBlocksKernel, kinds as neighborsBlocksKinds } from "./blocks.ts";
import { neighborsLeast as neighborsLeastKernel } from "./least.ts";

export const neighborsBlocks: Declared<typeof neighborsBlocksKernel> = /* @__PURE__ */ declared(neighborsBlocksKernel, neighborsBlocksKinds);
export const neighborsLeast: Declared<typeof neighborsLeastKernel> = /* @__PURE__ */ declared(neighborsLeastKernel, () => ({}));
