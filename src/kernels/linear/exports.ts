/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { linearSplit as linearSplitKernel, kinds as linearSplitKinds } from "./split.ts";

export const linearSplit: Declared<typeof linearSplitKernel> = /* @__PURE__ */ declared(linearSplitKernel, linearSplitKinds);
