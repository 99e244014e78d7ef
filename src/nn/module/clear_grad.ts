import { checked } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { clearGrad as clear } from "../../tensor/tensor.ts";

/** Removes a leaf's gradient; its place in the arena stays. */
export const clearGrad = /* @__PURE__ */ checked("clearGrad", { leaf: tensorKind }, clear);
