/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { number, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { rooflineCopy as rooflineCopyKernel } from "./copy.ts";
import { rooflineMultiplyAdd as rooflineMultiplyAddKernel } from "./multiply_add.ts";

export const rooflineCopy: Declared<typeof rooflineCopyKernel> = /* @__PURE__ */ declared(
  rooflineCopyKernel,
  () => ({}),
);
export const rooflineMultiplyAdd: Declared<typeof rooflineMultiplyAddKernel> =
  /* @__PURE__ */ declared(rooflineMultiplyAddKernel, () => ({
    rounds: required(number),
    scale: required(number),
    shift: required(number),
  }));
