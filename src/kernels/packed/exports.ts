/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { sizes } from "../option_kinds.ts";
import { expand } from "./expand.ts";
import { pack } from "./pack.ts";

export const packedExpand: Declared<typeof expand> = /* @__PURE__ */ declared(expand, () => ({
  shape: required(sizes),
}));
export const packedPack: Declared<typeof pack> = /* @__PURE__ */ declared(pack, () => ({}));
