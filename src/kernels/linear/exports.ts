/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { number, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { linearSplit as linearSplitKernel } from "./split.ts";

export const linearSplit: Declared<typeof linearSplitKernel> = /* @__PURE__ */ declared(
  linearSplitKernel,
  () => ({
    start: required(number),
    rows: required(number),
  }),
);
