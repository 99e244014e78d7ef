/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { perceptronPass as perceptronPassKernel } from "./perceptron.ts";
import { linearSplit as linearSplitKernel } from "./split.ts";

export const perceptronPass: Declared<typeof perceptronPassKernel> = /* @__PURE__ */ declared(
  perceptronPassKernel,
  () => ({
    rate: required(number),
    positive: required(number),
    software: boolean,
  }),
);
export const linearSplit: Declared<typeof linearSplitKernel> = /* @__PURE__ */ declared(
  linearSplitKernel,
  () => ({
    start: required(number),
    rows: required(number),
  }),
);
