/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { winogradFilter as winogradFilterKernel, kinds as winogradFilterKinds } from "./filter.ts";
import { winogradGradFilter as winogradGradFilterKernel } from "./grad_filter.ts";
import { winogradGradOutput as winogradGradOutputKernel } from "./grad_output.ts";
import { winogradInput as winogradInputKernel, kinds as winogradInputKinds } from "./input.ts";
import { winogradOutput as winogradOutputKernel, kinds as winogradOutputKinds } from "./output.ts";

export const winogradFilter: Declared<typeof winogradFilterKernel> = /* @__PURE__ */ declared(winogradFilterKernel, winogradFilterKinds);
export const winogradGradFilter: Declared<typeof winogradGradFilterKernel> = /* @__PURE__ */ declared(winogradGradFilterKernel, () => ({}));
export const winogradGradOutput: Declared<typeof winogradGradOutputKernel> = /* @__PURE__ */ declared(winogradGradOutputKernel, () => ({}));
export const winogradInput: Declared<typeof winogradInputKernel> = /* @__PURE__ */ declared(winogradInputKernel, winogradInputKinds);
export const winogradOutput: Declared<typeof winogradOutputKernel> = /* @__PURE__ */ declared(winogradOutputKernel, winogradOutputKinds);
