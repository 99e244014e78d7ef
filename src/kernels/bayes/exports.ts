/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { bayesGaussian as bayesGaussianKernel } from "./gaussian.ts";

export const bayesGaussian: Declared<typeof bayesGaussianKernel> = /* @__PURE__ */ declared(bayesGaussianKernel, () => ({}));
