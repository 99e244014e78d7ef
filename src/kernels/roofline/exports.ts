/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { rooflineCopy as rooflineCopyKernel } from "./copy.ts";
import { rooflineMultiplyAdd as rooflineMultiplyAddKernel, kinds as rooflineMultiplyAddKinds } from "./multiply_add.ts";

export const rooflineCopy: Declared<typeof rooflineCopyKernel> = /* @__PURE__ */ declared(rooflineCopyKernel, () => ({}));
export const rooflineMultiplyAdd: Declared<typeof rooflineMultiplyAddKernel> = /* @__PURE__ */ declared(rooflineMultiplyAddKernel, rooflineMultiplyAddKinds);
