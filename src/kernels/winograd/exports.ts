/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { act, two } from "../option_kinds.ts";
import { winogradFilter as winogradFilterKernel } from "./filter.ts";
import { winogradGradFilter as winogradGradFilterKernel } from "./grad_filter.ts";
import { winogradGradOutput as winogradGradOutputKernel } from "./grad_output.ts";
import { winogradInput as winogradInputKernel } from "./input.ts";
import { winogradOutput as winogradOutputKernel } from "./output.ts";

export const winogradFilter: Declared<typeof winogradFilterKernel> = /* @__PURE__ */ declared(
  winogradFilterKernel,
  () => ({
    turned: boolean,
  }),
);
export const winogradGradFilter: Declared<typeof winogradGradFilterKernel> =
  /* @__PURE__ */ declared(winogradGradFilterKernel, () => ({}));
export const winogradGradOutput: Declared<typeof winogradGradOutputKernel> =
  /* @__PURE__ */ declared(winogradGradOutputKernel, () => ({}));
export const winogradInput: Declared<typeof winogradInputKernel> = /* @__PURE__ */ declared(
  winogradInputKernel,
  () => ({
    size: required(two),
    padding: required(two),
  }),
);
export const winogradOutput: Declared<typeof winogradOutputKernel> = /* @__PURE__ */ declared(
  winogradOutputKernel,
  () => ({
    batch: required(number),
    size: required(two),
    act: act,
  }),
);
