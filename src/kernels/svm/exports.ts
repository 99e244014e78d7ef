/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { number, oneOf, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { combine } from "./combine.ts";
import { kernelRows } from "./rows.ts";

export const svmCombine: Declared<typeof combine> = /* @__PURE__ */ declared(combine, () => ({}));
export const svmKernelRows: Declared<typeof kernelRows> = /* @__PURE__ */ declared(
  kernelRows,
  () => ({
    kind: required(oneOf("sigmoid", "linear", "poly", "rbf")),
    gamma: required(number),
    coef0: required(number),
    degree: required(number),
  }),
);
