/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { type Declared, declared } from "../declared.ts";
import { gaussian } from "./gaussian.ts";

export const bayesGaussian: Declared<typeof gaussian> = /* @__PURE__ */ declared(
  gaussian,
  () => ({}),
);
