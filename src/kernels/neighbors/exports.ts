/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { oneOf, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { blocks } from "./blocks.ts";
import { least } from "./least.ts";

export const neighborsBlocks: Declared<typeof blocks> = /* @__PURE__ */ declared(blocks, () => ({
  metric: required(oneOf("euclidean", "manhattan")),
}));
export const neighborsLeast: Declared<typeof least> = /* @__PURE__ */ declared(least, () => ({}));
