/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { svmCombine as svmCombineKernel } from "./combine.ts";
import { svmKernelRows as svmKernelRowsKernel, kinds as svmKernelRowsKinds } from "./rows.ts";

export const svmCombine: Declared<typeof svmCombineKernel> = /* @__PURE__ */ declared(svmCombineKernel, () => ({}));
export const svmKernelRows: Declared<typeof svmKernelRowsKernel> = /* @__PURE__ */ declared(svmKernelRowsKernel, svmKernelRowsKinds);
